"""Columns of prose in reading order: where a page is parted by gutters, as a newspaper's is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.readers.layout.lines import joined, rows
from pipeline.readers.layout.model import Line

_ROWS = 5
_LONG = 7.0
_FULL = 2.0
_MOST_PARTS = 64


def in_reading_order(parts: Sequence[Line]) -> list[list[Line]]:
    """Blocks of whole lines: all of a page, or what stands above, in each column and below.

    Example: a page in two columns under a head → the head, the left column, the right one
    """
    blocks: list[list[Line]] = []
    waiting = [list(parts)]
    while waiting:
        region = waiting.pop()
        split = _split(region) if len(blocks) + len(waiting) < _MOST_PARTS else None
        if split is None:
            if region:
                blocks.append([joined(row) for row in rows(region)])
        else:
            waiting += reversed(split)
    return blocks


def _split(region: Sequence[Line]) -> list[list[Line]] | None:
    ordered = sorted(region, key=lambda part: part.base)
    for gutter in _gutters(ordered):
        for start, end in _stretches(ordered, gutter):
            within = ordered[start:end]
            left = [part for part in within if part.right <= gutter]
            right = [part for part in within if part.left >= gutter]
            if _is_prose(left) and _is_prose(right):
                return [ordered[:start], left, right, ordered[end:]]
    return None


def _gutters(region: Sequence[Line]) -> list[float]:
    """Middles of the gaps between pieces, those that many rows share first."""
    counts: dict[int, list[float]] = {}
    for row in rows(region):
        for before, after in pairwise(row):
            if after.left > before.right:
                counts.setdefault(round((before.right + after.left) / 2 / 6), []).append(
                    (before.right + after.left) / 2
                )
    common = sorted(counts.values(), key=len, reverse=True)
    return [sum(found) / len(found) for found in common[:40] if len(found) >= 2]


def _stretches(ordered: Sequence[Line], gutter: float) -> Iterator[tuple[int, int]]:
    """Runs of pieces, from top to bottom, of which none crosses a gutter and both sides have some."""
    start = left = right = 0
    for at, part in enumerate(ordered):
        if part.left < gutter < part.right:
            if min(left, right) >= _ROWS:
                yield start, at
            start, left, right = at + 1, 0, 0
        else:
            left, right = left + (part.right <= gutter), right + (part.left >= gutter)
    if min(left, right) >= _ROWS:
        yield start, len(ordered)


def _is_prose(parts: Sequence[Line]) -> bool:
    """Whether pieces are the lines of text set in columns, rather than cells."""
    if len(parts) < _ROWS:
        return False
    long = [part for part in parts if part.right - part.left >= _LONG * part.size]
    if len(long) * 2 < len(parts):
        return False
    edges = sorted(part.right for part in long)
    edge = edges[int(len(edges) * 0.8)]
    lefts = sorted(part.left for part in long)
    start = lefts[int(len(lefts) * 0.2)]
    full = sum(part.right >= edge - _FULL * part.size for part in long)
    begun = sum(part.left <= start + 2.6 * part.size for part in long)
    wide = [part for part in parts if part.right - part.left > edge - start + 4 * part.size]
    # Several columns on one side are each prose, though they share no edge.
    return (full * 2 >= len(long) and begun * 2 >= len(long)) or (not wide and _several(parts))


def _several(parts: Sequence[Line]) -> bool:
    full = [row for row in rows(parts) if len(row) > 1]
    pieces = [part for row in full for part in row]
    return len(full) >= _ROWS and sum(part.right - part.left >= _LONG * part.size for part in pieces) * 2 > len(pieces)
