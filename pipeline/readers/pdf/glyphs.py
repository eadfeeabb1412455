"""Characters and ruling lines of a PDF's pages, by PDFium."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.readers.layout.page import Box, Glyph, Page

_THIN = 2.5
"""Points that a ruling line is thick at most."""
_LEAST_RULE = 6.0
_BELOW = 0.12
"""Share of a Han character's height that stands below the line the Latin letters stand on."""
_UNSEEN = 2.0
"""Characters smaller than this are not for reading."""
_MOST_OBJECTS = 20_000


def page_of(document: pdfium.PdfDocument, index: int) -> Page:
    """What a page shows, the origin in the upper left corner whatever way the page is turned.

    Example: ``page_of(document, 0).glyphs[0].text`` → ``云``
    """
    page = document[index]
    try:
        width, height = page.get_size()
        text = page.get_textpage()
        place = _Place(page)
        glyphs = list(_glyphs(text, place, width, height))
        return Page(index + 1, width, height, glyphs, list(_rules(page, place)))
    finally:
        page.close()


class _Place:
    """Turns coordinates of a page into those of what is seen of it."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._turn = page.get_rotation()
        left, bottom, right, top = page.get_cropbox()
        self._left, self._bottom, self._width, self._height = left, bottom, right - left, top - bottom

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box as it is seen, y downwards."""
        (a, b), (c, d) = self._point(left, bottom), self._point(right, top)
        return Box(min(a, c), min(b, d), max(a, c), max(b, d))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self._left, y - self._bottom
        return {
            0: (x, self._height - y),
            90: (y, x),
            180: (self._width - x, y),
            270: (self._height - y, self._width - x),
        }[self._turn]


def _glyphs(text: pdfium.PdfTextPage, place: _Place, width: float, height: float) -> Iterator[Glyph]:
    high = 0
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        if code <= 0x20 or raw.FPDFText_IsGenerated(text, at) == 1:
            continue
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond U+FFFF
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
            high = 0
        glyph = _glyph(text, at, chr(code), place)
        if glyph is not None and 0 <= glyph.box.center[0] <= width and 0 <= glyph.box.center[1] <= height:
            yield glyph


def _glyph(text: pdfium.PdfTextPage, at: int, character: str, place: _Place) -> Glyph | None:
    """A character in a box as high as its font is large, whatever the font says of its own height."""
    x, y = ctypes.c_double(), ctypes.c_double()
    loose = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text, at, loose) or not raw.FPDFText_GetCharOrigin(text, at, x, y):
        return None
    size = _size(text, at) or loose.top - loose.bottom
    if size < _UNSEEN or loose.right <= loose.left:
        return None
    return Glyph(
        character, place.box(loose.left, y.value - _BELOW * size, loose.right, y.value + (1 - _BELOW) * size), size
    )


def _size(text: pdfium.PdfTextPage, at: int) -> float:
    """The size of a character's font as it is seen, 0 where it cannot be known."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, at, matrix):
        return 0.0
    return float(raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.b, matrix.d))


def _rules(page: pdfium.PdfPage, place: _Place) -> Iterator[Box]:
    for count, shape in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4)):
        if count > _MOST_OBJECTS:
            return
        box = place.box(*shape.get_bounds())
        if min(box.width, box.height) <= _THIN:
            if max(box.width, box.height) >= _LEAST_RULE:
                yield box
        else:
            yield from _sides(shape, place)


def _sides(shape: pdfium.PdfObject, place: _Place) -> Iterator[Box]:
    """The straight sides of a shape drawn with several strokes, a frame for one."""
    matrix = shape.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for at in range(min(raw.FPDFPath_CountSegments(shape), 400)):
        segment = raw.FPDFPath_GetPathSegment(shape, at)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO or not raw.FPDFPathSegment_GetPoint(segment, x, y):
            return
        if kind == raw.FPDF_SEGMENT_MOVETO:
            yield from _strokes(points, place)
            points = []
        points.append(matrix.on_point(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    yield from _strokes(points, place)


def _strokes(points: list[tuple[float, float]], place: _Place) -> Iterator[Box]:
    for (a, b), (c, d) in pairwise(points):
        box = place.box(a, b, c, d)
        if min(box.width, box.height) <= _THIN and max(box.width, box.height) >= _LEAST_RULE:
            yield box
