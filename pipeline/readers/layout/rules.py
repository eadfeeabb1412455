"""Tables that ruling lines make: which cells they have, which of them are merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.readers.layout.page import Box, around

_NEAR = 3.0
"""Points by which lines that meet may miss each other."""
_LEAST_CELL = 4.0
_MOST_LINES, _MOST_CELLS = 4_000, 10_000


@dataclass(frozen=True, slots=True)
class Field:
    """A cell between ruling lines: where it stands, and the rows and columns it covers."""

    box: Box
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Frame:
    """The ruling lines of one table: its box, where its columns begin and end, its cells row by row."""

    box: Box
    edges: tuple[float, ...]
    fields: tuple[Field, ...]


def frames(rules: Sequence[Box]) -> list[Frame]:
    """The tables that lines across and down make together, from above.

    Example: four lines across and three down that cross → a frame of three rows and two columns
    """
    if len(rules) > _MOST_LINES:
        return []
    found = (_frame(group) for group in _groups(rules) if len(group) > 3)
    return sorted((frame for frame in found if frame is not None), key=lambda frame: frame.box.top)


def _groups(rules: Sequence[Box]) -> list[list[Box]]:
    """Lines that touch one another, directly or through others."""
    groups: list[tuple[Box, list[Box]]] = []
    for rule in sorted(rules, key=lambda one: one.top):
        near: list[tuple[Box, list[Box]]] = []
        far: list[tuple[Box, list[Box]]] = []
        for group in groups:
            meets = _touch(rule, group[0]) and any(_touch(rule, one) for one in reversed(group[1]))
            (near if meets else far).append(group)
        members = [rule, *(one for group in near for one in group[1])]
        groups = [*far, (around(members), members)]
    return [members for _, members in groups]


def _touch(one: Box, other: Box) -> bool:
    return (
        one.left - _NEAR <= other.right
        and other.left - _NEAR <= one.right
        and one.top - _NEAR <= other.bottom
        and other.top - _NEAR <= one.bottom
    )


def _frame(rules: Sequence[Box]) -> Frame | None:
    across = [rule for rule in rules if rule.width >= rule.height]
    down = [rule for rule in rules if rule.width < rule.height]
    ends = [around(across).left, around(across).right] if down and across else []
    xs = _places([rule.center[0] for rule in down] + ends)
    ys = _places([rule.center[1] for rule in across])
    if len(xs) < 2 or len(ys) < 3 or len(xs) + len(ys) < 6 or len(xs) * len(ys) > _MOST_CELLS:
        return None
    walls = [_reaches(x, ((rule.center[0], rule.top, rule.bottom) for rule in down)) for x in xs]
    floors = [_reaches(y, ((rule.center[1], rule.left, rule.right) for rule in across)) for y in ys]
    fields = tuple(_fields(xs, ys, walls, floors))
    return Frame(Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(xs), fields) if len(fields) > 2 else None


def _reaches(place: float, rules: Iterable[tuple[float, float, float]]) -> list[tuple[float, float]]:
    """From where to where lines go that stand at a place."""
    return [(begin - _NEAR, end + _NEAR) for center, begin, end in rules if abs(center - place) < _LEAST_CELL]


def _places(values: Sequence[float]) -> list[float]:
    """Where lines stand, those nearer than a cell can be taken for one."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] < _LEAST_CELL:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


Reaches = Sequence[Sequence[tuple[float, float]]]


def _fields(xs: Sequence[float], ys: Sequence[float], walls: Reaches, floors: Reaches) -> Iterator[Field]:
    """The cells, merged where no line stands between two places."""
    taken: set[tuple[int, int]] = set()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            middle, center = (ys[row] + ys[row + 1]) / 2, (xs[column] + xs[column + 1]) / 2
            right, foot = column + 1, row + 1
            while right < len(xs) - 1 and not _stands(walls[right], middle) and (row, right) not in taken:
                right += 1
            while foot < len(ys) - 1 and not _stands(floors[foot], center):
                foot += 1
            taken.update((below, beside) for below in range(row, foot) for beside in range(column, right))
            yield Field(Box(xs[column], ys[row], xs[right], ys[foot]), row, column, foot - row, right - column)


def _stands(reaches: Sequence[tuple[float, float]], beside: float) -> bool:
    return any(begin <= beside <= end for begin, end in reaches)
