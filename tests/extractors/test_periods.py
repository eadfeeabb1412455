"""Words of time and the periods they stand for."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.periods import PeriodBase, PeriodHit, PeriodScanner
from lexicons import load

SCANNER = PeriodScanner(load())
HALF_YEAR = PeriodBase.of("2023-01/2023-06")
YEAR = PeriodBase.of("2023")
EDTF = re.compile(r"(\.\.|[\dX]{4}(-\d\d){0,2})(/(\.\.|[\dX]{4}(-\d\d){0,2}))?")


def only(text: str, base: PeriodBase = HALF_YEAR) -> PeriodHit:
    found = SCANNER.scan(text, base)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("edtf", "year", "end"),
    [
        ("2023-01/2023-06", "2023", "2023-06"),
        ("2023", "2023", "2023-12"),
        ("2021/2025", "2025", "2025-12"),
        ("20XX-01/20XX-06", "20XX", "20XX-06"),
        ("", "", ""),
    ],
)
def test_bases(edtf: str, year: str, end: str) -> None:
    assert PeriodBase.of(edtf) == PeriodBase(year, end, edtf)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2022年培训", "2022"),
        ("2023年5月新建", "2023-05"),
        ("5月新建", "2023-05"),
        ("2023年6月21日召开", "2023-06-21"),
        ("6月21日召开", "2023-06-21"),
        ("上半年完成", "2023-01/2023-06"),
        ("2022年上半年完成", "2022-01/2022-06"),
        ("下半年开工", "2023-07/2023-12"),
        ("1月至4月完成", "2023-01/2023-04"),
        ("1-5月完成", "2023-01/2023-05"),
        ("一季度完成", "2023-01/2023-03"),
        ("第二季度完成", "2023-04/2023-06"),
        ("前三季度完成", "2023-01/2023-09"),
        ("今年以来完成", "2023-01/2023-06"),
        ("去年完成", "2022"),
        ("明年完成", "2024"),
        ("2021年至2023年完成", "2021/2023"),
        ("2021-2023年完成", "2021/2023"),
        ("“十四五”时期完成", "2021/2025"),
        ("近五年完成", "2019/2023"),
        ("五年来完成", "2019/2023"),
        ("20_年5月完成", "20XX-05"),
        ("20××年完成", "20XX"),
        ("2022年7月至2023年6月完成", "2022-07/2023-06"),
        ("全年完成", "2023"),
    ],
)
def test_spans(text: str, edtf: str) -> None:
    hit = only(text)
    assert (hit.edtf, hit.kind) == (edtf, "span")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("截至6月底，", "../2023-06"),
        ("截至2023年6月30日，", "../2023-06"),
        ("截至6月20日，", "../2023-06-20"),
        ("截至2024年底，", "../2024-12"),
        ("力争到2023年底", "../2023-12"),
        ("目前有", "../2023-06"),
        ("截至目前有", "../2023-06"),
        ("现有", "../2023-06"),
        ("年末共有", "../2023-12"),
        ("2022年末共有", "../2022-12"),
        ("“十四五”末达到", "../2025-12"),
    ],
)
def test_points(text: str, edtf: str) -> None:
    hit = only(text)
    assert (hit.edtf, hit.kind) == (edtf, "as_of")


@pytest.mark.parametrize("text", ["比上年增长", "较去年同期增长", "比2020年增长", "与去年末相比", "同上年比"])
def test_what_a_figure_is_compared_with_is_a_baseline(text: str) -> None:
    assert only(text).kind == "baseline"


@pytest.mark.parametrize("text", ["按照《2022年行动方案》", "月均", "第三批", "三年行动", "云川县", "5个月"])
def test_no_word_of_time(text: str) -> None:
    assert SCANNER.scan(text, YEAR) == []


def test_unknown_year_gives_no_period() -> None:
    assert SCANNER.scan("5月新建，上半年完成，目前有", PeriodBase.of("")) == []


def test_masked_years_are_not_counted() -> None:
    base = PeriodBase.of("20XX-01/20XX-06")
    assert only("上半年完成", base).edtf == "20XX-01/20XX-06"
    assert only("5月完成", base).edtf == "20XX-05"


@pytest.mark.parametrize(
    ("text", "left"),
    [("2023年全市筛查", "全市筛查"), ("截至6月底筛查", "筛查"), ("上年结余", "上年结余"), ("目前医院", "医院")],
)
def test_names_without_words_of_time(text: str, left: str) -> None:
    assert SCANNER.strip(text) == left


WORDS = [
    "2023年",
    "5月",
    "至",
    "6月底",
    "截至",
    "上半年",
    "比",
    "上年",
    "一季度",
    "以来",
    "年末",
    "近",
    "五年",
    "日",
    "12",
]


@given(
    st.lists(st.sampled_from(WORDS), max_size=8).map("".join), st.sampled_from(["2023", "2023-01/2023-06", "20XX", ""])
)
def test_every_period_is_well_formed(text: str, edtf: str) -> None:
    hits = SCANNER.scan(text, PeriodBase.of(edtf))
    assert all(EDTF.fullmatch(hit.edtf) for hit in hits), hits
    assert all(first.end <= second.start for first, second in pairwise(hits))
