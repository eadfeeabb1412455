"""R01L: the share that stands behind a part, of the total that its list or its words name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.stated_rates import OF_SHARES, ratio, stated_in
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation
from pipeline.audit.report import Report
from pipeline.audit.wholes import wholes

_NAMED: Final = f"占(?P<whole>.{{2,24}}?){OF_SHARES}"
MOST: Final = 60
"""Figures of one name among which the total of a share is looked for."""
REACH: Final = 4
"""How many figures behind a part its share may stand: its growth may stand between."""


@check("R01L", "分项占总量的比重", doubt="info")
def shares_of_wholes(report: Report, tolerance: float) -> Iterator[Relation]:
    """占比 behind a part is its share of the total its list divides, or of the one whose name ends as it says.

    Example: 支出1.86亿元，其中：工资福利1527万元，占支出的8.21%: 1527/18600
    """
    told = set(stated_in(report))
    for part, whole in _pairs(report):
        rate = _rate_behind(report, part)
        if rate is not None and rate.id not in told:
            relation = ratio("R01L", part, whole, rate)
            if relation.verdict == "consistent":
                told.add(rate.id)
                yield relation


def _pairs(report: Report) -> Iterator[tuple[Figure, Figure]]:
    """Parts with the totals of their lists, then counts with the totals that the share behind them names."""
    for whole in wholes(report):
        if whole.how in ("linked", "opened") and not whole.total.is_ratio and whole.total.value > 0:
            yield from ((part, whole.total) for part in whole.parts if not part.is_ratio)
    named = report.words.filled(_NAMED)
    for rate in report.figures:
        match = named.search(rate.indicator) if rate.is_ratio and rate.is_level else None
        part = _level_before(report, rate) if match else None
        if match and part is not None:
            for one in report.ending(report.words.label(match["whole"]))[:MOST]:
                if _is_total(one, part):
                    yield part, one


def _is_total(one: Figure, part: Figure) -> bool:
    same = one.unit == part.unit and one.is_level and not one.is_ratio and one.status == part.status
    return same and one.label != part.label and one.value >= part.value > 0 and one.period_end == part.period_end


def _level_before(report: Report, rate: Figure) -> Figure | None:
    """The level a share stands behind, with nothing but changes between."""
    for one in reversed(report.figures[max(0, rate.number - REACH) : rate.number]):
        if one.sentence != rate.sentence:
            return None
        if one.is_level:
            return None if one.is_ratio else one
    return None


def _rate_behind(report: Report, part: Figure) -> Figure | None:
    for one in report.figures[part.number + 1 : part.number + 1 + REACH]:
        if one.sentence != part.sentence or (one.is_level and not one.is_ratio):
            return None
        if one.is_level and "占" in one.label:
            return one
    return None
