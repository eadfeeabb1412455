"""Excel workbooks (.xlsx, .xlsm, and what WPS writes in that form): each sheet that is shown as tables and lines.

Values stand as the sheet shows them. Formulas give the value they were saved with and are never computed;
links and macros are not looked at. Hidden sheets, rows and columns are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.document import Document
from pipeline.readers.source import Source
from pipeline.readers.zips import open_zip, opened

if TYPE_CHECKING:
    from pipeline.readers.sheets.package import Package

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def recognizes(source: Source) -> bool:
    """Whether the file is a zip with a workbook in it, whatever it is called.

    Example: 附表.xlsx → True, 附表.xls from an old Excel → False
    """
    return source.signature == "Excel workbook (.xlsx)"


def read(source: Source) -> Document:
    """The sheets as tables, with titles, units and notes as lines around them.

    Example: a cell 0.945 of the format 0.0% → 94.5%
    """
    from pipeline.readers.draft import Draft
    from pipeline.readers.sheets.cells import grid_of
    from pipeline.readers.sheets.grid import Budget
    from pipeline.readers.sheets.layout import add_sheet

    book = source.once(_package)
    draft, budget = Draft(source.limits), Budget(source.limits)
    # What is wrong with a sheet is no damage of the zip: the plain way may still read it.
    with open_zip(source.data, source.limits) as archive:
        for name, member in book.sheets:
            with archive.open(member) as stream:
                add_sheet(draft, grid_of(stream, name, book, source.limits, budget))
    return draft.document(_MEDIA_TYPE, "xlsx")


def plain(source: Source) -> Document:
    """The cells in the order of the file, a row a line, found without parsing the sheets.

    Example: ``<row><c><v>3</v></c><c><v>4</v></c></row>`` → 3⇥4
    """
    from pipeline.readers.sheets.grid import Budget
    from pipeline.readers.sheets.raw import raw_rows

    book, budget = source.once(_package), Budget(source.limits)
    lines: list[str] = []
    with opened(source.data, source.limits) as archive:
        for _, member in book.sheets:
            lines += raw_rows(archive.read(member), book, budget)
    return Document("".join(f"{line}\n" for line in lines), _MEDIA_TYPE, "", "xlsx:plain")


def _package(source: Source) -> Package:
    from pipeline.readers.sheets.package import package

    with opened(source.data, source.limits) as archive:
        return package(archive, source.limits)
