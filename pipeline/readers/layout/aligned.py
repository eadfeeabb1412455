"""Tables without standing lines: rows whose pieces stand under each other, the figures in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.readers.draft import DraftCell
from pipeline.readers.layout.cells import FoundTable
from pipeline.readers.layout.lines import rows
from pipeline.readers.layout.model import Line

_FIGURE = re.compile(r"[-—－+±△▲*#(（]*[\d０-９][\d０-９.,，．]*[%％‰)）]*|[-—－–…/]+")
_ROWS = 3
_FIGURES = 0.7
_HEADS = 3


def aligned_tables(parts: Sequence[Line]) -> tuple[list[FoundTable], list[Line]]:
    """The tables among the pieces of a page, and the pieces that are in none.

    Example: four rows 指标 … 数量 without lines between them
    """
    ordered = rows(parts)
    tables: list[FoundTable] = []
    used: set[int] = set()
    at = 0
    while at < len(ordered):
        end = at
        while (
            end < len(ordered) and _is_figures(ordered[end]) and (end == at or _close(ordered[end - 1], ordered[end]))
        ):
            end += 1
        table = _table(ordered, at, end) if end - at >= _ROWS else None
        if table is not None:
            first, found = table
            tables.append(found)
            used.update(id(part) for row in ordered[first:end] for part in row)
        at = max(end, at + 1)
    return tables, [part for part in parts if id(part) not in used]


def _is_figures(row: Sequence[Line]) -> bool:
    """Whether a row is a label and figures."""
    return len(row) > 1 and sum(bool(_FIGURE.fullmatch(part.text)) for part in row[1:]) >= _FIGURES * (len(row) - 1)


def _close(before: Sequence[Line], row: Sequence[Line]) -> bool:
    return row[0].base - before[0].base < 3.5 * row[0].size


def _table(ordered: Sequence[list[Line]], at: int, end: int) -> tuple[int, FoundTable] | None:
    bands = _bands([part for row in ordered[at:end] for part in row])
    if len(bands) < 2 or any(len({_band(bands, part) for part in row}) < len(row) for row in ordered[at:end]):
        return None
    if sum(len(row) == len(bands) for row in ordered[at:end]) * 2 < end - at:
        return None
    first = at
    while (
        first > 0
        and at - first < _HEADS
        and _is_head(ordered[first - 1], bands)
        and _close(ordered[first - 1], ordered[first])
    ):
        first -= 1
    laid = []
    for row in ordered[first:end]:
        texts = [""] * len(bands)
        for part in row:
            texts[_band(bands, part)] += part.text
        laid.append([DraftCell(text) for text in texts])
    left, right = bands[0][0], bands[-1][1]
    top, bottom = ordered[first][0].top, ordered[end - 1][0].base
    labels = [(row[0].left - left) / row[0].size if _band(bands, row[0]) == 0 else None for row in ordered[first:end]]
    return first, FoundTable(laid, top, bottom, left, right, labels)


def _bands(parts: Sequence[Line]) -> list[tuple[float, float]]:
    """The columns: stretches of the width that pieces share."""
    bands: list[tuple[float, float]] = []
    for part in sorted(parts, key=lambda part: part.left):
        if bands and part.left < bands[-1][1]:
            bands[-1] = (bands[-1][0], max(bands[-1][1], part.right))
        else:
            bands.append((part.left, part.right))
    return bands


def _band(bands: Sequence[tuple[float, float]], part: Line) -> int:
    return min(range(len(bands)), key=lambda at: abs(sum(bands[at]) / 2 - (part.left + part.right) / 2))


def _is_head(row: Sequence[Line], bands: Sequence[tuple[float, float]]) -> bool:
    if len(row) < 2 or len(row) > len(bands):
        return False
    places = [_band(bands, part) for part in row]
    apart = len(set(places)) == len(places)
    return apart and all(_meets(bands[at], part) for at, part in zip(places, row, strict=True))


def _meets(band: tuple[float, float], part: Line) -> bool:
    return part.left < band[1] + part.size and part.right > band[0] - part.size
