"""Automatic numbering written out: what Word shows before a paragraph and keeps nowhere in its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.readers.word.numerals import counted

LEVELS = 9
_REFERENCE = re.compile(r"%([1-9])")
_MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and what it writes.

    Example: ``Level("chineseCounting", "（%1）")`` writes （一）, （二）
    """

    form: str = "decimal"
    text: str = ""
    """``%1`` stands for the number of the first level; empty for bullets."""
    start: int = 1
    restart: int | None = None
    """It begins anew after this level (counted from 1) and those above; None: after any above; 0: never."""
    legal: bool = False
    """Whether the numbers of all levels are written 1, 2, 3."""


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list that paragraphs refer to; lists over the same ``counter`` go on counting where another stopped.

    Example: ``NumberedList("3", {0: Level("chineseCounting", "%1、")})``
    """

    counter: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int] = field(default_factory=dict)
    """Where levels of this list begin when it is first met, whatever its counter says."""


class Numbering:
    """The state of all lists of a document while its paragraphs pass in order.

    Example: ``numbering.label("1", 0)`` → 一、 for the first paragraph of list 1, 二、 for the next
    """

    def __init__(self, lists: Mapping[str, NumberedList]) -> None:
        self._lists = lists
        self._counts: dict[str, list[int | None]] = {}
        self._met: set[str] = set()

    def label(self, name: str, level: int) -> str:
        """What stands before the next paragraph of a list's level; empty for bullets and unknown lists.

        Example: ``label("1", 1)`` after one paragraph at level 0 → （一）
        """
        numbered = self._lists.get(name)
        if numbered is None or not 0 <= level < LEVELS:
            return ""
        counts = self._counts.setdefault(numbered.counter, [None] * LEVELS)
        if name not in self._met:
            self._met.add(name)
            for at, start in numbered.starts.items():
                if 0 <= at < LEVELS:
                    counts[at] = start - 1
        self._count(numbered, counts, level)
        return _written(numbered, counts, level)

    def _count(self, numbered: NumberedList, counts: list[int | None], level: int) -> None:
        before = counts[level]
        first = numbered.levels.get(level, Level()).start
        counts[level] = min(first if before is None else before + 1, _MOST)
        for deeper in range(level + 1, LEVELS):
            restart = numbered.levels.get(deeper, Level()).restart
            if restart is None or level < restart:
                counts[deeper] = None


def labelled(label: str, text: str) -> str:
    """A paragraph behind its number, which must not melt into a figure that the paragraph begins with.

    Example: ``labelled("1.", "2025年收入")`` → ``"1. 2025年收入"``, ``labelled("一、", "收入")`` → ``"一、收入"``
    """
    shown = text.lstrip()
    apart = label[-1:].isalnum() and label[-1:].isascii()
    melts = label[-1:].isascii() and shown[:1].isascii() and shown[:1].isalnum()
    return f"{label} {shown}" if label and (apart or melts) else label + (shown if label else text)


def _written(numbered: NumberedList, counts: list[int | None], level: int) -> str:
    shape = numbered.levels.get(level, Level())
    if shape.form == "bullet":
        return ""

    def number(reference: re.Match[str]) -> str:
        at = int(reference[1]) - 1
        other = numbered.levels.get(at, Level())
        count = counts[at]
        plain = shape.legal and other.form not in ("none", "bullet")
        return counted(other.start if count is None else count, "decimal" if plain else other.form)

    return _REFERENCE.sub(number, shape.text)
