"""Intervals: what a written figure can stand for, and the arithmetic on it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

SLACK: Final = 1e-9
"""Relative room for the errors of binary floating point."""
FAR: Final = 1e-6
"""Relative room for a first look, which must not be wrong by ``SLACK``."""


@dataclass(init=False, slots=True, unsafe_hash=True)
class Interval:
    """All values between two bounds, both included; an open side is infinite. Nobody changes one: ``frozen`` would say
    so, but makes it three times as dear, and a report has thousands.

    Example: 77% written without decimals is ``Interval(76.5, 77.5)``
    """

    low: float
    high: float

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    def __add__(self, other: Interval) -> Interval:
        """Every sum of a value of one and a value of the other."""
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        """Every difference."""
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        """Every product."""
        low, high, least, most = self.low, self.high, other.low, other.high
        if 0 < low <= high and 0 < least <= most:
            return Interval(low * least, high * most)
        products = _times(low, least), _times(low, most), _times(high, least), _times(high, most)
        return Interval(min(products), max(products))

    def __truediv__(self, other: Interval) -> Interval:
        """Every quotient; the whole line when the divisor may be zero."""
        if other.low <= 0 <= other.high:
            return Interval(-math.inf, math.inf)
        return self * Interval(1 / other.high, 1 / other.low)

    def scaled(self, factor: float) -> Interval:
        """Every value times a factor.

        Example: ``Interval(0.76, 0.77).scaled(100)`` → ``Interval(76, 77)``
        """
        if factor > 0 and 0 < self.low <= self.high:
            return Interval(self.low * factor, self.high * factor)
        one, other = _times(self.low, factor), _times(self.high, factor)
        return Interval(one, other) if one <= other else Interval(other, one)

    def overlaps(self, other: Interval) -> bool:
        """Whether some value lies in both.

        Example: 20/26 = 76.92 lies in the interval of 77%
        """
        if self.low <= other.high and other.low <= self.high:
            return True
        room = SLACK * max(_finite(self.low), _finite(self.high), _finite(other.low), _finite(other.high))
        return self.low <= other.high + room and other.low <= self.high + room

    def wider(self, share: float) -> Interval:
        """The interval with a share of its bounds added on both sides.

        Example: ``Interval(100, 100).wider(0.03)`` → ``Interval(97, 103)``
        """
        return Interval(self.low - share * _finite(self.low), self.high + share * _finite(self.high))

    def around(self, room: float) -> tuple[float, float]:
        """Bounds outside of which lies nothing that, give or take half the room, overlaps: a first look at many values.

        Example: ``Interval(100, 200).around(1)`` → about 99 and 201
        """
        room += FAR * max(_finite(self.low), _finite(self.high))
        return self.low - room, self.high + room

    @property
    def middle(self) -> float:
        """The value halfway; the finite bound where one side is open."""
        if math.isinf(self.low) or math.isinf(self.high):
            return self.high if math.isinf(self.low) else self.low
        return (self.low + self.high) / 2

    @property
    def known(self) -> bool:
        """Whether it says anything: neither side is open."""
        return not (math.isinf(self.low) or math.isinf(self.high))

    def whole_numbers(self, most: int = 3) -> tuple[int, ...]:
        """The first whole numbers inside, at most ``most`` of them.

        Example: ``Interval(976.9, 977.2).whole_numbers()`` → ``(977,)``
        """
        return tuple(self._whole(most))

    def roundest(self, most: int = 2000) -> int | None:
        """The whole number with most zeros at its end, the first of them, among the first ``most``; None without one.

        Example: ``Interval(968.2, 1043.7).roundest()`` → 1000
        """
        numbers = self._whole(most)
        if not numbers:
            return None
        unit: int = 10 ** len(str(max(abs(numbers[0]), abs(numbers[-1]))))
        while True:
            found = -(-numbers[0] // unit) * unit
            if found == 0 and unit > 10:  # 0 has one zero, like 10
                found = unit
            if found in numbers:
                return found
            unit //= 10

    def _whole(self, most: int) -> range:
        if not self.known:
            return range(0)
        first = math.ceil(self.low - SLACK * _finite(self.low))
        last = math.floor(self.high + SLACK * _finite(self.high))
        return range(first, min(last, first + most - 1) + 1)


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of intervals.

    Example: ``total([Interval(1, 2), Interval(3, 4)])`` → ``Interval(4, 6)``
    """
    low, high = 0.0, 0.0
    for one in intervals:
        low, high = low + one.low, high + one.high
    return Interval(low, high)


def exactly(value: float) -> Interval:
    """An interval of one value.

    Example: ``exactly(26)`` → ``Interval(26, 26)``
    """
    return Interval(value, value)


def common(intervals: Iterable[Interval]) -> Interval | None:
    """What all intervals have in common; None when nothing is.

    Example: ``common([Interval(1, 3), Interval(2, 5)])`` → ``Interval(2, 3)``
    """
    found = list(intervals)
    both = Interval(max(one.low for one in found), min(one.high for one in found))
    return both if both.low <= both.high + SLACK * _finite(both.high) else None


def _finite(value: float) -> float:
    return 0.0 if math.isinf(value) else abs(value)


def _times(a: float, b: float) -> float:
    return 0.0 if a == 0 or b == 0 else a * b
