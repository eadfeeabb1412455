"""Lines joined to paragraphs: always in hard-wrapped text, elsewhere where a line visibly breaks off."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from pipeline.segment.lines import Line, is_cell, is_row, width
from pipeline.segment.markers import marker_of
from pipeline.segment.words import Patterns

_STOPS: Final = frozenset("。！？!?…；;：:")
_FULL_STOPS: Final = frozenset("。！？!?；;")
_BULLET: Final = re.compile(r"[•●■◆▪★☆【*]|[—―–]{2,}|－{2,}|注\s*[：:\d]")
_NOTE: Final = re.compile(r"\[\d{1,3}\]")
_OPEN_END: Final = frozenset("，、,（(《“‘「/～~")
_DASH_END: Final = frozenset("-—－–")
_DIGIT: Final = frozenset("0123456789０１２３４５６７８９")
_NUMBER: Final = re.compile(r"[\d.,]+[%％‰]?")
_COUNTED: Final = re.compile(r"\d[\d.,]*\s*(?!年)(?!月)(?!日)[\u4e00-\u9fff%％‰][^。；]*?，")
"""A line that begins with a figure, no date, and goes on as prose."""
_INNER: Final = re.compile(r"[，。；]|(?<=[^\x00-\x7f]),")
_LEAST_WRAPPED: Final = 5
_LEAST_SHARE: Final = 0.45
_WIDEST_WRAP: Final = 130
_FULL: Final = 0.82
_BRIMFUL: Final = 0.93
_OVERFULL: Final = 1.7
_NO_ROOM: Final = 0.9
_SENTENCE_WIDTH: Final = 20


class Layout(NamedTuple):
    """How the lines of a text were set; ``width`` is a full line's in columns, 0 where not hard-wrapped.

    Example: ``Layout(56, True)``: lines of 28 Han characters, paragraphs indented
    """

    width: int
    indents: bool


class Paragraph(NamedTuple):
    """The pieces of the text that make one paragraph, and their text joined; ``table``: a row or a cell."""

    pieces: list[tuple[int, int]]
    text: str
    table: bool
    offsets: list[int]
    """Where in ``text`` each piece begins."""


def layout_of(lines: Sequence[Line], points: bool = False) -> Layout:
    """How wide a text is hard-wrapped, if at all: many lines of one width that do not end a sentence."""
    open_widths: list[int] = []
    closed = 0
    for line in lines:
        length = len(line.text)
        if length < 10 or (length < 60 and is_row(line.text)):
            continue
        if length > _WIDEST_WRAP or line.text[-1] in _STOPS or (points and line.text[-1] == "."):
            closed += length
        elif (columns := width(line.text)) >= _SENTENCE_WIDTH:
            open_widths.append(columns)
    open_widths.sort()
    count = len(open_widths)
    if count < _LEAST_WRAPPED:
        return Layout(0, False)
    middle = open_widths[count // 2]
    near = sum(0.85 * middle <= one <= 1.15 * middle for one in open_widths)
    share = sum(open_widths) / (sum(open_widths) + 2 * closed)
    wrapped = near >= 0.6 * count and share >= _LEAST_SHARE
    indented = sum(line.indent >= 2 for line in lines)
    return Layout(middle if wrapped else 0, wrapped and 0 < indented < 0.6 * len(lines))


def paragraphs_of(
    lines: Sequence[Line], layout: Layout, words: Patterns, points: bool = False, rows: Collection[int] = ()
) -> list[Paragraph]:
    """The paragraphs of a text, in order; a table gives one a row, or one a cell where cells have lines.

    ``rows``: where the lines begin that are known to be rows of tables.
    """
    joiner = _Joiner(layout, words, points)
    paragraphs: list[Paragraph] = []
    pieces: list[tuple[int, int]] = []
    texts: list[str] = []
    table = False
    previous: Line | None = None
    for line in lines:
        text = line.text
        known = line.start in rows
        row = known or is_row(text) or is_cell(text)
        if previous is not None and not table and not known and joiner.joins(previous, line, row):
            pieces.append((line.start, line.end))
            texts.append(text)
            joiner.extend(text)
        else:
            if pieces:
                paragraphs.append(_paragraph(pieces, texts, table))
            pieces, texts, table = [(line.start, line.end)], [text], row
            joiner.begin(text)
        previous = line
    if pieces:
        paragraphs.append(_paragraph(pieces, texts, table))
    return paragraphs


def pieces_between(paragraph: Paragraph, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """The ranges of the document that the characters ``first`` to ``last`` of a paragraph's text take.

    Example: 其中65周⏎岁 → the range before and the range behind the line end
    """
    pieces, offsets = paragraph.pieces, paragraph.offsets
    if len(pieces) == 1:
        base = pieces[0][0]
        return ((base + first, base + last),)
    found: list[tuple[int, int]] = []
    for index in range(bisect_right(offsets, first) - 1, bisect_left(offsets, last)):
        (start, end), offset = pieces[index], offsets[index]
        found.append((start + max(0, first - offset), min(end, start + last - offset)))
    return tuple(found)


def _paragraph(pieces: list[tuple[int, int]], texts: list[str], table: bool) -> Paragraph:
    if len(texts) == 1:
        return Paragraph(pieces, texts[0], table, [0])
    return Paragraph(pieces, "".join(texts), table, list(accumulate(map(len, texts[:-1]), initial=0)))


class _Joiner:
    """Decides whether a line goes on with the paragraph before; must be told of every line."""

    def __init__(self, layout: Layout, words: Patterns, points: bool) -> None:
        self._wrapped = layout.width
        self._indents = layout.indents
        self._words = words
        self._stops = _STOPS | {".", "．"} if points else _STOPS
        self._title = False
        self._extended = False
        self._body = False

    def begin(self, text: str) -> None:
        """A paragraph begins with this line."""
        self._extended = False
        self._body = self._body or _INNER.search(text) is not None
        self._title = "。" not in text and marker_of(text, self._words) is not None

    def extend(self, text: str) -> None:
        """This line was joined to the paragraph."""
        self._extended = True
        self._title = self._title and "。" not in text

    def joins(self, previous: Line, line: Line, row: bool) -> bool:
        """Whether ``line`` (``row``: a table's, by its form) goes on with the paragraph of ``previous``."""
        if line.indent < 0:
            return True
        if row:
            return self._cut_number(previous, line)
        last = previous.text[-1]
        if last in self._stops:
            return self._after_stop(previous, line) and not self._begins_block(line, last)
        return self._after_open(previous, line) and not self._begins_block(line, last)

    def _fills(self, line: Line, share: float) -> bool:
        if not self._wrapped:
            return False
        columns = width(line.text[-_WIDEST_WRAP:]) - 2 * min(0, line.indent)
        return share * self._wrapped <= columns <= _OVERFULL * self._wrapped

    def _cut_number(self, previous: Line, line: Line) -> bool:
        """A line that is only a number is part of a sentence: 增长⏎4.7%, PM⏎2.5"""
        last = previous.text[-1]
        if line.text[-1] in "%％" and last not in self._stops and self._fills(previous, _FULL):
            return True
        return last.isascii() and last.isalpha() and _INNER.search(previous.text) is not None

    def _after_stop(self, previous: Line, line: Line) -> bool:
        text = previous.text
        if text[-1] in "：:" and text[-2:-1].isdigit() and line.text[0] in _DIGIT:
            return True
        return len(line.text) > 1 and self._fills(previous, _FULL if text[-1] in "；;" else _BRIMFUL)

    def _after_open(self, previous: Line, line: Line) -> bool:
        text, last = previous.text, previous.text[-1]
        if not self._extended and (len(text) <= 5 or is_cell(text)):
            return False
        if last in _OPEN_END or (last in _DASH_END and text[-2:-1].isdigit() and line.text[0] in _DIGIT):
            return True
        inner = _INNER.search(text) is not None
        if (inner or _INNER.search(line.text)) and self._words.continuer.match(line.text):
            return True
        if self._fills(previous, _FULL) and (self._body or _INNER.search(line.text)):
            return True
        if _NOTE.match(line.text) and _INNER.search(line.text):
            return True
        if self._extended and (is_cell(text) or _NOTE.match(text)):
            return True
        if self._title:
            return False
        return (
            self._no_room(text, line.text)
            or self._bare(text, line.text)
            or (inner and (last in _DIGIT or self._breaks_off(text, line.text)))
        )

    def _no_room(self, text: str, following: str) -> bool:
        """A number that did not fit the line moved to the next: 债务余额⏎1794.61亿元"""
        number = _NUMBER.match(following)
        if not self._wrapped or number is None or number.end() == len(following):
            return False
        return width(text[-_WIDEST_WRAP:]) + number.end() >= _NO_ROOM * self._wrapped

    def _bare(self, text: str, following: str) -> bool:
        """Prose that stops where its figure is due: 全年监察机构共检查用人单位⏎70.2万户次，涉及劳动者..."""
        return (
            width(text[-_WIDEST_WRAP:]) >= _SENTENCE_WIDTH
            and _COUNTED.match(following) is not None
            and self._words.opener.match(text) is not None
            and text[0] not in _DIGIT
        )

    def _breaks_off(self, text: str, following: str) -> bool:
        """Prose that stops in the middle, before a line that is prose and does not open a paragraph."""
        return (
            text[-1] not in "）)”》"
            and width(text[-_WIDEST_WRAP:]) >= _SENTENCE_WIDTH
            and _INNER.search(following) is not None
            and self._words.opener.match(following) is None
        )

    def _begins_block(self, line: Line, last: str) -> bool:
        text = line.text
        if self._indents and line.indent >= 2 and last not in _OPEN_END:
            return True
        if marker_of(text, self._words) is not None:
            return last != "第"
        if _NOTE.match(text):
            return last in _FULL_STOPS
        if _BULLET.match(text):
            return True
        return last not in _OPEN_END and self._words.caption.match(text) is not None
