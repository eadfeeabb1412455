"""Captions and notes that stand in rows of their own within a table: they are lines before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from lexicons import load
from pipeline.readers.word.blocks import Cell, words_of

_SHORT = 40


def sections(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[range, bool]]:
    """The rows of a table in parts, each with whether it is a table: captions and notes are not.

    A caption or a note has a single cell with words, and is as wide as the table or says the unit, or stands
    between such a row and the edge of the table. A unit said anew in the middle begins another table.

    Example: 收支决算表 / 单位：万元 / 项目⇥决算数 / 收入⇥9 / 注：略 → 2 rows, 2 rows that are a table, 1 row
    """
    width = max((sum(cell.columns for cell in row) for row in rows), default=0)
    alone = [sum(bool(words_of(cell)) for cell in row) <= 1 for row in rows]
    if all(alone):
        yield range(len(rows)), True
        return
    begun = 0
    for first, last in _runs(alone):
        said = range(first, last)
        if last < len(rows):
            said = range(
                first, max((at + 1 for at in said if _is_apart(rows[at], width, wide=not first)), default=first)
            )
        else:
            said = range(min((at for at in said if _is_apart(rows[at], width)), default=last), last)
        if said:
            yield range(begun, said.start), True
            yield said, False
            begun = said.stop
    yield range(begun, len(rows)), True


def _runs(alone: Sequence[bool]) -> Iterator[tuple[int, int]]:
    at = 0
    for is_alone, run in groupby(alone):
        first, at = at, at + sum(1 for _ in run)
        if is_alone:
            yield first, at


def _is_apart(row: Sequence[Cell], width: int, wide: bool = True) -> bool:
    if wide and any(words_of(cell) and cell.columns == width for cell in row):
        return True
    return any(_says_unit(words_of(cell)) for cell in row)


def _says_unit(words: str) -> bool:
    head = words.replace("：", ":").partition(":")[0].strip()
    return ":" in words.replace("：", ":") and len(words) < _SHORT and head in load().words("tables.unit_heads")
