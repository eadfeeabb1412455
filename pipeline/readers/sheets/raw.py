"""An .xlsx file without a parser: the cells of its sheets as they stand in the bytes, a row a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from pipeline.readers.sheets.cells import cell_text
from pipeline.readers.sheets.grid import Budget
from pipeline.readers.sheets.package import Package, Style

_TAG = re.compile(rb"<(/?)(?:\w{1,20}:)?(row|c|v|t)\b([^<>]*)>([^<]*)")
_KIND = re.compile(rb"""\bt\s*=\s*["'](\w+)["']""")
_STYLE = re.compile(rb"""\bs\s*=\s*["'](\d{1,6})["']""")


def raw_rows(sheet: bytes, book: Package, budget: Budget) -> Iterator[str]:
    """The rows of a sheet, hidden ones too, tabs between the cells that show something.

    Example: ``list(raw_rows(b"<row><c><v>3</v></c><c><v>4</v></c></row>", book, budget))`` → ``["3\\t4"]``
    """
    cells: list[str] = []
    attributes, value, words = b"", b"", b""
    for match in _TAG.finditer(sheet):
        closes, name, inside, after = match.groups()
        if name == b"row":
            if cells:
                yield "\t".join(cells)
            cells = []
        elif name == b"c" and not closes:
            attributes, value, words = inside, b"", b""
        elif name == b"v" and not closes:
            value = after
        elif name == b"t" and not closes:
            words += after
        elif name == b"c" and (text := _shown(attributes, value, words, book).strip()):
            budget.take(text)
            cells.append(text.replace("\t", " ").replace("\n", " "))
    if cells:
        yield "\t".join(cells)


def _shown(attributes: bytes, value: bytes, words: bytes, book: Package) -> str:
    kind, style = _KIND.search(attributes), _STYLE.search(attributes)
    if kind and kind[1] == b"inlineStr":
        return _decoded(words)
    at = int(style[1]) if style else 0
    look = book.styles[at] if at < len(book.styles) else Style()
    return cell_text(kind[1].decode() if kind else "n", _decoded(value), book, look)


def _decoded(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))
