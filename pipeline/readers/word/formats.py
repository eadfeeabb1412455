"""The formatting of the text of a .doc file, position by position."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator

from pipeline.readers.word.binary import WordFile, property_pages
from pipeline.readers.word.sprms import RunShape, changes, run_shape

_CHARACTERS, _PARAGRAPHS = 12, 13
_HEIGHTS = 13
_ELSEWHERE = (0x6645, 0x6646)

Run = tuple[int, int, bytes]
"""From which byte of the main stream to which, and the properties there."""


class Formats:
    """Looks formatting up; made once a file.

    Example: ``Formats(file).paragraph(12)``
    """

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._runs = sorted(_runs(file, _CHARACTERS))
        self._paragraphs = sorted(_runs(file, _PARAGRAPHS))
        self._run_starts = [run[0] for run in self._runs]
        self._paragraph_starts = [run[0] for run in self._paragraphs]

    def paragraph(self, position: int) -> tuple[int, bytes]:
        """The style and the properties of the paragraph that the mark at a position ends.

        Example: ``formats.paragraph(12)`` → ``(0, b"")``: nothing but the usual style
        """
        at = self._file.offset(position)
        number = bisect_right(self._paragraph_starts, at) - 1
        if number < 0 or self._paragraphs[number][1] <= at or len(self._paragraphs[number][2]) < 2:
            return 0, b""
        properties = self._paragraphs[number][2]
        return int.from_bytes(properties[:2], "little"), self._whole(properties[2:])

    def _whole(self, properties: bytes) -> bytes:
        """The properties, read from where they are kept when they were too long for their page."""
        for sprm, operand in changes(properties):
            if sprm in _ELSEWHERE:
                start = int.from_bytes(operand, "little")
                size = int.from_bytes(self._file.data[start : start + 2], "little")
                return properties + self._file.data[start + 2 : start + 2 + size]
        return properties

    def ends_paragraph(self, position: int) -> bool:
        """Whether the properties of a paragraph end right after a position.

        Example: a page break within a paragraph → False, the end of a section → True
        """
        at = self._file.offset(position)
        number = bisect_right(self._paragraph_starts, at) - 1
        return number >= 0 and self._paragraphs[number][1] - at in (1, 2)

    def runs(self, start: int, end: int) -> Iterator[tuple[int, int, RunShape]]:
        """The text between two positions in runs of one formatting each.

        Example: ``list(formats.runs(0, 5))`` → ``[(0, 5, RunShape())]``
        """
        while start < end:
            piece = self._file.pieces[bisect_right(self._file.pieces, start, key=lambda piece: piece.start) - 1]
            at = piece.offset + (start - piece.start) * piece.width
            number = bisect_right(self._run_starts, at) - 1
            inside = number >= 0 and self._runs[number][1] > at
            following = (
                self._run_starts[number + 1] if number + 1 < len(self._runs) else at + (end - start) * piece.width
            )
            until = self._runs[number][1] if inside else following
            stop = min(end, piece.end, start + max(1, -(-(until - at) // piece.width)))
            yield start, stop, run_shape(self._runs[number][2]) if inside else RunShape()
            start = stop


def _runs(file: WordFile, pair: int) -> Iterator[Run]:
    for page in property_pages(file, pair):
        count = page[511]
        if 4 * (count + 1) > len(page):
            continue
        bounds = struct.unpack_from(f"<{count + 1}I", page)
        for number in range(count):
            if pair == _CHARACTERS:
                at = 2 * page[4 * (count + 1) + number]
                properties = page[at + 1 : at + 1 + page[at]] if at else b""
            else:
                properties = _paragraph(page, 2 * page[4 * (count + 1) + _HEIGHTS * number])
            yield bounds[number], bounds[number + 1], properties


def _paragraph(page: bytes, at: int) -> bytes:
    if not at:
        return b""
    if page[at]:
        return page[at + 1 : at + 2 * page[at]]
    return page[at + 2 : at + 2 + 2 * page[at + 1]]
