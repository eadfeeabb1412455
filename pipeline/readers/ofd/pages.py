"""A page of an OFD as the layout takes it: text objects to characters, path objects to ruling lines."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise, repeat

from pipeline.readers.layout.model import Char, Page, Rule
from pipeline.readers.ofd.package import Element, Part, numbers

_POINTS = 72 / 25.4
_THIN, _SHORT = 2.5, 4.0
_TIGHT = 1.15
_SLANTED = math.radians(12)
_STEP = re.compile(r"([MSLQBAC])([^MSLQBAC]*)")

_Point = tuple[float, float]


def page_of(part: Part, number: int) -> Page:
    """The characters and ruling lines of a page, those of its templates too.

    Example: ``page_of(part, 3)``
    """
    left, top, width, height = part.box
    chars: list[Char] = []
    rules: list[Rule] = []
    for root in (*part.templates, part.page):
        for thing in root.iter("{*}TextObject", "{*}PathObject"):
            place = _Place(thing, left, top)
            if thing.tag.endswith("TextObject"):
                chars += _characters(thing, place)
            else:
                rules += _ruling_lines(thing, place)
    return Page(number, width * _POINTS, height * _POINTS, chars, rules)


class _Place:
    """The way from the coordinates of an object to those of the layout."""

    def __init__(self, thing: Element, left: float, top: float) -> None:
        box = numbers(thing.get("Boundary"))
        matrix = numbers(thing.get("CTM"))
        self._x, self._y = (box[0] - left, box[1] - top) if len(box) == 4 else (0.0, 0.0)
        self._matrix = matrix if len(matrix) == 6 else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]

    def point(self, x: float, y: float) -> _Point:
        a, b, c, d, e, f = self._matrix
        """A point of the object as a point of the page."""
        return (self._x + a * x + c * y + e) * _POINTS, (self._y + b * x + d * y + f) * _POINTS

    @property
    def across(self) -> float:
        return math.hypot(self._matrix[0], self._matrix[1]) * _POINTS

    @property
    def down(self) -> float:
        return math.hypot(self._matrix[2], self._matrix[3]) * _POINTS

    @property
    def slanted(self) -> bool:
        return abs(math.atan2(self._matrix[1], self._matrix[0])) > _SLANTED


def _characters(thing: Element, place: _Place) -> Iterator[Char]:
    size = next(iter(numbers(thing.get("Size"))), 0.0)
    stretch = next(iter(numbers(thing.get("HScale"))), 1.0)
    hidden = thing.get("Visible") == "false" or thing.get("Alpha") == "0" or place.slanted
    x = y = 0.0
    for code in thing.iterfind("{*}TextCode"):
        text = code.text or ""
        # Without X or Y it goes on where the one before began.
        x, y = next(iter(numbers(code.get("X"))), x), next(iter(numbers(code.get("Y"))), y)
        across, down = steps(code.get("DeltaX"), len(text)), steps(code.get("DeltaY"), len(text))
        here = x
        height = y
        for char, dx, dy in zip(text, _repeating(across), _repeating(down), strict=False):
            left, base = place.point(here, height)
            width = (0.5 if char.isascii() else 1.0) * size * stretch
            # The distance to the next character says how wide this one is, unless it is set apart.
            drawn = dx if 0 < dx <= _TIGHT * size * stretch else width
            yield Char(char, left, left + drawn * place.across, base, size * place.down, hidden)
            here += dx if across else 0.0 if down else width
            height += dy


def _repeating(distances: Sequence[float]) -> Iterator[float]:
    # Writers that set all characters equally far apart give the distance once.
    return chain(distances, repeat(distances[-1] if distances else 0.0))


def steps(text: str | None, most: int) -> list[float]:
    """The distances of an attribute DeltaX, ``g n v`` written out: n times v.

    Example: ``steps("g 2 4.5 5", 10)`` → ``[4.5, 4.5, 5.0]``
    """
    found: list[float] = []
    words = (text or "").split()
    at = 0
    while at < len(words) and len(found) < most:
        if words[at] == "g" and at + 2 < len(words):
            times, value = numbers(words[at + 1]), numbers(words[at + 2])
            found += value * int(max(0.0, min(most, times[0]))) if times and value else []
            at += 3
        else:
            found += numbers(words[at])
            at += 1
    return found


def _ruling_lines(thing: Element, place: _Place) -> Iterator[Rule]:
    if thing.get("Visible") == "false":
        return
    for points in _figures(thing.findtext("{*}AbbreviatedData") or "", place):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if len(points) < 2:
            continue
        if min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:
            yield from _rule(min(xs), min(ys), max(xs), max(ys))
        elif thing.get("Stroke") != "false":
            for (a, b), (c, d) in pairwise(points):
                if min(abs(a - c), abs(b - d)) <= 1:
                    yield from _rule(min(a, c), min(b, d), max(a, c), max(b, d))


def _rule(left: float, top: float, right: float, bottom: float) -> Iterator[Rule]:
    if max(right - left, bottom - top) <= _SHORT:
        return
    x, y = (left + right) / 2, (top + bottom) / 2
    yield Rule(left, y, right, y) if right - left > bottom - top else Rule(x, top, x, bottom)


def _figures(data: str, place: _Place) -> Iterator[Sequence[_Point]]:
    """The points that each figure of a path goes through, from one M to the next."""
    points: list[_Point] = []
    for command, values in _STEP.findall(data):
        ends = numbers(values)[-2:]
        if command in "MS":
            yield points
            points = []
        if command == "C" and points:
            points.append(points[0])
        elif len(ends) == 2:
            points.append(place.point(ends[0], ends[1]))
    yield points
