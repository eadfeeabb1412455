"""Workbooks: every sheet that is shown, as lines and tables."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Alignment

from pipeline.document import Document
from pipeline.readers import Limits, RejectedFile, read

from .workbooks import MAIN, by_hand, data, saved, sheet_of

OFFICE = shutil.which("soffice")


def budget() -> Workbook:
    """A county's accounts as offices lay them out."""
    book = Workbook()
    sheet = book.active
    sheet.title = "收支总表"
    sheet["A1"], sheet["A2"] = "附件2", "云川县2025年一般公共预算收支执行情况表"
    sheet["A3"], sheet["E3"] = "编制单位：云川县财政局", "单位：万元"
    sheet["A4"], sheet["B4"], sheet["E4"] = "项目", "2025年", "比上年增长(%)"
    sheet["B5"], sheet["C5"], sheet["D5"] = "预算数", "执行数", "完成率"
    for area in ("A2:E2", "A4:A5", "B4:D4", "E4:E5", "A9:E9"):
        sheet.merge_cells(area)
    rows = [("一、税收收入", 0, 12345.5, -12300, 0.9963, 3.25), ("其中：增值税", 1, 5000, 4800.126, 0.96, -2.1)]
    rows.append(("　　企业所得税", 0, 3000, None, None, None))
    for number, (label, indent, *values) in enumerate(rows, 6):
        sheet.cell(number, 1, label).alignment = Alignment(indent=indent)
        for column, (value, code) in enumerate(
            zip(values, ("#,##0.00", "#,##0.0_);(#,##0.0)", "0.0%", "0.0"), strict=True), 2
        ):
            sheet.cell(number, column, value).number_format = code
    sheet["A9"] = "注：本表数据为快报数。"
    sheet["A12"], sheet["B12"], sheet["A13"], sheet["B13"] = "指标", "数量", "大米", 267
    sheet["B13"].number_format = "0.0"
    return book


SHOWN = """收支总表
附件2
云川县2025年一般公共预算收支执行情况表
编制单位：云川县财政局
单位：万元
项目	2025年			比上年增长(%)
	预算数	执行数	完成率
一、税收收入	12,345.50	(12,300.0)	99.6%	3.3
　其中：增值税	5,000.00	4,800.1	96.0%	-2.1
　　企业所得税	3,000.00
注：本表数据为快报数。
指标	数量
大米	267.0
"""


def check_budget(document: Document) -> None:
    """Whether the accounts are there, with their tables and places."""
    assert document.text == SHOWN
    assert document.figures_kept == 1
    first, second = document.tables
    spans = {document.text[cell.start : cell.end]: (cell.rows, cell.columns, cell.indent) for cell in first.cells}
    assert spans["2025年"] == (1, 3, 0)
    assert spans["项目"] == spans["比上年增长(%)"] == (2, 1, 0)
    assert (spans["其中：增值税"], spans["企业所得税"]) == ((1, 1, 1), (1, 1, 2))
    assert document.text[second.start : second.end].startswith("指标")
    places = {place.name: document.text[place.start :].partition("\n")[0] for place in document.places}
    assert places["收支总表!A7"].lstrip("　").startswith("其中：增值税")
    assert places["收支总表!B5"].startswith("\t预算数")


