"""C06U: what is usually not more than something else, by what both are called: steps of a procedure, groups."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.parts import at_most
from pipeline.audit.figure import COUNTED, Figure
from pipeline.audit.names import core
from pipeline.audit.relation import Relation, Verdict
from pipeline.audit.report import Report
from pipeline.audit.told import STAR, Keys, key_of
from pipeline.audit.wholes import parts_told
from pipeline.audit.words import Words

BEFORE, ANY_UNITS, SAME = "&", "#", "="
"""Marks: behind a word that stands before the figure; both in units of their own; of one school, one …"""
LONGEST: Final = 14
"""Characters a star stands for inside a name; at its beginning it stands for any."""
CONTEXT: Final = 40
"""Characters before a figure, in its sentence, in which a word may stand."""
NEAR: Final = 8
"""Figures between two of which one name is not told in full."""
SEVERAL: Final = 30
"""Figures of one name, to either side, that are looked at."""
MOST: Final = 60
"""Figures of the smaller name that are looked at."""
ALIKE: Final = (
    frozenset(("人", "人次", "例")),
    frozenset(("人", "张")),
    frozenset(("户", "户次", "家", "家次", "个", "所")),
)
"""Units that reports use for one another: 616万人 and 610万人次, 245个 and 245家."""
TIMES, PEOPLE = "人次", "人"
HEADS: Final = (("人次", TIMES), ("人数", PEOPLE))
"""Ends of labels that say what is counted where no unit does: 入院人次812.4万."""
TEN_THOUSAND: Final = 10_000
MEAN: Final = "每"
"""In the name of a mean: 每万人口发明专利拥有量."""

_number: Final = attrgetter("number")


@dataclass(frozen=True, slots=True)
class Name:
    """One way to name something: a word to look it up by, a word before the figure, and the pattern of the label.

    Example: ``*办理*案件``: looked up by 办理, with any words in front and some inside
    """

    key: str
    context: str
    pattern: re.Pattern[str]
    open: bool


@dataclass(frozen=True, slots=True)
class Order:
    """The names of the smaller and of the greater, and the mark of the row.

    Example: 评定伤残等级 and 认定工伤
    """

    smaller: tuple[Name, ...]
    greater: tuple[Name, ...]
    mark: str


@check("C06U", "通常的先后与包含")
def usual_orders(report: Report, tolerance: float) -> Iterator[Relation]:
    """What comes later, or is part of it by its nature: fewer, as a rule; more says nothing, as cases are carried over.

    Example: 认定工伤1260人 … 评定伤残等级790人: 790≤1260
    """
    told = set(parts_told(report))
    for order in _orders_told(report):
        smalls = _smaller(report, order)
        wides = _greater(report, order) if smalls else ()
        for small in smalls if wides else ():
            for great in _chosen(order, small, wides):
                if (small.id, great.id) not in told and (great.id, small.id) not in told:
                    told.add((small.id, great.id))
                    yield from _judged(small, great)


def _judged(small: Figure, great: Figure) -> Iterator[Relation]:
    """More times than people are nothing to think about."""
    holds = small.interval.low <= great.interval.high
    if holds or (_unit(small), _unit(great)) != (TIMES, PEOPLE):
        verdict: Verdict = "consistent" if holds else "undecided"
        yield at_most("C06U", ("part", small), ("whole", great), verdict)


@cache
def _orders(words: Words) -> tuple[Order, ...]:
    return tuple(_order(*row) for row in words.rows("usual_orders"))


@cache
def _keys(words: Words) -> Keys:
    return Keys(one.key for order in _orders(words) for one in (*order.smaller, *order.greater))


def _orders_told(report: Report) -> Iterator[Order]:
    """The rows that a report may tell both sides of, with only those names that it may have."""
    held = _keys(report.words).held_in(report)
    for order in _orders(report.words):
        smaller = [one for one in order.smaller if one.key in held]
        greater = [one for one in order.greater if one.key in held] if smaller else ()
        if greater:
            yield Order(tuple(smaller), tuple(greater), order.mark)


def _order(smaller: str, greater: str) -> Order:
    mark = smaller[0] if smaller[0] in (ANY_UNITS, SAME) else ""
    some = tuple(_name(one, False) for one in smaller.removeprefix(mark).split("/"))
    return Order(some, tuple(_name(one, True) for one in greater.split("/")), mark)


def _name(told: str, whole: bool) -> Name:
    """The whole of a label where it names the greater; the smaller may be narrowed by any words around."""
    context, _, name = told.rpartition(BEFORE)
    opened = name.startswith(STAR)
    inner = f".{{0,{LONGEST}}}".join(map(re.escape, name.removeprefix(STAR).split(STAR)))
    pattern = re.compile((".*" if opened else "") + inner if whole else inner)
    return Name(key_of(name), context, pattern, opened or STAR in name)


def _smaller(report: Report, order: Order) -> Sequence[Figure]:
    found: dict[int, Figure] = {}
    for name in order.smaller:
        for one in report.holding(name.key)[:MOST]:
            near = not name.context or name.context in report.before(one, CONTEXT)
            if _counts(one) and near and name.pattern.search(one.label):
                found[one.number] = one
    return [found[number] for number in sorted(found)]


def _greater(report: Report, order: Order) -> Sequence[tuple[Figure, bool]]:
    """The figures that are called so and no more, and whether the name leaves words open."""
    found: dict[int, tuple[Figure, bool]] = {}
    for name in order.greater:
        for one in report.holding(name.key):
            if one.number not in found and _counts(one) and _called(report, one, name):
                found[one.number] = one, name.open
    return [found[number] for number in sorted(found)]


def _called(report: Report, one: Figure, name: Name) -> bool:
    """Whether a label is a name, but for the word it opens with or the word of a count it ends with."""
    label, (_, bare) = one.label, core(report.words, one.label)
    told = {label, bare, label[: label.rfind(bare) + len(bare)]}
    return any(name.pattern.fullmatch(one) for one in told)


def _counts(one: Figure) -> bool:
    return one.is_level and not (one.is_ratio or one.in_table or MEAN in one.label) and one.value > 0


def _chosen(order: Order, small: Figure, wides: Sequence[tuple[Figure, bool]]) -> Iterator[Figure]:
    """The nearest that is called so, and the nearest of those whose name leaves words open, which must be near."""
    at = bisect_left(wides, small.number, key=lambda told: told[0].number)
    if any(one is small for one, _ in wides[at : at + 1]):
        return
    around = [told for told in wides[max(0, at - SEVERAL) : at + SEVERAL] if _of_one(order, small, told[0])]
    for names in (False, True):
        found = [one for one, opened in around if opened is names]
        great = min(found, key=lambda one: abs(one.number - small.number), default=None)
        if great is not None and (not names or abs(great.number - small.number) <= NEAR):
            yield great


def _of_one(order: Order, small: Figure, great: Figure) -> bool:
    """Whether two figures are of one place and time, counted in units that can be compared."""
    if small is great or great.part_of == small.id or small.label == great.label:
        return False
    kind = (small.entity, small.status, small.period_end)
    if kind != (great.entity, great.status, great.period_end) or not _as_wide(small, great):
        return False
    starts = {one.period_start for one in (small, great) if one.period_start is not None}
    units = {_unit(small), _unit(great)}
    same = len(units) < 2 or any(units <= alike for alike in ALIKE)
    counted = order.mark == ANY_UNITS and {small.dimension, great.dimension} <= COUNTED
    return len(starts) < 2 and (same or counted) and (order.mark != SAME or _of_one_kind(order, small, great))


def _as_wide(small: Figure, great: Figure) -> bool:
    """Whether the greater is not limited to a group, but by its name: 60岁及以上老年人口."""
    return great.qualifier in ("", small.qualifier) or great.qualifier in great.indicator


def _unit(figure: Figure) -> str:
    """The unit; people, where 3994.7万 has none of its own."""
    bare = PEOPLE if figure.scale >= TEN_THOUSAND else ""
    return figure.unit or next((unit for end, unit in HEADS if figure.indicator.endswith(end)), bare)


def _of_one_kind(order: Order, small: Figure, great: Figure) -> bool:
    """Whether what stands before both names is the same, so far as it is told: 普通高中招生, 普通高中在校生."""
    one, other = _before(small.label, order.smaller), _before(great.label, order.greater)
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _before(label: str, names: Sequence[Name]) -> str:
    return next((label[: label.rfind(name.key)] for name in names if name.key in label), "")
