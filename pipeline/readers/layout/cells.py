"""The characters of a table in its cells: rows as a draft takes them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.readers.draft import DraftCell
from pipeline.readers.layout.grids import Cell, Grid
from pipeline.readers.layout.lines import joined, pieces, rows
from pipeline.readers.layout.model import Char, Line
from pipeline.readers.layout.paragraphs import glued

_FIGURE = re.compile(r"[-—－+±△▲*#(（]*[\d０-９][\d０-９.,，．\s]*[%％‰)）]*|[-—－–…/]+")
_FEW_LABELS = 3
_CENTRED = 0.8
_FULL = 1.7
_POINT = re.compile(r"\d[.．]\d")
_WIDE_GAP = 3.0


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of a page, and where it stands.

    Example: 表1 with its head and five rows
    """

    rows: Sequence[Sequence[DraftCell]]
    top: float
    bottom: float
    left: float
    right: float
    labels: Sequence[float | None] = ()
    """How far the label of each row is set in, in characters; None where it is centred or missing."""
    columns: Sequence[float] = ()
    """The lines between its columns, by which it is known again on the next page."""


def inside(chars: Sequence[Char], grid: Grid) -> tuple[list[Char], list[Char]]:
    """The characters in a grid, and the others.

    Example: those of 表1 and those of the text around it
    """
    ours: list[Char] = []
    others: list[Char] = []
    for char in chars:
        middle = (char.left + char.right) / 2
        height = char.base - char.size * 0.35
        within = grid.xs[0] <= middle <= grid.xs[-1] and grid.ys[0] <= height <= grid.ys[-1]
        (ours if within else others).append(char)
    return ours, others


def filled(grid: Grid, chars: Sequence[Char]) -> FoundTable | None:
    """The table of a grid with the characters that stand in it; None where it is a frame and no table.

    Example: a grid of two rows and the characters of 指标, 2025年, 大米, 267.0
    """
    owner = {(r, c): cell for cell in grid.cells for r in range(cell.row, cell.row + cell.rows)
             for c in range(cell.column, cell.column + cell.columns)}  # fmt: skip
    held: defaultdict[Cell, list[Char]] = defaultdict(list)
    for char in chars:
        row = bisect_right(grid.ys, char.base - char.size * 0.35) - 1
        column = bisect_right(grid.xs, (char.left + char.right) / 2) - 1
        cell = owner.get((min(row, len(grid.ys) - 2), min(column, len(grid.xs) - 2)))
        if cell is not None:
            held[cell].append(char)
    lines = {cell: [joined(row) for row in rows(pieces(found, gap=_WIDE_GAP))] for cell, found in held.items()}
    if len(lines) < 2 or len({cell.column for cell in lines}) < 2:
        return None
    laid: list[list[DraftCell]] = []
    labels: list[float | None] = []
    offsets = _labels(grid, lines)
    by_row: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in grid.cells:
        by_row[cell.row].append(cell)
    for row in range(len(grid.ys) - 1):
        ours = by_row[row]
        split = _split_rows(ours, lines, grid)
        laid += split or [[_draft(cell, lines.get(cell, []), grid) for cell in ours]]
        labels += [None] * len(split) if split else [offsets.get(row)]
    return FoundTable(laid, grid.ys[0], grid.ys[-1], grid.xs[0], grid.xs[-1], labels, grid.xs)


def _draft(cell: Cell, lines: Sequence[Line], grid: Grid) -> DraftCell:
    text = ""
    for at, line in enumerate(lines):
        parted = at > 0 and text[-1].isdigit() and line.text[0].isdigit() and not _is_wrapped(lines, cell, grid)
        text = f"{text}\n{line.text}" if parted else glued(text, line.text)
    return DraftCell(text, cell.rows, cell.columns)


def _is_wrapped(lines: Sequence[Line], cell: Cell, grid: Grid) -> bool:
    """Whether one number, too long for its cell, goes on in the next line: 12691 / 01."""
    width = grid.xs[cell.column + cell.columns] - grid.xs[cell.column]
    full = all(width - (line.right - line.left) < _FULL * line.size for line in lines[:-1])
    return full and sum(bool(_POINT.search(line.text)) for line in lines) < 2


