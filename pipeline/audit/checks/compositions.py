"""A01K, A02K: what a total is made of by its definition, wherever in the report its parts are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import total
from pipeline.audit.openings import opposed
from pipeline.audit.relation import Relation, Verdict, agreement, in_scale, listed, quoted
from pipeline.audit.report import Report
from pipeline.audit.slips import slip
from pipeline.audit.told import STAR, Names, key_of
from pipeline.audit.whole import Whole
from pipeline.audit.wholes import wholes
from pipeline.audit.words import Words

MANY: Final = 4
"""Digits of a total from which a slip of one digit explains more than chance would."""
MOST: Final = 60
"""Totals of one name whose parts are looked for in all the report."""
BACK: Final = 3
"""How many figures behind a total are as far as one before it."""
CLOSE: Final = 0.02
"""Share of the total by which a sum may miss and still be of the same scope."""

_number: Final = attrgetter("number")

Part = tuple[str, ...]
"""The names one part may have; a star stands for any words."""


@check("A01K", "按定义构成的合计", severity="warning", doubt="info")
def compositions(report: Report, tolerance: float) -> Iterator[Relation]:
    """Add up the parts that by definition make a total, also where chapters lie between them.

    Example: 地区生产总值106.0亿元 … 工业增加值30.6亿元 … 建筑业增加值8.3亿元 …: nine industries
    """
    known = {(one.total.id, frozenset(one.parts)) for one in wholes(report) if one.verdict == "consistent"}
    for stated, parts, wanted in composed(report):
        whole = Whole(stated, parts, True, "composition")
        verdict = _verdict(whole) if len(parts) == wanted else None
        if verdict is not None and (stated.id, frozenset(parts)) not in known:
            yield _sum(whole, verdict)


@check("A02K", "所列组成部分之和不大于总量", severity="warning", doubt="info")
def members(report: Report, tolerance: float) -> Iterator[Relation]:
    """Several things that are part of a total, and not of each other, together are not more than it.

    Example: 第三产业增加值57.0亿元 … 金融业增加值6.8亿元 … 房地产业增加值4.5亿元
    """
    for names, *others in _rows_told(report, "members"):
        totals, parted = _totals(report, names), [_named(report, part) for part in others]
        inner = {one.id for named in parted for one in named}
        totals = [one for one in totals if one.id not in inner]
        told: set[frozenset[Figure]] = set()
        for whole, until in zip(totals, _ends(report, totals), strict=True):
            chosen = (_first(whole, until, _fitting(report, whole, named)) for named in parted)
            parts = tuple(sorted({one for one in chosen if one is not None}, key=_number))
            if len(parts) > 1 and frozenset(parts) not in told:
                yield from _at_most(whole, parts)
            told.add(frozenset(parts))


def _verdict(whole: Whole) -> Verdict | None:
    """A sum that does not close is of another scope, unless it misses by a slip of one digit or by a unit."""
    verdict, stated = whole.verdict, whole.total
    if verdict != "inconsistent":
        return None if verdict == "truncated" else verdict
    if _of_one_unit(whole):
        return "inconsistent"
    near = abs(stated.value - sum(part.value for part in whole.parts)) <= CLOSE * stated.value
    return "suspicious" if near and stated.digits >= MANY and slip(whole, MANY) else None


def _of_one_unit(whole: Whole) -> bool:
    """Whether the numbers make the total once all are read in its unit: 0.47吨 that should be 0.47万吨."""
    stated, parts = whole.total, whole.parts
    other = any(part.scale != stated.scale for part in parts)
    room = sum(10.0**-part.decimals for part in (stated, *parts)) / 2
    return other and abs(sum(part.value / part.scale for part in parts) - stated.value / stated.scale) <= room


def _sum(whole: Whole, verdict: Verdict) -> Relation:
    stated, added = whole.total, sum(part.value for part in whole.parts)
    units = verdict == "inconsistent"
    terms = "+".join(part.text.replace(" ", "") if units else in_scale(part.value, stated) for part in whole.parts)
    formula = f"{terms}={in_scale(added, stated)}{stated.suffix}，合计写为{in_scale(stated.value, stated)}"
    hint = "各数均以合计的单位计则相符，疑单位有误。" if units else slip(whole)
    message = f"{quoted(stated)}与其各组成部分之和不符：{formula}。各项为{listed(whole.parts)}。{hint}"
    operands = (("total", stated), *(("part", part) for part in whole.parts))
    return Relation("A01K", operands, formula, verdict, stated.value, added, whole.sum.high - added, message)


def _at_most(whole: Figure, parts: Sequence[Figure]) -> Iterator[Relation]:
    """Parts that are more than their total are of another scope, unless they stand behind it in its paragraph."""
    added = total(part.interval for part in parts)
    holds = added.low <= whole.interval.high or agreement(whole, added) != "inconsistent"
    if not holds and any(part.paragraph != whole.paragraph for part in parts):
        return
    terms = "+".join(in_scale(part.value, whole) for part in parts)
    made = sum(part.value for part in parts)
    sign = "≤" if holds else ">"
    formula = f"{terms}={in_scale(made, whole)}{sign}{in_scale(whole.value, whole)}{whole.suffix}"
    message = "" if holds else f"{listed(parts)}之和大于{quoted(whole)}：{formula}，请核对数字和口径。"
    operands = (("total", whole), *(("part", part) for part in parts))
    verdict: Verdict = "consistent" if holds else "suspicious"
    yield Relation("A02K", operands, formula, verdict, whole.value, made, None, message)


@lru_cache(maxsize=4)
def composed(report: Report, group: str = "compositions") -> tuple[tuple[Figure, tuple[Figure, ...], int], ...]:
    """Each total with the parts of it that the report tells, and how many there could be.

    Example: 地区生产总值106.0亿元, with nine industries of nine
    """
    return tuple(_composed(report, group))


def _composed(report: Report, group: str) -> Iterator[tuple[Figure, tuple[Figure, ...], int]]:
    for names, *parts in _rows_told(report, group):
        told: set[tuple[object, ...]] = set()
        parted = [_named(report, part) for part in parts]
        for whole in _totals(report, names):
            chosen = [_nearest(whole, _fitting(report, whole, named)) for named in parted]
            found = tuple(sorted({one for one in chosen if one is not None}, key=_number))
            key = (whole.value, found)
            if len(found) > 1 and key not in told:
                yield whole, found, len(parts)
            told.add(key)


def _totals(report: Report, names: Part) -> list[Figure]:
    """The first figures that have one of the names of a total, in the order of the text."""
    named = {one for one in _named(report, names) if one.is_level and not one.is_ratio and one.value > 0}
    return sorted(named, key=_number)[:MOST]


def _ends(report: Report, totals: Sequence[Figure]) -> Iterator[int]:
    """For each total where the next of its kind stands: what lies behind that is not its part."""
    for at, one in enumerate(totals):
        others = (other for other in totals[at + 1 :] if _of_one(one, other) and other.value != one.value)
        yield next((other.number for other in others), len(report.figures))


@cache
def _rows(words: Words, group: str) -> tuple[tuple[Part, ...], ...]:
    return tuple(tuple(tuple(part.split("/")) for part in row) for row in words.rows(group))


@cache
def _names(words: Words, group: str) -> Names:
    return Names(words, (name for row in _rows(words, group) for part in row for name in part))


def _rows_told(report: Report, group: str) -> Iterator[list[Part]]:
    """The rows whose total a report tells, with only those names that it has."""
    told = _names(report.words, group).told_in(report)
    for row in _rows(report.words, group):
        if not told.isdisjoint(row[0]):
            yield [tuple([name for name in part if name in told]) for part in row]


def _named(report: Report, names: Part) -> list[Figure]:
    """The figures that have one of some names."""
    found: list[Figure] = []
    for name in names:
        if STAR in name:
            pattern = _pattern(name)
            found += [one for one in report.holding(key_of(name)) if pattern.fullmatch(one.label)]
        else:
            found += report.named(name)
    return found


def _fitting(report: Report, whole: Figure, named: Iterable[Figure]) -> Iterator[Figure]:
    """Of figures of some names those that can be part of a total: of its unit, of the same, of the same time."""
    for one in named:
        if one is not whole and one.value <= whole.value and _of_one(one, whole) and not opposed(report, one, whole):
            yield one


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(".{0,12}".join(map(re.escape, name.split(STAR))))


def _nearest(whole: Figure, parts: Iterable[Figure]) -> Figure | None:
    """The figure nearest to a total; one that is told to be its part, before all others."""
    return min(parts, key=lambda one: (one.part_of != whole.id, _way(whole.number, one.number)), default=None)


def _first(whole: Figure, until: int, parts: Iterable[Figure]) -> Figure | None:
    """The first figure behind a total that is of as long a time, up to the next total."""
    behind = (one for one in parts if whole.number < one.number < until and _as_long(one, whole))
    return min(behind, key=_number, default=None)


def _way(start: int, end: int) -> int:
    """How far a part stands from its total; parts stand behind it rather than before."""
    return end - start if end > start else BACK * (start - end)


def _of_one(one: Figure, other: Figure) -> bool:
    levels = one.is_level and one.unit == other.unit and one.status == other.status
    return levels and one.entity == other.entity and one.period_end == other.period_end


def _as_long(one: Figure, other: Figure) -> bool:
    """Whether two periods that end together begin together, too: not a year and five."""
    starts = {figure.period_start for figure in (one, other) if figure.period_start is not None}
    return len(starts) < 2
