"""Tables as plain text (.csv, .tsv, and the .xls of programs that write text): a line a row."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import replace

from pipeline.document import Document
from pipeline.readers.source import Source

_SUFFIXES = (".csv", ".tsv", ".tab", ".xls", ".et")
_SIGNS = ",\t;|，"
_LINES = 200
_LONGEST = 10_000
_MOST_BREAKS = 20
_NO_LIMIT = 2**31 - 1
_AS_TEXT = re.compile(r'="(.*)"', re.S)


def recognizes(source: Source) -> bool:
    """Whether the file is text and its name says that it is a table.

    Example: 数据.csv → True, 数据.json → False
    """
    return source.suffix in _SUFFIXES and not source.signature and not source.data.lstrip().startswith(b"<")


def read(source: Source) -> Document:
    """The table, with what stands above and below it as lines.

    Example: ``指标,2025年`` / ``大米,267.0`` → a table of two rows
    """
    from pipeline.readers.draft import Draft
    from pipeline.readers.sheets.grid import Budget, Grid
    from pipeline.readers.sheets.layout import add_sheet

    text, budget = source.decoded.text, Budget(source.limits)
    grid = Grid("")
    for number, row in enumerate(_rows(text)):
        cells = {column: _AS_TEXT.sub(r"\1", cell) for column, cell in enumerate(row) if cell.strip()}
        for cell in cells.values():
            budget.take(cell)
        if cells:
            grid.rows[number] = cells
    draft = Draft(source.limits)
    add_sheet(draft, grid)
    return _document(source, draft.document(_media_type(text), "csv"))


def _rows(text: str) -> list[list[str]]:
    sign = delimiter(text)
    rows = list(csv.reader(io.StringIO(text), delimiter=sign))
    if any(cell.count("\n") > _MOST_BREAKS for row in rows for cell in row):
        # A quotation mark that nothing closes.
        rows = list(csv.reader(io.StringIO(text), delimiter=sign, quoting=csv.QUOTE_NONE))
    return rows


def plain(source: Source) -> Document:
    """The lines of the file, with tabs for the sign between its cells.

    Example: ``大米,267.0`` → 大米⇥267.0
    """
    text = source.decoded.text
    return _document(source, Document(text.replace(delimiter(text), "\t"), _media_type(text), "", "csv:plain"))


def delimiter(text: str) -> str:
    """The sign between the cells: the one that most lines have equally often; a comma where there is none.

    Example: ``delimiter("指标;数\\n大米;3,5")`` → ``";"``
    """
    # The sniffer of the library tries patterns that a hostile file makes endless.
    csv.field_size_limit(_NO_LIMIT)
    lines = [line[:_LONGEST] for line in text[: _LINES * _LONGEST].split("\n")[:_LINES] if line.strip()]
    found = {sign: _evenness(lines, sign) for sign in _SIGNS}
    return max(found, key=lambda sign: found[sign])


def _evenness(lines: list[str], sign: str) -> int:
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign))
    return max((count * min(width - 1, 5) for width, count in widths.items()), default=0)


def _media_type(text: str) -> str:
    return "text/tab-separated-values" if delimiter(text) == "\t" else "text/csv"


def _document(source: Source, read: Document) -> Document:
    return replace(read, encoding=source.decoded.encoding, replaced=source.decoded.replaced)
