"""What formatting says that decides what a reader of the text sees."""

from __future__ import annotations

from dataclasses import dataclass

TWIPS_A_BLANK = 210
"""Width of a full-width blank in the usual size of type."""
PER_BLANK = 100
"""Units of indents that are given in characters."""
_MOST_BLANKS = 30
_NOT_INDENTED = frozenset(("center", "right", "end", "distribute"))


@dataclass(frozen=True, slots=True)
class Shape:
    """What properties of a paragraph or a run decide here; None where they leave it to the style below.

    Example: that of hidden text → ``Shape(hidden=True)``
    """

    hidden: bool | None = None
    raised: bool | None = None
    list: str | None = None
    level: int | None = None
    blanks: int | None = None
    first_blanks: int | None = None
    aligned: str | None = None

    @property
    def indent(self) -> int:
        """How many full-width blanks stand before its first line; centred text has none."""
        blanks = 0 if self.aligned in _NOT_INDENTED else (self.blanks or 0) + (self.first_blanks or 0)
        return max(0, min(blanks, _MOST_BLANKS))

    def over(self, below: Shape) -> Shape:
        """This shape, what it leaves open taken from the one below.

        Example: ``Shape(hidden=False).over(Shape(hidden=True, level=1))`` → not hidden, level 1
        """
        names = ("hidden", "raised", "list", "level", "blanks", "first_blanks", "aligned")
        return Shape(*(mine if (mine := getattr(self, name)) is not None else getattr(below, name) for name in names))
