"""The order in which a page is read: tables and lines from above, newspaper columns one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import median

from pipeline.readers.layout.lines import Line, lines_of
from pipeline.readers.layout.page import Box, Glyph, Page, around
from pipeline.readers.layout.rules import frames
from pipeline.readers.layout.tables import PageTable, framed, gapped, inside

Item = Line | PageTable

_Side = Callable[[Box], tuple[float, float]]

_COLUMN_GAP = 0.9
"""White between two columns of text, in sizes of the font."""
_LEAST_WIDTH = 9.0
"""Width that a column of text has at least, in sizes of the font."""
_LEAST_CHARACTERS = 60
_BLOCK_GAP = 1.2
_DEEPEST = 12


def items_of(page: Page) -> list[list[Item]]:
    """What a page holds, in reading order: for each stretch of one column its lines and tables from above.

    Example: a page of two columns → the left one, then the right one
    """
    tables, free = _taken_out(page)
    blocks = [lines_of(block, page.number) for block in _blocks(free, 0)]
    found = [_with_gapped(lines) for lines in blocks if lines]
    for table in tables:
        _insert(found, table)
    return found


def _taken_out(page: Page) -> tuple[list[PageTable], list[Glyph]]:
    """The tables between ruling lines, and the characters outside of them."""
    free = list(page.glyphs)
    tables: list[PageTable] = []
    for frame in frames(page.rules):
        held = inside(frame, free)
        if len(held) > 2:
            tables.append(framed(frame, held, page.number))
            taken = {id(glyph) for found in held.values() for glyph in found}
            free = [glyph for glyph in free if id(glyph) not in taken]
    return tables, free


def _with_gapped(lines: Sequence[Line]) -> list[Item]:
    items: list[Item] = []
    at = 0
    for first, end, table in gapped(lines):
        items += [*lines[at:first], table]
        at = end
    return [*items, *lines[at:]]


def _insert(blocks: list[list[Item]], table: PageTable) -> None:
    """Put a table before the first line below it, in the block whose column it stands in."""
    middle, _ = table.box.center
    home = next((block for block in blocks if _spans(block, middle)), None)
    if home is None:
        home = []
        blocks.append(home)
    place = next((at for at, item in enumerate(home) if item.box.top > table.box.top), len(home))
    home.insert(place, table)


def _spans(block: Sequence[Item], x: float) -> bool:
    box = around([item.box for item in block])
    return box.left <= x <= box.right


def _blocks(glyphs: Sequence[Glyph], depth: int) -> Iterator[Sequence[Glyph]]:
    """Characters cut at white corridors: down between columns of text, else across between blocks of columns."""
    if depth > _DEEPEST or len(glyphs) < 2 * _LEAST_CHARACTERS:
        yield glyphs
        return
    size = median(glyph.size for glyph in glyphs)
    columns = _cut(glyphs, lambda box: (box.left, box.right), _COLUMN_GAP * size)
    if len(columns) > 1 and all(_is_column(column, size) for column in columns):
        for column in columns:
            yield from _blocks(column, depth + 1)
        return
    bands = _cut(glyphs, lambda box: (box.top, box.bottom), _BLOCK_GAP * size)
    if len(bands) > 1 and any(_has_columns(band, size) for band in bands):
        for band in bands:
            yield from _blocks(band, depth + 1)
        return
    yield glyphs


def _has_columns(glyphs: Sequence[Glyph], size: float) -> bool:
    columns = _cut(glyphs, lambda box: (box.left, box.right), _COLUMN_GAP * size)
    return len(columns) > 1 and all(_is_column(column, size) for column in columns)


def _is_column(glyphs: Sequence[Glyph], size: float) -> bool:
    box = around([glyph.box for glyph in glyphs])
    return len(glyphs) >= _LEAST_CHARACTERS and box.width >= _LEAST_WIDTH * size


def _cut(glyphs: Sequence[Glyph], side: _Side, gap: float) -> list[list[Glyph]]:
    """Groups of characters with white of a width between them, seen from one side."""
    groups: list[list[Glyph]] = []
    reached = float("-inf")
    for glyph in sorted(glyphs, key=lambda one: side(one.box)[0]):
        begin, end = side(glyph.box)
        if not groups or begin - reached > gap:
            groups.append([])
        groups[-1].append(glyph)
        reached = max(reached, end)
    return groups
