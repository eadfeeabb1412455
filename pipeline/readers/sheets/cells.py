"""The cells of an .xlsx sheet, as it is shown: read row by row, so that a million empty ones cost nothing but time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import IO

from lxml import etree

from pipeline.readers.limits import Limits
from pipeline.readers.rejected import RejectedFile
from pipeline.readers.sheets.grid import MOST_COLUMNS, Budget, Grid, Merged, columns_between
from pipeline.readers.sheets.number_format import shown, with_text
from pipeline.readers.sheets.package import Package, Style, elements, rich_text

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_MOST_EMPTY = 10
"""How many times the limit of cells may be there without words in them."""
_PLAIN = Style()


def grid_of(sheet: IO[bytes], name: str, book: Package, limits: Limits, budget: Budget) -> Grid:
    """A sheet as a grid.

    Example: ``grid_of(archive.open("xl/worksheets/sheet1.xml"), "收支总表", book, limits, Budget(limits))``
    """
    grid = Grid(name)
    merged: list[Merged] = []
    wide: list[tuple[int, int]] = []
    rows = _Rows(grid, book, limits, budget)
    for element in elements(sheet, "row", "col", "mergeCell"):
        kind = etree.QName(element).localname
        if kind == "row":
            rows.add(element)
        elif kind == "mergeCell":
            merged += _area(element.get("ref", ""))
        elif element.get("hidden") in ("1", "true"):
            wide.append((int(element.get("min", 1)) - 1, int(element.get("max", 1)) - 1))
    grid.merged, grid.hidden_columns = merged, columns_between(wide)
    return grid


class _Rows:
    """Takes the rows of a sheet in their order."""

    def __init__(self, grid: Grid, book: Package, limits: Limits, budget: Budget) -> None:
        self._grid, self._book, self._budget = grid, book, budget
        self._left = limits.cells * _MOST_EMPTY
        self._next = 0

    def add(self, row: etree._Element) -> None:
        number = int(row.get("r") or self._next + 1) - 1
        self._next = number + 1
        self._left -= len(row)
        if self._left < 0:
            raise RejectedFile("too_many_cells", "too many empty cells; delete the empty rows and columns")
        if row.get("hidden") in ("1", "true"):
            self._grid.hidden_rows.add(number)
        cells = {column: text for column, text in self._cells(row) if text.strip()}
        if cells:
            self._grid.rows.setdefault(number, {}).update(cells)

    def _cells(self, row: etree._Element) -> Iterator[tuple[int, str]]:
        column = -1
        for cell in row:
            reference = cell.get("r")
            column = _column(reference.rstrip("0123456789")) if reference else column + 1
            if len(cell) and 0 <= column < MOST_COLUMNS:
                style = self._style(cell.get("s"))
                text = _text(cell, self._book, style)
                self._budget.take(text)
                yield column, "\u3000" * style.indent + text

    def _style(self, number: str | None) -> Style:
        at = int(number) if number else 0
        return self._book.styles[at] if at < len(self._book.styles) else _PLAIN


def _text(cell: etree._Element, book: Package, style: Style) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return with_text(rich_text(cell), style.code)
    # Of a formula only the value that was last computed is taken.
    for part in reversed(cell):
        if part.tag.endswith("}v"):
            return cell_text(kind, part.text or "", book, style)
    return ""


def cell_text(kind: str, value: str, book: Package, style: Style) -> str:
    """What a cell shows whose value is written so in the file.

    Example: ``cell_text("n", "0.945", book, Style("0.0%"))`` → 94.5%
    """
    return _KINDS.get(kind, _number)(value, book, style) if value else ""


def _number(value: str, book: Package, style: Style) -> str:
    try:
        return shown(float(value), style.code, book.since_1904)
    except (ValueError, OverflowError):
        return value


def _shared(value: str, book: Package, style: Style) -> str:
    at = int(value) if value.strip().isdecimal() else -1
    return with_text(book.texts[at], style.code) if 0 <= at < len(book.texts) else ""


_KINDS: dict[str, Callable[[str, Package, Style], str]] = {
    "s": _shared,
    "n": _number,
    "b": lambda value, book, style: "TRUE" if value.strip() == "1" else "FALSE",
    "e": lambda value, book, style: value,
    "d": lambda value, book, style: value,
    "str": lambda value, book, style: with_text(value, style.code),
}


def _area(reference: str) -> list[Merged]:
    first, _, last = reference.partition(":")
    start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
    if start is None or end is None:
        return []
    return [(int(start[2]) - 1, _column(start[1]), int(end[2]) - 1, min(_column(end[1]), MOST_COLUMNS - 1))]


@lru_cache(maxsize=MOST_COLUMNS)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
