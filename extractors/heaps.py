"""Rows of a table run into one line: all its labels first, then its figures, as texts of converted files have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from extractors.sheets import NUMBER, Cell, Row, Sheet
from extractors.view import fold

_PIECE: Final = re.compile(r"\S+")
_SPACED: Final = re.compile(r"\S+(?: \S+)*")
"""Labels that may have single blanks inside: 合 计."""
_LEAST_ROWS: Final = 3
_SHORTEST_END: Final = 2
"""Characters that labels written without a gap must end with alike to be told apart."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A column of labels with the figures behind it; ``rows`` as they follow one another in the line."""

    labels: Sequence[Cell]
    """Empty where it is not known where one ends and the next begins."""
    unit: Cell | None
    rows: Sequence[Sequence[Cell]]

    @property
    def width(self) -> int:
        """How many columns it fills."""
        return 1 + (self.unit is not None) + len(self.rows[0])


def unheaped(sheet: Sheet) -> Iterator[Sheet]:
    """The sheet with the rows of such a line below one another; several sheets where it has several columns of labels.

    As it was where the rows are not regular; without the figures of a column whose labels cannot be told apart.

    Example: 合计  养老院  福利院⇥42⇥530  39⇥503  3⇥27 → 合计⇥42⇥530 / 养老院⇥39⇥503 / 福利院⇥3⇥27
    """
    at = next((at for at, row in enumerate(sheet.rows) if _is_heap(row)), 0)
    blocks = _blocks(sheet.rows[at]) if at else []
    heads, below = sheet.rows[:at], sheet.rows[at + 1 :]
    width = 1 + max((row.cells[-1].column for row in heads), default=0)
    if not blocks or (below and len(blocks) > 1) or sum(block.width for block in blocks) != width:
        yield sheet
        return
    left = 0
    for block in blocks:
        if block.labels:
            cut = tuple(_cut(row, left, left + block.width) for row in heads)
            yield replace(sheet, rows=(*(row for row in cut if row.cells), *_rows(block), *below))
        left += block.width


def _is_heap(row: Row) -> bool:
    """Whether the first cell has several words and some other one several figures."""
    first, *others = row.cells
    return (
        first.column == 0
        and len(_PIECE.findall(first.text)) > 1
        and any(len(pieces) > 1 and all(map(_is_figure, pieces)) for pieces in (cell.text.split() for cell in others))
    )


def _is_figure(text: str) -> bool:
    return NUMBER.fullmatch(fold(text)) is not None


def _blocks(row: Row) -> list[_Block]:
    """The blocks of a line; none where one of them is not regular."""
    found: list[_Block] = []
    kinds = groupby(row.cells, key=lambda cell: all(map(_is_figure, cell.text.split())))
    runs = [(figures, list(cells)) for figures, cells in kinds]
    if [figures for figures, _ in runs] != [False, True] * (len(runs) // 2):
        return []
    for (_, words), (_, figures) in zip(runs[::2], runs[1::2], strict=True):
        block = _block(words, _lines(figures))
        if block is None:
            return []
        found.append(block)
    return found


def _lines(cells: Sequence[Cell]) -> list[list[Cell]]:
    """The figures by rows: a tab goes on with a row, a blank begins another."""
    rows: list[list[Cell]] = [[]]
    for cell in cells:
        for number, match in enumerate(_PIECE.finditer(cell.text)):
            if number:
                rows.append([])
            rows[-1].append(_part(cell, match.start(), match.end()))
    return rows


def _block(words: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> _Block | None:
    regular = len(rows) >= _LEAST_ROWS and len({len(row) for row in rows}) == 1
    unit = words[1] if len(words) > 1 else None
    if not regular or len(words) > 1 + (unit is not None):
        return None
    if unit is not None:
        once = "".join(unit.text.split())
        size = len(once) // len(rows)
        if once != once[:size] * len(rows):
            return None
        unit = replace(unit, text=once[:size])
    return _Block(_labels(words[0], len(rows)), unit, rows)


def _labels(cell: Cell, count: int) -> list[Cell]:
    """As many labels as there are rows; none where they cannot be told apart."""
    for pattern in (_SPACED, _PIECE):
        spans = [match.span() for match in pattern.finditer(cell.text)]
        if len(spans) < count:
            spans = _ended_alike(cell.text, spans)
        if len(spans) == count:
            return [_part(cell, *span) for span in spans]
    return []


def _ended_alike(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Labels without a gap between them, cut where the end that they share with a neighbour comes again."""
    words = [text[start:end] for start, end in spans]
    found: list[tuple[int, int]] = []
    for at, (start, _) in enumerate(spans):
        around = [*words[max(0, at - 1) : at], *words[at + 1 : at + 2]]
        end = next(filter(None, (_shared_end(words[at], other) for other in around)), "")
        for match in re.finditer(rf".+?{re.escape(end)}" if end else ".+", words[at]):
            found.append((start + match.start(), start + match.end()))
    return found


def _shared_end(one: str, other: str) -> str:
    size = 0
    while size < min(len(one), len(other)) - 1 and one[-1 - size] == other[-1 - size]:
        size += 1
    return one[-size:] if size >= _SHORTEST_END else ""


def _part(cell: Cell, start: int, end: int) -> Cell:
    return replace(cell, start=cell.start + start, end=cell.start + end, text=cell.text[start:end])


def _cut(row: Row, left: int, right: int) -> Row:
    """What a row has from one column to another, counted from the first of them."""
    cells = (replace(cell, column=cell.column - left) for cell in row.cells if left <= cell.column < right)
    return Row(tuple(cells), row.indent)


def _rows(block: _Block) -> Iterator[Row]:
    first = block.width - len(block.rows[0])
    for label, figures in zip(block.labels, block.rows, strict=True):
        unit = [replace(block.unit, column=1)] if block.unit is not None else []
        behind = [replace(figure, column=first + at) for at, figure in enumerate(figures)]
        yield Row((replace(label, column=0), *unit, *behind), 0)
