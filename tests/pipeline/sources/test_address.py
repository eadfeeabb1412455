"""An address means what the user meant, and never shows what is secret in it."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.sources import Address, check_source, listed
from pipeline.sources.address import split_pattern
from pipeline.sources.remote import state_in


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of three reports, and one whose name looks like a pattern."""
    for name in ("报告/2025年/1.txt", "报告/2025年/深/2.docx", "报告/2024年/3.txt", "报告/0.txt", "[旧] 报告/4.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("全年罚款1200元。", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def paths(address: str) -> list[str]:
    """Relative paths of the files at an address."""
    return sorted(file.relative for file in listed(Address(address)).files)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("报告", ["0.txt", "2024年/3.txt", "2025年/1.txt", "2025年/深/2.docx"]),
        ("报告/", ["0.txt", "2024年/3.txt", "2025年/1.txt", "2025年/深/2.docx"]),
        ("报告/0.txt", ["0.txt"]),
        ("报告/**/*.docx", ["2025年/深/2.docx"]),
        ("报告/*/*.txt", ["2024年/3.txt", "2025年/1.txt"]),
        ("报告/*", ["0.txt"]),
        ("报告/202[0-4]年/*", ["2024年/3.txt"]),
        ("报?/**/?.txt", ["报告/0.txt", "报告/2024年/3.txt", "报告/2025年/1.txt"]),
        ("[旧] 报告", ["4.txt"]),
        ("[旧] 报告/4.txt", ["4.txt"]),
        ("没有/*.txt", None),
        ("报告/*.pdf", []),
    ],
)
def test_paths_and_patterns(address: str, found: list[str] | None, here: Path) -> None:
    if found is None:
        with pytest.raises(UsageError, match="does not exist"):
            check_source(Address(address), here / "输出")
    else:
        check_source(Address(address), here.parent / "输出")
        assert paths(address) == found
        assert paths(str(here / address)) == found


def test_a_pattern_may_begin_above_the_tables(here: Path) -> None:
    check_source(Address("*/*.txt"), Path("输出"))
    check_source(Address("**/*.txt"), Path("报告/输出"))
    for pattern in ("**", "**/*", "*/current/**"):
        with pytest.raises(UsageError, match="lies inside the corpus"):
            check_source(Address(pattern), Path("输出"))


def test_a_file_address(here: Path) -> None:
    assert paths(f"file://{here}/报告/2025年") == ["1.txt", "深/2.docx"]
    assert paths((here / "报告/2025年").as_uri()) == ["1.txt", "深/2.docx"], "percent signs are of the address"
    (here / "a%20b").mkdir()
    assert paths(f"file://{here}/a%20b") == [], "unless a folder has them in its name"


def test_a_pattern_does_not_look_deeper_than_it_must(here: Path) -> None:
    (here / "报告" / "2025年" / "链").symlink_to("/")
    (here / "报告" / "出").symlink_to("/")
    assert not listed(Address("报告/*.txt")).refused
    assert [one.relative for one in listed(Address("报告/*")).refused] == ["出"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("没有", "没有 does not exist; give a folder of reports, one report, a pattern or an address"),
        ("报告/**.txt", "is no pattern"),
        ("nirgends://bucket/x", "nothing is known of nirgends://"),
        ("hdfs2://x/y::zip://z", "nothing is known of hdfs2://"),
    ],
)
def test_what_cannot_be_is_told(address: str, said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        check_source(Address(address), Path("输出"))


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from fsspec.registry import _registry

    for name in ("s3", "sftp"):
        monkeypatch.delitem(_registry, name, raising=False)
    for name in ("s3fs", "paramiko", "fsspec.implementations.sftp"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=r"s3://b: .*pip install 'zhibiao\[s3\]'"):
        check_source(Address("s3://b"), Path("输出"))
    with pytest.raises(UsageError, match=r"sftp://user@host/x: .*pip install 'zhibiao\[sftp\]'"):
        check_source(Address("sftp://user:geheim@host/x"), Path("输出"))


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("sftp://user:geheim@host/报告", "sftp://user@host/报告"),
        ("sftp://user:ge@heim:1@host:22/报告", "sftp://user@host:22/报告"),
        ("sftp://user@host/a:b@c", "sftp://user@host/a:b@c"),
        ("simplecache::ftp://user:geheim@host/x", "simplecache::ftp://user@host/x"),
        ("https://host/x.txt?token=geheim", "https://host/x.txt?***"),
        ("simplecache::https://host/x.txt?token=geheim", "simplecache::https://host/x.txt?***"),
        ("zip://*.txt::https://host/x.zip?token=geheim", "zip://*.txt::https://host/x.zip?***"),
        ("zip://报告?.txt::s3://bucket/x.zip", "zip://报告?.txt::s3://bucket/x.zip"),
        ("github://org:repo@main/报告", "github://org:repo@main/报告"),
        ("s3://bucket/报告?", "s3://bucket/报告?"),
    ],
)
def test_secrets_are_not_shown(address: str, shown: str) -> None:
    assert str(Address(address)) == f"{Address(address)}" == shown
    assert repr(Address(address)) == f"Address({shown!r})"
    assert Address(address).secret == (address != shown)
    assert pickle.loads(pickle.dumps(Address(address))).text == address


def test_secrets_in_messages_of_others() -> None:
    address = Address("sftp://user:ge%23heim@host/报告")
    said = address.clean(f"no route to {address.text}\n(login user / ge#heim, ge%23heim)")
    assert said == "no route to sftp://user@host/报告 (login user / ***, ***)"


def test_secrets_of_a_web_page_behind_a_cache_in_messages_of_others() -> None:
    address = Address("simplecache::https://host/x.txt?token=geheim")
    assert address.clean("no answer of https://host/x.txt?token=geheim") == "no answer of https://host/x.txt?***"


def test_only_paths_of_this_machine_are_resolved(here: Path) -> None:
    assert Address("报告").resolve().text == str(here / "报告")
    assert Address("报告/*.txt").resolve().text == str(here / "报告" / "*.txt")
    assert Address("s3://bucket/x").resolve().text == "s3://bucket/x"


def test_where_a_pattern_begins() -> None:
    assert split_pattern("报告/2025*/*.docx") == ("报告", "2025*/*.docx")
    assert split_pattern("/数据/**/x[1].txt") == ("/数据", "**/x[1].txt")
    assert split_pattern("*.txt") == ("", "*.txt")
    assert split_pattern("/*.txt") == ("/", "*.txt")


@pytest.mark.parametrize(
    ("info", "state"),
    [
        ({"size": 3, "ETag": '"9b"', "LastModified": "2024-01-01T00:00:00+00:00"}, (3, 1704067200 * 10**9, '"9b"')),
        ({"size": None}, (-1, 0, "")),
        ({"size": 0, "mtime": 1.5}, (0, 1_500_000_000, "")),
        ({"size": 1, "created": "gestern", "sha": "4f"}, (1, 0, "4f")),
    ],
)
def test_what_systems_say_of_a_file(info: dict[str, object], state: tuple[int, int, str]) -> None:
    assert state_in(info) == state
