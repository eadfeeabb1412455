"""Old Excel workbooks (.xls, and the .et of WPS): each sheet that is shown as tables and lines.

Values stand as the sheet shows them. Formulas give the value they were saved with; hidden sheets, rows and columns
are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.document import Document
from pipeline.readers.source import Source

if TYPE_CHECKING:
    from xlrd.book import Book

_MEDIA_TYPE = "application/vnd.ms-excel"


def recognizes(source: Source) -> bool:
    """Whether the file has the stream of a workbook.

    Example: 附表.xls and 附表.et → True
    """
    return source.signature == "old Excel workbook (.xls)"


def read(source: Source) -> Document:
    """The sheets as tables, with titles, units and notes as lines around them.

    Example: a cell 0.945 of the format 0.0% → 94.5%
    """
    from pipeline.readers.draft import Draft
    from pipeline.readers.sheets.grid import Budget
    from pipeline.readers.sheets.layout import add_sheet
    from pipeline.readers.sheets.old import grid_of, shown_sheets

    book = source.once(_book)
    draft, budget = Draft(source.limits), Budget(source.limits)
    for sheet in shown_sheets(book):
        add_sheet(draft, grid_of(book, sheet, budget))
    return draft.document(_MEDIA_TYPE, "xls")


def plain(source: Source) -> Document:
    """The cells in the order of the file, a row a line, hidden ones too.

    Example: the cells 3 and 4 of a row → 3⇥4
    """
    from pipeline.readers.sheets.grid import Budget
    from pipeline.readers.sheets.old import rows_of, shown_sheets

    book, budget = source.once(_book), Budget(source.limits)
    lines = [line for sheet in shown_sheets(book) for line in rows_of(book, sheet, budget)]
    return Document("".join(f"{line}\n" for line in lines), _MEDIA_TYPE, "", "xls:plain")


def _book(source: Source) -> Book:
    from pipeline.readers.sheets.old import open_book

    return open_book(source.data, source.limits)
