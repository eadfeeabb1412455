"""X05 and X08: what the growth of a total can be, by the levels and growths of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import exactly, total
from pipeline.audit.moves import Move, move_of
from pipeline.audit.relation import Operand, Relation, Verdict, listed, number, quoted
from pipeline.audit.report import Report
from pipeline.audit.whole import Whole
from pipeline.audit.wholes import wholes

CONSTANT_PRICES: Final = 1.0
"""Percentage points between a growth at constant prices and one of levels at current prices."""


@check("X05", "总量增速与分项推算", severity="warning", doubt="info", tolerance=CONSTANT_PRICES)
def from_parts(report: Report, tolerance: float) -> Iterator[Relation]:
    """Rebuild the level before of every part, add them up and compare the growth; tolerance in points.

    Example: 收入380亿元，增长3.5%；税收229.2亿元，增长3.02%；非税150.8亿元，增长4.23%
    """
    for whole, growth, growths in grown(report):
        befores = [Move(part, growth=one).before for part, one in zip(whole.parts, growths, strict=True)]
        before = total(one for one in befores if one is not None)
        expected = (whole.total.interval / before - exactly(1)).scaled(100)
        if not _inside(growth, growths):
            continue
        near = expected.overlaps(growth.interval)
        apart = abs(expected.middle - growth.value)
        verdict: Verdict = "consistent" if near else "suspicious" if apart <= tolerance else "inconsistent"
        base = before.middle / whole.total.scale
        formula = f"{number(whole.total.value / whole.total.scale)}/{number(base)}-1={number(expected.middle, '%')}"
        message = (
            f"{quoted(growth)}与按分项推算的增速{number(expected.middle, '%')}不一致（分项：{listed(growths)}）。"
            "增速按不变价计算时会有小的差别。"
        )
        yield Relation("X05", _operands(whole, growth, growths), formula, verdict, growth.value, expected.middle,
                       tolerance, message)  # fmt: skip


@check("X08", "总量增速应在分项增速之间")
def bounded(report: Report, tolerance: float) -> Iterator[Relation]:
    """The growth of a total lies between the least and the greatest growth of its parts.

    Example: 增长3.5%, with 3.02% and 4.23%
    """
    for _whole, growth, growths in grown(report):
        inside = _inside(growth, growths)
        least, most = min(one.value for one in growths), max(one.value for one in growths)
        formula = f"{number(least)}≤{number(growth.value)}≤{number(most)}（%）"
        message = f"{quoted(growth)}应在各分项增速{listed(growths)}之间（{number(least, '%')}至{number(most, '%')}）。"
        verdict: Verdict = "consistent" if inside else "inconsistent"
        operands = (("growth", growth), *(("part_growth", one) for one in growths))
        yield Relation("X08", operands, formula, verdict, growth.value, None, None, message)


def _inside(growth: Figure, growths: tuple[Figure, ...]) -> bool:
    low, high = min(one.interval.low for one in growths), max(one.interval.high for one in growths)
    return growth.interval.high >= low and growth.interval.low <= high


@lru_cache(maxsize=2)
def grown(report: Report) -> tuple[tuple[Whole, Figure, tuple[Figure, ...]], ...]:
    """Wholes whose total and parts all say how they grew, with these growths.

    Example: ``grown(report)[0][1].text`` → ``3.5%``
    """
    return tuple(_grown(report))


def _grown(report: Report) -> Iterator[tuple[Whole, Figure, tuple[Figure, ...]]]:
    for whole in wholes(report):
        growth = _growth(report, whole.total) if len(whole.parts) > 1 else None
        if growth is None or whole.verdict != "consistent" or not _is_whole(whole):
            continue
        growths = tuple(one for part in whole.parts if (one := _growth(report, part)) is not None)
        if len(growths) == len(whole.parts):
            yield whole, growth, growths


def _is_whole(whole: Whole) -> bool:
    """Chance closes the sum of a few small figures: it must be announced, or have digits enough."""
    return whole.how != "closed" or (whole.total.digits >= 4 and len(whole.parts) < 4)


def _growth(report: Report, level: Figure) -> Figure | None:
    move = move_of(report, level)
    return move.growth if move else None


def _operands(whole: Whole, growth: Figure, growths: tuple[Figure, ...]) -> tuple[Operand, ...]:
    levels = (("total", whole.total), *(("part", part) for part in whole.parts))
    return (("growth", growth), *levels, *(("part_growth", one) for one in growths))
