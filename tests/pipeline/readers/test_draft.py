"""Drafts: how lines and tables of any format become a document's text."""

from __future__ import annotations

import pytest

from pipeline.document import Document, Place
from pipeline.readers import Limits, RejectedFile
from pipeline.readers.draft import Draft, DraftCell


def drafted(*rows: list[str | DraftCell]) -> Document:
    draft = Draft()
    draft.table([[DraftCell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows])
    return draft.document("text/html", "test")


def lines(document: Document) -> list[str]:
    return document.text.splitlines()


def test_every_cell_is_where_it_says() -> None:
    document = drafted(["指标", DraftCell("2024年", columns=2)], ["　　大米", "26.7", "2.5%"])
    assert lines(document) == ["指标\t2024年", "　　大米\t26.7\t2.5%"]
    (table,) = document.tables
    assert [document.text[cell.start : cell.end] for cell in table.cells] == ["指标", "2024年", "大米", "26.7", "2.5%"]
    assert [(cell.row, cell.column, cell.columns, cell.indent) for cell in table.cells] == [
        (0, 0, 1, 0), (0, 1, 2, 0), (1, 0, 1, 2), (1, 1, 1, 0), (1, 2, 1, 0),
    ]  # fmt: skip


def test_a_cell_over_two_rows_pushes_the_next_row_aside() -> None:
    document = drafted([DraftCell("小计", rows=2), "金额", "147.6"], ["利率%", "2.0"])
    assert lines(document) == ["小计\t金额\t147.6", "\t利率%\t2.0"]


def test_a_table_that_only_places_text_becomes_lines() -> None:
    prose = "全年完成投资3.2亿元。其中工业投资1.1亿元。农业投资0.4亿元。"
    document = drafted([prose, "云川县统计局"])
    assert lines(document) == [prose, "云川县统计局"]
    assert document.tables == ()


def test_a_long_remark_below_many_figures_leaves_them_a_table() -> None:
    remark = DraftCell("注：本表为快报数。口径与上年一致。个别数据因四舍五入略有差别。", columns=5)
    rows = [[label, "26.7", "2.5%", "31", "8"] for label in ("大米", "小麦")]
    assert len(drafted(["指标", "产量", "增长", "面积", "单产"], *rows, [remark]).tables) == 1


def test_rows_that_were_written_into_one_are_taken_apart() -> None:
    labels, units, figures = "合计\n　养老机构\n　福利院", "万个万个万个", "426\t53\n399\t50\n27\t3"
    document = drafted(["指标", "单位", "机构", "床位"], [labels, units, DraftCell(figures, columns=2)])
    assert lines(document)[1:] == ["合计\t万个\t426\t53", "　养老机构\t万个\t399\t50", "　福利院\t万个\t27\t3"]


def test_lines_of_a_cell_that_do_not_fit_those_beside_it_stay_together() -> None:
    document = drafted(["指标", "机构"], ["合计\n养老机构\n福利院", "426\n399"])
    assert lines(document)[1:] == ["合计养老机构福利院\t426 399"]


def test_places_lead_back_and_are_said_once() -> None:
    draft = Draft()
    draft.line("一、综合", "page 1")
    draft.line("全年增长5.1%。", "page 1")
    draft.table([[DraftCell("大米"), DraftCell("26.7")]], lambda row: f"page 2 row {row + 1}")
    places = draft.document("application/pdf", "test").places
    assert places == (Place(0, "page 1"), Place(15, "page 2 row 1"))


def test_more_cells_than_the_limit() -> None:
    with pytest.raises(RejectedFile) as rejected:
        Draft(Limits(cells=3)).table([[DraftCell("大米"), DraftCell("26.7")]] * 2)
    assert rejected.value.reason == "too_many_cells"
