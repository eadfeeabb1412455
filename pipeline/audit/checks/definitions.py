"""R02 and T05: rates by their definition, with the operands elsewhere in the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from lexicons.indicators import Indicator
from pipeline.audit.check import check
from pipeline.audit.checks.stated_rates import ratio, repairable
from pipeline.audit.figure import Figure
from pipeline.audit.likeness import shared
from pipeline.audit.rates import per
from pipeline.audit.relation import Relation, number, quoted
from pipeline.audit.report import Report
from pipeline.audit.words import Words

_COUNT: Final = "(?:words:count_ends)$"
_COUNTED: Final = frozenset({"persons", "count", "occasions"})
"""Dimensions of what is counted one by one."""
COVERS: Final = 3
"""Characters that the name of a numerator shares with that of its rate: 早孕建册数, 早孕建册率."""


@check("R02", "按定义复算比率")
def by_definition(report: Report, tolerance: float) -> Iterator[Relation]:
    """A rate of the lexicons whose count stands beside it and whose denominator the report tells somewhere.

    Of several legal denominators one that fits is enough.

    Example: 早孕建册数12633例，早孕建册率94.5%，活产数14703人: 12633/14703=85.92%
    """
    yield from _recomputed(report)


@lru_cache(maxsize=2)
def _recomputed(report: Report) -> tuple[Relation, ...]:
    known = report.words.lexicons.indicators
    found = []
    for rate in report.figures:
        if (
            rate.indicator_id
            and rate.is_level
            and per(rate)
            and rate.status == "actual"
            and rate.comparator in ("=", "about")
        ):
            relation = _relation(report, known[rate.indicator_id], rate)
            if relation is not None:
                found.append(relation)
    return tuple(found)


def _relation(report: Report, definition: Indicator, rate: Figure) -> Relation | None:
    if not definition.denominators or (definition.unit and definition.unit != rate.unit):
        return None
    count = _numerator(report, definition, rate)
    if count is None:
        return None
    tried = [
        ratio("R02", count, whole, rate, _note(definition))
        for name in definition.denominators
        for whole in _denominators(report, name, count, rate)
    ]
    order = ("consistent", "truncated", "inconsistent")
    best = min(tried, key=lambda one: order.index(one.verdict), default=None)
    if best is None or best.verdict != "inconsistent":
        return best
    beside = count.number == rate.number - 1
    if beside and all(one.paragraph == rate.paragraph for one in best.figures):
        return best
    slipped = beside and len({one.figures[2].value for one in tried}) == 1 and repairable(count, best.figures[2], rate)
    return replace(best, verdict="suspicious" if slipped else "undecided")


def _is_stem(words: Words, definition: Indicator, count: Figure, rate: Figure) -> bool:
    """早孕建册数 and 早孕建册率; not 乡村常住人口 and 常住人口城镇化率, which share the denominator only."""
    if count.label.startswith("每"):
        return False
    stem = words.filled(_COUNT).sub("", count.label)
    rest = rate.label
    for name in definition.denominators:
        stem, rest = stem.replace(name, ""), rest.replace(name, "")
    return len(stem) >= 2 and shared(stem, rest) >= min(COVERS, len(stem)) and rest.startswith(stem[:2])


def _numerator(report: Report, definition: Indicator, rate: Figure) -> Figure | None:
    near = reversed(report.figures[max(0, rate.number - 2) : rate.number])
    for one in near:
        beside = one.sentence == rate.sentence and one.is_level and not one.is_ratio and one.status == rate.status
        if beside and _is_stem(report.words, definition, one, rate):
            return one
    told = (one for name in definition.numerators for one in _told(report, name))
    return next((one for one in told if _same_scope(one, rate)), None)


def _told(report: Report, name: str) -> Iterator[Figure]:
    """The figures of a name, and the counts that the unit alone tells to be its: 死亡人数, 死亡14785人."""
    yield from report.named(name)
    bare = report.words.filled(_COUNT).sub("", name)
    if len(bare) > 1 and bare != name:
        yield from (one for one in report.named(bare) if one.dimension in _COUNTED)


def _denominators(report: Report, name: str, count: Figure, rate: Figure) -> Iterator[Figure]:
    for one in _told(report, name):
        fits = one.is_level and not one.is_ratio and one.status == "actual" and one.value > 0
        if fits and _same_scope(one, rate) and one is not count and one.entity == count.entity:
            yield one


def _same_scope(one: Figure, rate: Figure) -> bool:
    same = one.entity == rate.entity and not one.qualifier
    return same and (one.period_end == rate.period_end or one.period == rate.period or _overlaps(one, rate))


def _overlaps(one: Figure, other: Figure) -> bool:
    if one.period_end is None or other.period_end is None:
        return True
    return one.period_end.year == other.period_end.year


def _note(definition: Indicator) -> str:
    upper, lower = "或".join(definition.numerators), "或".join(definition.denominators)
    return f"{definition.name}={upper}/{lower}（{definition.source}）。"


@check("T05", "达标结论依据的比率不成立")
def rests_on(report: Report, tolerance: float) -> Iterator[Relation]:
    """A claim to reach a goal by a rate that the report's own figures do not give.

    Example: 早孕建册率94.5%，达到了90%以上的目标; recomputed 85.92%
    """
    for relation in _recomputed(report):
        rate = relation.figures[0]
        if relation.verdict != "inconsistent" or relation.expected is None:
            continue
        goal = next((one for one in report.figures[rate.number + 1 : rate.number + 2] if one.status == "target"), None)
        if goal is None or goal.label != rate.label or goal.sentence != rate.sentence:
            continue
        if (rate.value >= goal.value) != (relation.expected >= goal.value):
            formula = f"{relation.formula}，目标{goal.text}"
            message = (
                f"{quoted(rate)}称达到目标{goal.text}，按报告中的数复算为{number(relation.expected, rate.unit)}，"
                "未达到。"
            )
            operands = (("rate", rate), ("target", goal), *relation.operands[1:])
            yield Relation("T05", operands, formula, "inconsistent", rate.value, relation.expected, None, message)
