"""Rows of a table that its maker wrote into one: cells of many lines, a figure a line, as converted PDFs have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"[-－−+]?[\d０-９][\d０-９,，.．]*[%％‰]?|[-—–…/]{1,3}")
_LEAST_LINES = 3


@dataclass(frozen=True, slots=True)
class DraftCell:
    """A cell as its source has it: its text (line breaks and indentation allowed), how many rows and columns it covers.

    Example: ``DraftCell("2025年", columns=2)``
    """

    text: str
    rows: int = 1
    columns: int = 1


def unfolded(rows: Sequence[Sequence[DraftCell]]) -> Iterator[Sequence[DraftCell]]:
    """The rows of a table; one whose cells all have as many lines, of labels and of figures, becomes as many rows.

    Example: 合计⏎养老机构⏎福利院 beside 426⇥53⏎399⇥50⏎27⇥3 → three rows of three cells
    """
    for row in rows:
        columns = _columns(row)
        if columns:
            yield from ([DraftCell(text) for text in line] for line in zip(*columns, strict=True))
        else:
            yield row


def _columns(row: Sequence[DraftCell]) -> list[list[str]]:
    """The texts of a row's columns from above; nothing where it is no such row."""
    cells = [[line for line in cell.text.split("\n") if line.strip()] for cell in row]
    count = len(cells[0]) if cells else 0
    if count < _LEAST_LINES or any(cell.rows > 1 for cell in row):
        return []
    columns, figures = [cells[0]], 0
    for lines in cells[1:]:
        found = _figures(lines, count) or _words(lines, count)
        if not found:
            return []
        figures += found is not None and _NUMBER.fullmatch(found[0][0]) is not None
        columns += found
    return columns if figures else []


def _figures(lines: Sequence[str], count: int) -> list[list[str]]:
    """The columns of a cell that has only figures, the same number of them in each of its lines."""
    tokens = [line.split() for line in lines]
    alike = len(lines) == count and len({len(line) for line in tokens}) == 1
    if not alike or not all(_NUMBER.fullmatch(token) for line in tokens for token in line):
        return []
    return [list(column) for column in zip(*tokens, strict=True)]


def _words(lines: Sequence[str], count: int) -> list[list[str]]:
    """The column of a cell that has a word a line, or one word over and over: 万个万个万个."""
    if len(lines) == count:
        return [list(lines)]
    text = "".join(line.strip() for line in lines)
    word = text[: len(text) // count]
    return [[word] * count] if word and word * count == text else []
