"""Styles and lists of a .doc file (MS-DOC, 2.9.271 and 2.9.150)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.readers.word.binary import WordFile
from pipeline.readers.word.numbering import LEVELS, Level, NumberedList
from pipeline.readers.word.numerals import CODES
from pipeline.readers.word.shape import Shape
from pipeline.readers.word.sprms import paragraph_shape, run_shape

_STYLES, _LISTS, _OVERRIDES = 1, 73, 74
_PARAGRAPH, _CHARACTER = 1, 2
_NO_STYLE = 0xFFF
_LONGEST_CHAIN = 20
_LIST, _OVERRIDE, _LEVEL = 28, 16, 28
_LABEL = 200
_SIMPLE, _LEGAL, _RESTARTS_AFTER = 0x1, 0x4, 0x8
_STARTS, _FORMATTED = 0x10, 0x20


@dataclass(slots=True)
class _Style:
    shape: Shape = field(default_factory=Shape)
    base: int = _NO_STYLE


def styles(file: WordFile) -> dict[int, Shape]:
    """What each style says, those it is based on included.

    Example: ``styles(file)[0]``: of the usual style
    """
    sheet = file.block(_STYLES)
    if len(sheet) < 6:
        return {}
    header, count, fixed = struct.unpack_from("<HHH", sheet)
    own: dict[int, _Style] = {}
    at = 2 + header
    for number in range(count):
        if at + 2 > len(sheet):
            break
        (size,) = struct.unpack_from("<H", sheet, at)
        if size:
            own[number] = _style(sheet[at + 2 : at + 2 + size], fixed)
        at += 2 + size
    return {number: _whole(number, own) for number in own}


def _style(std: bytes, fixed: int) -> _Style:
    if len(std) < fixed + 2:
        return _Style()
    kind_and_base, updates = struct.unpack_from("<HH", std, 2)
    kind, base = kind_and_base & 0xF, kind_and_base >> 4
    (name,) = struct.unpack_from("<H", std, fixed)
    found = _Style(base=base)
    at = fixed + 2 + 2 * name + 2
    for update in range(updates & 0xF):
        at += at % 2
        if at + 2 > len(std):
            break
        (size,) = struct.unpack_from("<H", std, at)
        properties = std[at + 2 : at + 2 + size]
        if kind == _PARAGRAPH and update == 0:
            found.shape = paragraph_shape(properties[2:])
        elif (kind, update) in ((_PARAGRAPH, 1), (_CHARACTER, 0)):
            found.shape = run_shape(properties).shape.over(found.shape)
        at += 2 + size
    return found


def _whole(number: int, own: dict[int, _Style]) -> Shape:
    whole = Shape()
    for _ in range(_LONGEST_CHAIN):
        if number not in own:
            break
        whole = whole.over(own[number].shape)
        number = own[number].base
    return whole


def lists(file: WordFile) -> dict[str, NumberedList]:
    """The lists that paragraphs refer to, by their numbers from 1 on.

    Example: ``lists(file)["1"].levels[0].text`` → ``"%1、"``
    """
    defined = dict(_defined(file))
    table = file.block(_OVERRIDES)
    count = min(struct.unpack_from("<I", table)[0], len(table) // _OVERRIDE) if len(table) > _OVERRIDE else 0
    found: dict[str, NumberedList] = {}
    at = 4 + _OVERRIDE * count
    for number in range(count):
        identity, changed = struct.unpack_from("<i8xB", table, 4 + _OVERRIDE * number)
        levels, starts = dict(defined.get(identity, {})), dict[int, int]()
        at += 4
        for _ in range(changed):
            start, flags = struct.unpack_from("<iI", table, at)
            at += 8
            if flags & _FORMATTED:
                level, at = _level(table, at)
                levels[flags & 0xF] = level
            if flags & _STARTS:
                starts[flags & 0xF] = levels[flags & 0xF].start if flags & _FORMATTED else start
        found[str(number + 1)] = NumberedList(str(identity), levels, starts)
    return found


def _defined(file: WordFile) -> Iterator[tuple[int, dict[int, Level]]]:
    start, length = file.span(_LISTS)
    if length < 2 + _LIST:
        return
    (count,) = struct.unpack_from("<H", file.table, start)
    at = start + length
    for number in range(count):
        identity, flags = struct.unpack_from("<i22xB", file.table, start + 2 + _LIST * number)
        levels: dict[int, Level] = {}
        for depth in range(1 if flags & _SIMPLE else LEVELS):
            levels[depth], at = _level(file.table, at)
        yield identity, levels


def _level(table: bytes, at: int) -> tuple[Level, int]:
    start, code, flags = struct.unpack_from("<iBB", table, at)
    characters, paragraphs, limit = struct.unpack_from("<BBB", table, at + 24)
    at += _LEVEL + characters + paragraphs
    (length,) = struct.unpack_from("<H", table, at)
    label = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")[:_LABEL]
    # A level is named by its number as a character.
    text = "".join(f"%{ord(sign) + 1}" if ord(sign) < LEVELS else sign for sign in label)
    restart = limit if flags & _RESTARTS_AFTER else None
    level = Level(CODES.get(code, "decimal"), text, start, restart, bool(flags & _LEGAL))
    return level, at + 2 + 2 * length
