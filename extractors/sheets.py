"""Tables of a document, row by row: those whose layout the reader knows, and lines whose cells are parted by tabs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final

from extractors.model import Sentence, Table
from extractors.view import fold

NUMBER: Final = re.compile(r"(?P<sign>[-+]?)\s*(?P<number>\d[\d,，]*(?:\.\d+)?)(?P<unit>\s*[%‰倍]?)")
"""A cell of figures, as ``fold`` gives it."""
_FAR: Final = 60
"""Characters a caption has at most."""


@dataclass(frozen=True)
class Cell:
    """What stands at one place of a table, without blanks around it; a merged cell covers several columns or rows.

    Example: 2025年 above two columns → ``Cell(12, 17, "2025年", column=1, sentence=3, columns=2)``
    """

    start: int
    end: int
    text: str
    column: int
    sentence: int
    """Number of the sentence it stands in."""
    columns: int = 1
    rows: int = 1

    @cached_property
    def number(self) -> re.Match[str] | None:
        """Its sign, number and percent sign, where it is a number and nothing else."""
        return NUMBER.fullmatch(fold(self.text))

    @property
    def is_figure(self) -> bool:
        """Whether it is a number and nothing else."""
        return self.number is not None

    @cached_property
    def words(self) -> str:
        """Its text without any blank, each character in one form: 合　　计 → 合计, 增长(%) → 增长（%）."""
        return fold("".join(self.text.split()))


@dataclass(frozen=True)
class Row:
    """A line of a table: its cells that are not empty, how far its label is indented."""

    cells: tuple[Cell, ...]
    indent: int

    @cached_property
    def _at(self) -> dict[int, Cell]:
        return {cell.column: cell for cell in self.cells}

    def at(self, column: int) -> Cell | None:
        """The cell that begins at a column; None where there is none, or one that begins further left.

        Example: ``row.at(1)`` of 大米⇥267.0 → the cell 267.0
        """
        return self._at.get(column)

    @property
    def sentence(self) -> int:
        """Number of the sentence that its first cell stands in."""
        return self.cells[0].sentence

    @property
    def has_figures(self) -> bool:
        """Whether any cell behind the first column is a number."""
        return any(cell.is_figure for cell in self.cells if cell.column)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows that follow one another, and the lines above them that may be their caption, the nearest last.

    ``known``: the reader knows which cells are merged, and where the table begins and ends.

    Example: 单位：万元 above 指标⇥数量 and its rows
    """

    rows: tuple[Row, ...]
    above: tuple[str, ...]
    known: bool


def known_sheets(text: str, sentences: Sequence[Sentence], tables: Sequence[Table]) -> Iterator[Sheet]:
    """The tables that the reader knows, as far as the sentences keep their rows apart.

    Example: ``next(known_sheets(text, sentences, document.tables)).rows[0].cells[0].text`` → ``指标``
    """
    starts = [sentence.start for sentence in sentences]
    for table in tables:
        rows = _known_rows(text, starts, table)
        if len({row.sentence for row in rows}) == len(rows):  # else the text was cut otherwise than the table
            yield Sheet(rows, _above(text, sentences, rows[0].sentence), True)


def tabbed_sheets(text: str, sentences: Sequence[Sentence], taken: Collection[int]) -> Iterator[Sheet]:
    """The runs of sentences with tabs among those that are not taken.

    Example: ``next(tabbed_sheets(text, sentences, ())).rows[0].cells[0].text`` → ``指标``
    """
    if "\t" not in text:
        return
    tabs = [
        number
        for number, sentence in enumerate(sentences)
        if number not in taken and len(sentence.pieces) == 1 and "\t" in text[sentence.start : sentence.end]
    ]
    for _, run in groupby(enumerate(tabs), key=lambda place: place[1] - place[0]):
        rows = tuple(_tabbed_row(text, number, sentences[number]) for _, number in run)
        yield Sheet(rows, _above(text, sentences, rows[0].sentence), False)


def _known_rows(text: str, starts: Sequence[int], table: Table) -> tuple[Row, ...]:
    rows = []
    for _, cells in groupby(table.cells, key=lambda cell: cell.row):
        row = list(cells)
        home = bisect_right(starts, row[0].start) - 1
        words = (
            Cell(one.start, one.end, text[one.start : one.end], one.column, home, one.columns, one.rows) for one in row
        )
        rows.append(Row(tuple(words), row[0].indent))
    return tuple(rows)


def _tabbed_row(text: str, number: int, sentence: Sentence) -> Row:
    line = text.rfind("\n", 0, sentence.start) + 1
    skipped = text.count("\t", line, sentence.start)
    cells, at = [], sentence.start
    for column, piece in enumerate(text[sentence.start : sentence.end].split("\t"), skipped):
        bare = piece.strip()
        start = at + len(piece) - len(piece.lstrip())
        if bare:
            cells.append(Cell(start, start + len(bare), bare, column, number))
        at += len(piece) + 1
    return Row(tuple(cells), sentence.start - line if not skipped else 0)


def _above(text: str, sentences: Sequence[Sentence], first: int) -> tuple[str, ...]:
    lines = (text[one.start : one.end].strip() for one in sentences[max(0, first - 3) : first])
    return tuple(
        "" if len(line) > _FAR or line.endswith(("。", "；", "，")) or "\t" in line else line for line in lines
    )
