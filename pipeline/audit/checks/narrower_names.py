"""C04W: a name that is another one with words in front that narrow it: 省部共建留学人员创业园, 留学人员创业园."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.parts import at_most
from pipeline.audit.figure import Figure
from pipeline.audit.names import core
from pipeline.audit.relation import Relation, Verdict
from pipeline.audit.report import Report
from pipeline.audit.whole import is_mean
from pipeline.audit.wholes import parts_told

SHORTEST, LONG = 2, 4
"""Characters of the wider name; a short one is looked for near the narrower only."""
LEAST, MOST = 2, 16
"""Characters of the words that narrow it."""
NEAR: Final = 8
"""Figures between two of which the wider has a short name."""
MONEY: Final = 7
"""Characters of the wider name where money is told, which many budgets call alike."""
CLOSE: Final = 1.5
"""How many times the wider the narrower may be and still be meant as part of it."""
SEVERAL: Final = 30
"""Figures of one name, to either side, that are looked at."""
LONGEST: Final = 40
"""Characters of a name that are looked at."""

_number: Final = attrgetter("number")


@check("C04W", "名称上的部分不大于全部")
def narrower(report: Report, tolerance: float) -> Iterator[Relation]:
    """What a name with more words in front counts is part of what it counts without them; nothing says it must be.

    Example: 社会保障卡持卡人数120万人 … 领用电子社会保障卡人数85万人: 85≤120
    """
    by_core: dict[str, list[Figure]] = defaultdict(list)
    for figure in report.levels:
        if figure.label and not (figure.is_ratio or figure.in_table or is_mean(figure)) and figure.value > 0:
            by_core[core(report.words, figure.label)[1][-LONGEST:]].append(figure)
    told = parts_told(report)
    for name, figures in by_core.items():
        shorter = list(_shorter(report, name, by_core))
        for small in figures if shorter else ():
            great = next((one for wides in shorter if (one := _nearest(report, small, wides)) is not None), None)
            if great is not None and (small.id, great.id) not in told:
                yield from _judged(small, great)


def _judged(small: Figure, great: Figure) -> Iterator[Relation]:
    """More than what it seems to be part of: most likely it is none; only where both are near each other a question."""
    holds = small.interval.low <= great.interval.high
    if holds or (small.value <= CLOSE * great.value and small.dimension != "money"):
        verdict: Verdict = "consistent" if holds else "undecided"
        yield at_most("C04W", ("part", small), ("whole", great), verdict)


def _shorter(report: Report, name: str, by_core: dict[str, list[Figure]]) -> Iterator[list[Figure]]:
    """The figures of the names that this one ends with, the longest first."""
    words = report.words
    for at in range(LEAST, min(len(name) - SHORTEST, MOST) + 1):
        wide = name[at:]
        if wide in by_core and wide not in words.group("unlike") and wide not in words.group("vague_wholes"):
            more = name[:at]
            if not (more.endswith(words.group("joins")) or words.pattern("no_narrowing").search(more)):
                yield by_core[wide]


def _nearest(report: Report, small: Figure, wides: Sequence[Figure]) -> Figure | None:
    """The figure of the wider name that is nearest and can be compared."""
    at = bisect_left(wides, small.number, key=_number)
    fitting = (one for one in wides[max(0, at - SEVERAL) : at + SEVERAL] if _fits(report, small, one))
    return min(fitting, key=lambda one: abs(one.number - small.number), default=None)


def _fits(report: Report, small: Figure, great: Figure) -> bool:
    """Whether two figures are of one place, time and kind, and nothing else was done with what is counted."""
    kind = (small.unit, small.entity, small.status, small.period_end)
    if kind != (great.unit, great.entity, great.status, great.period_end) or small.unit == "":
        return False
    if great.qualifier not in ("", small.qualifier) or great.part_of == small.id:
        return False
    starts = {one.period_start for one in (small, great) if one.period_start is not None}
    deed, name = core(report.words, great.label)
    half = report.words.pattern("other_halves").search(great.indicator)
    if (small.dimension == "money" and len(name) < MONEY) or (half and half[0] not in small.indicator):
        return False
    near = len(name) >= LONG or abs(great.number - small.number) <= NEAR
    return near and len(starts) < 2 and deed in ("", core(report.words, small.label)[0])
