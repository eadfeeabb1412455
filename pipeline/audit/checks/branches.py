"""A02F: value added of the branches, which nearly make that of their industry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.families import Family, all_families, is_whole, names_part
from pipeline.audit.figure import Figure
from pipeline.audit.interval import total
from pipeline.audit.relation import Relation, Verdict, in_scale
from pipeline.audit.report import Report

MOST: Final = 20
"""Figures of the name of an industry whose branches are looked for."""
FAR: Final = 0.15
"""A share of the industry that its branches miss, beyond which they are not those of the same account."""


@check("A02F", "行业增加值之和接近产业增加值", doubt="info", tolerance=0.05)
def branches(report: Report, tolerance: float) -> Iterator[Relation]:
    """Industry and construction make the secondary sector, but for little: auxiliary activities count elsewhere.

    How much that is differs from region to region, so nothing is suspected.

    Example: 第二产业增加值86.2亿元 … 工业增加值61.5亿元 … 建筑业增加值24.5亿元
    """
    for family in all_families(report.words):
        if family.anywhere:
            for whole in report.holding(family.word)[:MOST]:
                parts = _parts(report, family, whole) if _is_amount(whole) else ()
                if parts:
                    yield from _relation(whole, parts, tolerance)
                    break


def _is_amount(figure: Figure) -> bool:
    return figure.is_level and figure.dimension == "money" and figure.status == "actual" and figure.comparator == "="


def _parts(report: Report, family: Family, whole: Figure) -> tuple[Figure, ...]:
    if not is_whole(report.words, family, whole.label):
        return ()
    found = []
    for part in family.parts:
        told = (one for one in report.levels if _is_amount(one) and one.entity == whole.entity)
        fitting = (one for one in told if one.period == whole.period and names_part(report.words, part, one, whole))
        first = next(fitting, None)
        if first is None:
            return ()
        found.append(first)
    return tuple(found)


def _relation(whole: Figure, parts: tuple[Figure, ...], tolerance: float) -> Iterator[Relation]:
    added = total(one.interval for one in parts)
    apart = abs(added.middle / whole.value - 1) if whole.value else 1.0
    if apart > FAR:
        return
    verdict: Verdict = "consistent" if added.wider(tolerance).overlaps(whole.interval) else "undecided"
    formula = f"{'+'.join(in_scale(one.value, whole) for one in parts)}={in_scale(added.middle, whole)}{whole.suffix}"
    operands = (("total", whole), *(("part", one) for one in parts))
    yield Relation("A02F", operands, formula, verdict, whole.value, added.middle, tolerance * whole.value)
