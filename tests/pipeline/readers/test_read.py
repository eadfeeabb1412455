"""The registry: content before name, one reason for every file that is not read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pipeline.readers import REASONS, Limits, RejectedFile, read

REPORT = "云川县2025年工作总结\n全年完成投资3.2亿元，增长5.1%。\n"
PAGE = "<!DOCTYPE html><html><head><title>云川县公报</title></head><body><p>全年增长5.1%。</p></body></html>"
CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "reports"


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def reason(data: bytes, name: str) -> str:
    with pytest.raises(RejectedFile) as rejected:
        read(data, name)
    assert rejected.value.reason in REASONS
    assert rejected.value.message and "\n" not in rejected.value.message
    assert str(rejected.value) == rejected.value.message
    return rejected.value.reason


@pytest.mark.parametrize("name", ["总结.txt", "总结.TXT", "-", "总结", "a/b/总结2026.1", "关于2025年.工作总结"])
def test_text_is_the_file_itself(name: str) -> None:
    document = read(REPORT.encode(), name)
    assert (document.text, document.media_type, document.reader) == (REPORT, "text/plain", "text")


def test_markdown_keeps_its_marks() -> None:
    source = "# 一、收入\n\n| 指标 | 数 |\n|---|---|\n| 收入 | **3.2**亿元 |\n\n<b>注</b>\n"
    document = read(source.encode(), "总结.md")
    assert (document.text, document.media_type, document.reader) == (source, "text/markdown", "markdown")


@pytest.mark.parametrize("name", ["公报.html", "公报.htm", "公报.txt", "公报.aspx", "公报.doc", "公报"])
def test_a_page_is_a_page_whatever_its_name(name: str) -> None:
    document = read(PAGE.encode(), name)
    assert document.media_type == "text/html"
    assert "<" not in document.text


def test_a_text_that_mentions_markup_stays_text() -> None:
    text = "投资<3亿元的项目用<html>标注，增长5.1%。"
    assert read(text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", "\u3000\n\u3000".encode(), b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe \0"]
)
def test_nothing_is_empty(data: bytes) -> None:
    assert reason(data, "a.txt") == "empty"


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (zipped("xl/workbook.bin"), "xlsb"),
        (zipped("ppt/presentation.xml"), "pptx"),
        (zipped("总结.txt"), "zip"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
        (b"MZ\x90\0\x03\0\0\0", "program"),
    ],
)
@pytest.mark.parametrize("name", ["总结.txt", "总结.html", "总结.md", "总结.pdf"])
def test_a_format_without_a_reader_is_named(data: bytes, named: str, name: str) -> None:
    assert reason(data, name) == "unsupported"
    with pytest.raises(RejectedFile, match=named):
        read(data, name)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "WordDocument".encode("utf-16-le"), "damaged"),
        (b"{\\rtf1\\ansi", "no_text"),
    ],
)
@pytest.mark.parametrize("name", ["总结.txt", "总结.html", "总结.doc"])
def test_a_format_with_a_reader_that_finds_nothing(data: bytes, expected: str, name: str) -> None:
    assert reason(data, name) == expected


def test_binary_data_named_txt() -> None:
    assert reason(bytes(range(256)) * 8, "a.txt") == "binary"
    assert reason(b"\0" * 1000, "a.txt") == "binary"


@pytest.mark.parametrize("name", ["数据.json", "脚本.py", "数据.xml"])
def test_text_that_is_no_report_by_its_name(name: str) -> None:
    assert reason(REPORT.encode(), name) == "unknown_type"


def test_a_stray_control_character_is_kept() -> None:
    text = REPORT * 10 + "\x07\0"
    assert read(text.encode(), "a.txt").text == text


def test_the_limit_is_on_bytes() -> None:
    data = REPORT.encode()
    assert read(data, "a.txt", Limits(bytes=len(data))).text == REPORT
    with pytest.raises(RejectedFile) as rejected:
        read(data, "a.txt", Limits(bytes=len(data) - 1))
    assert rejected.value.reason == "too_large"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
def test_every_report_is_read_as_it_is() -> None:
    for path in sorted(CORPUS.glob("*.txt")):
        expected = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        assert read(path.read_bytes(), path.name).text == expected
