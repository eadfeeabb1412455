"""Rows that stand stacked in one, a paragraph each: so programs that make .docx of PDF write many tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.readers.word.blocks import Cell, Paragraph

_FEWEST = 3
_FIGURE = re.compile(r"\s*[-+]?\d[\d.,，%％]*\s*")
_WORD = re.compile(r"[^\W\d]")


def unstacked(rows: Sequence[list[Cell]]) -> Iterator[list[Cell]]:
    """The rows, those that are several in one taken apart: where all cells have equally many paragraphs, and the
    paragraphs of one are words and of another figures, one for each column that the cell covers.

    Example: a cell 合计 / 大米 / 小麦 beside a cell 9 / 6 / 3 → three rows
    """
    for row in rows:
        yield from _apart(row) or [row]


def _apart(row: Sequence[Cell]) -> list[list[Cell]]:
    filled = [cell for cell in row if any(_is_said(block) for block in cell.blocks)]
    if len(filled) < 2 or any(cell.goes_on or cell.begins for cell in row):
        return []
    stacks = [_stack(cell) for cell in row]
    count = len(_stack(filled[0]))
    said = [_stack(cell) for cell in filled]
    if count < _FEWEST or any(len(stack) != count for stack in said) or not _has_both(said):
        return []
    return [
        [
            one
            for cell, stack in zip(row, stacks, strict=True)
            for one in (stack[at] if stack else [Cell([], cell.columns)])
        ]
        for at in range(count)
    ]


def _is_said(block: object) -> bool:
    return not isinstance(block, Paragraph) or bool(block.text.strip())


def _stack(cell: Cell) -> list[list[Cell]]:
    """The cells of each paragraph; none where they cannot be told for sure."""
    stack: list[list[Cell]] = []
    for block in filter(_is_said, cell.blocks):
        if not isinstance(block, Paragraph) or "\n" in block.text.strip():
            return []
        parts = block.text.strip().split("\t")
        if len(parts) == 1:
            stack.append([Cell([block], cell.columns)])
        elif len(parts) == cell.columns:
            stack.append([Cell([Paragraph(part, behind=block.behind * (not at))]) for at, part in enumerate(parts)])
        else:
            return []
    return stack


def _has_both(stacks: Sequence[Sequence[Sequence[Cell]]]) -> bool:
    texts = [[_text(one) for cells in stack for one in cells] for stack in stacks]
    figures = any(all(map(_FIGURE.fullmatch, column)) for column in texts)
    return figures and all(map(_WORD.search, texts[0]))


def _text(cell: Cell) -> str:
    return "".join(block.text for block in cell.blocks if isinstance(block, Paragraph))
