"""Tables as a statistician reads them: a caption, a unit, one head a column, rows of labels and figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import regex

from extractors.heaps import unheaped
from extractors.ladders import LadderReader
from extractors.model import Sentence, Table
from extractors.sheets import Cell, Row, Sheet, known_sheets, tabbed_sheets
from extractors.view import fold
from lexicons import Lexicons

_WORD: Final = regex.compile(r"\p{Han}")
_YEAR: Final = regex.compile(r"(?:19|20)\d{2}")
BASE_100: Final = r"（?以?\p{Han}{0,6}(?:=|为)100）?"
"""What index numbers are measured against: 以上年为100, 上年同期=100."""
_LEAST: Final = 2
"""Rows of figures that a table known by its tabs only must have."""
_FITTING: Final = 0.8
"""Share of the rows of such a table that must not go beyond its heads."""
_UNIT_LINE: Final = regex.compile(r"单\s*位\s*[:：]\s*(?P<unit>[^\s；）)]+)")
_NO_CAPTION: Final = regex.compile(rf"{_UNIT_LINE.pattern}|{BASE_100}$")
_NUMBER: Final = regex.compile(r"表\s*[\d一二三四五六七八九十]{1,3}(?:[-—.．]\d{1,3})?")
"""The number of a table, in a cell of its own before the caption."""
_LONG: Final = 30
"""Characters that a cell of words behind the label has at most, for a row of a table known by its tabs only."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: caption and unit as written above it, the head of each column, the rows below.

    A head that stands over several columns is part of the head of each: 2025年 above 绝对数 → 2025年绝对数.

    Example: 2025年全市主要产品产量 / 指标⇥单位⇥数量 / 大米⇥万吨⇥267.0
    """

    caption: str
    unit: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    spread: frozenset[int] = frozenset()
    """Columns whose head stands over the column to their left too."""


class GridReader:
    """Finds the tables of a document: those that its reader knows, those with tabs, those with one cell a line.

    Example: ``GridReader(lexicons.load()).grids(text, sentences)[0].heads`` → ``("指标", "单位", "数量")``
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self._ladders = LadderReader(lexicons.words("tables.label_heads"), lexicons.words("tables.unit_heads"))
        self._sums = frozenset(lexicons.words("tables.sum_heads"))

    def grids(self, text: str, sentences: Sequence[Sentence], tables: Sequence[Table] = ()) -> list[Grid]:
        """The tables whose heads and rows leave no doubt which cell belongs to which.

        Example: ``reader.grids(text, sentences, document.tables)[0].caption`` → ``2025年全市主要产品产量``
        """
        known = list(known_sheets(text, sentences, tables))
        taken = {row.sentence for sheet in known for row in sheet.rows}
        tabbed = [one for sheet in tabbed_sheets(text, sentences, taken) for one in unheaped(sheet)]
        taken.update(row.sentence for sheet in tabbed for row in sheet.rows)
        ladders = self._ladders.sheets(text, sentences, taken)
        return [grid for sheet in (*known, *tabbed, *ladders) for grid in _grids(sheet, self._sums)]


def _grids(sheet: Sheet, sums: Collection[str]) -> Iterator[Grid]:
    """The tables of a sheet, one below the other: the next begins where heads come after figures."""
    cuts = [0, *_beginnings(sheet.rows), len(sheet.rows)]
    for begin, end in pairwise(cuts):
        grid = _grid(sheet.rows[begin:end], sheet.above if begin == 0 else (), None if sheet.known else sums)
        if grid is not None:
            yield grid


def _beginnings(rows: Sequence[Row]) -> list[int]:
    found: list[int] = []
    figures: set[int] = set()
    lone = -1
    for at, row in enumerate(rows):
        if row.has_figures and not _is_head(row):
            figures.update(cell.column for cell in row.cells if cell.column and cell.is_figure)
            lone = -1
        elif len(row.cells) == 1:
            lone = at if lone < 0 else lone
        elif figures and _is_head(row) and any(figures.intersection(_covered(cell)) for cell in row.cells):
            found.append(at if lone < 0 else lone)
            figures, lone = set(), -1
        else:
            lone = -1
    return found


