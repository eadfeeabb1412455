"""Pages to the draft of a document: blocks in reading order, paragraphs and tables over page breaks joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.readers.draft import Draft
from pipeline.readers.layout.aligned import aligned_tables
from pipeline.readers.layout.cells import FoundTable, continued, filled, indented, inside
from pipeline.readers.layout.clean import cleaned
from pipeline.readers.layout.columns import in_reading_order
from pipeline.readers.layout.footnotes import begins, parted
from pipeline.readers.layout.furniture import furniture
from pipeline.readers.layout.grids import grids
from pipeline.readers.layout.lines import pieces, runs, words
from pipeline.readers.layout.model import Char, Line, Page
from pipeline.readers.layout.paragraphs import Measure, common_measure, fitted, glued, goes_on

_AGAIN = re.compile(r"续表.{0,40}|.{0,40}[（(]续[）)]|(?:计量)?单位[：:].{0,20}")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page taken apart: its pieces outside of tables, its tables, what nobody sees on it."""

    page: Page
    parts: list[Line]
    tables: list[FoundTable]
    unseen: str
    sizes: Counter[float]


@dataclass(slots=True)
class _Flow:
    """Writes a draft line by line, holding back what may go on."""

    draft: Draft
    lines: list[Line] = field(default_factory=list)
    measure: Measure | None = None
    text: str = ""
    notes: list[Line] = field(default_factory=list)
    table: FoundTable | None = None
    row_pages: list[int] = field(default_factory=list)
    between: list[Line] = field(default_factory=list)
    tables_on: dict[int, int] = field(default_factory=dict)

    def line(self, line: Line, measure: Measure, *, apart: bool) -> None:
        if self.table is not None:
            if line.page == self.row_pages[-1] + 1 and _AGAIN.fullmatch(line.text) and len(self.between) < 2:
                self.between.append(line)
                return
            self.close_table()
        last = self.lines[-1] if self.lines else None
        if last is not None and self.measure and goes_on(last, line, self.measure, measure, apart=apart):
            self.text = glued(self.text, line.text)
            self.lines.append(line)
        else:
            self.close_paragraph()
            self.text, self.lines = line.text, [line]
        self.measure = measure

    def found(self, table: FoundTable, page: int) -> None:
        if self.table is not None and self.row_pages[-1] + 1 == page:
            longer = continued(self.table, table)
            if longer is not None:
                self.row_pages += [page] * (len(longer.rows) - len(self.table.rows))
                self.table = longer
                for line in self.between:
                    self.draft.leave_out(line.text)
                self.between = []
                return
        self.close()
        self.table, self.row_pages = table, [page] * len(table.rows)

    def close_paragraph(self) -> None:
        if self.lines:
            self.draft.line(self.text, f"page {self.lines[0].page}")
        self.lines, self.text = [], ""
        notes, self.notes = self.notes, []
        text = ""
        for note in notes:
            if begins(note) and text:
                self.draft.line(text, f"page {note.page}")
                text = ""
            text = glued(text, note.text)
        if notes:
            self.draft.line(text, f"page {notes[-1].page}")

    def close_table(self) -> None:
        if self.table is not None:
            pages, first = self.row_pages, self.row_pages[0]
            number = self.tables_on[first] = self.tables_on.get(first, 0) + 1
            self.draft.table(indented(self.table), lambda row: f"page {pages[row]} table {number} row {row + 1}")
        self.table = None
        waiting, self.between = self.between, []
        for line in waiting:
            self.draft.line(line.text, f"page {line.page}")

    def close(self) -> None:
        self.close_paragraph()
        self.close_table()


def written(pages: Iterable[Page], draft: Draft) -> Draft:
    """The draft with all that the pages say, in reading order.

    Example: ``written(pages, Draft()).document("application/pdf", "pdf").text``
    """
    sheets = [_sheet(page) for page in pages]
    gone = furniture([(sheet.page, sheet.parts) for sheet in sheets])
    for sheet in sheets:
        for text in (sheet.unseen, *(part.text for part in sheet.parts if id(part) in gone)):
            if text:
                draft.leave_out(text)
    size = sum((sheet.sizes for sheet in sheets), Counter[float]()).most_common(1)
    laid = [_laid(sheet, gone, size[0][0] if size else 0.0) for sheet in sheets]
    common = common_measure([[line for line in block if line.text] for blocks, _, _ in laid for block in blocks])
    flow = _Flow(draft)
    for sheet, (blocks, notes, tables) in zip(sheets, laid, strict=True):
        for block in blocks:
            _write_block(flow, block, tables, sheet.page, common)
        flow.notes += notes
    flow.close()
    return draft


def _sheet(page: Page) -> _Sheet:
    chars, unseen = cleaned(page.chars, page.width, page.height)
    tables: list[FoundTable] = []
    for grid in grids(page.rules):
        ours, others = inside(chars, grid)
        table = filled(grid, ours) if ours else None
        if table is not None:
            tables.append(table)
            chars = others
    aligned, parts = aligned_tables(pieces(chars, page.number))
    sizes = Counter(round(char.size, 1) for char in page.chars)
    # Of a long document only what is still needed stays in memory.
    return _Sheet(replace(page, chars=(), rules=()), parts, tables + aligned, _unseen(unseen), sizes)


def _unseen(chars: Sequence[Char]) -> str:
    return "\n".join(words(run) for run in runs(chars))


def _laid(sheet: _Sheet, gone: set[int], size: float) -> tuple[list[list[Line]], list[Line], dict[int, FoundTable]]:
    """The blocks of a page, its footnotes, and the tables for which lines without text stand in the blocks."""
    number = sheet.page.number
    stands = [Line("", table.left, table.right, table.top, 0.0, number) for table in sheet.tables]
    tables = {id(stand): table for stand, table in zip(stands, sheet.tables, strict=True)}
    blocks = in_reading_order([part for part in sheet.parts if id(part) not in gone] + stands)
    notes: list[Line] = []
    if blocks:
        blocks[-1], notes = parted(blocks[-1], size)
    return blocks, notes, tables


def _write_block(
    flow: _Flow, block: Sequence[Line], tables: dict[int, FoundTable], page: Page, common: Measure | None
) -> None:
    lines = [line for line in block if line.text]
    measure = fitted(lines, common, page.width) if lines else None
    apart = True
    for line in block:
        if not line.text:
            flow.found(tables[id(line)], page.number)
        elif measure is not None:
            flow.line(line, measure, apart=apart)
            apart = False
