"""Charsets: what is written in a charset is read back the same, and damage is never passed off as text."""

from __future__ import annotations

import pytest

from pipeline.readers import RejectedFile, read
from pipeline.readers.charset import BYTES_PER_DAMAGE, decode
from pipeline.readers.plausible import plausibility

SIMPLIFIED = (
    "云川县2025年完成固定资产投资32.6亿元，同比增长5.1%；城镇新增就业1.2万人，居民人均可支配收入28650元。"
    "全县共有医疗卫生机构126个，其中：医院8个、卫生院15个，每千人口床位数6.35张。\n"
)
TRADITIONAL = (
    "雲川縣2025年完成固定資產投資32.6億元，同比增長5.1%；城鎮新增就業1.2萬人，居民人均可支配收入28650元。"
    "全縣共有醫療衛生機構126個，其中：醫院8個、衛生院15個，每千人口床位數6.35張。\n"
)
LENGTHS = (20, 200, 2000)
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "gb18030", "gbk")


def passage(paragraph: str, length: int) -> str:
    return (paragraph * (length // len(paragraph) + 1))[:length]


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("encoding", UNICODE)
def test_simplified_text_comes_back_from_every_charset(encoding: str, length: int) -> None:
    text = passage(SIMPLIFIED, length)
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("encoding", [*UNICODE, "big5"])
def test_traditional_text_comes_back_from_every_charset(encoding: str, length: int) -> None:
    text = passage(TRADITIONAL, length)
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SIMPLIFIED.encode(), "utf-8"),
        (SIMPLIFIED.encode("utf-8-sig"), "utf-8-sig"),
        (SIMPLIFIED.encode("gbk"), "gb18030"),
        (TRADITIONAL.encode("big5"), "big5"),
        (SIMPLIFIED.encode("utf-16-be"), "utf-16-be"),
        (b"GDP 2025", "utf-8"),
        ("GDP 2025".encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_the_charset_is_named(data: bytes, encoding: str) -> None:
    assert decode(data).encoding == encoding


def test_line_ends_become_one_kind_and_nothing_else_changes() -> None:
    text = "投资３．２亿元\u3000㎡ ①\x0c\r\n增长\r５％\n"
    assert decode(text.encode()).text == "投资３．２亿元\u3000㎡ ①\x0c\n增长\n５％\n"


@pytest.mark.parametrize(
    "declared", ["gb2312", "big5", "iso-8859-1", "utf-16", "rot13", "zlib", "\0", "无此编码", "x" * 99]
)
def test_a_wrong_declaration_does_not_spoil_utf8(declared: str) -> None:
    assert decode(SIMPLIFIED.encode(), declared).text == SIMPLIFIED


def test_a_declaration_decides_what_the_bytes_leave_open() -> None:
    ambiguous = "管網3.9".encode("big5")
    assert decode(ambiguous, "big5").text == "管網3.9"


def test_a_damaged_place_in_a_long_file_is_marked() -> None:
    data = SIMPLIFIED.encode() * 100
    decoded = decode(data[:5000] + b"\xff" + data[5000:])
    assert (decoded.encoding, decoded.replaced) == ("utf-8", decoded.text.count("\ufffd"))
    assert 0 < decoded.replaced <= len(data) // BYTES_PER_DAMAGE


def test_a_cut_file_keeps_all_but_its_last_character() -> None:
    data = SIMPLIFIED.encode() * 100 + "元".encode()
    assert decode(data[:-1]).text == SIMPLIFIED * 100 + "\ufffd"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig"])
def test_a_badly_damaged_file_is_rejected(encoding: str) -> None:
    data = bytearray(SIMPLIFIED.encode(encoding) * 50)
    data[100::10] = b"\xff" * len(data[100::10])
    with pytest.raises(RejectedFile) as rejected:
        decode(bytes(data))
    assert rejected.value.reason in {"bad_encoding", "binary"}


def test_a_western_text_with_accents_is_believed() -> None:
    text = "The café paid 3.2 million for its “new” façade in 2025, and the town rejoiced at it. " * 3
    assert decode(text.encode("cp1252")).text == text


def test_random_looking_high_bytes_are_no_text() -> None:
    with pytest.raises(RejectedFile) as rejected:
        decode(bytes(range(128, 256)) * 20)
    assert rejected.value.reason == "bad_encoding"


def test_plausibility_tells_text_from_the_same_bytes_misread() -> None:
    assert plausibility(SIMPLIFIED) > 0.95
    assert plausibility(TRADITIONAL) > 0.95
    assert plausibility(SIMPLIFIED.encode().decode("gb18030", "replace")) < 0.5
    assert plausibility("GDP 5.1%") == 1.0


def test_an_encoding_from_outside_is_used() -> None:
    assert read("管網3.9".encode("big5"), "a.txt", encoding="big5").encoding == "big5"
