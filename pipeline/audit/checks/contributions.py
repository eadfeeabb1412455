"""X05K, X05C: what the three sectors contributed to growth."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.growth_of_totals import grown
from pipeline.audit.figure import Figure
from pipeline.audit.interval import total
from pipeline.audit.relation import Relation, Verdict, listed, number
from pipeline.audit.report import Report

Figures = tuple[Figure, ...]
SECTORS: Final = 3
MOST: Final = 20
"""Wholes of the three sectors that are looked at."""
PRICES: Final = 8.0
"""Percentage points between a contribution at constant prices and one at current prices."""
NEAR: Final = 5.0
"""Percentage points that three contributions may miss 100 by and still be meant to make it."""


@check("X05K", "三次产业贡献率之和", severity="warning", tolerance=0.1)
def contributions(report: Report, tolerance: float) -> Iterator[Relation]:
    """The contributions of the primary, secondary and tertiary sector to growth make 100%, in points of rounding.

    Example: 第一、二、三产业对经济增长的贡献率分别为3.8%、28.5%和67.7%
    """
    for trio in _told(report):
        made = total(one.interval for one in trio)
        value = sum(one.value for one in trio)
        verdict: Verdict = "consistent" if made.low - tolerance <= 100 <= made.high + tolerance else "suspicious"
        formula = f"{'+'.join(number(one.value) for one in trio)}={number(value, '%')}"
        message = f"三次产业贡献率{listed(trio)}之和为{number(value, '%')}，应为100%。"
        operands = tuple(("part", one) for one in trio)
        yield Relation("X05K", operands, formula, verdict, value, 100.0, None, message)


@check("X05C", "三次产业贡献率与增量", severity="info", doubt="info", tolerance=PRICES)
def increments(report: Report, tolerance: float) -> Iterator[Relation]:
    """What each sector contributed, rebuilt from levels and growths; changes of prices may move it by some points.

    Example: 第一产业增加值302.9亿元，增长4.4% … 贡献率12%: 10.8% of the increase
    """
    sectors = [one for one in grown(report) if _are_sectors(report, one[0].parts)][:MOST]
    for trio in _told(report):
        told = (one for one in sectors if (one[1].period, one[1].entity) == (trio[0].period, trio[0].entity))
        found = next(told, None)
        if found is not None:
            yield _rebuilt(trio, found[0].parts, found[2], tolerance)


def _rebuilt(trio: Figures, parts: Figures, growths: Figures, tolerance: float) -> Relation:
    more = [part.value * one.value / (100 + one.value) for part, one in zip(parts, growths, strict=True)]
    made = [100 * one / sum(more) if sum(more) else 0.0 for one in more]
    apart = max(abs(one.value - value) for one, value in zip(trio, made, strict=True))
    verdict: Verdict = "consistent" if apart <= tolerance else "suspicious"
    formula = "、".join(f"{number(one.value)}≈{number(value, '%')}" for one, value in zip(trio, made, strict=True))
    message = f"贡献率{listed(trio)}与由增加值和增速推算的相差较大：{formula}，请核对。"
    operands = (
        *(("share", one) for one in trio),
        *(("part", one) for one in parts),
        *(("part_growth", one) for one in growths),
    )
    return Relation("X05C", operands, formula, verdict, trio[0].value, made[0], tolerance, message)


@lru_cache(maxsize=2)
def _told(report: Report) -> tuple[tuple[Figure, Figure, Figure], ...]:
    """The contributions of the three sectors, where they nearly make the whole."""
    told = report.ending(*report.words.group("contributions"))
    trios = zip(told, told[1:], told[2:], strict=False)
    return tuple(
        trio
        for trio in trios
        if _in_a_row(trio) and _of_sectors(report, trio) and abs(sum(one.value for one in trio) - 100) <= NEAR
    )


def _are_sectors(report: Report, parts: tuple[Figure, ...]) -> bool:
    """Whether parts are the sectors, in their order."""
    sectors = report.words.group("sectors")
    return len(parts) == SECTORS and all(
        one.label.startswith(sector) for one, sector in zip(parts, sectors, strict=True)
    )


def _in_a_row(trio: tuple[Figure, Figure, Figure]) -> bool:
    first, second, third = trio
    beside = third.paragraph == first.paragraph and second.number < third.number <= first.number + 2 * SECTORS
    return beside and all(one.unit == "%" and one.entity == first.entity for one in trio)


def _of_sectors(report: Report, trio: tuple[Figure, Figure, Figure]) -> bool:
    """The words up to the last of them name the sectors, in their order."""
    start = report.sentences[trio[0].sentence][0]
    sectors = report.words.pattern("sectors")
    return len(set(sectors.findall(report.text[start : trio[2].start]))) >= SECTORS or any(
        word in report.text[start : trio[0].start] for word in report.words.group("all_sectors")
    )
