"""Moves: a level with the changes the text says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval, exactly
from pipeline.audit.report import Report

_COMPARED: Final = re.compile("[比较][^，；。比较]{0,16}$")
REACH: Final = 4
"""How many figures behind its level a change may stand."""


@dataclass(init=False, slots=True, eq=False)
class Move:
    """A level and what is said of its change: by how much, at what rate, by how many points.

    Example: 57.8亿元，较上年增加16.1亿元，增长38.6%
    """

    level: Figure
    amount: Figure | None
    growth: Figure | None
    points: Figure | None
    _before: Interval | None = field(init=False, repr=False)

    def __init__(
        self, level: Figure, amount: Figure | None = None, growth: Figure | None = None, points: Figure | None = None
    ) -> None:
        self.level, self.amount, self.growth, self.points = level, amount, growth, points
        self._before = None

    @property
    def changes(self) -> tuple[Figure, ...]:
        """The changes that are said."""
        return tuple(one for one in (self.amount, self.growth, self.points) if one is not None)

    @property
    def before(self) -> Interval | None:
        """The level before, by the growth or else by the amount."""
        if self._before is None:
            self._before = self._worked_out()
        return self._before

    def _worked_out(self) -> Interval | None:
        if self.growth is not None and self.growth.value > -100:
            return self.level.interval / (exactly(1) + self.growth.interval.scaled(0.01))
        step = self.amount or self.points
        return None if step is None else self.level.interval - step.interval


@lru_cache(maxsize=2)
def moves(report: Report) -> tuple[Move, ...]:
    """All levels of a report that have a change, in the order of the text.

    Example: ``moves(report)[0].growth.text`` → ``38.6%``
    """
    told = (
        level
        for level, next_one in pairwise(report.figures)
        if level.is_level and (next_one.measure == "change" or _of_plan(report, level, next_one))
    )
    return tuple(move for level in told for move in _move(report, level))


def _of_plan(report: Report, level: Figure, one: Figure) -> bool:
    """Whether a figure says how much of its plan a level is: 完成年初预算的120.2%, between the level and its change."""
    if not (one.is_ratio and one.is_level) or one.sentence != level.sentence or level.is_ratio or not level.indicator:
        return False
    same = one.indicator.startswith(level.indicator) and one.entity == level.entity
    return same and bool(report.words.pattern("budget_words").search(one.indicator, len(level.indicator)))


def move_of(report: Report, level: Figure) -> Move | None:
    """The move of a level; None where nothing is said of its change.

    Example: ``move_of(report, total).growth``
    """
    return _by_level(report).get(level.id)


@lru_cache(maxsize=2)
def _by_level(report: Report) -> dict[str, Move]:
    return {move.level.id: move for move in moves(report)}


def _move(report: Report, level: Figure) -> Iterator[Move]:
    found: dict[str, Figure] = {}
    last = level
    first = level.number + 1
    if first < len(report.figures) and _of_plan(report, level, report.figures[first]):
        first, last = first + 1, report.figures[first]
    for change in report.figures[first : first + REACH]:
        if change.measure != "change" or not _belongs(report, level, last, change):
            break
        kind = _kind(level, change)
        if kind is None or kind in found:
            break
        found[kind] = change
        last = change
    if found:
        level = _compared_with(report, level) or level
        yield Move(level, found.get("amount"), found.get("growth"), found.get("points"))


def _compared_with(report: Report, base: Figure) -> Figure | None:
    """The level before a base that is said: 76亿元 of 76亿元，比“十三五”52亿元增加24亿元; None where it is none."""
    level = report.figures[base.number - 1] if base.number else None
    if level is None or not level.is_level or level.sentence != base.sentence:
        return None
    alike = level.label == base.label and level.unit == base.unit and level.entity == base.entity
    return level if alike and _COMPARED.search(report.between(level, base)) else None


def _belongs(report: Report, level: Figure, last: Figure, change: Figure) -> bool:
    between = report.text[last.end : change.start]
    if last is not level and last.is_level and report.words.pattern("beyond_plan").search(between):
        return False
    return (
        (change.label == level.label or _of_share(level, change))
        and change.entity == level.entity
        and change.sentence == level.sentence
        and change.comparator in ("=", "about")
        and not report.words.pattern("same_basis").search(between)
    )


def _of_share(level: Figure, change: Figure) -> bool:
    """工业投资占全部投资的65.8%，占比下降5.1个百分点: the share is not named again as a whole."""
    part, share, _ = level.label.partition("占")
    same = share and part and change.label.partition("占")[0] == part
    return bool(same) and level.is_ratio and change.dimension == "percentage_points"


def _kind(level: Figure, change: Figure) -> str | None:
    if change.dimension == "percentage_points":
        return "points" if level.is_ratio else None
    if change.unit == level.unit and not level.is_ratio:
        return "amount"
    return "growth" if change.unit == "%" and change.is_ratio else None