def _covered(cell: Cell) -> range:
    return range(cell.column, cell.column + cell.columns)


def _is_head(row: Row) -> bool:
    """Whether a row has words, or years, over every column that it fills, and more than one."""
    behind = [cell for cell in row.cells if cell.column]
    return bool(behind) and all(
        _YEAR.fullmatch(cell.text) or (_WORD.search(cell.text) and not cell.is_figure) for cell in behind
    )


def _grid(rows: Sequence[Row], above: Sequence[str], sums: Collection[str] | None) -> Grid | None:
    """The table that rows make; ``sums``, the heads that stand over no others, where its layout is not known."""
    known = sums is None
    at = next((at for at, row in enumerate(rows) if row.has_figures and not _is_head(row)), 0)
    first = next((at for at, row in enumerate(rows[:at]) if len(_said(row)) > 1 and not _is_unit(row)), at)
    titles, heads, body = rows[:first], rows[first:at], rows[at:]
    if not heads:
        return None
    width = 1 + max(cell.column + cell.columns - 1 for row in heads for cell in row.cells)
    if not known and not _is_regular(heads, body, width):
        return None
    lines = [fold(line) for line in (*above, *("".join(cell.text for cell in _said(row)) for row in titles))]
    unit = next((match["unit"] for line in reversed(lines) if (match := _UNIT_LINE.search(line))), "")
    caption = next((line for line in reversed(lines) if line and not _NO_CAPTION.match(line)), "")
    covering = [_covering(heads, column, sums) for column in range(width)]
    names = tuple("".join(dict.fromkeys(cell.words for cell in one)) for one in covering)
    spread = frozenset(
        column for column in range(1, width) if covering[column] and covering[column] == covering[column - 1]
    )
    kept = tuple(row for row in body if known or (row.cells[0].column == 0 and _is_sound(row, width)))
    return Grid(caption, unit, names, kept, spread)


def _said(row: Row) -> Sequence[Cell]:
    """The cells of a row but for the number of the table: 表2⇥2025年产量 → 2025年产量."""
    return row.cells[1:] if _NUMBER.fullmatch(row.cells[0].text) else row.cells


def _is_unit(row: Row) -> bool:
    return any(_UNIT_LINE.match(cell.text) for cell in row.cells)


def _is_regular(heads: Sequence[Row], body: Sequence[Row], width: int) -> bool:
    """Whether the heads of a table known by its tabs only name every column, and its rows keep to them."""
    named = all(any(row.at(column) for row in heads) for column in range(width))
    fitting = [row for row in body if row.cells[-1].column < width and row.cells[0].column == 0]
    filled = all(row.cells[-1].column == width - 1 for row in body[:1])
    return named and filled and len(fitting) >= max(_LEAST, _FITTING * len(body))


def _covering(heads: Sequence[Row], column: int, sums: Collection[str] | None) -> list[Cell]:
    """The head cells over a column, from above; without spans, one that has nothing to its right reaches further.

    Not one of ``sums``: 合计 stands beside its parts, not over them.
    """
    found: list[Cell] = []
    for number, row in enumerate(heads):
        for cell in row.cells:
            if column in _covered(cell):
                found.append(cell)
        if sums is None or row.at(column) is not None or number == len(heads) - 1:
            continue
        left = next((cell for cell in reversed(row.cells) if cell.column < column), None)
        if left is not None and left.column and left.words not in sums and heads[-1].at(column) is not None:
            found.append(left)
    return found


def _is_sound(row: Row, width: int) -> bool:
    """Whether every cell behind the label is a number, nothing, or a short word such as a unit or another label."""
    return row.cells[-1].column < width and all(
        cell.is_figure or len(cell.text) <= _LONG for cell in row.cells if cell.column
    )
