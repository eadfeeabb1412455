"""From blocks to a draft: lines and tables in reading order, cells where Word shows them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from pipeline.readers.draft import Draft, DraftCell
from pipeline.readers.word.blocks import Block, Cell, Grid, Paragraph, words_of
from pipeline.readers.word.captions import sections

_WIDEST, _TALLEST = 200, 5_000


def written(blocks: Sequence[Block], draft: Draft) -> Draft:
    """The blocks of a document in a draft, in order; tables within cells follow the table around them.

    Example: ``written([Paragraph("收入3.2亿元。")], Draft()).document("…", "docx").text``
    """
    paragraphs = tables = 0
    waiting: list[tuple[Iterator[Block], str]] = [(iter(blocks), "")]
    while waiting:
        block = next(waiting[-1][0], None)
        inside = waiting[-1][1]
        if block is None:
            waiting.pop()
        elif isinstance(block, Paragraph):
            paragraphs += not inside
            place = inside or f"paragraph {paragraphs}"
            for line in block.text.split("\n"):
                # A single tab at the beginning indents; more of them part columns.
                draft.line(line.strip("\t") if "\t" not in line.strip("\t") else line, place)
            waiting.append((iter(block.behind), place))
        else:
            tables += 1
            after = _table(block, draft, f"table {tables}")
            waiting.append((iter(after), f"table {tables}"))
    return draft


def _table(grid: Grid, draft: Draft, place: str) -> list[Block]:
    """Add a table; what does not fit into cells comes back: inner tables, notes. One for layout comes back whole."""
    if _is_layout(grid):
        return [block for row in grid.rows for cell in row for block in cell.blocks]
    rows = list(grid.rows)
    after: list[Block] = []
    for part, is_table in sections(_compact(rows)):
        these = rows[part.start : part.stop]
        if is_table:
            draft.table(_merged(_compact(these), after), partial(_row_place, place, part.start))
            continue
        for at, row in enumerate(these, part.start):
            for line in (line for cell in row for line in _words(cell, after).split("\n")):
                draft.line(line, _row_place(place, at, 0))
    return after


def _row_place(table: str, first: int, row: int) -> str:
    return f"{table} row {first + row + 1}"


def _is_layout(grid: Grid) -> bool:
    if not any(isinstance(block, Grid) for row in grid.rows for cell in row for block in cell.blocks):
        return False
    return all(sum(bool(words_of(cell)) for cell in row) <= 1 for row in grid.rows)


def _compact(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The rows without the columns in which no words begin: edges that nearly meet make many."""
    starts = sorted({start for row in rows for start, cell in _placed(row) if words_of(cell)})
    laid: list[list[Cell]] = []
    for row in rows:
        ends = ((start, start + cell.columns, cell) for start, cell in _placed(row))
        widths = ((bisect_left(starts, end) - bisect_left(starts, start), cell) for start, end, cell in ends)
        laid.append([replace(cell, columns=width) for width, cell in widths if width])
    return laid


def _placed(row: Sequence[Cell]) -> Iterator[tuple[int, Cell]]:
    column = 0
    for cell in row:
        cell.columns = max(1, cell.columns)
        yield column, cell
        column += cell.columns


def _merged(grid: Sequence[Sequence[Cell]], after: list[Block]) -> list[list[DraftCell]]:
    rows: list[list[DraftCell]] = []
    above: dict[int, tuple[int, int]] = {}
    for row in grid:
        column, laid = 0, list[DraftCell]()
        for cell in row:
            columns = min(cell.columns, _WIDEST)
            begun = above.get(column) if cell.goes_on else None
            if begun and not words_of(cell) and _grown(rows, begun, columns, len(rows)):
                after += [block for block in cell.blocks if isinstance(block, Grid)]
            else:
                above.pop(column, None)
                if cell.begins or cell.goes_on:
                    above[column] = (len(rows), len(laid))
                laid.append(DraftCell(_words(cell, after), 1, columns))
            column += columns
        rows.append(laid)
    return rows


def _grown(rows: list[list[DraftCell]], begun: tuple[int, int], columns: int, number: int) -> bool:
    at, index = begun
    cell = rows[at][index]
    if cell.columns != columns or at + cell.rows != number or cell.rows >= _TALLEST:
        return False
    rows[at][index] = replace(cell, rows=cell.rows + 1)
    return True


def _words(cell: Cell, after: list[Block]) -> str:
    words: list[str] = []
    for block in cell.blocks:
        if isinstance(block, Grid):
            after.append(block)
        else:
            words += ["\u3000" * block.indent + block.text] if block.text.strip() else []
            after += block.behind
    return "\n".join(words)
