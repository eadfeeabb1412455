"""A document in the making: every reader says its lines and tables here, in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.model import Table, TableCell
from pipeline.document import Document, Place
from pipeline.readers.limits import Limits
from pipeline.readers.rejected import RejectedFile
from pipeline.readers.spaces import squeeze
from pipeline.readers.unfold import DraftCell, unfolded

__all__ = ["Draft", "DraftCell"]

_LONG_CELL = 300
_FEW_SENTENCES = 2
_SHORT_CELL, _FIGURE_ENDS = 20, frozenset("0123456789０１２３４５６７８９%％‰")
_MANY = 8
"""Figures for each cell of prose, for a table of data."""
_BLANK = re.compile(r"[ \xa0\u2000-\u200b\u3000]*")

Words = list[tuple[TableCell, str]]
"""The cells of a table that have words, with them; the offsets come when the line is written."""


class Draft:
    """Collects lines and tables; ``document`` makes the Document of them.

    Example: ``Draft().line("全年完成投资3.2亿元。", "paragraph 1")``
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._lines: list[str] = []
        self._length = self._cells = 0
        self._tables: list[Table] = []
        self._places: list[Place] = []
        self._left_out: list[str] = []

    def line(self, text: str, place: str = "") -> None:
        """Add a paragraph, or a line that stands for itself; blank ones are passed over, tabs stay.

        Example: ``draft.line("　　一、综合", "paragraph 3")``
        """
        line = "\t".join(map(squeeze, text.split("\t"))) if "\t" in text else squeeze(text)
        if line.strip():
            self._add(line, place)

    def table(
        self, rows: Sequence[Sequence[DraftCell]], place: Callable[[int], str] = lambda _: "", data: bool = False
    ) -> None:
        """Add a table, its cells as in HTML: each stands at the first place of its row that no other covers.

        One that only places text (a single column, or prose in a cell) becomes lines; prose is no reason where
        ``data`` says that it is a table, as in a sheet. ``place`` names a row by its number from 0.
        RejectedFile ``too_many_cells`` beyond the limit of the document.

        Example: ``draft.table([[DraftCell("指标"), DraftCell("2025年")], [DraftCell("大米"), DraftCell("267.0")]])``
        """
        laid = list(_laid_out(list(unfolded(rows))))
        self._cells += sum(map(len, laid))
        if self._cells > self._limits.cells:
            raise RejectedFile("too_many_cells", f"more than {self._limits.cells:,} cells; raise ZHIBIAO_MAX_CELLS")
        if not _is_data(laid, data):
            for number, row in enumerate(laid):
                for _, text in row:
                    for part in text.split("\n"):
                        self.line(part, place(number))
            return
        cells = [cell for number, row in enumerate(laid) if row for cell in self._row(row, place(number))]
        self._tables.append(Table(tuple(cells)))

    def leave_out(self, text: str) -> None:
        """Note what the source shows but does not say, so that its figures are not missed: a page number.

        Example: ``draft.leave_out("— 3 —")``
        """
        self._left_out.append(text)

    def document(self, media_type: str, reader: str, encoding: str = "") -> Document:
        """All that was added; what the file says of itself is for the reader to put in.

        Example: ``draft.document("application/pdf", "pdf").text``
        """
        text = "".join(f"{line}\n" for line in self._lines)
        tables, places = tuple(self._tables), tuple(self._places)
        left_out = "\n".join(self._left_out)
        return Document(text, media_type, encoding, reader, tables=tables, places=places, left_out=left_out)

    def _add(self, line: str, place: str) -> None:
        if place and (not self._places or self._places[-1].name != place):
            self._places.append(Place(self._length, place))
        self._lines.append(line)
        self._length += len(line) + 1

    def _row(self, row: Words, place: str) -> Iterator[TableCell]:
        pieces: list[str] = []
        at = self._length
        column = 0
        for cell, text in row:
            lead = "\t" * (cell.column - column)
            indent = _indent(text) if cell.column == 0 else ""
            words = _words(text)
            pieces += [lead, indent, words]
            start = at + len(lead) + len(indent)
            yield replace(cell, start=start, end=start + len(words), indent=len(_indent(text)))
            at, column = start + len(words), cell.column
        self._add("".join(pieces), place)


def _words(text: str) -> str:
    return squeeze(text.replace("\t", " "))


def _indent(text: str) -> str:
    blank = _BLANK.match(text)
    return "" if blank is None else "\u3000" * len(blank[0])


def _laid_out(rows: Sequence[Sequence[DraftCell]]) -> Iterator[Words]:
    """The cells with words of each row, at the columns that those above leave free."""
    covered: dict[int, int] = {}
    for number, row in enumerate(rows):
        column, words = 0, Words()
        for cell in row:
            while covered.get(column, 0) > number:
                column += 1
            width, height = max(1, cell.columns), max(1, cell.rows)
            if height > 1:
                covered.update({column + at: number + height for at in range(width)})
            if _words(cell.text):
                words.append((TableCell(0, 0, number, column, height, width), cell.text))
            column += width
        yield words


def is_data(cells: Iterable[str]) -> bool:
    """Whether cells are those of a table of data: prose in one is a remark where there are many figures.

    Example: ``is_data(["指标", "产量", "大米", "26.7"])`` → True; paragraphs side by side → False
    """
    prose = figures = 0
    for text in cells:
        words = text.strip()
        figures += len(words) <= _SHORT_CELL and words[-1:] in _FIGURE_ENDS
        prose += len(words) > _LONG_CELL or text.count("。") > _FEW_SENTENCES
    return not prose or figures >= _MANY * prose


def _is_data(laid: Sequence[Words], known: bool) -> bool:
    several = any(len(row) > 1 for row in laid)
    return several and (known or is_data(text for row in laid for _, text in row))
