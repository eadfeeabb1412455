"""Tables of .doc and .rtf: paragraphs that say how deep they stand in tables, and where cells and rows end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.readers.word.blocks import Block, Cell, Grid, Paragraph

_DEEPEST = 50
_EDGE = 120
_FIRST_BELOW, _BELOW, _BESIDE = 3, 1, 1


@dataclass(frozen=True, slots=True)
class RowShape:
    """A row of a table: the edges of its cells in twips, and the flags of each.

    Example: two cells → ``RowShape((0, 2000, 4000), (0, 0))``
    """

    edges: tuple[int, ...]
    flags: tuple[int, ...]
    """The two lowest bits are for cells merged sideways, the 6th and 7th for those merged downwards."""


@dataclass(slots=True)
class _Level:
    """A table being read, at one depth of tables within tables."""

    blocks: list[Block] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    rows: list[tuple[RowShape | None, list[Cell]]] = field(default_factory=list)


class Body:
    """The blocks of a document, a note or a text box while its paragraphs pass.

    Example: ``body.add(Paragraph("大米"), 1)``, ``body.end_cell(1)``, ``body.end_row(1, shape)``
    """

    def __init__(self) -> None:
        self._levels = [_Level()]

    def add(self, paragraph: Paragraph, depth: int) -> None:
        """Add a paragraph that stands so deep in tables; 0: in none.

        Example: ``body.add(Paragraph("收入3.2亿元。"), 0)``
        """
        self._at(depth).blocks.append(paragraph)

    def end_cell(self, depth: int) -> None:
        """What was added last at this depth is a cell.

        Example: ``body.end_cell(1)``
        """
        level = self._at(depth)
        level.cells.append(Cell(level.blocks))
        level.blocks = []

    def end_row(self, depth: int, shape: RowShape | None) -> None:
        """The cells that ended at this depth are a row.

        Example: ``body.end_row(1, RowShape((0, 2000, 4000), (0, 0)))``
        """
        level = self._at(depth)
        if level.cells:
            level.rows.append((shape, level.cells))
        level.cells = []

    def ended(self, rest: str = "") -> list[Block]:
        """All blocks, and the text after the last end of a paragraph.

        Example: ``body.ended()``
        """
        if rest.strip():
            self._levels[-1].blocks.append(Paragraph(rest))
        return self._at(0).blocks

    def _at(self, depth: int) -> _Level:
        depth = min(max(0, depth), _DEEPEST)
        while len(self._levels) - 1 > depth:
            self._close()
        while len(self._levels) - 1 < depth:
            self._levels.append(_Level())
        return self._levels[-1]

    def _close(self) -> None:
        """A table ends: it becomes a block of what is around it."""
        level = self._levels.pop()
        if level.cells or level.blocks:
            rest = [Cell(level.blocks)] if level.blocks else []
            level.rows.append((None, [*level.cells, *rest]))
        if level.rows:
            self._levels[-1].blocks.append(_grid(level.rows))


def _grid(rows: Sequence[tuple[RowShape | None, list[Cell]]]) -> Grid:
    edges = _columns([edge for shape, _ in rows if shape for edge in shape.edges])
    return Grid([_row(shape, cells, edges) for shape, cells in rows])


def _columns(edges: Sequence[int]) -> list[int]:
    """The edges of the columns: those that nearly meet are one."""
    columns: list[int] = []
    for edge in sorted(set(edges)):
        if not columns or edge - columns[-1] > _EDGE:
            columns.append(edge)
    return columns


def _row(shape: RowShape | None, cells: list[Cell], columns: Sequence[int]) -> list[Cell]:
    if shape is None or len(shape.edges) != len(cells) + 1:
        return cells
    places = [bisect_right(columns, edge) - 1 for edge in shape.edges]
    row = [Cell([], places[0])] if places[0] > 0 else []
    for number, cell in enumerate(cells):
        flags = shape.flags[number] if number < len(shape.flags) else 0
        cell.columns = max(1, places[number + 1] - places[number])
        cell.goes_on, cell.begins = flags >> 5 & 3 == _BELOW, flags >> 5 & 3 == _FIRST_BELOW
        if flags & 3 == _BESIDE and number:
            row[-1].columns += cell.columns
            row[-1].blocks += cell.blocks
        else:
            row.append(cell)
    return row
