"""A .doc file opened: its streams, its text by pieces, and where each kind of property stands (MS-DOC)."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from pipeline.readers.rejected import RejectedFile
from pipeline.readers.source import Source

_WORD_97 = 0xC1
_ENCRYPTED, _SECOND_TABLE, _OBFUSCATED = 0x0100, 0x0200, 0x8000
_FIRST_PAIR = 0x9A
_COUNTS = 0x4C
_PAGE = 512
_COMPRESSED = 0x40000000


@dataclass(frozen=True, slots=True)
class Stories:
    """How many characters each story of a file has; they follow one another in this order."""

    text: int
    footnotes: int
    heads: int
    macros: int
    comments: int
    endnotes: int
    boxes: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that stand together in the file.

    Example: ``Piece(0, 120, 2048, 2)``: the first 120 characters, two bytes each, from byte 2048 on
    """

    start: int
    end: int
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class WordFile:
    """The streams of a .doc file and its text.

    Example: ``word_file(source).text[:8]``
    """

    main: bytes
    table: bytes
    stories: Stories
    pieces: Sequence[Piece]
    text: str
    """All stories; every character has its place, marks included."""
    data: bytes = b""
    """The stream of pictures and of properties too long for their pages."""

    def block(self, pair: int) -> bytes:
        """The bytes of the table stream that a pair of the header points to; empty where there are none.

        Example: ``file.block(1)``: the styles
        """
        start, length = self.span(pair)
        return self.table[start : start + length]

    def span(self, pair: int) -> tuple[int, int]:
        """Where in the table stream a structure stands and how long it is.

        Example: ``file.span(73)``: the lists
        """
        start, length = struct.unpack_from("<II", self.main, _FIRST_PAIR + 8 * pair)
        return int(start), int(length)

    def offset(self, position: int) -> int:
        """The byte of the main stream where a character stands.

        Example: ``file.offset(0)`` → 2048
        """
        piece = self.pieces[max(0, bisect_right(self.pieces, position, key=lambda piece: piece.start) - 1)]
        return piece.offset + (position - piece.start) * piece.width


def word_file(source: Source) -> WordFile:
    """The file opened; RejectedFile when it is encrypted, older than Word 97 or damaged.

    Example: ``source.once(word_file)``
    """
    import olefile

    with olefile.OleFileIO(BytesIO(source.data)) as ole:
        main = ole.openstream("WordDocument").read()
        _, version, flags = struct.unpack_from("<HHxxxxxxH", main)
        if version < _WORD_97:
            raise RejectedFile("unsupported", "a document of Word 6 or Word 95; save it as .docx")
        if flags & (_ENCRYPTED | _OBFUSCATED):
            raise RejectedFile("encrypted", "it needs a password; save it without one")
        table = ole.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
        data = ole.openstream("Data").read() if ole.exists("Data") else b""
    stories = Stories(*struct.unpack_from("<7i", main, _COUNTS))
    pieces = _pieces(main, table)
    return WordFile(main, table, stories, pieces, "".join(_text(main, piece) for piece in pieces), data)


def positions(plc: bytes, size: int) -> list[int]:
    """The positions at the head of a structure whose elements have that size: one more than there are elements.

    Example: ``positions(file.block(2), 2)``: where footnotes are referred to
    """
    count = (len(plc) - 4) // (4 + size)
    return list(struct.unpack_from(f"<{count + 1}I", plc)) if count > 0 else []


def ascending(plc: bytes, size: int) -> list[int]:
    """The same positions where they part a text: ValueError when they go back, to say one text many times.

    Example: ``ascending(file.block(3), 0)``: where footnotes begin
    """
    found = positions(plc, size)
    if any(first > second for first, second in pairwise(found)):
        raise ValueError("the positions of notes or text boxes are not in order")
    return found


def property_pages(file: WordFile, pair: int) -> Iterator[bytes]:
    """The pages that keep the properties of characters or paragraphs, each once.

    Example: ``property_pages(file, 12)``
    """
    plc = file.block(pair)
    count = len(positions(plc, 4)) - 1
    seen: set[int] = set()
    for number in struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)) if count > 0 else ():
        start = (number & 0x3FFFFF) * _PAGE
        if start not in seen and start + _PAGE <= len(file.main):
            seen.add(start)
            yield file.main[start : start + _PAGE]


def _pieces(main: bytes, table: bytes) -> list[Piece]:
    start, length = struct.unpack_from("<II", main, _FIRST_PAIR + 8 * 33)
    clx = table[start : start + length]
    at = 0
    while clx[at] == 1:
        at += 3 + int(struct.unpack_from("<H", clx, at + 1)[0])
    plc = clx[at + 5 : at + 5 + int(struct.unpack_from("<I", clx, at + 1)[0])]
    bounds = positions(plc, 8)
    found: list[Piece] = []
    for number, (first, last) in enumerate(pairwise(bounds)):
        (place,) = struct.unpack_from("<I", plc, 4 * len(bounds) + 8 * number + 2)
        narrow = bool(place & _COMPRESSED)
        offset = (place & ~_COMPRESSED & 0x7FFFFFFF) // (2 if narrow else 1)
        found.append(Piece(first, last, offset, 1 if narrow else 2))
    # Pieces do not overlap: a file cannot say more characters than it has bytes.
    if any(not piece.start < piece.end for piece in found) or not found or found[-1].end > len(main):
        raise RejectedFile("damaged", "its text cannot be put together; save it again")
    return found


def _text(main: bytes, piece: Piece) -> str:
    data = main[piece.offset : piece.offset + (piece.end - piece.start) * piece.width]
    text = data.decode("cp1252", "replace") if piece.width == 1 else _wide(data)
    return text.ljust(piece.end - piece.start, "\0")


def _wide(data: bytes) -> str:
    # One character a place: halves of a pair stay two until the text is put together.
    return "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])))
