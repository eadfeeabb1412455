"""A sheet as its cells with words: what joins them, what hides them, what they may cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.readers.limits import Limits
from pipeline.readers.rejected import RejectedFile

MOST_COLUMNS = 16_384
_SHARE_OF_TEXT = 10
_MOST_STEPS = 20_000_000

Row = dict[int, str]
"""The cells of a row that have words: column, counted from 0, and text, indented as it is shown."""
Merged = tuple[int, int, int, int]
"""First row, first column, last row, last column of cells that are one, counted from 0."""


@dataclass(slots=True)
class Grid:
    """The cells of a sheet that have words, and what joins or hides them.

    Example: ``Grid("收支总表", {0: {0: "项目", 1: "金额"}, 1: {0: "收入", 1: "3.20"}})``
    """

    name: str
    rows: dict[int, Row] = field(default_factory=dict)
    merged: Sequence[Merged] = ()
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    spans: dict[tuple[int, int], Merged] = field(default_factory=dict)
    """The merged cells that cover more than one place, by row and column of the first place that is shown."""

    def show(self) -> list[str]:
        """Take out what is hidden and give its texts; merged cells stand where they begin to be seen.

        Example: a title merged over A1:H1 with column A hidden stands in B1
        """
        hidden: list[str] = []
        steps = 0
        for area in self.merged:
            self._place(area)
            if steps < _MOST_STEPS:
                steps += self._uncover(area, hidden)
        for number in self.hidden_rows & self.rows.keys():
            hidden += self.rows.pop(number).values()
        for row in self.rows.values() if self.hidden_columns else ():
            hidden += [row.pop(column) for column in self.hidden_columns & row.keys()]
        self.rows = {number: self.rows[number] for number in sorted(self.rows) if self.rows[number]}
        return hidden

    def _uncover(self, area: Merged, hidden: list[str]) -> int:
        """Take out the texts that programs leave below merged cells; how many places were looked at."""
        top, left, bottom, right = area
        steps = 0
        for number in range(top, min(bottom, top + len(self.rows)) + 1):
            row = self.rows.get(number, {})
            below = [column for column in row if left <= column <= right and (number, column) not in self.spans]
            steps += len(row) + 1
            if (top, left) in self.spans:
                hidden += [row.pop(column) for column in below]
        return steps

    def _place(self, area: Merged) -> None:
        top, left, bottom, right = area
        text = self.rows.get(top, {}).get(left)
        if text is None or (top, left) == (bottom, right):
            return
        row = next((at for at in range(top, bottom + 1) if at not in self.hidden_rows), top)
        column = next((at for at in range(left, right + 1) if at not in self.hidden_columns), left)
        if (row, column) != (top, left):
            del self.rows[top][left]
            self.rows.setdefault(row, {})[column] = text
        self.spans[row, column] = (row, column, bottom, right)


def columns_between(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """The columns in some ranges, both ends included; no more than a sheet can have.

    Example: ``columns_between([(2, 4)])`` → 2, 3, 4
    """
    found: set[int] = set()
    for first, last in ranges:
        if len(found) < MOST_COLUMNS:
            found.update(range(max(0, first), min(last, MOST_COLUMNS - 1) + 1))
    return found


def column_name(column: int) -> str:
    """The letters of a column counted from 0.

    Example: ``column_name(27)`` → AB
    """
    name = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        name, column = chr(ord("A") + letter) + name, column - 1
    return name


class Budget:
    """What all sheets of a workbook may hold together; RejectedFile for the cell that is too much.

    Example: ``Budget(Limits(cells=2)).take("3.20")`` three times
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._cells = self._length = 0

    def take(self, text: str) -> None:
        """Count a cell with words.

        Example: ``budget.take("云川县")``
        """
        self._cells += 1
        self._length += len(text)
        if self._cells > self._limits.cells:
            raise RejectedFile("too_many_cells", f"more than {self._limits.cells:,} cells; raise ZHIBIAO_MAX_CELLS")
        # A long text can be written once and shown a million times.
        if self._length > self._limits.unpacked_bytes // _SHARE_OF_TEXT:
            raise RejectedFile("too_large_unpacked", "its cells show more text than the limit; split it")
