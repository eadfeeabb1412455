"""Ruling lines to the grids of tables, their merged cells told by the lines that are missing."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.readers.layout.model import Rule

_NEAR = 3.0
_MOST_LINES = 400
_SHORT = 5.0
_COVERED = 0.6


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid: where it begins, and how many rows and columns of lines it covers.

    Example: the head 2025年 above two columns → ``Cell(0, 1, 1, 2)``
    """

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a table, and the cells between them in the order of rows.

    Example: the grid of 表1 with its three columns
    """

    xs: Sequence[float]
    ys: Sequence[float]
    cells: Sequence[Cell]

    def box(self, cell: Cell) -> tuple[float, float, float, float]:
        """Left, top, right and bottom edge of a cell.

        Example: ``grid.box(grid.cells[0])``
        """
        return (
            self.xs[cell.column],
            self.ys[cell.row],
            self.xs[cell.column + cell.columns],
            self.ys[cell.row + cell.rows],
        )


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """The grids that a page's ruling lines make, from top to bottom.

    Example: three lying and four standing lines that meet → two rows of three cells
    """
    lying = _merged([rule for rule in rules if rule.horizontal])
    standing = _merged([rule for rule in rules if not rule.horizontal])
    if not lying or not standing or len(lying) + len(standing) > 4 * _MOST_LINES:
        return []
    found = []
    for across, down in _components(lying, standing):
        grid = _grid(across, down) if len(across) > 1 and down else None
        if grid is not None:
            found.append(grid)
    return sorted(found, key=lambda grid: grid.ys[0])


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Lines drawn in pieces, or twice, as one."""
    at, start, end = (1, 0, 2) if rules and rules[0].horizontal else (0, 1, 3)
    done: list[Rule] = []
    levels: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule[at]):
        if levels and rule[at] - levels[-1][-1][at] <= 1.5:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    for level in levels:
        middle = sum(rule[at] for rule in level) / len(level)
        spans: list[list[float]] = []
        for rule in sorted(level, key=lambda rule: rule[start]):
            if spans and rule[start] <= spans[-1][1] + _NEAR:
                spans[-1][1] = max(spans[-1][1], rule[end])
            else:
                spans.append([rule[start], rule[end]])
        lying = at == 1
        done += [
            Rule(a, middle, b, middle) if lying else Rule(middle, a, middle, b) for a, b in spans if b - a >= _SHORT
        ]
    return done


def _components(lying: Sequence[Rule], standing: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that meet, directly or through others."""
    parents = list(range(len(lying) + len(standing)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    for a, across in enumerate(lying):
        for d, down in enumerate(standing, len(lying)):
            meets_x = across.left - _NEAR <= down.left <= across.right + _NEAR
            if meets_x and down.top - _NEAR <= across.top <= down.bottom + _NEAR:
                parents[root(a)] = root(d)
    groups: defaultdict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for at, rule in enumerate([*lying, *standing]):
        groups[root(at)][0 if at < len(lying) else 1].append(rule)
    return list(groups.values())


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid | None:
    # The lines at the sides, or above and below, are often not drawn.
    xs = _levels([*(rule.left for rule in down), min(r.left for r in across), max(r.right for r in across)])
    ys = _levels([*(rule.top for rule in across), min(r.top for r in down), max(r.bottom for r in down)])
    if not (3 <= len(xs) <= _MOST_LINES and 2 <= len(ys) <= 4 * _MOST_LINES):
        return None
    walls = _walls(xs, ys, down, upright=True)
    floors = _walls(ys, xs, across, upright=False)
    return Grid(xs, ys, _cells(len(ys) - 1, len(xs) - 1, walls, floors))


def _levels(values: Sequence[float]) -> list[float]:
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > _NEAR:
            levels.append(value)
    return levels


def _walls(
    lines: Sequence[float], steps: Sequence[float], rules: Sequence[Rule], *, upright: bool
) -> set[tuple[int, int]]:
    """Pairs of a grid line and a step along it over which it is drawn."""
    drawn: set[tuple[int, int]] = set()
    for rule in rules:
        level, start, end = (rule.left, rule.top, rule.bottom) if upright else (rule.top, rule.left, rule.right)
        line = max(0, bisect_right(lines, level + 0.01) - 1)
        for step in range(len(steps) - 1):
            length = steps[step + 1] - steps[step]
            if min(end, steps[step + 1]) - max(start, steps[step]) > _COVERED * length:
                drawn.add((line, step))
    return drawn


def _cells(rows: int, columns: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]) -> list[Cell]:
    """The rectangles without a line inside them; each place of the grid belongs to one."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            width = 1
            while column + width < columns and _open(row, column + width, walls, taken):
                width += 1
            height = 1
            while (
                row + height < rows
                and all(
                    (row + height, at) not in floors and (row + height, at) not in taken
                    for at in range(column, column + width)
                )
                and not any((at, row + height) in walls for at in range(column + 1, column + width))
            ):
                height += 1
            taken.update((r, c) for r in range(row, row + height) for c in range(column, column + width))
            cells.append(Cell(row, column, height, width))
    return cells


def _open(row: int, column: int, walls: set[tuple[int, int]], taken: set[tuple[int, int]]) -> bool:
    return (column, row) not in walls and (row, column) not in taken
