"""P03Y and P03T: what a part of a period brought is no more than what the whole period did."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.parts import at_most
from pipeline.audit.cores import core
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict
from pipeline.audit.report import Report
from pipeline.audit.whole import is_mean

Key = tuple[str, str, str, str, str]
MOST: Final = 60
"""Figures of one name that are looked at."""
CLEAR: Final = 0.9
"""The share of the longer period's amount up to which that of the shorter one is clearly a part of it."""
YEAR: Final = 366
REACH: Final = 6
"""How many figures behind the year's the sum of all years stands."""
NEAR: Final = 24
"""Characters before a figure in which a word says that it sums up."""
_FLOWS: Final = frozenset(("occasions",))
_YEAR: Final = re.compile("20[0-9]{2}年")
_CUT: Final = re.compile("[，,；;。（）()]")


@check("P03Y", "短期之数不大于所在长期", severity="warning", doubt="info")
def within(report: Report, tolerance: float) -> Iterator[Relation]:
    """A flow of a month or a year is no more than that of the year or the five years it lies in.

    Example: 2025年教育支出27.2亿元, “十四五”期间教育支出累计139.1亿元
    """
    for figures in _alike(report):
        longs = [one for one in figures if _days(one) >= YEAR - 1]
        for one in figures:
            around = [other for other in longs if _holds(other, one)]
            if around:
                long = min(around, key=lambda other: (_days(other), abs(other.number - one.number)))
                yield from _compared(report, one, long)


def _alike(report: Report) -> Iterator[Sequence[Figure]]:
    """Flows of one name, entity, unit and kind, of periods that differ."""
    found: dict[Key, list[Figure]] = defaultdict(list)
    for label, figures in report.labels:
        name = core(report.words, label)
        for one in figures:
            if one.is_level and not one.is_ratio:
                found[name, one.entity, one.unit, one.status, one.qualifier].append(one)
    for told in found.values():
        flows = [one for one in told if _is_flow(report, one)] if len(told) > 1 and _differ(told) else []
        if len(flows) > 1 and _differ(flows):
            yield sorted(flows, key=lambda one: one.number)[:MOST]


def _differ(figures: Sequence[Figure]) -> bool:
    """Whether figures are of more than one period."""
    first = figures[0].period
    return any(one.period != first for one in figures)


def _is_flow(report: Report, one: Figure) -> bool:
    """Whether a figure is of something that adds up from year to year."""
    plain = one.is_level and not one.is_ratio and not one.in_table and one.value > 0 and not is_mean(one)
    if not plain or one.period_start is None or one.period_end is None:
        return False
    words = report.words
    if words.pattern("no_flows").search(one.label):
        return False
    named = one.label.endswith(words.group("flows")) or one.dimension in _FLOWS
    return named or words.pattern("summed_up").search(_opening(report, one)) is not None


def _opening(report: Report, one: Figure) -> str:
    """What stands before a figure in its clause."""
    before = report.before(one, max(NEAR, len(one.indicator) + NEAR))
    return _CUT.split(before)[-1] if before else ""


def _days(one: Figure) -> int:
    return (one.period_end - one.period_start).days + 1 if one.period_start and one.period_end else 0


def _holds(long: Figure, short: Figure) -> bool:
    if not (long.period_start and long.period_end and short.period_start and short.period_end):
        return False
    inside = long.period_start <= short.period_start and short.period_end <= long.period_end
    return inside and _days(long) > 1.5 * _days(short)


def _compared(report: Report, short: Figure, long: Figure) -> Iterator[Relation]:
    """Clearly less, or more; what is nearly as much may be the same figure, of another period."""
    operands = ("part", short), ("whole", long)
    if short.interval.low <= CLEAR * long.value:
        yield at_most("P03Y", *operands, "consistent")
    elif short.interval.low > long.interval.high:
        said = report.words.pattern("summed_up").search(_opening(report, long)) is not None
        verdict: Verdict = "suspicious" if said and _days(short) >= YEAR - 1 else "undecided"
        yield at_most("P03Y", *operands, verdict, "所在的较长时期不应更少，请核对两数的时期和口径。")


@check("P03T", "当年数不大于累计数", severity="warning", doubt="info")
def so_far(report: Report, tolerance: float) -> Iterator[Relation]:
    """What this year brought and, behind it in the sentence, what all years did.

    Example: 2025年发放贷款123笔，累计发放贷款264笔
    """
    summed = report.words.pattern("summed_up")
    for one in report.levels:
        behind = report.figures[one.number + 1 : one.number + 1 + REACH]
        again = any(other.label == one.label and other.sentence == one.sentence for other in behind)
        if not again or one.in_table or one.is_ratio or one.value <= 0 or summed.search(_opening(report, one)):
            continue
        before = report.before(one, 2 * NEAR + len(one.indicator))
        if not (_YEAR.search(before) or report.words.pattern("this_year").search(before)):
            continue
        total = next((other for other in behind if _sums_up(report, one, other)), None)
        if total is not None:
            holds = one.interval.low <= total.interval.high
            yield at_most("P03T", ("part", one), ("whole", total), "consistent" if holds else "undecided")


def _sums_up(report: Report, one: Figure, other: Figure) -> bool:
    same = (one.label, one.unit, one.entity, one.status) == (other.label, other.unit, other.entity, other.status)
    if not same or one.sentence != other.sentence or not other.is_level:
        return False
    return report.words.pattern("summed_up").search(_CUT.split(report.between(one, other))[-1]) is not None
