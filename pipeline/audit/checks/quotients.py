"""C09Q, X12M: a figure by its neighbour — a mean haul, what a guest leaves — and how that mean changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval, exactly, total
from pipeline.audit.relation import Relation, Verdict, listed, number, quoted
from pipeline.audit.report import Report
from pipeline.audit.told import STAR, Names, key_of
from pipeline.audit.words import Words

MOST: Final = 60
"""Figures of one name that are looked at."""
BESIDE, AND, QUIET = "~", "+", "~"
"""Marks of a name: only within one sentence; added up; of a row: outside says nothing. A star: the same in both."""
LONGEST: Final = 12
"""Characters a star stands for."""

Range = tuple[float, float] | None
Fits = Callable[[Figure], bool]


@dataclass(frozen=True, slots=True)
class Quotient:
    """What is divided by what, how the quotient is called, its units, and what it and its growth usually are.

    Example: 货物周转量 by 货运量, 平均运距, 吨公里/吨=公里, 15 to 8000, -20% to 20%
    """

    much: tuple[tuple[str, ...], ...]
    many: tuple[str, ...]
    name: str
    units: tuple[str, frozenset[str]]
    unit: str
    usual: Range
    growth: Range
    quiet: bool

    @property
    def names(self) -> list[str]:
        """The names of what is divided, of the first of several."""
        return [name.removeprefix(BESIDE) for name in self.much[0]]

    def in_units(self, much: Figure, many: Figure) -> bool:
        """Whether two figures are in the units of the row; 头/头 where it names none."""
        upper, lower = self.units
        return (much.unit == upper and many.unit in lower) if upper else much.unit == many.unit


@check("C09Q", "两数之商的合理范围", doubt="info")
def quotients(report: Report, tolerance: float) -> Iterator[Relation]:
    """Divide one figure by its neighbour and ask whether the mean can be.

    Example: 货物运输周转量462144万吨公里 … 货物运输量1101万吨: 420 km
    """
    told: set[tuple[Figure, ...]] = set()
    for row in _rows_told(report):
        for much, many in _pairs(report, row, _is_amount) if row.usual else ():
            if row.in_units(much[0], many) and (*much, many) not in told:
                told.add((*much, many))
                yield _quotient(row, much, many)


@check("X12M", "均值的变动", doubt="info")
def growths(report: Report, tolerance: float) -> Iterator[Relation]:
    """What is divided and what it is divided by both grew: how far the mean moved.

    Example: 货物运输周转量增长3.4% … 货物运输量增长7.8%: the mean haul 4.1% shorter
    """
    told: set[tuple[Figure, ...]] = set()
    for row in _rows_told(report):
        for much, many in _pairs(report, row, _is_growth) if row.growth and len(row.much) == 1 else ():
            if (*much, many) not in told:
                told.add((*much, many))
                yield _growth(row, much[0], many)


@cache
def _rows(words: Words) -> tuple[Quotient, ...]:
    return tuple(_row(*row) for row in words.rows("quotients"))


@cache
def _names(words: Words) -> Names:
    return Names(words, (name for row in _rows(words) for name in row.names))


@lru_cache(maxsize=2)
def _rows_told(report: Report) -> tuple[Quotient, ...]:
    """The rows of which a report tells what is divided."""
    told = _names(report.words).told_in(report)
    rows = _rows(report.words)
    return tuple([row for row in rows if not told.isdisjoint(row.names)])


def _row(much: str, many: str, name: str, units: str, least: str, most: str, low: str, high: str) -> Quotient:
    each, _, unit = units.partition("=")
    upper, _, lower = each.rpartition("/")
    numerators = tuple(tuple(part.split("/")) for part in much.split(AND))
    return Quotient(numerators, tuple(many.split("/")), name, (upper, frozenset(lower.split("、"))),
                    unit, _range(least, most), _range(low.removesuffix(QUIET), high.removesuffix(QUIET)),
                    QUIET in low + high)  # fmt: skip


def _range(least: str, most: str) -> Range:
    return (float(least), float(most)) if least else None


def _is_amount(figure: Figure) -> bool:
    return figure.is_level and not figure.is_ratio and figure.status == "actual" and figure.value > 0


def _is_growth(figure: Figure) -> bool:
    growth = figure.measure == "change" and figure.unit == "%" and figure.status == "actual"
    return growth and figure.comparator in ("=", "about") and figure.value > -100


def _pairs(report: Report, row: Quotient, fits: Fits) -> Iterator[tuple[tuple[Figure, ...], Figure]]:
    """What is divided, in one figure or in several, with the nearest figure it is divided by."""
    first, *others = row.much
    for one, star, beside in _told(report, first, fits):
        rest = [_nearest(one, _called(report, names, star, fits), False) for names in others]
        many = _nearest(one, _called(report, row.many, star, fits), beside)
        if many is not None and None not in rest:
            yield (one, *(other for other in rest if other is not None)), many


def _told(report: Report, names: tuple[str, ...], fits: Fits) -> Iterator[tuple[Figure, str | None, bool]]:
    """The figures of some names, with what the star stands for and whether the other must stand in their sentence."""
    for name in names:
        beside, plain = name.startswith(BESIDE), name.removeprefix(BESIDE)
        for one, star in _named(report, plain):
            if fits(one):
                yield one, star, beside


def _named(report: Report, name: str) -> Iterator[tuple[Figure, str | None]]:
    if STAR not in name:
        yield from ((one, None) for one in report.named(name)[:MOST])
        return
    pattern = _pattern(name)
    for one in report.holding(key_of(name))[:MOST]:
        match = pattern.fullmatch(one.label)
        if match:
            yield one, match[1]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(f"(.{{0,{LONGEST}}})".join(map(re.escape, name.split(STAR))))


def _called(report: Report, names: tuple[str, ...], star: str | None, fits: Fits) -> Iterator[Figure]:
    """The figures of some names in which the star is put in; any words stand for it where none are given."""
    told = names if star is None else tuple(name.replace(STAR, star) for name in names)
    return (one for name in told for one, _ in _named(report, name) if fits(one))


def _nearest(one: Figure, others: Iterable[Figure], beside: bool) -> Figure | None:
    near = (other for other in others if not beside or other.sentence == one.sentence)
    fitting = (other for other in near if other is not one and _of_one(one, other, beside))
    return min(fitting, key=lambda other: abs(other.number - one.number), default=None)


def _of_one(one: Figure, other: Figure, beside: bool) -> bool:
    """Whether two figures are of one place, of one time and of one kind, which a sentence need not say twice."""
    kind = (one.entity, one.in_table, one.period_end)
    if kind != (other.entity, other.in_table, other.period_end):
        return False
    if one.qualifier != other.qualifier and not beside:
        return False
    starts = {figure.period_start for figure in (one, other) if figure.period_start is not None}
    return len(starts) < 2 and (one.basis == other.basis or "none" in (one.basis, other.basis))


def _quotient(row: Quotient, much: tuple[Figure, ...], many: Figure) -> Relation:
    mean = total(one.interval for one in much) / many.interval
    value = sum(one.value for one in much) / many.value
    unit = row.unit or ("" if much[0].unit == many.unit else f"{much[0].unit}/{many.unit}")
    verdict, limits = _verdict(mean, row.usual, unit)
    if row.quiet and verdict == "suspicious":
        verdict = "undecided"
    formula = f"{'+'.join(map(_amount, much))}/{_amount(many)}={number(value)}{unit}"
    message = ""
    if verdict == "suspicious":
        message = f"由{listed(much)}和{quoted(many)}，{row.name}为{number(value)}{unit}，{limits}，请核对数字和单位。"
    operands = (*(("numerator", one) for one in much), ("denominator", many))
    return Relation("C09Q", operands, formula, verdict, much[0].value, None, None, message)


def _growth(row: Quotient, much: Figure, many: Figure) -> Relation:
    ratio = (exactly(1) + much.interval.scaled(0.01)) / (exactly(1) + many.interval.scaled(0.01))
    change = (ratio - exactly(1)).scaled(100)
    value = 100 * ((100 + much.value) / (100 + many.value) - 1)
    years = _years(much)
    usual = row.growth and (row.growth[0] * years, row.growth[1] * years)
    verdict, limits = _verdict(change, usual, "%")
    formula = f"(1{much.value / 100:+.6g})/(1{many.value / 100:+.6g})-1={number(value, '%')}"
    message = ""
    if verdict != "consistent":
        message = f"由{quoted(much)}和{quoted(many)}，{row.name}变动{number(value, '%')}，{limits}，请核对。"
    operands = (("growth", much), ("part_growth", many))
    return Relation("X12M", operands, formula, verdict, much.value, None, None, message)


def _years(growth: Figure) -> int:
    """Over how many years something grew: 5 of the growth of five years, 1 of what it grew by a year."""
    start, end = growth.period_start, growth.period_end
    if growth.basis == "yoy" or start is None or end is None:
        return 1
    return end.year - start.year + 1


def _verdict(value: Interval, usual: Range, unit: str) -> tuple[Verdict, str]:
    least, most = usual or (value.low, value.high)
    inside = value.high >= least and value.low <= most
    return "consistent" if inside else "suspicious", f"超出通常范围（{number(least)}至{number(most)}{unit}）"


def _amount(figure: Figure) -> str:
    """A figure as it is written, or with its unit where that stands elsewhere, as in a table."""
    text = "".join(figure.text.split())
    return text if figure.unit_text in text else f"{number(figure.value)}{figure.unit}"
