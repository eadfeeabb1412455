"""What a page is to the layout: characters and ruling lines with their places, from whatever format they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Char(NamedTuple):
    """A character where it stands: from ``left`` to ``right``, on its baseline; points, downwards from the top.

    Example: ``Char("年", 90.0, 106.0, 72.0, 16.0)``
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    hidden: bool = False
    """Drawn without ink, as under the picture of a scan."""


class Rule(NamedTuple):
    """A ruling line, horizontal (``top == bottom``) or vertical (``left == right``).

    Example: the line above the head of 表1 → ``Rule(90.0, 200.0, 500.0, 200.0)``
    """

    left: float
    top: float
    right: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        """Whether it lies.

        Example: the line above 注： → True
        """
        return self.top == self.bottom


@dataclass(frozen=True, slots=True)
class Page:
    """A page as its format gives it, turned so that most of its text is upright.

    Example: ``Page(3, 595.0, 842.0, chars, rules)``: the page with 表2
    """

    number: int
    width: float
    height: float
    chars: Sequence[Char]
    rules: Sequence[Rule] = ()


@dataclass(slots=True)
class Line:
    """Characters of one baseline without a wide gap, or such pieces joined again to a line of a paragraph.

    Example: the line 年末全市常住人口346.7万人，
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    page: int = 0
    first_width: float = 0.0
    """Width of what cannot be parted at its beginning: the first word or number."""

    loose: bool = False
    """Whether a wide gap parts it, as between a name and a date at the other edge."""

    @property
    def top(self) -> float:
        """The upper edge of its characters.

        Example: a line of size 16 on the baseline 72 → 58.4
        """
        return self.base - self.size * 0.85
