"""Intervals: what written digits allow, and the arithmetic on it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audit.interval import Interval, common, exactly, total
from tests.audit.audit_examples import audited

NUMBERS = st.integers(-(10**6), 10**6)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[Interval, float]:
    """An interval and a value inside it."""
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    return Interval(low, high), draw(st.integers(low, high))


class TestArithmetic:
    @given(intervals(), intervals())
    def test_holds_every_result_of_values_inside(
        self, first: tuple[Interval, float], second: tuple[Interval, float]
    ) -> None:
        (a, x), (b, y) = first, second
        assert (a + b).overlaps(exactly(x + y))
        assert (a - b).overlaps(exactly(x - y))
        assert (a * b).overlaps(exactly(x * y))
        if not b.low <= 0 <= b.high:
            assert (a / b).wider(1e-6).overlaps(exactly(x / y))

    def test_a_divisor_that_may_be_zero_says_nothing(self) -> None:
        assert not (Interval(1, 2) / Interval(-1, 1)).known

    def test_whole_numbers_inside(self) -> None:
        assert Interval(976.9, 977.2).whole_numbers() == (977,)
        assert Interval(0.1, 0.9).whole_numbers() == ()
        assert Interval(0, math.inf).whole_numbers() == ()

    @given(intervals())
    def test_the_roundest_is_the_first_with_most_zeros_at_its_end(self, inside: tuple[Interval, float]) -> None:
        interval, _ = inside
        numbers = interval.whole_numbers(50)
        assert interval.roundest(50) == max(numbers, key=lambda one: len(str(one)) - len(str(one).rstrip("0")))

    @pytest.mark.parametrize(
        ("low", "high", "roundest"), [(968.2, 1043.7, 1000), (-3, 9, 0), (-3, 100, 100), (0.1, 0.9, None)]
    )
    def test_the_roundest(self, low: float, high: float, roundest: int | None) -> None:
        assert Interval(low, high).roundest() == roundest

    def test_what_is_common(self) -> None:
        assert common([Interval(1, 3), Interval(2, 5)]) == Interval(2, 3)
        assert common([Interval(1, 2), Interval(3, 4)]) is None
        assert total([Interval(1, 2), Interval(3, 4)]) == Interval(4, 6)


class TestWrittenFigures:
    """The intervals of figures as reports write them, by what a check makes of them."""

    def test_rounding(self) -> None:
        found = audited({"云川县2024.txt": "全县有综合医院26家，已有20家综合医院设立老年病科，设立比例76%。\n"})
        assert not [one for one in found.relations if one["check"] == "R01N"]

    def test_more_than(self) -> None:
        found = audited({"云川县2024.txt": "全县有医师1100余名，其中全科医师1132名。\n"})
        assert not found.findings
