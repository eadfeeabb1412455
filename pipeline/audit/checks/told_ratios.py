"""R05: ratios of two amounts that reports tell in different chapters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval
from pipeline.audit.relation import Relation, Verdict, agreement, number, quoted
from pipeline.audit.report import Report

MOST: Final = 60
"""Figures of one name that are looked at."""
FAR: Final = 0.2
"""A share by which means may differ because others were counted; beyond it lies a slip."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """What a ratio is called, of what it is, and what the year's mean may differ from the number at its end.

    Example: 人均地区生产总值, 地区生产总值 by 常住人口, 0.03
    """

    names: tuple[str, ...]
    numerators: tuple[str, ...]
    denominators: tuple[str, ...]
    room: float


@check("R05", "总量、人口与人均，城镇与农村之比", severity="warning", doubt="warning")
def told_ratios(report: Report, tolerance: float) -> Iterator[Relation]:
    """Product a head is the product by the people, the ratio of incomes that of towns by that of the countryside.

    Example: 地区生产总值284.10亿元 … 常住人口48.62万人 … 人均地区生产总值58790元
    """
    for names, upper, lower, room in report.words.rows("told_ratios"):
        ratio = Ratio(tuple(names.split("/")), tuple(upper.split("/")), tuple(lower.split("/")), float(room))
        for stated in _named(report, ratio.names):
            much, many = _first(report, ratio.numerators, stated), _first(report, ratio.denominators, stated)
            if much is not None and many is not None and _fit(stated, much, many):
                yield _relation(stated, much, many, ratio.room)


def _named(report: Report, names: tuple[str, ...]) -> Iterator[Figure]:
    for name in names:
        for one in report.named(name)[:MOST]:
            if one.is_level and one.status == "actual" and one.comparator in ("=", "about") and one.value > 0:
                yield one


def _first(report: Report, names: tuple[str, ...], stated: Figure) -> Figure | None:
    fitting = (one for one in _named(report, names) if one.entity == stated.entity and _one_year(one, stated))
    return next(fitting, None)


def _fit(stated: Figure, much: Figure, many: Figure) -> bool:
    """元 a head is 元 by people, a ratio of two amounts of one unit has none."""
    return stated.unit == ("" if much.unit == many.unit else much.unit)


def _one_year(one: Figure, other: Figure) -> bool:
    """Both tell of one whole year, or of its end."""
    ends = [figure.period_end for figure in (one, other)]
    starts = [figure.period_start for figure in (one, other) if figure.period_start is not None]
    if ends[0] is None or ends[0] != ends[1]:
        return False
    return all(start.year == ends[0].year for start in starts)


def _relation(stated: Figure, much: Figure, many: Figure, room: float) -> Relation:
    expected: Interval = (much.interval / many.interval).wider(room)
    value = much.value / many.value
    verdict: Verdict = agreement(stated, expected)
    if verdict == "truncated" and room:
        verdict = "consistent"
    if verdict == "inconsistent" and room:
        verdict = "undecided" if abs(stated.value / value - 1) < FAR else "suspicious"
    formula = f"{number(much.value)}/{number(many.value)}={number(value)}"
    message = f"{quoted(stated)}与{quoted(much)}、{quoted(many)}不符：{formula}，请核对数字和单位。"
    operands = (("rate", stated), ("numerator", much), ("denominator", many))
    return Relation("R05", operands, formula, verdict, stated.value, value, room * value, message)
