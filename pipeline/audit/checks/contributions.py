"""X05K: what the three sectors contributed to growth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import total
from pipeline.audit.relation import Relation, Verdict, listed, number
from pipeline.audit.report import Report

SECTORS: Final = 3
NEAR: Final = 5.0
"""Percentage points that three contributions may miss 100 by and still be meant to make it."""


@check("X05K", "三次产业贡献率之和", severity="warning", tolerance=0.1)
def contributions(report: Report, tolerance: float) -> Iterator[Relation]:
    """The contributions of the primary, secondary and tertiary sector to growth make 100%, in points of rounding.

    Example: 第一、二、三产业对经济增长的贡献率分别为3.8%、28.5%和67.7%
    """
    told = report.ending(*report.words.group("contributions"))
    for first, second, third in zip(told, told[1:], told[2:], strict=False):
        trio = (first, second, third)
        if _in_a_row(trio) and _of_sectors(report, trio):
            made = total(one.interval for one in trio)
            value = sum(one.value for one in trio)
            if abs(value - 100) <= NEAR:
                verdict: Verdict = (
                    "consistent" if made.low - tolerance <= 100 <= made.high + tolerance else "suspicious"
                )
                formula = f"{'+'.join(number(one.value) for one in trio)}={number(value, '%')}"
                message = f"三次产业贡献率{listed(trio)}之和为{number(value, '%')}，应为100%。"
                operands = tuple(("part", one) for one in trio)
                yield Relation("X05K", operands, formula, verdict, value, 100.0, None, message)


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
