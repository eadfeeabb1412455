"""What the heads of a table say of the figures below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from extractors.entities import Entity
from extractors.grids import BASE_100, Grid
from extractors.model import Basis, Measure
from extractors.sheets import Cell
from extractors.units_of_cells import UnitReader, is_percent
from extractors.words import alternation, any_of
from lexicons import Lexicons

_MOSTLY: Final = 0.5
"""Share of a column's cells that must be figures for it to be one of figures."""
REGION_NAME: Final = regex.compile(r"\p{Han}{1,9}[省市县区州盟旗]")
"""What may be the name of a region: whether it is one, the entities tell."""
_WHEN: Final = regex.compile(rf"（[^（）]*\d[^（）]*[年月日季度]）$|{BASE_100}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures: where its labels, units and regions stand, what its head says.

    ``noun`` is what the head adds to the row label (产量, 比重), "" when the label says all; ``stem`` goes between
    them, where the figure is a share of another column's (收入 of 占预算); ``scope`` stands before it (城镇).

    Example: 比上年增长（%） → change, unit %, basis yoy
    """

    at: int
    labels: tuple[int, ...]
    region_at: int | None
    unit_at: int | None
    head: str
    unit: str
    stem: str
    noun: str
    scope: str
    owner: Entity | None
    measure: Measure
    basis: Basis
    share: bool
    planned: bool
    done: bool
    """Whether head or caption say that the figures tell what was done: 完成数, 执行情况."""


@dataclass(slots=True)
class _Group:
    """The columns that name the rows of the columns of figures to their right."""

    labels: tuple[int, ...]
    region_at: int | None
    unit_at: int | None = None
    noun: str = ""


Regions = Callable[[str], Entity | None]
"""The region that a few words name, if they name one."""


class HeadReader:
    """Reads the columns of grids.

    Example: 指标 / 单位 / 数量 / 比上年增长（%） → two columns of figures
    """

    def __init__(self, lexicons: Lexicons, units: UnitReader) -> None:
        self._unit = units
        self._units, self._labels = lexicons.words("tables.unit_heads"), lexicons.words("tables.label_heads")
        self._codes, self._areas = lexicons.words("tables.code_heads"), lexicons.words("tables.region_heads")
        self._plain, self._captions = lexicons.words("tables.plain_heads"), lexicons.words("tables.captions")
        self._changes, self._amounts = lexicons.words("tables.change_heads"), lexicons.words("tables.amount_heads")
        self._shares, self._plans = lexicons.words("tables.share_heads"), lexicons.words("tables.plan_heads")
        self._plan_ends = lexicons.words("tables.plan_ends")
        self._done, self._scopes = lexicons.words("tables.done_heads"), lexicons.words("tables.scope_heads")
        self._levels, self._indexes = lexicons.words("tables.own_levels"), lexicons.words("tables.index_heads")
        self._ratios = lexicons.words("tables.ratio_opens")
        self._monthly = lexicons.words("tables.month_heads")
        own, years = alternation(lexicons, "labels.own_words"), alternation(lexicons, "tables.year_words")
        self._before = regex.compile(
            rf"^(?:(?:19|20)\d{{2}}年?(?:度|末)?|{years}|{own}|{alternation(lexicons, 'tables.parts')}|[:：])+"
        )
        self._stage = regex.compile(rf"(?:{alternation(lexicons, 'tables.stage_heads')})+$")
        self._sums = regex.compile(rf"(?<=.)(?:{any_of(lexicons.words('tables.sum_heads'))})$")

    def columns(self, grid: Grid, regions: Regions) -> list[Column]:
        """The columns of figures of a grid, from left to right; ``regions`` knows the regions that heads name."""
        found: list[Column] = []
        naming: list[int] = []
        group = _Group((0,), None)
        for at, head in enumerate(grid.heads):
            bare = self._unit.without(head)
            if bare in self._codes or (at in grid.spread and not any(row.at(at) for row in grid.rows)):
                continue
            if bare in self._units:
                group.unit_at = at
            elif not _is_of_figures(grid, at) or (at and bare in self._labels):
                naming.append(at)
                group = self._group(grid, naming)
            elif at or found:
                naming = []
                found.append(self._column(grid, at, group, regions))
        return found

    def is_of_regions(self, grid: Grid, column: Column) -> bool:
        """Whether the head of a column's labels says that they name regions.

        Example: 区县 above 桥南区 → True; 科目 above 城乡社区 → False
        """
        return self._unit.without(grid.heads[column.labels[0]]) in self._areas

    def _group(self, grid: Grid, naming: Sequence[int]) -> _Group:
        """Which of the columns that hold words name the rows, and which the region."""
        area = next((at for at in naming if self._unit.without(grid.heads[at]) in self._areas), None)
        others = [at for at in naming if at != area] or list(naming)
        path = [at for at in others if at in grid.spread and at - 1 in others]
        named = [at for at in others if grid.heads[at] in self._labels or grid.heads[at].endswith(self._labels)]
        labels = tuple(sorted({*path, *(at - 1 for at in path)})) if path else (named[-1] if named else others[0],)
        return _Group(labels, area if area not in labels else None)

    def _column(self, grid: Grid, at: int, group: _Group, regions: Regions) -> Column:
        head = grid.heads[at]
        unit, bare = self._unit.in_bracket(head), self._unit.without(head)
        share = any(word in bare for word in self._shares)
        spoken = bare if unit or not is_percent(grid.unit) else bare + grid.caption
        change = not share and any(word in spoken for word in self._changes)
        if not unit and (group.unit_at is None if not change else bare.endswith(self._amounts)):
            unit = self._unit.of_table(grid.unit)
        owner, scope, said = self._limits(bare, regions)
        noun = group.noun if change else said
        measured = next((word for word in self._captions if word in grid.caption), "")
        noun = measured if measured.endswith(noun) else noun
        stem = group.noun if said.startswith(self._ratios) and is_percent(unit) else ""
        if not change and not share and not is_percent(unit) and not noun.endswith(self._indexes):
            group.noun = noun
        return Column(
            at, group.labels, group.region_at, group.unit_at, head, unit, stem, noun, scope, owner,
            "change" if change else "level", self._basis(bare) if change else "none", share,
            not change and not is_percent(unit) and self._is_planned(bare),
            any(word in bare + grid.caption for word in self._done),
        )  # fmt: skip

    def _is_planned(self, bare: str) -> bool:
        return any(word in bare for word in self._plans) or bare.endswith(self._plan_ends)

    def _limits(self, bare: str, regions: Regions) -> tuple[Entity | None, str, str]:
        """Whose figures a head says they are, what limits the row label, and what it adds to it."""
        words = self._noun(bare)
        level, rest = self._level(words)
        if level:
            return regions(level), "", "" if rest in self._plain else rest
        owner = regions(words) if REGION_NAME.fullmatch(words) else None
        if owner is not None:
            return owner, "", ""
        return (None, words, "") if words in self._scopes else (None, "", words)

    def _level(self, words: str) -> tuple[str, str]:
        """The level of government that opens a head, "" for none, and the rest: 市本级收入 → 市本级, 收入."""
        level = next((one for one in self._levels if words.startswith(one)), "")
        return level, words[len(level) :]

    def _basis(self, bare: str) -> Basis:
        if any(word in bare for word in self._plans):
            return "plan"
        return "mom" if any(word in bare for word in self._monthly) else "yoy"

    def _noun(self, bare: str) -> str:
        """A head without the year, the stage of a budget, and 合计 below another head; "" where nothing is left."""
        rest = self._before.sub("", _WHEN.sub("", bare))
        if rest in self._plain:
            return ""
        if rest.startswith(self._ratios):
            return rest
        shorter = self._sums.sub("", rest) if len(rest) > 2 else rest
        shorter = self._stage.sub("", shorter)
        return "" if shorter in self._plain else shorter


def _is_of_figures(grid: Grid, at: int) -> bool:
    cells = [cell for row in grid.rows if (cell := row.at(at)) is not None]
    return at > 0 and sum(_counts(cell) for cell in cells) >= _MOSTLY * len(cells)


def _counts(cell: Cell) -> bool:
    return cell.is_figure or not any(character.isalnum() for character in cell.text)
