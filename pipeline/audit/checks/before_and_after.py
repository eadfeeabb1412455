"""X04B: two levels side by side, one of the year before, and the growth between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import exactly
from pipeline.audit.likeness import shared
from pipeline.audit.relation import Relation, Verdict, agreement, in_scale, number, quoted
from pipeline.audit.report import Report

FROM: Final = 14
"""Characters before the earlier level in which 由 or 从 stands."""
ALIKE: Final = 3
MOST_BETWEEN: Final = 16
"""Characters between the figures of one comparison."""


@check("X04B", "前后两期水平与增速")
def before_and_after(report: Report, tolerance: float) -> Iterator[Relation]:
    """由A增加到B，增长R; B，上年为A，增长R: the growth, its sign, and points instead of percent for rates.

    Example: 农林水支出由61200万元增加到64872万元，增长8.0%: 6.0%
    """
    figures = report.figures
    for first, second, growth in zip(figures, figures[1:], figures[2:], strict=False):
        if growth.measure != "change" or first.unit != second.unit or first.label != second.label:
            continue
        pair = _pair(report, first, second)
        if pair is None or not _is_growth(report, second, growth) or pair[0].value == 0:
            continue
        before, after = pair
        yield _points(before, after, growth) if after.is_ratio else _percent(before, after, growth)


def _pair(report: Report, first: Figure, second: Figure) -> tuple[Figure, Figure] | None:
    """The earlier and the later of two levels of one label."""
    between = report.between(first, second)
    if not (first.is_level and second.is_level) or first.sentence != second.sentence or len(between) > MOST_BETWEEN:
        return None
    words = report.words
    if words.pattern("last_year").search(between):
        return second, first
    if words.pattern("from_words").search(report.before(first, FROM)) and words.pattern("to_words").search(between):
        return first, second
    return None


def _is_growth(report: Report, second: Figure, growth: Figure) -> bool:
    between = report.between(second, growth)
    near = growth.sentence == second.sentence and len(between) <= MOST_BETWEEN and "年均" not in between
    kind = growth.unit == "%" or growth.dimension == "percentage_points"
    named = shared(second.label, growth.label) >= min(ALIKE, len(growth.label))
    return (
        near and kind and named and growth.comparator == "=" and not report.words.pattern("same_basis").search(between)
    )


def _percent(before: Figure, after: Figure, growth: Figure) -> Relation:
    expected = (after.interval / before.interval - exactly(1)).scaled(100)
    value = 100 * (after.value / before.value - 1)
    verdict: Verdict = agreement(growth, expected)
    formula = f"{in_scale(after.value, after)}/{in_scale(before.value, after)}-1={number(value, '%')}"
    message = f"{quoted(growth)}与前后两期的{quoted(before)}、{quoted(after)}不符：{formula}。"
    operands = (("growth", growth), ("before", before), ("after", after))
    return Relation("X04B", operands, formula, verdict, growth.value, value, None, message)


def _points(before: Figure, after: Figure, growth: Figure) -> Relation:
    difference = after.interval - before.interval
    value = after.value - before.value
    agrees = agreement(growth, difference)
    verdict: Verdict = agrees
    unit = "百分点" if after.unit == "%" else "千分点"
    message = f"{quoted(growth)}与前后两期的{quoted(before)}、{quoted(after)}不符：相差{number(value)}个{unit}。"
    if growth.dimension != "percentage_points":
        relative = _percent(before, after, growth)
        verdict = "suspicious" if agrees == "consistent" else relative.verdict
        if agrees == "consistent":
            message = f"{quoted(growth)}：两个比率相差{number(value)}个{unit}，应以“个{unit}”表示，不应写“%”。"
    formula = f"{number(after.value)}-{number(before.value)}={number(value)}个{unit}"
    operands = (("growth", growth), ("before", before), ("after", after))
    return Relation("X04B", operands, formula, verdict, growth.value, value, None, message)
