"""Tables of a page: merged cells spread out in the tree, so that every column keeps its place in a line of tabs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from lxml import etree
from lxml.html import HtmlElement

from pipeline.readers.draft import Draft, DraftCell
from pipeline.readers.html.lines import lines
from pipeline.readers.spaces import squeeze

INDENT = "data-indent"
_CELLS = ("td", "th")
_WIDEST, _TALLEST = 200, 2_000
_DIGITS = re.compile(r"\d{1,6}")
_LEADING = re.compile(r"[ \t\r\n\f]*([\xa0\u2000-\u200b\u3000 ]*)")


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of a page: its rows as a draft takes them, and the lines that they make."""

    rows: Sequence[Sequence[DraftCell]]
    lines: Sequence[str]


def note_indents(table: HtmlElement) -> None:
    """Write down how far the words of each cell are indented, before white space is made even.

    Example: ``<td>&nbsp;&nbsp;其中：大米</td>`` → indented by 2
    """
    for cell in table.iter(*_CELLS):
        blank = _LEADING.match("".join(cell.itertext()))
        if blank and blank[1].strip(" "):
            cell.set(INDENT, str(len(blank[1])))


def spread(table: HtmlElement) -> PageTable:
    """Insert an empty cell at every place that a merged cell covers, and give the table as it was.

    Example: ``<tr><th colspan=2>2025年<th>增速`` → 2025年⇥⇥增速
    """
    covered: dict[int, int] = {}
    rows: list[list[DraftCell]] = []
    shown: list[str] = []
    for number, row in enumerate(table.iter("tr")):
        cells: list[DraftCell] = []
        words: list[str] = []
        for element in list(row.iterchildren(*_CELLS)):
            while covered.get(len(words), 0) > number:
                element.addprevious(etree.Element("td"))
                words.append("")
            cell = _cell(element)
            if cell.rows > 1:
                covered.update({len(words) + at: number + cell.rows for at in range(cell.columns)})
            words += [squeeze(cell.text.replace("\t", " ")), *[""] * (cell.columns - 1)]
            for _ in range(cell.columns - 1):
                element.addnext(etree.Element("td"))
            cells.append(cell)
        rows.append(cells)
        shown += ["\t".join(words)] if any(words) else []
    return PageTable(rows, shown)


def drafted(found: Sequence[str], tables: Iterable[PageTable], draft: Draft) -> Draft:
    """The lines of a page as a draft, those of its tables as tables.

    Example: ``drafted(["指标\\t数量", "大米\\t267.0"], [table], Draft())``
    """
    waiting: defaultdict[str, list[PageTable]] = defaultdict(list)
    for table in tables:
        if table.lines:
            waiting[table.lines[0]].append(table)
    at = count = lines_said = 0
    while at < len(found):
        fitting = next(_fitting(found, at, waiting.get(found[at], ())), None)
        if fitting is None:
            lines_said += 1
            draft.line(found[at], f"paragraph {lines_said}")
            at += 1
            continue
        count += 1
        draft.table(fitting.rows, partial(_place, count))
        waiting[found[at]].remove(fitting)
        at += len(fitting.lines)
    return draft


def _fitting(found: Sequence[str], at: int, candidates: Iterable[PageTable]) -> Iterator[PageTable]:
    return (table for table in candidates if list(found[at : at + len(table.lines)]) == list(table.lines))


def _cell(element: HtmlElement) -> DraftCell:
    blank = "\u3000" * int(element.attrib.pop(INDENT, "0"))
    rows = _span(element.attrib.pop("rowspan", ""), _TALLEST)
    columns = _span(element.attrib.pop("colspan", ""), _WIDEST)
    return DraftCell(blank + "\n".join(lines(element)), rows, columns)


def _place(table: int, row: int) -> str:
    return f"table {table} row {row + 1}"


def _span(stated: str, most: int) -> int:
    match = _DIGITS.match(stated.strip())
    return min(most, max(1, int(match[0]))) if match else 1
