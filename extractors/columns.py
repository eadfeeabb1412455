"""What the heads of a table say of the figures below them."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.grids import Grid
from extractors.model import Basis, Measure
from lexicons import Lexicons

_BRACKET = regex.compile(r"[（(](?P<inside>[^（）()]+)[）)]$")
_YEARS = regex.compile(r"^(?:(?:19|20)\d{2}年)?(?:(?:年末|全年|上年|本年|累计))?")
_PERCENT = frozenset("%％‰")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures: where its labels and units stand, what its head says.

    ``noun`` is what the head adds to the row label (产量, 比重), "" when the label says all.

    Example: 比上年增长（%） → change, unit %, basis yoy
    """

    at: int
    label_at: int
    unit_at: int | None
    head: str
    unit: str
    noun: str
    measure: Measure
    basis: Basis
    share: bool
    planned: bool
    done: bool
    """Whether head or caption say that the figures tell what was done: 完成数, 执行情况."""


class HeadReader:
    """Reads the columns of grids.

    Example: 指标 / 单位 / 数量 / 比上年增长（%） → two columns of figures
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self._units, self._labels = lexicons.words("tables.unit_heads"), lexicons.words("tables.label_heads")
        self._plain, self._captions = lexicons.words("tables.plain_heads"), lexicons.words("tables.captions")
        self._changes, self._amounts = lexicons.words("tables.change_heads"), lexicons.words("tables.amount_heads")
        self._shares, self._plans = lexicons.words("tables.share_heads"), lexicons.words("tables.plan_heads")
        self._done = lexicons.words("tables.done_heads")

    def columns(self, grid: Grid) -> list[Column]:
        """The columns of figures of a grid, from left to right."""
        found: list[Column] = []
        label_at, unit_at, noun = 0, None, ""
        for at, head in enumerate(grid.heads):
            bare = _BRACKET.sub("", head)
            if at == 0 or bare == _BRACKET.sub("", grid.heads[0]) or bare in self._labels:
                label_at, unit_at, noun = at, None, ""
            elif bare in self._units:
                unit_at = at
            else:
                column = self._column(grid, at, label_at, unit_at, noun)
                counted = column.measure == "level" and not column.share and not is_percent(column.unit)
                noun = column.noun if counted else noun
                found.append(column)
        return found

    def _column(self, grid: Grid, at: int, label_at: int, unit_at: int | None, noun: str) -> Column:
        head = grid.heads[at]
        bracket = _BRACKET.search(head)
        bare = _BRACKET.sub("", head)
        unit = bracket["inside"] if bracket else ""
        share = any(word in bare for word in self._shares)
        spoken = bare if unit or not is_percent(grid.unit) else bare + grid.caption
        change = not share and any(word in spoken for word in self._changes)
        if not unit and (unit_at is None if not change else bare.endswith(self._amounts)):
            unit = grid.unit
        said = noun if change else self._noun(bare)
        if not said:
            said = next((word for word in self._captions if word in grid.caption), "")
        basis: Basis = "none"
        if change:
            basis = "plan" if any(word in bare for word in self._plans) else "mom" if "环比" in bare else "yoy"
        planned = not change and any(word in bare for word in self._plans)
        done = any(word in bare + grid.caption for word in self._done)
        measure: Measure = "change" if change else "level"
        return Column(at, label_at, unit_at, head, unit, said, measure, basis, share, planned, done)

    def _noun(self, bare: str) -> str:
        rest = _YEARS.sub("", bare)
        return "" if rest in self._plain or bare in self._plain else rest


def is_percent(unit: str) -> bool:
    """Whether a unit is a ratio of a hundred or a thousand.

    Example: ``is_percent("%")`` → True
    """
    return unit.strip() in _PERCENT
