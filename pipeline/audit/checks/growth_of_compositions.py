"""X08D: the growth of a total and of what by definition it is made of, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.compositions import composed
from pipeline.audit.checks.growth_of_totals import grown
from pipeline.audit.figure import Figure
from pipeline.audit.moves import move_of
from pipeline.audit.relation import Relation, Verdict, listed, number, quoted
from pipeline.audit.report import Report
from pipeline.audit.whole import Whole

REST: Final = 0.015
"""Share of a total that parts may miss or overlap, where they nearly make it."""
ROOM: Final = 0.2
"""Percentage points by which such a rest may move the growth."""


@check("X08D", "按定义构成的总量增速", severity="info", tolerance=ROOM)
def composed_growths(report: Report, tolerance: float) -> Iterator[Relation]:
    """The growth of the secondary sector lies between those of industry and building, told in other chapters.

    Example: 第二产业增长6.3% … 工业增长5.7% … 建筑业增长5.5%
    """
    told = {frozenset(whole.parts) | {whole.total} for whole, _, _ in grown(report)}
    for total, parts, room in _closed(report, tolerance):
        growth = _growth(report, total)
        growths = tuple(one for part in parts if (one := _growth(report, part)) is not None)
        if growth is not None and len(growths) == len(parts) and frozenset(parts) | {total} not in told:
            yield _relation(growth, growths, room)


def _closed(report: Report, tolerance: float) -> Iterator[tuple[Figure, tuple[Figure, ...], float]]:
    """Totals with parts that make them, and the points by which their growths may miss."""
    for total, parts, wanted in composed(report):
        if len(parts) == wanted and Whole(total, parts, True, "composition").verdict == "consistent":
            yield total, parts, 0.0
    for total, parts, wanted in composed(report, "near_compositions"):
        if len(parts) == wanted and abs(sum(one.value for one in parts) - total.value) <= REST * total.value:
            yield total, parts, tolerance


def _growth(report: Report, level: Figure) -> Figure | None:
    move = move_of(report, level)
    return move.growth if move else None


def _relation(growth: Figure, growths: tuple[Figure, ...], room: float) -> Relation:
    low, high = min(one.interval.low for one in growths) - room, max(one.interval.high for one in growths) + room
    holds = growth.interval.high >= low and growth.interval.low <= high
    least, most = min(one.value for one in growths), max(one.value for one in growths)
    formula = f"{number(least)}≤{number(growth.value)}≤{number(most)}（%）"
    message = ""
    if not holds:
        message = f"{quoted(growth)}应在各部分增速{listed(growths)}之间（{number(least, '%')}至{number(most, '%')}）。"
    verdict: Verdict = "consistent" if holds else "inconsistent"
    operands = (("growth", growth), *(("part_growth", one) for one in growths))
    return Relation("X08D", operands, formula, verdict, growth.value, None, None, message)