def _labels(grid: Grid, lines: dict[Cell, list[Line]]) -> dict[int, float]:
    """How many characters the label of each row is set in from the edge of its table; none for those centred."""
    first = {cell.row: found[0] for cell, found in lines.items() if cell.column == 0 and cell.columns == 1}
    lefts = Counter(round(line.left / 2) for line in first.values())
    centred = {row for row, line in first.items() if _is_centred(line, grid)}
    if len(centred) > _CENTRED * len(first):
        return {}
    # A long label fills its column evenly by chance; those beside it begin where it does.
    alone = {row for row in centred if sum(lefts[round(first[row].left / 2) + step] for step in (-1, 0, 1)) < 2}
    return {row: (line.left - grid.xs[0]) / line.size for row, line in first.items() if row not in alone}


def indented(table: FoundTable) -> Sequence[Sequence[DraftCell]]:
    """The rows of a table with blanks before the labels that are set in.

    Example: 其中：大米 set in by one character → 　其中：大米
    """
    aside = [label for label in table.labels if label is not None]
    counts = Counter(round(label, 1) for label in aside)
    if len(aside) < _FEW_LABELS or max(counts.values()) < 2:
        return table.rows
    edge = min(aside)
    rows: list[Sequence[DraftCell]] = []
    for row, label in zip(table.rows, table.labels, strict=True):
        blank = "" if label is None else "\u3000" * max(0, int(label - edge + 0.35))
        rows.append([replace(row[0], text=blank + row[0].text), *row[1:]] if blank else row)
    return rows


def _is_centred(line: Line, grid: Grid) -> bool:
    before, behind = line.left - grid.xs[0], grid.xs[1] - line.right
    return before > line.size and abs(before - behind) < 0.7 * line.size


def _split_rows(cells: Sequence[Cell], lines: dict[Cell, list[Line]], grid: Grid) -> list[list[DraftCell]] | None:
    """The rows of a band in which no line parts them: as many lines of figures in most of its columns."""
    several = [cell for cell in cells if len(found := lines.get(cell, [])) > 1 and _are_figures(found)]
    figures = [lines[cell] for cell in several]
    if not figures or len({len(found) for found in figures}) > 1:
        return None
    if all(_is_wrapped(lines[cell], cell, grid) for cell in several):
        return None
    bases = [line.base for line in figures[0]]
    level = 0.5 * figures[0][0].size
    if any(abs(line.base - base) > level for found in figures for line, base in zip(found, bases, strict=True)):
        return None
    if len(figures) < 2 and any(len(lines.get(cell, [])) != len(bases) for cell in cells):
        return None
    laid: list[list[str]] = [["" for _ in cells] for _ in bases]
    for at, cell in enumerate(cells):
        for line in lines.get(cell, []):
            near = min(range(len(bases)), key=lambda row: abs(bases[row] - line.base))
            laid[near][at] = glued(laid[near][at], line.text)
    return [[DraftCell(text, 1, cell.columns) for text, cell in zip(row, cells, strict=True)] for row in laid]


def _are_figures(lines: Sequence[Line]) -> bool:
    return all(_FIGURE.fullmatch(line.text) for line in lines)


def continued(first: FoundTable, second: FoundTable) -> FoundTable | None:
    """A table and its continuation on the next page as one, a repeated head once; None where they are two.

    Example: 表2 whose rows 粮食 … stand on the next page
    """
    if len(first.columns) != len(second.columns):
        return None
    shift = first.left - second.left
    if any(abs(a - b - shift) > 4 for a, b in zip(first.columns, second.columns, strict=True)):
        return None
    again = _repeated(first.rows, second.rows)
    rows, labels = [*first.rows, *second.rows[again:]], [*first.labels, *second.labels[again:]]
    return replace(first, rows=rows, labels=labels, bottom=second.bottom)


def _repeated(first: Sequence[Sequence[DraftCell]], second: Sequence[Sequence[DraftCell]]) -> int:
    count = 0
    while count < min(len(first), len(second)) and count < 5 and any(cell.text for cell in second[count]):
        if [cell.text for cell in first[count]] != [cell.text for cell in second[count]]:
            break
        count += 1
    return count
