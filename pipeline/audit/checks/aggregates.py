"""G02: known indicators and ratios of well-known aggregates inside their plausible range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict, number, quoted
from pipeline.audit.report import Report

EXTRAS: Final = (8, 10)
"""Characters a label may have before the name of the aggregate: so many, or where there is none so many."""


@check("G02", "指标的合理范围", doubt="info")
def ranges(report: Report, tolerance: float) -> Iterator[Relation]:
    """Compare every figure of a known indicator with the range the lexicons give it.

    Example: 严重精神障碍患者报告患病率4.39‰: 2 to 8
    """
    known = report.words.lexicons.indicators
    for id, figures in report.by_indicator.items():
        entry = known[id]
        if entry.min is not None and entry.max is not None:
            for figure in figures:
                if figure.comparator == "=" and figure.unit == entry.unit:
                    yield _in_range(figure, entry.min, entry.max)


def _in_range(figure: Figure, least: float, most: float) -> Relation:
    inside = figure.interval.high >= least and figure.interval.low <= most
    formula = f"{number(least)}≤{number(figure.value)}≤{number(most)}{figure.unit}"
    message = (
        "" if inside else f"{quoted(figure)}超出通常范围（{number(least)}至{number(most)}{figure.unit}），请核对。"
    )
    return Relation("G02", (("value", figure),), formula, "consistent" if inside else "suspicious", figure.value, None,
                    None, message)  # fmt: skip


@check("G02R", "总量之比的合理范围", doubt="info")
def aggregates(report: Report, tolerance: float) -> Iterator[Relation]:
    """Ratios everybody knows the size of: taxes of revenue, loans of deposits, beds per thousand people.

    Example: 税收收入167465万元, 一般公共预算收入351740万元: 47.6%
    """
    scoped = report.words.pattern("scopes")
    for upper, lower, factor, least, most, name in report.words.rows("aggregates"):
        pair = next((pair for extra in EXTRAS if (pair := _pair(report, upper, lower, scoped, extra))), None)
        if pair is not None:
            yield _ratio(*pair, float(factor), float(least), float(most), name)


def _pair(report: Report, upper: str, lower: str, scoped: re.Pattern[str], extra: int) -> tuple[Figure, Figure] | None:
    many = next(_named(report, lower, scoped, extra), None)
    much = _nearest(report, upper, many, scoped, extra) if many is not None else None
    return None if many is None or much is None else (much, many)


def _named(report: Report, name: str, scoped: re.Pattern[str], extra: int) -> Iterator[Figure]:
    """The figures of an aggregate, of the whole region and without a word that narrows it."""
    for one in report.ending(name, f"{name}数"):
        short = len(one.label) <= len(name) + extra
        if short and _plain(one) and not scoped.search(one.label.replace(name, "")):
            yield one


def _plain(figure: Figure) -> bool:
    return figure.is_level and not figure.is_ratio and figure.status == "actual" and figure.value > 0


def _nearest(report: Report, name: str, many: Figure, scoped: re.Pattern[str], extra: int) -> Figure | None:
    same = (one for one in _named(report, name, scoped, extra) if one is not many and one.entity == many.entity)
    return next((one for one in same if one.sentence == many.sentence or _one_year(one, many)), None)


def _one_year(one: Figure, other: Figure) -> bool:
    """Both of one year: not the sum of five."""
    if one.period_end is None or other.period_end is None:
        return True
    starts = [figure.period_start.year for figure in (one, other) if figure.period_start]
    return one.period_end.year == other.period_end.year and all(year == one.period_end.year for year in starts)


def _ratio(much: Figure, many: Figure, factor: float, least: float, most: float, name: str) -> Relation:
    value = factor * much.value / many.value
    verdict: Verdict = "consistent" if least <= value <= most else "suspicious"
    formula = f"{number(much.value)}/{number(many.value)}×{number(factor)}={number(value)}"
    message = ""
    if verdict != "consistent":
        message = (
            f"由{quoted(much)}和{quoted(many)}，{name}为{number(value)}，超出通常范围"
            f"（{number(least)}至{number(most)}），请核对。"
        )
    return Relation("G02R", (("numerator", much), ("denominator", many)), formula, verdict, value, None, None, message)
