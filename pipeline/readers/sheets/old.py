"""The cells of an .xls sheet, as it is shown."""

from __future__ import annotations

import io
from collections.abc import Iterator

import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.sheet import Cell, Sheet

from pipeline.readers.limits import Limits
from pipeline.readers.rejected import RejectedFile
from pipeline.readers.sheets.grid import Budget, Grid
from pipeline.readers.sheets.number_format import GENERAL, shown, with_text
from pipeline.readers.sheets.package import BUILT_IN, Style

_SEALED = "encrypted"


def open_book(data: bytes, limits: Limits) -> Book:
    """The workbook in a file's bytes, with its formats where they can be read.

    RejectedFile: ``encrypted``, ``too_many_pages``; xlrd's errors for damaged ones.

    Example: ``open_book(data, Limits()).sheet_names()`` → ``["收支总表"]``
    """
    try:
        book = _opened(data, formats=True)
    except RejectedFile:
        raise
    except Exception:
        # Programs that write .xls by themselves often get the formats wrong and the values right.
        book = _opened(data, formats=False)
    if book.nsheets > limits.pages:
        raise RejectedFile("too_many_pages", f"{book.nsheets:,} sheets, more than {limits.pages:,}; split it")
    return book


def _opened(data: bytes, formats: bool) -> Book:
    try:
        return xlrd.open_workbook(
            file_contents=data, formatting_info=formats, ragged_rows=True, logfile=io.StringIO(), on_demand=False
        )
    except XLRDError as error:
        if _SEALED in str(error):
            raise RejectedFile("encrypted", "it needs a password; save it without one") from error
        raise


def shown_sheets(book: Book) -> list[Sheet]:
    """The sheets that are not hidden.

    Example: ``[sheet.name for sheet in shown_sheets(book)]`` → ``["收支总表"]``
    """
    return [sheet for sheet in book.sheets() if not sheet.visibility]


def grid_of(book: Book, sheet: Sheet, budget: Budget) -> Grid:
    """A sheet as a grid.

    Example: ``grid_of(book, book.sheet_by_index(0), Budget(Limits()))``
    """
    grid = Grid(sheet.name)
    for number in range(sheet.nrows):
        cells: dict[int, str] = {}
        for column, (text, style) in enumerate(_cells(book, sheet, number)):
            if text.strip():
                budget.take(text)
                cells[column] = "\u3000" * style.indent + text
        if cells:
            grid.rows[number] = cells
    grid.merged = [(top, left, below - 1, right - 1) for top, below, left, right in sheet.merged_cells]
    grid.hidden_rows = {number for number, row in sheet.rowinfo_map.items() if row.hidden}
    grid.hidden_columns = {number for number, column in sheet.colinfo_map.items() if column.hidden}
    return grid


def rows_of(book: Book, sheet: Sheet, budget: Budget) -> Iterator[str]:
    """The rows of a sheet that show something, tabs between their cells.

    Example: ``list(rows_of(book, sheet, Budget(Limits())))`` → ``["项目\\t金额", "收入\\t3.20"]``
    """
    for number in range(sheet.nrows):
        texts = [text.replace("\t", " ").replace("\n", " ") for text, _ in _cells(book, sheet, number) if text.strip()]
        for text in texts:
            budget.take(text)
        if texts:
            yield "\t".join(texts)


def _cells(book: Book, sheet: Sheet, number: int) -> Iterator[tuple[str, Style]]:
    for cell in sheet.row(number):
        style = _style(book, cell.xf_index)
        yield _text(cell, style, book.datemode == 1), style


def _style(book: Book, index: int | None) -> Style:
    if index is None or index >= len(book.xf_list):
        return Style()
    look = book.xf_list[index]
    stated = book.format_map.get(look.format_key)
    code = BUILT_IN.get(look.format_key) or (stated.format_str if stated else GENERAL)
    return Style(code, min(look.alignment.indent_level, 20) if look.alignment else 0)


def _text(cell: Cell, style: Style, since_1904: bool) -> str:
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return shown(float(cell.value), style.code, since_1904)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(int(cell.value), "#N/A")
    return with_text(str(cell.value), style.code) if cell.ctype == xlrd.XL_CELL_TEXT else ""
