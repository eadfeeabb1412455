"""Rates: a ratio with the count it is a share of, and the whole the two imply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval
from pipeline.audit.likeness import shared
from pipeline.audit.report import Report

PER = {"%": 100.0, "‰": 1000.0, "/10万": 1e5, "/万": 1e4, "/百万": 1e6}
REACH = 2
"""How many figures before a rate its count may stand."""
ALIKE = 2
"""Characters the names of a count and its rate share."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A count and the rate the text gives beside it.

    Example: 14.97万份 and 94.57%
    """

    count: Figure
    rate: Figure

    @property
    def implied(self) -> Interval:
        """The whole that count and rate imply, in the unit of the count."""
        return (self.count.interval / self.rate.interval).scaled(PER[self.rate.unit])


def per(rate: Figure) -> float | None:
    """What a rate is a part of: 100 for %, 1000 for ‰; None for other units.

    Example: ``per(figure)`` → 100.0
    """
    return PER.get(rate.unit) if rate.is_ratio and rate.is_level and rate.value > 0 else None


@lru_cache(maxsize=2)
def counted(report: Report) -> tuple[Counted, ...]:
    """The rates of a report that have their count right before them in the sentence and in name.

    Example: ``counted(report)[0].implied`` → about 158,295
    """
    return tuple(_pairs(report))


def _pairs(report: Report) -> Iterator[Counted]:
    for rate in report.figures:
        if per(rate) is None or rate.status == "target":
            continue
        for count in reversed(report.figures[max(0, rate.number - REACH) : rate.number]):
            if _fits(report, count, rate):
                yield Counted(count, rate)
                break


def _fits(report: Report, count: Figure, rate: Figure) -> bool:
    if count.sentence != rate.sentence or count.is_ratio or not count.is_level or count.value <= 0:
        return False
    if count.status != rate.status or "；" in report.between(count, rate):
        return False
    if count.comparator in (">=", "<=", ">", "<"):
        return False
    return rate.rule == "label.relational" or shared(count.label, rate.label) >= ALIKE
