"""X09C: two levels some years apart, and the mean growth between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval
from pipeline.audit.relation import Relation, Severity, Verdict, agreement, in_scale, number, quoted
from pipeline.audit.report import Report

_FROM: Final = re.compile(r"[从由自][^，。；]{0,6}?(?P<year>(?:19|20)\d\d)\s*年[^，。；]{0,6}$")
_TO: Final = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年[^，。；]{0,6}$")
_MEAN: Final = "(?:words:yearly)[^，。；、]{0,5}$"


PLAN: Final = 5
"""Years of a plan (2021 to 2025): a mean growth over it begins with the year before its first, which is not told."""


@check("X09C", "起止水平与年均增速")
def mean_growth(report: Report, tolerance: float) -> Iterator[Relation]:
    """从2020年的A增加到2025年的B，年均增长R: the fifth root.

    Example: 从2020年的168.4亿元提高到2025年的200.1亿元，年均增长3.5%
    """
    figures, mean = report.figures, report.words.filled(_MEAN)
    for first, second, growth in zip(figures, figures[1:], figures[2:], strict=False):
        if growth.unit != "%" or growth.sentence != first.sentence or first.unit != second.unit:
            continue
        start, end = _FROM.search(report.before(first, 24)), _TO.search(report.between(first, second))
        if start and end and mean.search(report.between(second, growth)) and first.value > 0 and second.value > 0:
            years = int(end["year"]) - int(start["year"])
            over_plan = years == PLAN - 1 and int(start["year"]) % PLAN == 1
            if years > 1:
                at_prices = report.words.pattern("without_prices").search(growth.label) is not None
                yield _relation(first, second, growth, years, over_plan, at_prices)


def _relation(first: Figure, second: Figure, growth: Figure, years: int, over_plan: bool, at_prices: bool) -> Relation:
    """``at_prices``: the levels are told at the prices of their years, the growth is not."""
    low, high = _level(second).low / _level(first).high, _level(second).high / _level(first).low
    expected = Interval(_rate(low, years), _rate(high, years))
    value = _rate(abs(second.value / first.value), years)
    verdict: Verdict = agreement(growth, expected)
    if verdict == "inconsistent":
        verdict = "undecided" if over_plan else "suspicious"
    formula = (
        f"({in_scale(abs(second.value), first)}/{in_scale(first.value, first)})^(1/{years})-1={number(value, '%')}"
    )
    message = (
        f"{quoted(growth)}（年均）与起止水平{_level_of(first)}、{_level_of(second)}（{years}年）不符：{formula}；"
        "如按可比口径或另有基期，请注明。"
    )
    operands = (("growth", growth), ("before", first), ("after", second))
    small = abs(value - growth.value) < 2 * growth.step
    slight: Severity | None = "info" if small or at_prices else None
    return Relation("X09C", operands, formula, verdict, growth.value, value, None, message, severity=slight)


def _level_of(figure: Figure) -> str:
    """A level as a message names it, also where the text calls it an increase: 增加到2025年的200.1亿元."""
    return f"“{figure.indicator}{figure.shown}”"


def _level(figure: Figure) -> Interval:
    return Interval(abs(figure.value) - figure.step / 2, abs(figure.value) + figure.step / 2)


def _rate(ratio: float, years: int) -> float:
    return float(100 * (ratio ** (1 / years) - 1))
