"""Captions and notes that stand in rows of their own within a table: they are lines before and after it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from lexicons import load
from pipeline.readers.word.blocks import Cell, words_of

_SHORT = 40


def around(rows: Sequence[Sequence[Cell]]) -> tuple[int, int]:
    """How many rows at the beginning of a table are its caption, and how many at its end are its notes.

    A row counts that has a single cell with words, when it is as wide as the table or says the unit, and those
    between it and the edge of the table.

    Example: 收支决算表 / 单位：万元 / 项目⇥决算数 / 收入⇥9 / 注：略 → 2 and 1
    """
    width = max((sum(cell.columns for cell in row) for row in rows), default=0)
    alone = [sum(bool(words_of(cell)) for cell in row) <= 1 for row in rows]
    if all(alone):
        return 0, 0
    first = sum(1 for _ in takewhile(bool, alone))
    last = sum(1 for _ in takewhile(bool, reversed(alone)))
    caption = max((at + 1 for at in range(first) if _is_apart(rows[at], width)), default=0)
    notes = max((at + 1 for at in range(last) if _is_wide(rows[-1 - at], width)), default=0)
    return caption, notes


def _is_apart(row: Sequence[Cell], width: int) -> bool:
    return _is_wide(row, width) or any(_says_unit(words_of(cell)) for cell in row)


def _is_wide(row: Sequence[Cell], width: int) -> bool:
    return any(words_of(cell) and cell.columns == width for cell in row)


def _says_unit(words: str) -> bool:
    head = words.replace("：", ":").partition(":")[0].strip()
    return ":" in words.replace("：", ":") and len(words) < _SHORT and head in load().words("tables.unit_heads")
