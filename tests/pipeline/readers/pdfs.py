"""PDFs made for tests: pages of text and lines in a font every viewer has."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, SIZE, PITCH = 90.0, 506.0, 16.0, 28.0
"""How offices set a report: 26 characters a line."""

Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, password: str = "", owner: str = "") -> bytes:
    """A PDF of pages that functions draw, measured from the lower left corner."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    secret = StandardEncryption(password, owner) if password or owner else None
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), encrypt=secret)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def put(canvas: Canvas, text: str, left: float, top: float, size: float = SIZE) -> None:
    """Text on a baseline ``top`` points below the upper edge."""
    canvas.setFont("STSong-Light", size)
    canvas.drawString(left, HEIGHT - top, text)


def lines(*texts: str, top: float = 120.0, foot: str = "") -> Draw:
    """A page of lines below each other, a leading full-width space being an indentation."""

    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(texts):
            bare = text.lstrip("\u3000")
            put(canvas, bare, LEFT + SIZE * (len(text) - len(bare)), top + PITCH * number)
        put(canvas, foot, 290.0, 790.0)

    return draw


def table(rows: list[list[str]], left: float, top: float, widths: list[float], height: float = 24.0) -> Draw:
    """A table with all its lines."""

    def draw(canvas: Canvas) -> None:
        right, bottom = left + sum(widths), top + height * len(rows)
        for number in range(len(rows) + 1):
            canvas.line(left, HEIGHT - top - height * number, right, HEIGHT - top - height * number)
        edge = left
        for width in [*widths, 0.0]:
            canvas.line(edge, HEIGHT - top, edge, HEIGHT - bottom)
            edge += width
        for number, row in enumerate(rows):
            edge = left
            for text, width in zip(row, widths, strict=True):
                put(canvas, text.lstrip("\u3000"), edge + 4 + 12 * text.count("\u3000"), top + height * number + 17, 12)
                edge += width

    return draw


def both(*draws: Draw) -> Draw:
    """Several drawings on one page."""

    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return draw
