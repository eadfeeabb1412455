"""Properties of a .doc file: lists of changes, each a number of two bytes with what it sets (MS-DOC, 2.6)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipeline.readers.word.shape import PER_BLANK, TWIPS_A_BLANK, Shape
from pipeline.readers.word.tables import RowShape

_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_TABLE, _TABS = 0xD608, 0xC615
_DELETED, _HIDDEN, _RAISED, _STYLE, _SPECIAL = 0x0800, 0x083C, 0x2A48, 0x4A30, 0x0855
_LEVEL, _LIST = 0x260A, 0x460B
_IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL, _INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_LEFT, _FIRST = (0x840F, 0x845E), (0x8411, 0x8460)
_LEFT_CHARACTERS, _FIRST_CHARACTERS = 0x4456, 0x4457
_ALIGNED = (0x2403, 0x2461)
_VERTICAL = 0xD62B
_ALIGNMENTS = {1: "center", 2: "right", 4: "distribute"}
_CELL = 20
_LAST_LIST = 0x7FE


@dataclass(frozen=True, slots=True)
class Marks:
    """What a paragraph is in a table.

    Example: the end of a row → ``Marks(depth=1, row_end=True)``
    """

    depth: int = 0
    row_end: bool = False
    cell_end: bool = False
    row: RowShape | None = None


@dataclass(frozen=True, slots=True)
class RunShape:
    """What decides how characters are read; None where the style decides.

    Example: deleted text → ``RunShape(deleted=True)``
    """

    shape: Shape = field(default_factory=Shape)
    deleted: bool = False
    special: bool = False
    style: int | None = None


def changes(properties: bytes) -> Iterator[tuple[int, bytes]]:
    """Each change of a list: its number and its operand; what is cut off at the end is passed over.

    Example: ``list(changes(b"\\x3c\\x08\\x01"))`` → ``[(0x083C, b"\\x01")]``: hidden
    """
    at = 0
    while at + 2 < len(properties):
        (sprm,) = struct.unpack_from("<H", properties, at)
        at += 2
        size = _SIZES[sprm >> 13]
        if sprm == _TABLE:
            size = int.from_bytes(properties[at : at + 2], "little") + 1
        elif not size:
            size = properties[at] + 1
            if sprm == _TABS and size == 256:
                deleted = properties[at + 1]
                added = properties[at + 2 + 4 * deleted] if at + 2 + 4 * deleted < len(properties) else 0
                size = 3 + 4 * deleted + 3 * added
        yield sprm, properties[at : at + size]
        at += size


@lru_cache(maxsize=4096)
def run_shape(properties: bytes) -> RunShape:
    """What the properties of characters say.

    Example: ``run_shape(b"\\x48\\x2a\\x01").shape.raised`` → True
    """
    found = RunShape()
    for sprm, operand in changes(properties):
        value = int.from_bytes(operand[:2], "little")
        if sprm == _HIDDEN:
            # 0x80 is as the style has it, 0x81 the opposite, which for hidden text nobody means.
            hidden = None if value == 0x80 else value not in (0, 0x81)
            found = replace(found, shape=replace(found.shape, hidden=hidden))
        elif sprm == _RAISED:
            found = replace(found, shape=replace(found.shape, raised=value == 1))
        elif sprm == _DELETED:
            found = replace(found, deleted=value == 1)
        elif sprm == _SPECIAL:
            found = replace(found, special=value == 1)
        elif sprm == _STYLE:
            found = replace(found, style=value)
    return found


@lru_cache(maxsize=4096)
def paragraph_shape(properties: bytes) -> Shape:
    """What the properties of a paragraph say of lists and indents.

    Example: ``paragraph_shape(b"\\x0b\\x46\\x03\\x00").list`` → ``"3"``
    """
    found = Shape()
    for sprm, operand in changes(properties):
        value = int.from_bytes(operand[:2], "little")
        signed = int.from_bytes(operand[:2], "little", signed=True)
        if sprm == _LEVEL:
            found = replace(found, level=value)
        elif sprm == _LIST:
            found = replace(found, list=str(value) if value <= _LAST_LIST else "0")
        elif sprm in _LEFT:
            found = replace(found, blanks=round(signed / TWIPS_A_BLANK))
        elif sprm in _FIRST:
            found = replace(found, first_blanks=round(signed / TWIPS_A_BLANK))
        elif sprm == _LEFT_CHARACTERS and signed:
            found = replace(found, blanks=round(signed / PER_BLANK))
        elif sprm == _FIRST_CHARACTERS and signed:
            found = replace(found, first_blanks=round(signed / PER_BLANK))
        elif sprm in _ALIGNED:
            found = replace(found, aligned=_ALIGNMENTS.get(value, "left"))
    return found


@lru_cache(maxsize=4096)
def marks(properties: bytes) -> Marks:
    """What the properties of a paragraph say of tables.

    Example: ``marks(b"\\x16\\x24\\x01")`` → ``Marks(depth=1)``
    """
    depth = None
    found = Marks()
    vertical: list[bytes] = []
    for sprm, operand in changes(properties):
        value = int.from_bytes(operand[:4], "little")
        if sprm == _DEPTH:
            depth = value
        elif sprm == _IN_TABLE:
            found = replace(found, depth=value)
        elif sprm in (_ROW_END, _INNER_ROW_END):
            found = replace(found, row_end=value == 1)
        elif sprm == _INNER_CELL:
            found = replace(found, cell_end=value == 1)
        elif sprm == _TABLE:
            found = replace(found, row=_row(operand))
        elif sprm == _VERTICAL:
            vertical.append(operand)
    row = None if found.row is None else _merged_down(found.row, vertical)
    return replace(found, depth=found.depth if depth is None else depth, row=row)


def _row(operand: bytes) -> RowShape | None:
    count = operand[2] if len(operand) > 2 else 0
    end = 3 + 2 * (count + 1)
    if not count or len(operand) < end:
        return None
    edges = struct.unpack_from(f"<{count + 1}h", operand, 3)
    # The descriptions of the last cells may be left out.
    flags = (int.from_bytes(operand[at : at + 2], "little") for at in range(end, end + _CELL * count, _CELL))
    return RowShape(edges, tuple(flags))


def _merged_down(row: RowShape, vertical: list[bytes]) -> RowShape:
    flags = list(row.flags)
    for operand in vertical:
        if len(operand) > 2 and operand[1] < len(flags):
            flags[operand[1]] = flags[operand[1]] & ~0x60 | (operand[2] & 3) << 5
    return replace(row, flags=tuple(flags))
