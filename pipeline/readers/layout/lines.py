"""From characters to lines of text: by their places, never by the order in which a file draws them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.readers.layout.page import Box, Glyph, around

_OVERLAP = 0.5
"""Share of its height by which a character must overlap a line to stand in it."""
_WORD_GAP = 0.25
_FIGURE_GAP = 0.55
_CELL_GAP = 1.5
"""Gaps, in sizes of the font, between Latin words, between figures, between cells."""
_RAISED_SIZE = 0.8
_RAISED = str.maketrans("0123456789[]", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_LATIN = re.compile(r"[A-Za-z]")
_DIGIT = re.compile(r"[\d.,%％‰．，]")
_SAME_PLACE = 0.35


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters of a line that stand together; a wide gap parts it from the next."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, where it stands, the size of its font, its segments from left to right."""

    text: str
    box: Box
    size: float
    segments: tuple[Segment, ...]
    page: int


def lines_of(glyphs: Sequence[Glyph], page: int) -> list[Line]:
    """The lines that characters make, from above.

    Example: the characters of 全年增长5.1% → one line, whatever gaps the file puts into 5.1
    """
    rows = _rows(glyphs)
    return [line for row in rows if (line := _line(row, page)) is not None]


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    top = bottom = 0.0
    for glyph in sorted((one for one in glyphs if one.text.strip()), key=lambda one: one.box.center[1]):
        box = glyph.box
        shared = min(bottom, box.bottom) - max(top, box.top)
        if rows and shared >= _OVERLAP * min(box.height, bottom - top):
            rows[-1].append(glyph)
            if glyph.size >= 0.9 * rows[-1][0].size:
                top, bottom = _middle(top, box.top), _middle(bottom, box.bottom)
        else:
            rows.append([glyph])
            top, bottom = box.top, box.bottom
    return rows


def _middle(one: float, other: float) -> float:
    return (one + other) / 2


def _line(row: Sequence[Glyph], page: int) -> Line | None:
    glyphs = _once(sorted(row, key=lambda glyph: glyph.box.left))
    size = median(glyph.size for glyph in glyphs)
    foot = median(glyph.box.bottom for glyph in glyphs)
    glyphs = [_raised(glyph, size, foot) for glyph in glyphs]
    spaced = _is_letter_spaced(glyphs, size)
    segments: list[Segment] = []
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not spaced and glyph.box.left - run[-1].box.right > _CELL_GAP * size:
            segments.append(_segment(run, size, spaced))
            run = []
        run.append(glyph)
    segments.append(_segment(run, size, spaced))
    text = "  ".join(segment.text for segment in segments)
    return Line(text, around([segment.box for segment in segments]), size, tuple(segments), page)


def _once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Without the second of two that stand at one place, as in bold made by printing twice."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        again = any(
            before.text == glyph.text and abs(before.box.left - glyph.box.left) < _SAME_PLACE * glyph.size
            for before in kept[-3:]
        )
        if not again:
            kept.append(glyph)
    return kept


def _raised(glyph: Glyph, size: float, foot: float) -> Glyph:
    """Small raised digits as such: the 4 of 10⁴ must not make 104, nor the number of a note melt into a figure."""
    small = glyph.size < _RAISED_SIZE * size and glyph.box.bottom < foot - 0.2 * size
    return glyph._replace(text=glyph.text.translate(_RAISED)) if small else glyph


def _is_letter_spaced(glyphs: Sequence[Glyph], size: float) -> bool:
    """Whether all gaps of a short line are alike and wide: 公　　报."""
    gaps = [after.box.left - before.box.right for before, after in pairwise(glyphs)]
    if not 1 <= len(gaps) <= 20 or any(glyph.text.isascii() for glyph in glyphs):
        return False
    return min(gaps) > 0.5 * size and max(gaps) - min(gaps) < 0.3 * size and max(gaps) < 4 * size


def _segment(run: Sequence[Glyph], size: float, spaced: bool) -> Segment:
    text = "".join(_pieces(run, size, spaced))
    return Segment(text, around([glyph.box for glyph in run]))


def _pieces(run: Sequence[Glyph], size: float, spaced: bool) -> Iterator[str]:
    yield run[0].text
    for before, after in pairwise(run):
        gap = (after.box.left - before.box.right) / size
        latin = _LATIN.match(before.text[-1]) and _LATIN.match(after.text[0])
        figures = _DIGIT.match(before.text[-1]) and _DIGIT.match(after.text[0])
        if not spaced and ((latin and gap > _WORD_GAP) or (figures and gap > _FIGURE_GAP)):
            yield " "
        yield after.text
