"""What a page shows: characters and ruling lines with their places, whatever the format of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in points; x grows to the right, y downwards from the top of the page.

    Example: ``Box(90, 72, 106, 88)``: one character of 16 points near the upper left corner of an A4 page
    """

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Points from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.bottom - self.top

    @property
    def center(self) -> tuple[float, float]:
        """x and y of its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it.

        Example: ``Box(0, 0, 10, 10).holds(5, 5)`` → True
        """
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Glyph(NamedTuple):
    """A character as it is set: its box and the size of its font, in points.

    Example: ``Glyph("粮", Box(90, 72, 106, 88), 16)``
    """

    text: str
    box: Box
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its size, its characters in the order of the file, its ruling lines.

    Example: ``Page(1, 595, 842, glyphs, rules)``
    """

    number: int
    width: float
    height: float
    glyphs: Sequence[Glyph]
    rules: Sequence[Box] = ()
    """Thin boxes: lines across (wider than high) and down."""


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds some others.

    Example: ``around([Box(0, 0, 1, 1), Box(2, 0, 3, 1)])`` → ``Box(0, 0, 3, 1)``
    """
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
