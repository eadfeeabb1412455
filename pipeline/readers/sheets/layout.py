"""From a sheet to lines and tables: titles, units and notes around a table become lines, the rest its rows."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from lexicons import load
from pipeline.readers.draft import Draft, DraftCell
from pipeline.readers.sheets.grid import Grid, column_name

_SAYS_NOTHING = re.compile(r"(?:sheet|工作表|表)?[\s\d()（）\-_.]*", re.I)
_FIGURE = re.compile(r"[-+(（]?[¥￥]?\d[\d,]*(?:\.\d+)?[)）]?[%‰]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTE = re.compile(r"[：:。；，]")
_FEW_CELLS = 4
_EMPTY_AREA, _SPARSE = 1_000_000, 10
"""A block with more places than these allow for its cells is scattered words, no table."""


def add_sheet(draft: Draft, grid: Grid) -> None:
    """Add a sheet to a draft: its name where that says something, then its tables and the lines around them.

    Example: a sheet 收支总表 of 附件2 / 单位：万元 / 项目⇥金额 … → three lines and a table
    """
    draft.leave_out("\n".join(grid.show()))
    if not grid.rows:
        return
    if not _SAYS_NOTHING.fullmatch(grid.name.strip()) and not _repeated(grid):
        draft.line(grid.name, grid.name)
    for rows in _blocks(grid):
        _Block(draft, grid, rows).add()


def _repeated(grid: Grid) -> bool:
    first = "".join(text for number in list(grid.rows)[:3] for text in grid.rows[number].values())
    return "".join(grid.name.split()) in "".join(first.split())


def _blocks(grid: Grid) -> Iterator[list[int]]:
    """Rows without an empty one between them; figures below an empty row go on with the table above."""
    block: list[int] = []
    reach = -1
    for number, row in grid.rows.items():
        if block and reach < number - 1 and _is_gap(grid, reach, number) and not _goes_on(grid, block, number):
            yield block
            block = []
        block.append(number)
        ends = [grid.spans[number, column][2] for column in row if (number, column) in grid.spans]
        reach = max(reach, number, *ends)
    if block:
        yield block


def _is_gap(grid: Grid, before: int, after: int) -> bool:
    between = after - before - 1
    if between > len(grid.hidden_rows):
        return True
    return any(number not in grid.hidden_rows for number in range(before + 1, after))


def _goes_on(grid: Grid, block: Sequence[int], number: int) -> bool:
    texts = list(grid.rows[number].values())
    has_figures = any(_FIGURE.fullmatch(text.strip()) and not _YEAR.fullmatch(text.strip()) for text in texts[1:])
    return has_figures and len(grid.rows[block[-1]]) > 1


class _Block:
    """Some rows of a sheet that stand together: lines, a table, lines."""

    def __init__(self, draft: Draft, grid: Grid, rows: Sequence[int]) -> None:
        self.draft, self.grid, self.rows = draft, grid, rows
        self.columns = sorted({column for number in rows for column in grid.rows[number]})

    def add(self) -> None:
        first = next((at for at in range(len(self.rows)) if not self._is_above(at)), len(self.rows))
        after = next((at for at in range(len(self.rows), first, -1) if not self._is_below(at - 1)), first)
        self._lines(self.rows[:first])
        body = self.rows[first:after]
        self.columns = sorted({column for number in body for column in self.grid.rows[number]})
        if len(body) * len(self.columns) > _EMPTY_AREA + _SPARSE * sum(len(self.grid.rows[number]) for number in body):
            self._lines(body)
        elif body:
            self.draft.table(list(self._cells(body)), lambda at: self._place(body[at]), data=True)
        self._lines(self.rows[after:])

    def _is_above(self, at: int) -> bool:
        """Whether a row before the table is a title, a caption, the unit, who made it."""
        number = self.rows[at]
        row = self.grid.rows[number]
        if len(row) > 1:
            return _is_about(list(row.values()))
        column, text = next(iter(row.items()))
        _, left, bottom, right = self.grid.spans.get((number, column), (number, column, number, column))
        if at + 1 < len(self.rows) and bottom >= self.rows[at + 1]:
            return False
        heads_some = right > left and left > self.columns[0] and at + 1 < len(self.rows)
        return not heads_some or bool(_NOTE.search(text))

    def _is_below(self, at: int) -> bool:
        """Whether a row at the end of the table is a note, or says who made it."""
        number = self.rows[at]
        row = self.grid.rows[number]
        if len(row) > 1:
            return _is_about(list(row.values()))
        column, text = next(iter(row.items()))
        _, left, _, right = self.grid.spans.get((number, column), (number, column, number, column))
        wide = bisect_right(self.columns, right) - bisect_left(self.columns, left)
        return bool(_NOTE.search(text)) or 2 * wide > len(self.columns) > 1

    def _lines(self, rows: Sequence[int]) -> None:
        for number in rows:
            for text in self.grid.rows[number].values():
                for line in text.split("\n"):
                    self.draft.line(line, self._place(number))

    def _place(self, number: int) -> str:
        column = column_name(next(iter(self.grid.rows[number])))
        return f"{self.grid.name}!{column}{number + 1}" if self.grid.name else f"row {number + 1}"

    def _cells(self, body: Sequence[int]) -> Iterator[list[DraftCell]]:
        columns = self.columns
        covered: dict[int, int] = {}
        for number in body:
            row, cells, free = self.grid.rows[number], [], 0
            last = bisect_left(columns, max(row))
            for at in range(last + 1):
                if at < free or covered.get(at, -1) >= number:
                    continue
                text = row.get(columns[at], "")
                span = self.grid.spans.get((number, columns[at])) if text else None
                if span is None:
                    cells.append(DraftCell(text))
                    continue
                free = max(at + 1, bisect_right(columns, span[3]))
                height = max(1, bisect_right(body, span[2]) - bisect_left(body, number))
                if height > 1:
                    covered.update(dict.fromkeys(range(at, free), span[2]))
                cells.append(DraftCell(text, height, free - at))
            yield cells


def _is_about(texts: Sequence[str]) -> bool:
    if len(texts) > _FEW_CELLS or any(_FIGURE.fullmatch(text.strip()) for text in texts):
        return False
    stated = [bool(_stated().match(text)) for text in texts]
    return any(_unit().match(text) for text in texts) or all(stated)


@cache
def _unit() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, load().words("tables.unit_heads")), key=len, reverse=True))
    return re.compile(rf"[\s(（]*[^：:]{{0,4}}(?:{words})\s*[：:]")


@cache
def _stated() -> re.Pattern[str]:
    parts = "|".join(map(re.escape, load().words("readers.part_words")))
    return re.compile(rf"(?!\s*(?:{parts}))[^：:]{{2,12}}[：:]")
