"""All pages as one document: furniture left out, paragraphs and tables joined over page breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from pipeline.readers.draft import Draft
from pipeline.readers.layout.flow import Item, items_of
from pipeline.readers.layout.furniture import furniture
from pipeline.readers.layout.lines import Line
from pipeline.readers.layout.page import Page
from pipeline.readers.layout.paragraphs import Margins, goes_on, joined, margins
from pipeline.readers.layout.tables import PageTable

_NOTE_SIZE = 0.9
"""Lines at the foot of a page that are smaller than this share of the text are notes."""
_SAME_LEFT = 24.0
"""Points within which columns begin at the same place."""


def write(pages: Iterable[Page], draft: Draft) -> None:
    """Say the pages of a document to a draft: paragraphs as lines, tables as tables.

    Example: ``write(pages, draft)``; ``draft.document("application/pdf", "pdf").text``
    """
    read = [(page, items_of(page)) for page in pages]
    lost = furniture(read)
    blocks: list[list[Item]] = []
    for _, found in read:
        for block in found:
            for item in block:
                if isinstance(item, Line) and id(item) in lost:
                    draft.leave_out(item.text)
            blocks.append([item for item in block if id(item) not in lost])
    writer = _Writer(draft)
    for block, edges in zip(blocks, _margins(blocks), strict=True):
        writer.block(block, edges)
    writer.finish()


def _margins(blocks: Sequence[Sequence[Item]]) -> Iterator[Margins | None]:
    """The margins of each block: those of all blocks that begin at the same place, for a last page tells little."""
    lines = [[item for item in block if isinstance(item, Line)] for block in blocks]
    own = [margins(block) if block else None for block in lines]
    shared: dict[int, Margins] = {}
    for edges in own:
        if edges is not None and round(edges.left / _SAME_LEFT) not in shared:
            place = round(edges.left / _SAME_LEFT)
            alike = [one for one, other in zip(lines, own, strict=True) if other and _near(other, place)]
            shared[place] = margins([line for block in alike for line in block])
    return (None if edges is None else shared[round(edges.left / _SAME_LEFT)] for edges in own)


def _near(edges: Margins, place: int) -> bool:
    return round(edges.left / _SAME_LEFT) == place


class _Writer:
    """Holds the paragraph and the table that the next page may go on with."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._text = ""
        self._last: Line | None = None
        self._first_page = 0
        self._table: list[PageTable] = []
        self._notes: list[Line] = []

    def block(self, items: Sequence[Item], edges: Margins | None) -> None:
        """Add what stands in one column of a page."""
        body, notes = _parted(items, edges)
        for item in body:
            if isinstance(item, PageTable):
                self._add_table(item)
            elif edges is not None:
                self._add_line(item, edges)
        self._notes += notes

    def finish(self) -> None:
        """Write what is still held."""
        self._end_paragraph()
        self._end_table()

    def _add_line(self, line: Line, edges: Margins) -> None:
        self._end_table()
        if self._last is not None and goes_on(self._last, line, edges):
            self._text = joined(self._text, line.text)
        else:
            self._end_paragraph()
            self._text, self._first_page = line.text, line.page
        self._last = line

    def _add_table(self, table: PageTable) -> None:
        self._end_paragraph()
        if self._table and not (table.page > self._table[-1].page and table.goes_on(self._table[-1])):
            self._end_table()
        self._table.append(table)

    def _end_paragraph(self) -> None:
        if self._last is not None:
            self._draft.line(self._text, f"page {self._first_page}")
        self._last, self._text = None, ""
        notes, self._notes = self._notes, []
        for note in notes:
            self._draft.line(note.text, f"page {note.page}")

    def _end_table(self) -> None:
        if not self._table:
            return
        first = self._table[0]
        rows = list(first.rows)
        pages = [first.page] * len(first.rows)
        for table in self._table[1:]:
            repeated = next((at for at, (a, b) in enumerate(zip(first.rows, table.rows, strict=False)) if a != b), 0)
            rows += table.rows[repeated:]
            pages += [table.page] * len(table.rows[repeated:])
        self._draft.table(rows, partial(_place, pages))
        self._table = []


def _place(pages: Sequence[int], row: int) -> str:
    return f"page {pages[row]}"


def _parted(items: Sequence[Item], edges: Margins | None) -> tuple[list[Item], list[Line]]:
    """The text of a block, and the notes at its foot."""
    notes: list[Line] = []
    body = list(items)
    while edges is not None and len(body) > 1:
        last = body[-1]
        if not isinstance(last, Line) or last.size >= _NOTE_SIZE * edges.size:
            break
        notes.insert(0, last)
        body.pop()
    return body, notes
