"""Likeness: how much of their names two figures share."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import Final

from pipeline.audit.figure import Figure
from pipeline.audit.report import Report

Key = tuple[str, str, str, str, str]
"""What the mentions of one quantity have in common: label, entity, qualifier, unit and measure."""
Span = tuple[int, int, int, int]
"""When a period ends, and how many months it has."""
LONGEST: Final = 1000
"""Characters of a label that are looked at; a cell of a table may hold a whole page."""


@lru_cache(maxsize=8192)
def shared(one: str, other: str) -> int:
    """The length of the longest stretch of characters that two labels have in common.

    Example: ``shared("早孕建册数", "早孕建册率")`` → 4
    """
    at, best, one, other = 0, 0, one[:LONGEST], other[:LONGEST]
    last = len(one)
    while at + best < last:
        if one[at : at + best + 1] in other:
            best += 1
        else:
            at += 1
    return best


@lru_cache(maxsize=2)
def namesakes(report: Report) -> dict[Key, tuple[Figure, ...]]:
    """The figures of a report that name one quantity more than once, in the order of the text.

    Example: ``namesakes(report)["活产数", "云川县", "", "人", "level"]``
    """
    found: dict[Key, list[Figure]] = defaultdict(list)
    for label, figures in report.labels:
        if len(label) > 1 and len(figures) > 1:
            for one in figures:
                found[label, one.entity, one.qualifier, one.unit, one.measure].append(one)
    several = ((key, tuple(figures)) for key, figures in found.items() if len(figures) > 1)
    return dict(sorted(several, key=lambda told: told[1][0].number))


def span(figure: Figure, years: int = 0) -> Span | None:
    """When the period of a figure ends, so many years later, and how many months it has; None without a period.

    Example: 2024-01/2024-06 → (2024, 6, 30, 6)
    """
    start, end = figure.period_start, figure.period_end
    if end is None:
        return None
    months = 0 if start is None else (end.year - start.year) * 12 + end.month - start.month + 1
    return end.year + years, end.month, end.day, months
