"""Numbers as Chinese texts write them."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.numerals import ARABIC, SCALE, arabic_value, decimals_of, han_value, scale_value

DIGIT_WORDS = "零一二三四五六七八九"


def written(number: int) -> str:
    """A number below ten thousand as a careful writer spells it: 3005 → 三千零五."""
    text, gap = "", False
    for power, word in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = number // 10**power % 10
        if digit:
            text += ("零" if gap and text else "") + DIGIT_WORDS[digit] + word
            gap = False
        else:
            gap = True
    return text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两", "2"),
        ("十", "10"),
        ("十二", "12"),
        ("三十五", "35"),
        ("一百零六", "106"),
        ("两百三", "230"),
        ("两千三百", "2300"),
        ("三千零五", "3005"),
        ("一万三", "13000"),
        ("一万零三百", "10300"),
        ("五万六千", "56000"),
        ("百万", "1000000"),
        ("三亿", "300000000"),
        ("一点五", "1.5"),
        ("九十八点六", "98.6"),
        ("二○二三", "2023"),
        ("二零二四", "2024"),
        ("叁佰", "300"),
    ],
)
def test_chinese_numerals(text: str, value: str) -> None:
    assert han_value(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "十百", "一二", "百千", "三点", "点五", "个", "一十二三"])
def test_what_is_no_numeral(text: str) -> None:
    assert han_value(text) is None


@given(st.integers(min_value=1, max_value=9999))
def test_spelled_numbers_are_read_back(number: int) -> None:
    assert han_value(written(number)) == number


@given(st.integers(min_value=1, max_value=9999), st.sampled_from(["万", "亿"]))
def test_spelled_numbers_with_a_scale_are_read_back(number: int, scale: str) -> None:
    assert han_value(written(number) + scale) == number * scale_value(scale)


@pytest.mark.parametrize(
    ("text", "value"),
    [("", 1), ("十", 10), ("百", 100), ("万", 10**4), ("千万", 10**7), ("亿", 10**8), ("万亿", 10**12)],
)
def test_scales(text: str, value: int) -> None:
    assert scale_value(text) == value


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [("94.50", "94.5", 2), ("351,740", "351740", 0), ("1,351,740.5", "1351740.5", 1), ("0.0", "0", 1), ("007", "7", 0)],
)
def test_digits(text: str, value: str, decimals: int) -> None:
    assert arabic_value(text) == Decimal(value)
    assert decimals_of(text) == decimals


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=0, max_value=4))
def test_grouped_digits_are_read_back(number: int, places: int) -> None:
    value = Decimal(number).scaleb(-places)
    text = f"{value:,.{places}f}"
    assert arabic_value(text) == value
    assert decimals_of(text) == places


@pytest.mark.parametrize("text", ["12", "1.5", "351,740", "1,351,740.25"])
def test_the_pattern_of_digits_takes_all(text: str) -> None:
    assert re.fullmatch(ARABIC, text)


@pytest.mark.parametrize(
    ("text", "scale"),
    [("万人", "万"), ("万亿元", "万亿"), ("千万元", "千万"), ("千米", ""), ("千克", ""), ("百分点", "")],
)
def test_a_scale_is_no_part_of_a_unit(text: str, scale: str) -> None:
    match = re.match(SCALE, text)
    assert (match.group() if match else "") == scale
