"""What Word files consist of, whichever of their formats they are in, and how it becomes lines and tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from pipeline.document import Document
from pipeline.readers.draft import Draft, DraftCell
from pipeline.readers.rejected import RejectedFile

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WIDEST, _TALLEST = 200, 5_000
_LONGEST_FIGURE = 40
_LAST_DIGITS, _FIRST_DIGITS = re.compile(r"\d*\Z"), re.compile(r"\d*")


@dataclass(slots=True)
class Paragraph:
    """A paragraph as it is shown, its number before it and marks such as [1] where notes belong.

    Example: ``Paragraph("一、收入[1]", behind=[Paragraph("[1] 不含上级补助。")])``
    """

    text: str
    indent: int = 0
    """How many full-width blanks wide it is indented."""
    behind: list[Block] = field(default_factory=list)
    """Text boxes and notes that hang on it."""


@dataclass(slots=True)
class Cell:
    """A cell as Word files have them: covered cells are cells too, marked as going on with the one above.

    Example: ``Cell([Paragraph("2025年")], columns=2)``
    """

    blocks: list[Block]
    columns: int = 1
    goes_on: bool = False
    """Whether it belongs to the cell above it."""
    begins: bool = False
    """Whether cells below may belong to it."""
    beside: bool = False
    """Whether it belongs to the cell on its left."""


@dataclass(slots=True)
class Grid:
    """A table: its rows of cells, from left to right without gaps.

    Example: ``Grid([[Cell([Paragraph("指标")]), Cell([Paragraph("2025年")])]])``
    """

    rows: list[list[Cell]]


Block = Paragraph | Grid


class Notes:
    """Footnotes and endnotes, each given out once, where it is first referred to.

    Example: ``Notes({("footnote", "2"): [Paragraph("不含上级补助。")]}).taken(("footnote", "2"))[0]`` → ``"[1]"``
    """

    def __init__(self, blocks: Mapping[tuple[str, str], list[Block]]) -> None:
        self._blocks = dict(blocks)
        self._marks: dict[tuple[str, str], str] = {}

    def taken(self, name: tuple[str, str]) -> tuple[str, list[Block]]:
        """The mark of a note and, the first time, its blocks, the mark before them; nothing for one that is missing.

        Example: ``notes.taken(("endnote", "1"))``
        """
        blocks = self._blocks.pop(name, None)
        if blocks is None:
            return self._marks.get(name, ""), []
        mark = self._marks[name] = note_mark(len(self._marks) + 1)
        return mark, marked(blocks, mark)


def unsaid(pieces: Sequence[tuple[str, bool]]) -> str:
    """The hidden ones among the pieces of a paragraph, with the digits that they touch: so a plainer reading has them.

    Example: ``unsaid([("收入", False), ("9", True), ("3.2", False)])`` → ``"93"``
    """
    whole = "".join(text for text, _ in pieces)
    found: list[str] = []
    end = 0
    for text, hidden in pieces:
        start, end = end, end + len(text)
        if hidden:
            before = _LAST_DIGITS.search(whole, max(0, start - _LONGEST_FIGURE), start)
            after = _FIRST_DIGITS.match(whole, end, end + _LONGEST_FIGURE)
            found.append((before[0] if before else "") + text + (after[0] if after else ""))
    return "\n".join(found)


def plain_document(lines: Iterable[str], media_type: str, reader: str) -> Document:
    """The lines of a plain reading as a document; RejectedFile ``no_text`` when there are none.

    Example: ``plain_document(["收入3.2亿元"], "application/rtf", "rtf:plain").text``
    """
    text = "".join(f"{line}\n" for line in lines)
    if not text:
        raise RejectedFile("no_text", "there are no words in the document (only pictures?); save what it shows as txt")
    return Document(text, media_type, "", reader)


def note_mark(number: int) -> str:
    """What stands where a note is referred to and before its text: no figure that another could melt into.

    Example: ``note_mark(1)`` → ``"[1]"``
    """
    return f"[{number}]"


def marked(blocks: list[Block], mark: str) -> list[Block]:
    """The blocks of a note, the mark before their first words.

    Example: ``marked([Paragraph(" 不含上级补助。")], "[1]")`` → [1] 不含上级补助。
    """
    first = next((block for block in blocks if isinstance(block, Paragraph) and block.text.strip()), None)
    if first is not None:
        first.text = f"{mark} {first.text.strip()}"
    return blocks


def raised(text: str) -> str:
    """Superscript text with its digits as characters, so that they cannot melt into the figure before them.

    Example: ``raised("4")`` → ``"⁴"``
    """
    return text.translate(_RAISED) if text.strip().isascii() and text.strip().isdigit() else text


def written(blocks: Sequence[Block], draft: Draft) -> Draft:
    """The blocks of a document in a draft, in order; tables within cells follow the table around them.

    Example: ``written([Paragraph("收入3.2亿元。")], Draft()).document("…", "docx").text``
    """
    paragraphs = tables = 0
    waiting: list[tuple[Iterator[Block], str]] = [(iter(blocks), "")]
    while waiting:
        block = next(waiting[-1][0], None)
        inside = waiting[-1][1]
        if block is None:
            waiting.pop()
        elif isinstance(block, Paragraph):
            paragraphs += not inside
            place = inside or f"paragraph {paragraphs}"
            for line in block.text.split("\n"):
                draft.line(line, place)
            waiting.append((iter(block.behind), place))
        else:
            tables += 1
            after = _table(block, draft, f"table {tables}")
            waiting.append((iter(after), f"table {tables}"))
    return draft


def _table(grid: Grid, draft: Draft, place: str) -> list[Block]:
    """Add a table; what does not fit into cells comes back: inner tables, notes. One for layout comes back whole."""
    if _is_layout(grid):
        return [block for row in grid.rows for cell in row for block in cell.blocks]
    after: list[Block] = []
    draft.table(_merged(_compact(grid), after), partial(_row_place, place))
    return after


def _row_place(table: str, row: int) -> str:
    return f"{table} row {row + 1}"


def _is_layout(grid: Grid) -> bool:
    if not any(isinstance(block, Grid) for row in grid.rows for cell in row for block in cell.blocks):
        return False
    return all(sum(map(_has_words, row)) <= 1 for row in grid.rows)


def _compact(grid: Grid) -> list[list[Cell]]:
    """The rows without the columns in which no words begin: edges that nearly meet make many."""
    starts = sorted({start for row in grid.rows for start, cell in _placed(row) if _has_words(cell)})
    rows: list[list[Cell]] = []
    for row in grid.rows:
        ends = ((start, start + cell.columns, cell) for start, cell in _placed(row))
        widths = ((bisect_left(starts, end) - bisect_left(starts, start), cell) for start, end, cell in ends)
        rows.append([replace(cell, columns=width) for width, cell in widths if width])
    return rows


def _placed(row: Sequence[Cell]) -> Iterator[tuple[int, Cell]]:
    column = 0
    for cell in row:
        cell.columns = max(1, cell.columns)
        yield column, cell
        column += cell.columns


def _has_words(cell: Cell) -> bool:
    return any(isinstance(block, Paragraph) and block.text.strip() for block in cell.blocks)


def _merged(grid: Sequence[Sequence[Cell]], after: list[Block]) -> list[list[DraftCell]]:
    rows: list[list[DraftCell]] = []
    above: dict[int, tuple[int, int]] = {}
    for row in grid:
        column, laid = 0, list[DraftCell]()
        for cell in row:
            columns = min(cell.columns, _WIDEST)
            begun = above.get(column) if cell.goes_on else None
            if begun and not _has_words(cell) and _grown(rows, begun, columns, len(rows)):
                after += [block for block in cell.blocks if isinstance(block, Grid)]
            else:
                above.pop(column, None)
                if cell.begins or cell.goes_on:
                    above[column] = (len(rows), len(laid))
                laid.append(DraftCell(_words(cell, after), 1, columns))
            column += columns
        rows.append(laid)
    return rows


def _grown(rows: list[list[DraftCell]], begun: tuple[int, int], columns: int, number: int) -> bool:
    at, index = begun
    cell = rows[at][index]
    if cell.columns != columns or at + cell.rows != number or cell.rows >= _TALLEST:
        return False
    rows[at][index] = replace(cell, rows=cell.rows + 1)
    return True


def _words(cell: Cell, after: list[Block]) -> str:
    words: list[str] = []
    for block in cell.blocks:
        if isinstance(block, Grid):
            after.append(block)
        else:
            words += ["\u3000" * block.indent + block.text] if block.text.strip() else []
            after += block.behind
    return "\n".join(words)
