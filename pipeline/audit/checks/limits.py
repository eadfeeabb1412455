"""C04D: what by its definition is not more than something else, both named exactly, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.cores import by_core, core
from pipeline.audit.figure import Figure
from pipeline.audit.interval import total
from pipeline.audit.relation import Relation, Verdict, in_scale, listed, quoted
from pipeline.audit.report import Report
from pipeline.audit.words import Words

MOST: Final = 60
"""Figures of one name that are looked at."""
USUAL: Final = "~"
"""Before a row: what holds for most; that it does not says nothing."""
SAME: Final = "*"


@dataclass(frozen=True, slots=True)
class Limit:
    """Names of the smaller, several where figures are added up, and of the greater.

    Example: ``第一产业增加值`` and ``农林牧渔业总产值``
    """

    smaller: tuple[tuple[str, ...], ...]
    greater: tuple[str, ...]
    usual: bool


@check("C04D", "按定义不大于", severity="warning", doubt="info")
def limits(report: Report, tolerance: float) -> Iterator[Relation]:
    """What by definition is not more than something else: value added and output, exports to one land and all exports.

    Example: 第一产业增加值302.9亿元 … 农林牧渔业总产值542.9亿元
    """
    told = set()
    for limit in _limits(report.words):
        for smaller, star in _smaller(report, limit):
            greater = _greater(report, limit, smaller, star)
            key = greater and (smaller, greater)
            if greater is not None and key not in told:
                told.add(key)
                yield from _judged(limit, smaller, greater)


@cache
def _limits(words: Words) -> tuple[Limit, ...]:
    return tuple(_limit(first, second) for first, second in words.rows("limits"))


def _limit(first: str, second: str) -> Limit:
    names = tuple(tuple(part.split("/")) for part in first.removeprefix(USUAL).split("+"))
    return Limit(names, tuple(second.split("/")), first.startswith(USUAL))


def _smaller(report: Report, limit: Limit) -> Iterator[tuple[tuple[Figure, ...], str | None]]:
    """The figures of the smaller side, with the words that the star in its name stands for."""
    first, *others = limit.smaller
    for name in first:
        for one, star in _named(report, name):
            rest = [next((other for other in _all(report, names) if _of_one(one, other)), None) for names in others]
            if one.is_level and one.value > 0 and None not in rest:
                yield (one, *(other for other in rest if other is not None)), star


def _all(report: Report, names: Sequence[str]) -> Iterator[Figure]:
    return (one for name in names for one in _called(report, name))


def _called(report: Report, name: str) -> Sequence[Figure]:
    """The figures of a name, and amounts that have it behind what is done with them: 下达就业补助资金."""
    label, bare = _label_and_core(report.words, name)
    exact, alike = report.by_label.get(label, ())[:MOST], by_core(report).get(bare, ())
    return [*exact, *(one for one in alike[:MOST] if one not in exact)] if alike else exact


@lru_cache(maxsize=4096)
def _label_and_core(words: Words, name: str) -> tuple[str, str]:
    label = words.label(name)
    return label, core(words, label)


def _named(report: Report, name: str) -> Iterator[tuple[Figure, str | None]]:
    """The figures of a name, each with what its star stands for; none of them where the name has no star."""
    if SAME not in name:
        yield from ((one, None) for one in _called(report, name))
        return
    head, tail = name.split(SAME)
    other, alone = report.words.pattern("not_limited"), report.words.group("not_limited_alone")
    for one in report.holding(head or tail):
        for label in dict.fromkeys((one.label, core(report.words, one.label))):
            star = label[len(head) : len(label) - len(tail)]
            if label == head + star + tail and star and not other.search(star) and star not in alone:
                yield one, star
                break


def _greater(report: Report, limit: Limit, smaller: tuple[Figure, ...], star: str | None) -> Figure | None:
    """The nearest figure of the greater side; the first of the names that has any."""
    one = smaller[0]
    for name in limit.greater:
        named = _called(report, name.replace(SAME, star or ""))
        found = [great for great in named if great not in smaller and great.is_level and _of_one(one, great)]
        if found:
            return min(found, key=lambda great: abs(great.number - one.number))
    return None


def _of_one(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one place, time and kind, so that they can be compared."""
    kind = (one.unit, one.dimension, one.entity, one.status, one.is_ratio, one.qualifier, one.in_table)
    same = kind == (
        other.unit, other.dimension, other.entity, other.status, other.is_ratio, other.qualifier, other.in_table
    )  # fmt: skip
    starts = {one.period_start, other.period_start} - {None}
    one_time = one.period_end == other.period_end and len(starts) < 2
    return same and one.measure == other.measure and one_time and not one.is_ratio


def _judged(limit: Limit, smaller: tuple[Figure, ...], greater: Figure) -> Iterator[Relation]:
    added = total(one.interval for one in smaller)
    holds = added.low <= greater.interval.high
    if not holds and limit.usual:
        return
    terms = "+".join(in_scale(one.value, greater) for one in smaller)
    formula = f"{terms}{'≤' if holds else '>'}{in_scale(greater.value, greater)}{greater.suffix}"
    message = "" if holds else f"{listed(smaller)}按定义不应大于{quoted(greater)}：{formula}，请核对数字和口径。"
    operands = (*(("part", one) for one in smaller), ("whole", greater))
    verdict: Verdict = "consistent" if holds else "suspicious"
    yield Relation("C04D", operands, formula, verdict, smaller[0].value, None, None, message)
