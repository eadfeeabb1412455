"""A small sound report in every format that is read, for tests that damage it."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from openpyxl import Workbook

from tests.mutations import Seed
from tests.pipeline.readers.ofds import ofd, text
from tests.pipeline.readers.pdfs import both, lines, pdf, table
from tests.pipeline.readers.word_files import cell, docx, paragraph, row, run
from tests.pipeline.readers.word_files import table as word_table

TITLE = "云川县2024年统计公报"
TEXT = "全年粮食产量36.4万吨，比上年增长2.1%。其中：稻谷产量21.5万吨，下降0.4%。"
ROWS = (
    ("指标", "产量（万吨）", "增长（%）"),
    ("粮食产量", "36.4", "2.1"),
    ("蔬菜", "58.2", "6.3"),
    ("水果", "7.9", "1.0"),
)


@cache
def seeds() -> tuple[Seed, ...]:
    """The same report in each format: names and bytes.

    Example: ``dict(seeds())["公报.txt"].decode()``
    """
    found: list[Seed] = [
        ("公报.txt", f"{TITLE}\n{TEXT}\n".encode()),
        ("公报.md", f"# {TITLE}\n\n{TEXT}\n".encode()),
        ("公报.html", _page().encode()),
        ("公报.mhtml", _letter()),
        ("公报.csv", "\n".join(map(",".join, ROWS)).encode("gb18030")),
        ("公报.rtf", _rtf()),
        ("公报.docx", _docx()),
        ("公报.xlsx", _workbook()),
        (
            "公报.pdf",
            pdf(both(lines(TITLE, TEXT[:22], TEXT[22:]), table([list(line) for line in ROWS], 80, 240, [150] * 3))),
        ),
        ("公报.ofd", ofd(text(TITLE, 20, 20) + text(TEXT[:22], 20, 35) + text(TEXT[22:], 20, 45))),
    ]
    found.append(("公报.zip", _archive(found)))
    return tuple(found)


def _page() -> str:
    rows = "".join("<tr>" + "".join(f"<td>{words}</td>" for words in line) + "</tr>" for line in ROWS)
    body = f"<body><p>{TEXT}</p><table>{rows}</table></body>"
    return f"<!DOCTYPE html><html><head><title>{TITLE}</title></head>{body}</html>"


def _letter() -> bytes:
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\n'
    part = 'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    return f"{head}{part}{_page()}\r\n--B--\r\n".encode()


def _rtf() -> bytes:
    words = "".join(f"\\u{ord(one)}?" if not one.isascii() else one for one in TEXT)
    return f"{{\\rtf1\\ansi\\ansicpg936\\uc1 {words}\\par}}".encode("ascii")


def _docx() -> bytes:
    rows = (row(*(cell(paragraph(run(words))) for words in line)) for line in ROWS)
    return docx(paragraph(run(TITLE)), paragraph(run(TEXT)), word_table(*rows))


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in ((TITLE,), *ROWS):
        sheet.append(list(line))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _archive(members: list[Seed]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()
