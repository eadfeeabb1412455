"""Page numbers and running heads are no part of any sentence; figures that look like them are."""

from __future__ import annotations

import pytest

from pipeline.segment.furniture import without_furniture
from pipeline.segment.lines import lines_of

BODY = "云川县全年完成植树造林三万余亩，新建绿化带若干条。" * 15


def kept(text: str) -> list[str]:
    return [line.text for line in without_furniture(lines_of(text))]


@pytest.mark.parametrize(
    "mark", ["—5—", "- 12 -", "— 3 —", "－7－", "第 3 页", "第3页 共20页", "Page 4 of 9", "-- 8 --"]
)
def test_page_numbers_with_dashes_or_words(mark: str) -> None:
    assert kept(f"投资增长\n\n{mark}\n\n较快。") == ["投资增长", "较快。"]


@pytest.mark.parametrize("figure", ["-5", "5%", "1/3", "2024", "5.0", "第三页", "12"])
def test_single_numbers_are_kept(figure: str) -> None:
    assert kept(f"完成率\n{figure}\n较快。") == ["完成率", figure, "较快。"]


def test_bare_numbers_beside_form_feeds_that_count_up() -> None:
    text = "".join(f"{BODY}\n{page}\n\f" for page in range(1, 5)) + "完。"
    assert kept(text) == [BODY] * 4 + ["完。"]


def test_a_last_cell_of_a_page_is_no_page_number() -> None:
    text = f"{BODY}\n87\n\f{BODY}\n3\n\f{BODY}\n41\n\f完。"
    assert kept(text) == [BODY, "87", BODY, "3", BODY, "41", "完。"]


def test_bare_numbers_a_page_apart_that_count_up() -> None:
    long = BODY * 2
    assert kept("\n".join(f"{long}\n{page}" for page in range(3, 8))) == [long] * 5


def test_cells_that_count_up_are_kept() -> None:
    rows = [cell for number in range(1, 9) for cell in (str(number), "云川镇")]
    assert kept("\n".join(rows)) == rows


def test_fractions_of_one_total() -> None:
    assert kept("甲。\n1 / 3\n乙。\n2 / 3\n丙。\n3 / 3") == ["甲。", "乙。", "丙。"]


def test_number_split_over_lines() -> None:
    text = "".join(f"{BODY}\n—\n{page}\n—\n\f" for page in range(1, 4)) + "完。"
    assert kept(text) == [BODY] * 3 + ["完。"]


def test_running_heads_stay_only_where_the_text_begins() -> None:
    text = "".join(f"云川县统计公报 {page}\n第{page}段文字。\n— {page} —\n\f" for page in range(1, 6))
    assert kept(text) == ["云川县统计公报 1", *(f"第{page}段文字。" for page in range(1, 6))]


def test_a_line_repeated_inside_pages_is_kept() -> None:
    text = "".join(f"开头{mark}。\n单位 亿元\n结尾{mark}。\n\f" for mark in "甲乙丙丁")
    assert kept(text).count("单位 亿元") == 4