@pytest.mark.parametrize("name", ["附表.xlsx", "附表.et", "附表.txt"])
def test_a_sheet_as_offices_lay_it_out(name: str) -> None:
    document = read(saved(budget()), name)
    assert document.reader == "xlsx"
    check_budget(document)


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice, which writes the old format, is not here")
def test_an_old_workbook_is_read_as_the_new_one(tmp_path: Path) -> None:
    (tmp_path / "附表.xlsx").write_bytes(saved(budget()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "xls", "--outdir", tmp_path, tmp_path / "附表.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    old = (tmp_path / "附表.xls").read_bytes()
    document = read(old, "附表.et")
    assert document.reader == "xls"
    check_budget(document)
    for cut in (600, len(old) // 2, len(old) - 700):
        try:
            read(old[:cut], "附表.xls")
        except RejectedFile as rejected:
            assert rejected.reason in ("damaged", "empty", "unsupported")


def test_what_is_hidden_is_left_out() -> None:
    book = Workbook()
    hidden, sheet = book.active, book.create_sheet("Sheet2")
    hidden["A1"], hidden.sheet_state = 999, "hidden"
    for number, row in enumerate(
        [["村", "旧户数", "户数"], ["东村", 111, 12], ["西村", 222, 34], ["南村", 333, 56]], 1
    ):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)
    sheet.row_dimensions[3].hidden = sheet.column_dimensions["B"].hidden = True
    document = read(saved(book), "a.xlsx")
    assert document.text == "村\t户数\n东村\t12\n南村\t56\n"
    assert document.figures_kept == 1


def test_a_title_over_a_hidden_column_is_kept() -> None:
    book = Workbook()
    sheet = book.active
    for row in (["云川县农户表"], ["序号", "村", "户数"], [1, "东村", 12]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.column_dimensions["A"].hidden = True
    assert read(saved(book), "a.xlsx").text == "云川县农户表\n村\t户数\n东村\t12\n"


def test_what_programs_leave_below_merged_cells_is_not_shown() -> None:
    row = "".join(f'<c r="{letter}1"><v>{at}</v></c>' for at, letter in enumerate("ABC", 7))
    sheet = data(f'<row r="1">{row}</row><row r="2">{row.replace("1", "2")}</row>')
    merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
    document = read(by_hand(sheet.replace("</worksheet>", merged)), "a.xlsx")
    assert (document.text, document.figures_kept) == ("7\t\t9\n7\t8\t9\n", 1)


def test_figures_below_an_empty_row_go_on_with_the_table() -> None:
    document = read(sheet_of(["村", "户数"], ["东村", 12], [], ["西村", 34], [], ["乡", "人口"], ["北乡", 9]), "a.xlsx")
    assert [len(table.cells) for table in document.tables] == [6, 4]


def test_empty_columns_and_rows_are_no_part_of_a_table() -> None:
    book = Workbook()
    sheet = book.active
    sheet["D5"], sheet["H5"], sheet["D6"], sheet["H6"], sheet["XFD1048576"] = "村", "户数", "东村", 12, "末"
    document = read(saved(book), "a.xlsx")
    assert document.text == "村\t户数\n东村\t12\n末\n"


def test_formulas_are_not_computed_and_errors_stay() -> None:
    cells = '<c r="A1" t="str"><f>1+1</f><v>二</v></c><c r="B1" t="e"><v>#REF!</v></c>'
    cells += '<c r="C1"><f>WEBSERVICE("http://a.invalid")</f><v>3.5</v></c>'
    cells += '<c r="D1"><f>1+1</f></c><c r="E1" t="b"><v>1</v></c>'
    assert read(by_hand(data(f'<row r="1">{cells}</row>')), "a.xlsx").text == "二\t#REF!\t3.5\tTRUE\n"


def test_inline_and_rich_texts_without_reading_aids() -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si><r><t>云川</t></r><r><t>县</t></r><rPh sb="0" eb="1"><t>yun</t></rPh></si></sst>'
    )
    row = '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>大米12吨</t></is></c><c t="s"><v>7</v></c></row>'
    assert read(by_hand(data(row), strings), "a.xlsx").text == "云川县\t大米12吨\n"


def test_days_and_the_names_of_sheets() -> None:
    book = Workbook()
    book.active.title = "Sheet1"
    for name in ("分镇情况", "表2"):
        book.create_sheet(name).append(["日期", date(2025, 12, 31)])
    assert read(saved(book), "a.xlsx").text == "分镇情况\n日期\t2025-12-31\n日期\t2025-12-31\n"


def test_a_long_note_in_a_cell_leaves_the_table_a_table() -> None:
    document = read(sheet_of(["村", "户数", "备注"], ["东村", 12, "说明。" * 200], ["西村", 34, ""]), "a.xlsx")
    assert len(document.tables) == 1


class TestHostile:
    def reason(self, content: bytes, limits: Limits | None = None) -> str:
        with pytest.raises(RejectedFile) as rejected:
            read(content, "a.xlsx", limits)
        return rejected.value.reason

    def test_entities_are_not_expanded(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("42424242", encoding="utf-8")
        laughs = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12))
        head = f'<!DOCTYPE a [<!ENTITY e0 "9">{laughs}<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        sheet = head + data("<row><c><v>&e11;</v></c><c><v>&x;</v></c><c><v>5</v></c></row>")
        try:
            text = read(by_hand(sheet), "a.xlsx").text
        except RejectedFile as rejected:
            assert rejected.reason in ("damaged", "empty")
        else:
            assert "4242" not in text and len(text) < 100

    def test_a_text_shown_a_million_times(self) -> None:
        strings = f'<sst xmlns="{MAIN}"><si><t>{"云" * 30_000}</t></si></sst>'
        rows = '<row><c t="s"><v>0</v></c></row>' * 2_000
        assert self.reason(by_hand(data(rows), strings)) == "too_large_unpacked"

    def test_too_many_cells(self) -> None:
        rows = "<row><c><v>1</v></c><c><v>2</v></c></row>" * 60
        assert self.reason(by_hand(data(rows)), Limits(cells=100)) == "too_many_cells"
        assert self.reason(by_hand(data('<row><c s="1"/><c s="1"/></row>' * 600)), Limits(cells=100)) in (
            "too_many_cells",
            "empty",
        )

    def test_too_many_sheets(self) -> None:
        book = Workbook()
        for _ in range(5):
            book.create_sheet()
        assert self.reason(saved(book), Limits(pages=5)) == "too_many_pages"

    def test_empty_formatted_rows_are_passed_over(self) -> None:
        rows = "<row><c><v>5</v></c></row>" + '<row><c s="0"/><c s="0"/></row>' * 50_000
        assert read(by_hand(data(rows)), "a.xlsx").text == "5\n"

    def test_cells_on_a_slant_do_not_become_a_square(self) -> None:
        rows = "".join(
            f'<row r="{at}"><c r="{"ABCDEFGHIJ"[at % 10]}{"ABCDEFGHIJ"[at // 10 % 10]}{at}"><v>{at}</v></c></row>'
            for at in range(1, 6_000)
        )
        document = read(by_hand(data(rows)), "a.xlsx")
        assert len(document.text) < 2_000_000 and document.figures_kept == 1

    @pytest.mark.parametrize("area", ["A1:XFD1048576", "A1", "XFD1048576:A1", "??", "A0:B9999999"])
    def test_areas_of_any_size(self, area: str) -> None:
        sheet = data('<row><c><v>5</v></c><c r="C1"><v>6</v></c></row><row><c><v>7</v></c></row>')
        merged = f'<dimension ref="{area}"/><mergeCells><mergeCell ref="{area}"/></mergeCells></worksheet>'
        document = read(by_hand(sheet.replace("</worksheet>", merged)), "a.xlsx")
        assert document.figures_kept == 1

    @pytest.mark.parametrize(
        "row",
        [
            '<row r="x"><c><v>5</v></c></row>',
            '<row><c r="ZZZZ9"><v>5</v></c><c><v>6</v></c></row>',
            '<row><c s="99999"><v>5</v></c></row>',
            '<row><c t="s"><v>-1</v></c><c><v>6</v></c></row>',
            "<row><c><v>nan</v></c><c><v>inf</v></c><c><v>1e400</v></c><c><v>6</v></c></row>",
            '<row><c t="strange"><v>6</v></c></row>',
            "<row><c><v>6</v></c>",
        ],
    )
    def test_nonsense_costs_no_figure_beside_it(self, row: str) -> None:
        text = read(by_hand(data(row)), "a.xlsx").text
        assert "6" in text or "5" in text

    def test_a_sealed_workbook(self) -> None:
        sealed = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")
        assert self.reason(sealed) == "encrypted"

    def test_a_binary_workbook_is_named(self) -> None:
        content = by_hand("").replace(b"xl/workbook.xml", b"xl/workbook.bin")
        assert self.reason(content) == "unsupported"

    def test_damage(self) -> None:
        whole = saved(budget())
        for cut in (100, len(whole) // 2, len(whole) - 30):
            assert self.reason(whole[:cut]) in ("damaged", "unsupported")
