"""Tables of a page as rows of cells: those between ruling lines, and those whose columns only gaps part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.readers.draft import DraftCell
from pipeline.readers.layout.lines import Line, Segment, lines_of
from pipeline.readers.layout.page import Box, Glyph, around
from pipeline.readers.layout.rules import Frame

_FIGURE = re.compile(r"[-－−+]?[\d０-９][\d０-９,，.．]*\s*[%％‰]?|[-—–…/]{1,3}")
_DIGIT = re.compile(r"[\d.,%]")
_TIGHT = 0.2
_ALIGNED = 3.0
"""Points by which cells that are set to the left may stand apart."""
_LEAST_ROWS = 3
_LEAST_ALIGNED = 0.3
_FAR = 2.5
"""Heights of a line that two rows of an unruled table may be apart."""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of a page: where it stands, its rows, where its columns begin and end."""

    box: Box
    rows: tuple[tuple[DraftCell, ...], ...]
    edges: tuple[float, ...]
    page: int

    def goes_on(self, before: PageTable) -> bool:
        """Whether it has the columns of the table before it, and so may go on with it on the next page."""
        alike = len(self.edges) == len(before.edges)
        return alike and all(abs(a - b) < 2 * _ALIGNED for a, b in zip(self.edges, before.edges, strict=True))


def inside(frame: Frame, glyphs: Sequence[Glyph]) -> dict[tuple[int, int], list[Glyph]]:
    """The characters of each cell, by its row and column; a number that passes a ruling line stays whole.

    Example: 609823 in a cell too narrow for it → all six digits in that cell
    """
    held: dict[tuple[int, int], list[Glyph]] = {}
    box = frame.box
    near = [one for one in glyphs if box.top <= one.box.center[1] <= box.bottom]
    for unit in _units(near):
        x, y = around([glyph.box for glyph in unit]).center
        places = [(x, y), *(glyph.box.center for glyph in unit)] if len(unit) > 1 else [(x, y)]
        fields = (field for place in places for field in frame.fields if field.box.holds(*place))
        field = next(fields, None)
        if field is not None:
            held.setdefault((field.row, field.column), []).extend(unit)
    return held


def _units(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Characters that must not be parted: the digits of a number; every other stands alone."""
    unit: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: (round(one.box.bottom), one.box.left)):
        joins = (
            unit
            and _DIGIT.match(unit[-1].text)
            and _DIGIT.match(glyph.text)
            and abs(glyph.box.bottom - unit[-1].box.bottom) < 1
            and -0.5 * glyph.size < glyph.box.left - unit[-1].box.right < _TIGHT * glyph.size
        )
        if unit and not joins:
            yield unit
            unit = []
        unit.append(glyph)
    if unit:
        yield unit


def framed(frame: Frame, held: Mapping[tuple[int, int], Sequence[Glyph]], page: int) -> PageTable:
    """The table between ruling lines; ``held`` are the characters of its cells.

    Example: 指标 | 产量 above 粮食 | 50.4 → two rows of two cells
    """
    lines = {place: lines_of(found, page) for place, found in held.items()}
    firsts = [found[0] for (_, column), found in lines.items() if column == 0 and found]
    rows: list[tuple[DraftCell, ...]] = []
    for number in range(1 + max(field.row for field in frame.fields)):
        cells = [field for field in frame.fields if field.row == number]
        rows.append(
            tuple(
                DraftCell(_text(lines.get((field.row, field.column), []), field.box, firsts), field.rows, field.columns)
                for field in cells
            )
        )
    return PageTable(frame.box, tuple(rows), frame.edges, page)


def _text(lines: Sequence[Line], box: Box, firsts: Sequence[Line]) -> str:
    """What a cell says, its lines kept apart but for a number that did not fit into one."""
    if not lines:
        return ""
    text = lines[0].text
    for before, line in pairwise(lines):
        full = before.box.right > box.right - before.size
        cut = full and _DIGIT.match(before.text[-1]) and _DIGIT.match(line.text)
        text += line.text if cut else f"\n{line.text}"
    return _indent(lines[0], firsts) * "\u3000" + text


def _indent(line: Line, firsts: Sequence[Line]) -> int:
    """How many characters the label of a row is indented, where labels are set to the left at all."""
    if line not in firsts:
        return 0
    edge = min(first.box.left for first in firsts)
    aligned = sum(first.box.left - edge < _ALIGNED for first in firsts)
    if aligned < _LEAST_ALIGNED * len(firsts):
        return 0
    return max(0, round((line.box.left - edge) / line.size))


def gapped(lines: Sequence[Line]) -> Iterator[tuple[int, int, PageTable]]:
    """Tables without ruling lines among the lines of a column, each with the first and last line it takes.

    Example: three lines of a word and two figures each, one below the other
    """
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _may_be_row(lines[end]) and (end == at or _follows(lines[end - 1], lines[end])):
            end += 1
        table = _gapped(lines[at:end]) if end - at >= _LEAST_ROWS else None
        if table is not None:
            yield at, end, table
        at = max(end, at + 1)


def _may_be_row(line: Line) -> bool:
    return len(line.segments) > 1 and not re.search("[，。；]", line.text)


def _follows(before: Line, line: Line) -> bool:
    return line.box.top - before.box.bottom < _FAR * before.box.height


def _gapped(lines: Sequence[Line]) -> PageTable | None:
    columns = _columns([segment.box for line in lines for segment in line.segments])
    if len(columns) < 2:
        return None
    rows = []
    figures = 0
    for line in lines:
        cells = [""] * len(columns)
        for segment in line.segments:
            place = _column_of(segment, columns)
            if cells[place]:
                return None
            cells[place] = segment.text
        figures += any(_FIGURE.fullmatch(cell) for cell in cells[1:])
        rows.append(tuple(DraftCell(cell) for cell in cells))
    edges = (columns[0][0], *(right for _, right in columns))
    whole = around([line.box for line in lines])
    return PageTable(whole, tuple(rows), edges, lines[0].page) if figures >= _LEAST_ROWS - 1 else None


def _columns(boxes: Sequence[Box]) -> list[tuple[float, float]]:
    """Where the columns are: stretches that segments cover, with white between them from top to bottom."""
    found: list[tuple[float, float]] = []
    for box in sorted(boxes, key=lambda one: one.left):
        if found and box.left <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], box.right))
        else:
            found.append((box.left, box.right))
    return found


def _column_of(segment: Segment, columns: Sequence[tuple[float, float]]) -> int:
    return next(at for at, (left, right) in enumerate(columns) if left <= segment.box.center[0] <= right)
