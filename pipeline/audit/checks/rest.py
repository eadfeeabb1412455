"""A03: parts that do not make their total, and the figures of the next sentences that close the gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval, total
from pipeline.audit.relation import Relation, in_scale
from pipeline.audit.report import Report
from pipeline.audit.whole import Whole, alike
from pipeline.audit.wholes import wholes

MOST: Final = 3
CANDIDATES, FARTHEST = 10, 200
"""Figures that may make up what is missing, and among how many behind the parts they are looked for."""
LEAST_DIGITS: Final = 3


@check("A03", "余下分项见于后文", severity="info")
def rest(report: Report, tolerance: float) -> Iterator[Relation]:
    """Look for up to three figures behind the parts, in the same paragraph, that make up what is missing.

    Example: 争取资金29104万元，其中甲13828万元、乙10000万元、丙3526万元。争取省级资金1500万元。另有250万元。
    """
    for whole in wholes(report):
        if whole.how != "linked":
            continue
        gap = whole.total.value - sum(part.value for part in whole.parts)
        if gap > whole.total.step and whole.total.digits >= LEAST_DIGITS:
            extra = _extra(report, whole, gap)
            if extra:
                yield _relation(whole, extra)


def _extra(report: Report, whole: Whole, gap: float) -> Sequence[Figure]:
    following = islice(report.following(whole.parts[-1]), FARTHEST)
    fitting = (one for one in following if 0 < one.value <= gap * 1.01 and alike(whole.total, one))
    behind = list(islice(fitting, CANDIDATES))
    least, most = _hull(whole.total).around(whole.total.step)
    low, high = whole.sum.low, whole.sum.high
    for count in range(1, MOST + 1):
        for chosen in combinations(behind, count):
            added = total(one.interval for one in chosen)
            if low + added.low > most or high + added.high < least:
                continue
            made = Whole(whole.total, (*whole.parts, *chosen), False, "closed")
            if made.verdict == "consistent":
                return chosen
    return ()


def _hull(figure: Figure) -> Interval:
    """The values a figure allows, be it rounded or cut off."""
    one, other = figure.interval, figure.truncated
    return Interval(min(one.low, other.low), max(one.high, other.high))


def _relation(whole: Whole, extra: Sequence[Figure]) -> Relation:
    figures = (*whole.parts, *extra)
    terms = "+".join(in_scale(one.value, whole.total) for one in figures)
    formula = f"{terms}={in_scale(whole.total.value, whole.total)}{whole.total.suffix}"
    roles = (("total", whole.total), *(("part", one) for one in whole.parts), *(("rest", one) for one in extra))
    return Relation("A03", roles, formula, "consistent", whole.total.value, sum(one.value for one in figures))
