"""A page of a PDF as the layout takes it: characters and ruling lines, turned so that its text is upright."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from ctypes import addressof, c_double, c_float, c_int

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.readers.layout.model import Char, Page, Rule

_HIDDEN = (3, 7)
_HYPHEN = "\x02"
_THIN = 2.5
_SHORT = 4.0
_MOST_OBJECTS = 60_000
_DEEPEST = 4
_SLANTED = 12.0

_Placed = tuple[str, float, float, float, float, float, bool, int]
"""A character with left, bottom and right, top ends of its advance, its size, whether it is hidden, its turn."""


def page_of(page: pdfium.PdfPage, number: int) -> Page:
    """The characters and ruling lines of a page.

    Example: ``page_of(document[2], 3)``
    """
    text = page.get_textpage()
    try:
        placed = list(_characters(text))
    finally:
        text.close()
    turns = Counter(one[7] for one in placed)
    turn = turns.most_common(1)[0][0] if turns else 0
    left, bottom, right, top = page.get_bbox()
    turned = _Turned(turn, left, bottom, right, top)
    chars = [turned.char(one) if one[7] == turn else turned.aside(one) for one in _paired(placed)]
    rules = [turned.rule(*ends) for ends in _ruling_lines(page)]
    return Page(number, turned.width, turned.height, chars, rules)


def _paired(placed: Iterable[_Placed]) -> Iterator[_Placed]:
    """Characters beyond the basic plane (𠮷, digits of mathematics), which pdfium gives in two halves."""
    half: _Placed | None = None
    for one in placed:
        if "\ud800" <= one[0] < "\udc00":
            half = one
        elif "\udc00" <= one[0] < "\ue000":
            if half is not None:
                yield (chr(0x10000 + (ord(half[0]) - 0xD800) * 0x400 + ord(one[0]) - 0xDC00), *half[1:])
            half = None
        else:
            yield one


class _Turned:
    """The way from the coordinates of a page to those of the layout."""

    def __init__(self, turn: int, left: float, bottom: float, right: float, top: float) -> None:
        self._turn = turn if turn in (90, 180, 270) else 0
        self._left, self._bottom, self._right, self._top = left, bottom, right, top
        sideways = self._turn in (90, 270)
        self.width, self.height = (top - bottom, right - left) if sideways else (right - left, top - bottom)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page, from its upper left corner as its text is read."""
        if self._turn == 90:
            return y - self._bottom, x - self._left
        if self._turn == 180:
            return self._right - x, y - self._bottom
        if self._turn == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def char(self, placed: _Placed) -> Char:
        """A character that stands upright then."""
        text, x, y, end_x, end_y, size, hidden, _ = placed
        left, base = self.point(x, y)
        right, _ = self.point(end_x, end_y)
        return Char(text, left, max(left, right), base, size, hidden)

    def aside(self, placed: _Placed) -> Char:
        """A character that lies or slants among others that stand: as high as it is, no wider than it."""
        text, x, y, end_x, end_y, size, hidden, turn = placed
        slanted = min(turn % 90, 90 - turn % 90) > _SLANTED
        left, base = self.point((x + end_x) / 2, (y + end_y) / 2)
        return Char(text, left - size / 2, left + size / 2, base + size / 3, size, hidden or slanted)

    def rule(self, x: float, y: float, end_x: float, end_y: float) -> Rule:
        """A ruling line."""
        (a, b), (c, d) = self.point(x, y), self.point(end_x, end_y)
        return Rule(min(a, c), min(b, d), max(a, c), max(b, d))


def _characters(text: pdfium.PdfTextPage) -> Iterator[_Placed]:
    x, y, box, matrix = c_double(), c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    before, drawn = 0, (1.0, False, 0, 1.0, 0.0)
    handle = text.raw
    for at in range(raw.FPDFText_CountChars(handle)):
        drawer = raw.FPDFText_GetTextObject(handle, at)
        if not drawer:
            continue  # pdfium's own spaces and line ends
        code = raw.FPDFText_GetUnicode(handle, at)
        if not raw.FPDFText_GetCharOrigin(handle, at, x, y) or not raw.FPDFText_GetLooseCharBox(handle, at, box):
            continue
        address = addressof(drawer.contents)
        if address != before:
            raw.FPDFText_GetMatrix(handle, at, matrix)
            drawn = _drawn(drawer, matrix, raw.FPDFText_GetFontSize(handle, at))
            before = address
        size, hidden, turn, cos, sin = drawn
        across = box.right - box.left if turn in (0, 180) else box.top - box.bottom
        if turn not in (0, 90, 180, 270):
            across = size
        char = "-" if code == ord(_HYPHEN) else chr(code) if code < 0x110000 else "\ufffd"
        yield char, x.value, y.value, x.value + across * cos, y.value + across * sin, size, hidden, turn


def _drawn(drawer: object, matrix: raw.FS_MATRIX, size: float) -> tuple[float, bool, int, float, float]:
    """Size, whether it is hidden, turn in degrees, and the direction of a text object."""
    angle = math.atan2(matrix.b, matrix.a)
    turn = round(math.degrees(angle)) % 360
    quarter = round(turn / 90) * 90 % 360
    turn = quarter if min(abs(turn - quarter), 360 - abs(turn - quarter)) <= 2 else turn
    hidden = raw.FPDFTextObj_GetTextRenderMode(drawer) in _HIDDEN
    return size * math.hypot(matrix.c, matrix.d), hidden, turn, math.cos(angle), math.sin(angle)


def _ruling_lines(page: pdfium.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    for number, shape in enumerate(page.get_objects((raw.FPDF_PAGEOBJ_PATH,), max_depth=_DEEPEST)):
        if number >= _MOST_OBJECTS:
            return
        left, bottom, right, top = shape.get_bounds()
        if min(right - left, top - bottom) <= _THIN:
            if max(right - left, top - bottom) > _SHORT:
                yield _thin(left, bottom, right, top)
        elif _is_stroked(shape):
            yield from _segments(shape)


def _thin(left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
    if right - left > top - bottom:
        return left, (bottom + top) / 2, right, (bottom + top) / 2
    return (left + right) / 2, bottom, (left + right) / 2, top


def _is_stroked(shape: pdfium.PdfObject) -> bool:
    filling, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(shape.raw, filling, stroke)
    return bool(stroke.value)


def _segments(shape: pdfium.PdfObject) -> Iterator[tuple[float, float, float, float]]:
    """The lying and standing lines of a path that is drawn in one go."""
    matrix = shape.get_matrix()
    x, y = c_float(), c_float()
    start = here = (0.0, 0.0)
    for at in range(min(raw.FPDFPath_CountSegments(shape.raw), _MOST_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(shape.raw, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _straight(here, point)
        here = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(here, start)


def _straight(a: tuple[float, float], b: tuple[float, float]) -> Iterator[tuple[float, float, float, float]]:
    across, down = abs(a[0] - b[0]), abs(a[1] - b[1])
    if min(across, down) <= 1 and max(across, down) > _SHORT:
        yield _thin(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
