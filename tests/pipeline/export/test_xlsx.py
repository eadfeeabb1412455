"""The workbook opens in other programs, reads well, and nothing in it runs."""

from __future__ import annotations

import csv
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from pipeline.export import Filter, Selection, export, format_named
from pipeline.export.sheet import COLORS, CUT, LONGEST_CELL, Book, Column

from .conftest import FORMULA


@pytest.fixture(scope="module")
def workbook(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the small tables."""
    path = tmp_path_factory.mktemp("xlsx") / "指标.xlsx"
    assert export(format_named("xlsx"), Selection(snapshot), str(path)) == (
        [path],
        ["1 cells were longer than Excel takes and were cut"],
    )
    return path


@pytest.fixture(scope="module")
def opened(workbook: Path) -> Any:
    """The same, read by openpyxl."""
    return openpyxl.load_workbook(workbook)


def column(sheet: Any, field: str) -> list[Any]:
    """The cells of a field, below its head."""
    heads = [str(cell.value).split("\n")[1] for cell in sheet[1]]
    return [row[heads.index(field)] for row in sheet.iter_rows(min_row=2)]


def test_there_is_a_sheet_for_each_purpose(opened: Any) -> None:
    assert opened.sheetnames == ["数值", "疑点", "报告", "说明"]
    assert [opened[name].max_row - 1 for name in ("数值", "疑点", "报告")] == [7, 1, 2]


def test_heads_are_frozen_filtered_and_named_in_both_languages(opened: Any) -> None:
    sheet = opened["数值"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref[:2], sheet["B1"].value) == ("C2", "A1", "指标\nindicator")


def test_numbers_are_numbers_with_the_digits_of_the_report(opened: Any) -> None:
    values = column(opened["数值"], "value")
    assert [cell.value for cell in values] == [547_900, 5.4, 600_000, 305_000, -3, 3, 1]
    assert [cell.number_format for cell in values[:2]] == ["#,##0", "#,##0.0"]
    assert column(opened["数值"], "period_end")[0].value == datetime(2023, 6, 30)


def test_texts_stay_texts(opened: Any) -> None:
    said = column(opened["数值"], "indicator")
    assert (said[4].value, said[4].data_type) == (FORMULA, "s")
    assert said[5].value == "第一行\n第二行"
    assert len(said[6].value) == LONGEST_CELL
    assert said[6].value.endswith(CUT)


def test_nothing_in_the_file_is_a_formula_or_leads_outside(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as file:
        sheets = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/worksheets/")]
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


def test_findings_are_coloured_by_severity(opened: Any) -> None:
    (cell,) = column(opened["疑点"], "severity")
    assert cell.fill.start_color.rgb == f"FF{COLORS['error'][1:]}"
    assert column(opened["疑点"], "report_title")[0].value == "盐池县2023年上半年工作总结"


def test_every_column_is_explained(opened: Any) -> None:
    explained = {(row[0], row[1]) for row in opened["说明"].iter_rows(min_row=2, values_only=True)}
    for name in ("数值", "疑点", "报告"):
        fields = [str(cell.value).split("\n")[1] for cell in opened[name][1]]
        assert {(name, one) for one in fields if not one.startswith("report_")} <= explained


def test_pandas_reads_it(workbook: Path) -> None:
    frame = pd.read_excel(workbook, sheet_name="数值", dtype={"主体编号\nentity_id": str})
    frame.columns = [name.split("\n")[-1] for name in frame.columns]
    assert frame[["entity", "entity_id", "value"]].iloc[0].tolist() == ["盐池县", "640323", 547_900]


def test_nothing_selected_is_an_empty_sheet(snapshot: Path, tmp_path: Path) -> None:
    (path,), _ = export(format_named("xlsx"), Selection(snapshot, Filter(indicators=("没有",))), str(tmp_path))
    assert openpyxl.load_workbook(path)["数值"].max_row == 1


def test_rows_beyond_the_end_of_a_sheet_go_to_a_further_one(tmp_path: Path) -> None:
    book = Book(tmp_path / "a.xlsx", datetime(2000, 1, 1), most_rows=3)
    book.sheet("数值", [Column("n", "数", 8, "int64")], ({"n": one} for one in range(5)))
    book.close()
    read = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert {
        name: [row[0] for row in read[name].iter_rows(min_row=2, values_only=True)] for name in read.sheetnames
    } == {
        "数值": [0, 1],
        "数值 2": [2, 3],
        "数值 3": [4],
    }


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (soffice)")
def test_libreoffice_shows_the_same_cells(workbook: Path, tmp_path: Path) -> None:
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    sheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = ["soffice", home, "--headless", "--convert-to", sheets, "--outdir", str(tmp_path), str(workbook)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with open(tmp_path / "指标-数值.csv", encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [row["数值\nvalue"] for row in found] == ["547900", "5.4", "600000", "305000", "-3", "3", "1"]
    assert [found[0][name] for name in ("主体\nentity", "时期\nperiod", "主体编号\nentity_id")] == [
        "盐池县", "2023-01/2023-06", "640323"
    ]  # fmt: skip
    assert (found[4]["指标\nindicator"], found[5]["指标\nindicator"]) == (FORMULA, "第一行\n第二行")


def test_days_that_excel_does_not_have_are_texts(tmp_path: Path) -> None:
    book = Book(tmp_path / "古.xlsx", datetime(2000, 1, 1))
    rows = [{"day": day} for day in (date(1850, 1, 1), date(1900, 2, 28), date(1900, 3, 1))]
    book.sheet("日", [Column("day", "日", 12, "date32[day]")], rows)
    book.close()
    sheet = openpyxl.load_workbook(tmp_path / "古.xlsx").active
    assert [cell.value for cell in sheet["A"][1:]] == ["1850-01-01", "1900-02-28", datetime(1900, 3, 1)]
