"""PDFs: paragraphs and tables from pages, and the right reason where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.readers import Limits, RejectedFile, read
from pipeline.readers.pdf import plain
from pipeline.readers.source import Source
from tests.pipeline.readers.pdfs import both, lines, pdf, put, table

ORIGINALS = Path(__file__).parents[4] / "shared" / "corpus" / "originals"
SHARED = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the originals are not here")
FULL = "云川县各部门" * 4 + "认真"


def reason(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(RejectedFile) as rejected:
        read(data, "公报.pdf", limits)
    return rejected.value.reason


def test_lines_become_paragraphs_and_page_numbers_go() -> None:
    first = lines("　　" + FULL[:24], FULL, "完成投资3.2亿元。", "　　" + FULL[:24], foot="— 1 —")
    document = read(pdf(first, lines(FULL, "增长5.1%。", foot="— 2 —")), "公报.pdf")
    assert document.text.splitlines() == [FULL[:24] + FULL + "完成投资3.2亿元。", FULL[:24] + FULL + "增长5.1%。"]
    assert (document.media_type, document.reader, document.figures_kept) == ("application/pdf", "pdf", 1.0)
    assert document.left_out.split() == ["—1—", "—2—"]
    assert [place.name for place in document.places] == ["page 1"]


@pytest.mark.parametrize("name", ["公报.txt", "公报.html", "公报"])
def test_a_pdf_is_a_pdf_whatever_its_name(name: str) -> None:
    assert read(pdf(lines("全年完成投资3.2亿元，增长5.1%。")), name).media_type == "application/pdf"


def test_a_table_keeps_its_cells_and_the_lines_around_it() -> None:
    rows = [["指标", "2025年"], ["粮食", "267.0"], ["　大米", "1.5"], ["油料", "12.9"]]
    page = both(lines("表1 主要产品产量", "单位：万吨"), table(rows, 90, 170, [120, 90]), lines("全年平稳。", top=300))
    document = read(pdf(page), "公报.pdf")
    assert document.text.splitlines() == [
        "表1主要产品产量",
        "单位：万吨",
        "指标\t2025年",
        "粮食\t267.0",
        "　大米\t1.5",
        "油料\t12.9",
        "全年平稳。",
    ]
    assert len(document.tables) == 1


def test_turned_text_is_read() -> None:
    def turned(canvas) -> None:  # type: ignore[no-untyped-def]
        canvas.rotate(90)
        for number, text in enumerate(("全年完成投资3.2亿元，", "比上年增长5.1%。")):
            canvas.setFont("STSong-Light", 16)
            canvas.drawString(100, -100 - 28 * number, text)

    assert read(pdf(turned), "公报.pdf").text.splitlines() == ["全年完成投资3.2亿元，", "比上年增长5.1%。"]


def test_the_plain_way_is_line_by_line() -> None:
    document = plain(Source(pdf(lines("　　" + FULL[:24], FULL)), "公报.pdf"))
    assert (document.reader, len(document.text.splitlines())) == ("pdf:plain", 2)


def test_an_owner_password_does_not_matter_but_a_users_does() -> None:
    page = lines("全年完成投资3.2亿元，增长5.1%。")
    assert read(pdf(page, owner="o"), "公报.pdf").text == "全年完成投资3.2亿元，增长5.1%。\n"
    assert reason(pdf(page, password="u", owner="o")) == "encrypted"


def test_pages_without_text_are_a_scan() -> None:
    data = pdf(lambda canvas: canvas.rect(50, 50, 400, 600), lambda canvas: canvas.rect(50, 50, 400, 600))
    assert reason(data) == "no_text_layer"
    with pytest.raises(RejectedFile, match="2 pages"):
        read(data, "公报.pdf")


def test_a_page_with_text_among_pictures_is_read() -> None:
    data = pdf(lambda canvas: canvas.rect(50, 50, 400, 600), lines("全年完成投资3.2亿元，增长5.1%。"))
    assert read(data, "公报.pdf").places[0].name == "page 2"


def test_too_many_pages() -> None:
    assert reason(pdf(*[lines("增长5.1%。")] * 4), Limits(pages=3)) == "too_many_pages"


@pytest.mark.parametrize("cut", [20, 200, 900])
def test_a_cut_file_is_damaged(cut: int) -> None:
    assert reason(pdf(lines("全年完成投资3.2亿元，增长5.1%。"))[:cut]) == "damaged"


def test_small_things_are_drawn_for_people() -> None:
    page = both(lines("全年完成投资3.2亿元。"), lambda canvas: put(canvas, "9", 300, 120, 1.0))
    document = read(pdf(page), "公报.pdf")
    assert document.text == "全年完成投资3.2亿元。\n"
    assert document.left_out == "9"


@SHARED
@pytest.mark.parametrize(
    ("name", "paragraphs", "tables"),
    [
        ("huainan_2025_budget_execution_report", 67, 0),
        ("jiaozuo_2025_statistical_bulletin", 132, 5),
        ("luoyang_2025_budget_report", 75, 0),
        ("secondary_hohhot_2025_budget_report", 60, 0),
        ("tianjin_2025_budget_report", 114, 0),
    ],
)
def test_reports_that_offices_sent(name: str, paragraphs: int, tables: int) -> None:
    document = read((ORIGINALS / f"{name}.pdf").read_bytes(), f"{name}.pdf")
    assert document.reader == "pdf"
    assert document.figures_kept >= 0.99
    assert (len(document.text.splitlines()), len(document.tables)) == (paragraphs, tables)


@SHARED
@pytest.mark.parametrize(
    ("name", "expected"),
    [("shijiazhuang_2025_budget_report", "damaged"), ("zhangjiajie_2025_statistical_bulletin", "no_text_layer")],
)
def test_reports_that_cannot_be_read(name: str, expected: str) -> None:
    assert reason((ORIGINALS / f"{name}.pdf").read_bytes()) == expected
