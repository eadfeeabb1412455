"""What Word files consist of, whichever of their formats they are in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.document import Document
from pipeline.readers.rejected import RejectedFile

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
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


def words_of(cell: Cell) -> str:
    """The words of a cell, without those of tables in it.

    Example: ``words_of(Cell([Paragraph(" 2025年")]))`` → ``"2025年"``
    """
    return "\n".join(block.text for block in cell.blocks if isinstance(block, Paragraph)).strip()


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
