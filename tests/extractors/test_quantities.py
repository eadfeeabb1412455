"""Numbers with their units, without any context."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.quantities import Quantity, QuantityScanner
from lexicons import load

SCANNER = QuantityScanner(load())


def only(text: str) -> Quantity:
    found = SCANNER.scan(text)
    assert len(found) == 1, [text[q.start : q.end] for q in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit", "dimension"),
    [
        ("54.79万份", "547900", "份", "count"),
        ("5626.366万元", "56263660", "元", "money"),
        ("3.6万亿元", "3600000000000", "元", "money"),
        ("351,740人", "351740", "人", "persons"),
        ("22名", "22", "人", "persons"),
        ("8位", "8", "人", "persons"),
        ("3200人（次）", "3200", "人次", "occasions"),
        ("40户次", "40", "户次", "occasions"),
        ("2600㎡", "2600", "平方米", "area"),
        ("86.4km", "86.4", "公里", "length"),
        ("94.5%", "94.5", "%", "ratio"),
        ("4.5‰", "4.5", "‰", "ratio"),
        ("400.90/10万", "400.90", "/10万", "ratio"),
        ("2.8个百分点", "2.8", "百分点", "percentage_points"),
        ("1697.4元/人·月", "1697.4", "元/人·月", "money"),
        ("500元/户", "500", "元/户", "money"),
        ("2360万美元", "23600000", "美元", "money"),
        ("两个", "2", "个", "count"),
        ("三十五家", "35", "家", "count"),
        ("百分之三十五", "35", "%", "ratio"),
        ("千分之五", "5", "‰", "ratio"),
        ("十万分之九", "9", "/10万", "ratio"),
        ("七成", "70", "%", "ratio"),
    ],
)
def test_value_and_unit(text: str, value: str, unit: str, dimension: str) -> None:
    quantity = only(text)
    assert (quantity.start, quantity.end) == (0, len(text))
    assert (quantity.value, quantity.value_max) == (Decimal(value), None)
    assert (quantity.unit, quantity.dimension) == (unit, dimension)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("1-2名", "1", "2", "人"),
        ("1至3名", "1", "3", "人"),
        ("10%~15%", "10", "15", "%"),
        ("3万-5万元", "30000", "50000", "元"),
        ("3-5万元", "30000", "50000", "元"),
        ("两三家", "2", "3", "家"),
        ("七八十名", "70", "80", "人"),
    ],
)
def test_ranges(text: str, low: str, high: str, unit: str) -> None:
    quantity = only(text)
    assert (quantity.start, quantity.end) == (0, len(text))
    assert (quantity.value, quantity.value_max, quantity.unit) == (Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [("8千余份", "8000"), ("20余名", "20"), ("3万多人次", "30000"), ("八千余份", "8000"), ("十几家", "10")],
)
def test_a_little_more(text: str, value: str) -> None:
    quantity = only(text)
    assert (quantity.start, quantity.end) == (0, len(text))
    assert (quantity.value, quantity.over) == (Decimal(value), True)


def test_value_text_and_decimals_are_as_written() -> None:
    quantity = only("5626.360万元")
    assert (quantity.value_text, quantity.decimals, quantity.scale, quantity.unit_text) == ("5626.360", 3, 10000, "元")


def test_a_chain_of_shares_is_its_parts() -> None:
    found = SCANNER.scan("产业结构为12.4：33.1：54.5")
    assert [(q.value, q.unit, q.rule) for q in found] == [
        (Decimal(part), "", "quantity.ratio-chain") for part in ("12.4", "33.1", "54.5")
    ]


def test_several_in_their_order() -> None:
    text = "检查医院40户次、学校33户次，共罚款41500元"
    assert [text[q.start : q.end] for q in SCANNER.scan(text)] == ["40户次", "33户次", "41500元"]


def test_from_to_is_two_figures() -> None:
    text = "从80%到99%"
    assert [text[q.start : q.end] for q in SCANNER.scan(text)] == ["80%", "99%"]


@pytest.mark.parametrize("text", ["PM2.5", "G331国道", "A4", "v1.2.3", "云川县", ""])
def test_codes_are_none(text: str) -> None:
    assert SCANNER.scan(text) == []


@given(
    st.integers(min_value=0, max_value=999999),
    st.integers(min_value=0, max_value=3),
    st.sampled_from(["", "万", "亿"]),
    st.sampled_from(["元", "人", "家", "吨", "%", "户次", "平方米"]),
)
def test_what_is_written_is_read_back(digits: int, places: int, scale: str, unit: str) -> None:
    value = Decimal(digits).scaleb(-places)
    text = f"共{value:f}{scale}{unit}。"
    quantity = only(text)
    assert (quantity.start, quantity.end) == (1, len(text) - 1)
    assert quantity.value == value * {"": 1, "万": 10**4, "亿": 10**8}[scale]
    assert (quantity.unit, quantity.decimals) == (unit, places)


@given(st.text(alphabet="0123456789.,一二两十百千万亿分之余多-至：:/元人个家%（）成 a"))
def test_quantities_do_not_overlap(text: str) -> None:
    found = SCANNER.scan(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
