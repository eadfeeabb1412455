"""Points: the parts of a total that the paragraphs behind it list, one each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final

from pipeline.audit.figure import Figure
from pipeline.audit.openings import of_one
from pipeline.audit.report import Report
from pipeline.audit.whole import Whole, alike

_POINT: Final = re.compile(
    r"\s*(?:[—－●•▪◆■-]{1,3}|\d{1,2}[.、．)）]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳])[^。；：\n]{1,40}"
)
"""From the beginning of a paragraph to its first figure."""
FEWEST: Final = 3
"""Points that make a list."""


def points(report: Report) -> Iterator[tuple[Figure, tuple[Figure, ...]]]:
    """Each total with the first figures of the points behind it, where these make it.

    Example: 筹集175亿元安排各类支出。／——教育方面22.7亿元。／——文化方面5亿元。／…
    """
    firsts = [next(group) for _, group in groupby(report.figures, key=attrgetter("paragraph"))]
    at = 0
    while at < len(firsts):
        end = at
        while end < len(firsts) and _goes_on(report, firsts, at, end):
            end += 1
        if end - at >= FEWEST and (total := _total(report, firsts[at:end])) is not None:
            yield total, tuple(firsts[at:end])
        at = max(end, at + 1)


def _goes_on(report: Report, firsts: Sequence[Figure], start: int, at: int) -> bool:
    """Whether the paragraph of a figure is a further point of the list that the one at ``start`` began."""
    one = firsts[at]
    behind = at == start or (one.paragraph - firsts[at - 1].paragraph == 1 and alike(firsts[start], one))
    if not behind or one.is_ratio or not one.is_level or one.in_table:
        return False
    opening = report.text[report.text.rfind("\n", 0, one.start) + 1 : one.start]
    return _POINT.fullmatch(opening) is not None


def _total(report: Report, parts: Sequence[Figure]) -> Figure | None:
    """The last amount of the paragraph before the points, if they make it."""
    first = parts[0]
    before = report.figures[first.number - 1] if first.number else first
    if first.paragraph - before.paragraph != 1 or not alike(before, first) or not of_one(before, first):
        return None
    return before if Whole(before, tuple(parts), False, "opened").verdict == "consistent" else None
