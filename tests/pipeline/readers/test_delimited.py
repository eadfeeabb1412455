"""Tables as plain text."""

from __future__ import annotations

import pytest

from pipeline.readers import RejectedFile, read
from pipeline.readers.delimited import delimiter

ROWS = '云川县农户表\n单位：户\n村,户数,比上年增长(%)\n东村,"1,234",5.1\n　其中：北组,12,-0.30\n注：快报数。\n'
TEXT = "云川县农户表\n单位：户\n村\t户数\t比上年增长(%)\n东村\t1,234\t5.1\n　其中：北组\t12\t-0.30\n注：快报数。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_table_with_title_and_note(encoding: str, ends: str) -> None:
    document = read(ROWS.replace("\n", ends).encode(encoding), "数据.csv")
    assert (document.text, document.media_type, document.reader) == (TEXT, "text/csv", "csv")
    (table,) = document.tables
    assert [cell.indent for cell in table.cells if cell.column == 0] == [0, 0, 1]
    assert document.figures_kept == 1
    assert [place.name for place in document.places] == [f"row {number}" for number in range(1, 7)]


@pytest.mark.parametrize(
    ("name", "sign", "media_type"),
    [
        ("a.tsv", "\t", "text/tab-separated-values"),
        ("a.csv", ";", "text/csv"),
        ("a.csv", "|", "text/csv"),
        ("a.xls", "\t", "text/tab-separated-values"),
    ],
)
def test_other_signs(name: str, sign: str, media_type: str) -> None:
    document = read(sign.join(["村", "户数"]).encode() + b"\n" + sign.join(["东村", "3,5"]).encode(), name)
    assert (document.text, document.media_type) == ("村\t户数\n东村\t3,5\n", media_type)


def test_breaks_and_quotes_in_cells() -> None:
    assert read('村,说明\n东村,"甲\n乙""3"""\n="007",8\n'.encode(), "a.csv").text == '村\t说明\n东村\t甲乙"3"\n007\t8\n'


def test_an_open_quote_does_not_swallow_the_table() -> None:
    rows = '村,户数\n"东村,12\n' + "西村,34\n" * 50
    document = read(rows.encode(), "a.csv")
    assert len(document.tables) == 1 and document.text.count("西村\t34") == 50


def test_a_list_stays_lines() -> None:
    assert read("东村\n西村\n".encode(), "a.csv").text == "东村\n西村\n"


def test_a_page_called_csv_or_xls_is_a_page() -> None:
    page = "<html><body><table><tr><td>村</td><td>3.2</td></tr></table></body></html>".encode()
    assert read(page, "a.xls").media_type == "text/html"
    with pytest.raises(RejectedFile):
        read(b"<?xml version='1.0'?><Workbook><Row>5</Row></Workbook>", "a.xls")


@pytest.mark.parametrize(
    "text", ['"' * 100_000, "," * 1_000_000, '",' * 100_000, "x" * 1_000_000, "\n".join('"a' for _ in range(9_999))]
)
def test_strange_files_end(text: str) -> None:
    try:
        read(text.encode(), "a.csv")
    except RejectedFile as rejected:
        assert rejected.reason in ("empty", "damaged", "too_many_cells")


def test_the_sign_that_lines_have_equally_often() -> None:
    assert delimiter("指标;数\n大米;3,5\n小麦;4") == ";"
    assert delimiter("指标") == ","
