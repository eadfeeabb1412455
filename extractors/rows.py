"""The rows of a table: their labels, and which of them are parts of a row above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import regex

from extractors.added import totals
from extractors.columns import Column
from extractors.grids import Grid
from extractors.sheets import Row
from extractors.units_of_cells import UnitReader, is_percent
from extractors.words import alternation
from lexicons import Lexicons

_ORDINAL: Final = regex.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[、.．](?!\d)|(?:\d{1,2}[.．]){2,4}|[①-⑳])"
)
_NOTE: Final = regex.compile(r"\[\d{1,3}\]|[①-⑳]$")
_ROUNDED: Final = 1.005
"""How far the parts may pass their total by rounding, or by a fault, and still be its parts."""


@dataclass(slots=True)
class Line:
    """A row with its label by the columns that name it, and the row that it is a part of.

    Example: 其中：城镇⇥21.4 → label 城镇, above 全县户籍总人口
    """

    number: int
    row: Row
    label: str
    labels: dict[tuple[int, ...], str]
    units: dict[tuple[int, ...], str]
    marked: bool
    value: float | None
    """Its first figure that can be added to others."""
    above: Line | None = None
    follows: bool = False
    """Whether it is part of the row above by its words or its sum, not only by its indentation."""
    until: int = -1
    """The last of the lines that, without saying so, go on with its parts: together they make the total."""
    parted: bool = False
    """Whether other lines were found to follow it."""

    def label_of(self, column: Column) -> str:
        """The label of its figure in a column; "" where there is none.

        Example: 教育 in 指标⇥增速⇥指标⇥增速 for the last column
        """
        return self.labels.get(column.labels, "")


class RowReader:
    """Reads the rows of grids.

    Example: 户籍总人口 / 其中：城镇 / 乡村 → the second and the third are parts of the first
    """

    def __init__(self, lexicons: Lexicons, units: UnitReader) -> None:
        self._unit = units
        self._own = regex.compile(f"^(?:{alternation(lexicons, 'labels.own_words')})(?=.{{2}})")
        self._part = regex.compile(rf"^(?:{alternation(lexicons, 'tables.parts')})[:：]?")
        self._level = regex.compile(rf"（(?:{alternation(lexicons, 'tables.budget_levels')})）$")
        self._plain = lexicons.words("tables.plain_heads")
        self._wholes = lexicons.words("tables.wholes")

    def lines(self, grid: Grid, columns: Sequence[Column]) -> list[Line]:
        """The rows that have a label, from above, linked to those they are parts of."""
        naming = list(dict.fromkeys(column.labels for column in columns))
        lines: list[Line] = []
        carried: dict[int, str] = {}
        for row in grid.rows:
            line = self._line(len(lines), row, naming, columns, carried)
            if line is not None:
                if lines and not grid.unit:
                    line.units = {path: unit or lines[-1].units.get(path, "") for path, unit in line.units.items()}
                lines.append(line)
        self._link(lines)
        if not any(line.above for line in lines):
            for part, whole in totals([line.row for line in lines], columns).items():
                lines[part].above = lines[whole]
        return lines

    def _line(
        self,
        number: int,
        row: Row,
        naming: Sequence[tuple[int, ...]],
        columns: Sequence[Column],
        carried: dict[int, str],
    ) -> Line | None:
        labels: dict[tuple[int, ...], str] = {}
        units: dict[tuple[int, ...], str] = {}
        marked = False
        for path in naming:
            pieces = []
            for at in path:
                cell = row.at(at)
                if cell is not None:
                    marks, carried[at], units[path] = self._label(cell.words)
                    marked |= marks and path == naming[0]
                elif at == path[-1]:
                    carried[at] = ""
                pieces.append(carried.get(at, ""))
            said = [piece for piece in dict.fromkeys(pieces) if piece not in self._plain] or pieces[:1]
            labels[path] = "".join(said) if pieces[-1] else ""
        first = next(iter(labels.values()), "")
        return Line(number, row, first, labels, units, marked, _first_level(row, columns)) if first or labels else None

    def _label(self, words: str) -> tuple[bool, str, str]:
        """Whether a row says that it is a part; its label without marks, ordinals, notes; the unit behind it."""
        bare = self._level.sub("", _NOTE.sub("", words))
        label = self._part.sub("", _ORDINAL.sub("", bare))
        marked = label != _ORDINAL.sub("", bare)
        unit = self._unit.in_bracket(label)
        label = self._unit.without(label).strip("：:")
        return marked, self._own.sub("", _ORDINAL.sub("", label)), unit

    def _link(self, lines: Sequence[Line]) -> None:
        """Which line is part of which: it says so, is indented, helps to fill the total, or repeats its names."""
        told = Counter(line.label for line in lines)
        parent: Line | None = None
        wider: list[Line] = []
        for at, line in enumerate(lines):
            while wider and wider[-1].row.indent >= line.row.indent:
                wider.pop()
            if parent is not None and _fits(parent, line) and self._follows(parent, line, at, told[line.label] > 1):
                line.above, line.follows = parent, True
                parent.parted = True
                if line.marked:
                    parent.until = self._closing(parent, lines[at:], at)
                continue
            if wider and _fits(wider[-1], line):
                line.above, line.follows = wider[-1], wider[-1].parted
            if not line.follows:
                parent = line
                wider.append(line)

    def _follows(self, parent: Line, line: Line, at: int, repeated: bool) -> bool:
        """Whether a line says that it is a part, fills the total, or bears a name that each total has below it."""
        named = repeated and any(word in parent.label for word in self._wholes)
        return line.marked or at <= parent.until or named

    def _closing(self, parent: Line, lines: Sequence[Line], at: int) -> int:
        """The number of the line with which the parts that begin with the first of ``lines`` make the total, or -1."""
        added = 0.0
        for number, line in enumerate(lines):
            if line.value is None or parent.value is None or (number and line.marked):
                return -1
            added += line.value
            if number and abs(added - parent.value) <= (_ROUNDED - 1) * parent.value:
                return at + number
            if added > parent.value * _ROUNDED:
                return -1
        return -1


def _fits(parent: Line, line: Line) -> bool:
    return parent.value is None or line.value is None or line.value <= parent.value * _ROUNDED


def _first_level(row: Row, columns: Sequence[Column]) -> float | None:
    """The first figure of a row that can be added to others."""
    for column in columns:
        cell = row.at(column.at)
        match = cell.number if cell else None
        if match and column.measure == "level" and not column.share and not is_percent(column.unit):
            return float(regex.sub("[,，]", "", match["number"]))
    return None
