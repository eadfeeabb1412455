"""What a tree says, line by line: a paragraph a line, a table row a line with tabs between its cells."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

from pipeline.readers.spaces import squeeze

BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "br",
            "caption",
            "center",
            "dd",
            "details",
            "dir",
        ),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "ul"),
        *("table", "tbody", "tfoot", "thead", "tr", "td", "th"),
        *("head", "lb", "list", "item", "row", "cell", "quote", "ab"),
    )
)
"""Elements that begin and end a line: those of HTML and those of trafilatura's result."""

_ROWS, _CELLS = frozenset(("tr", "row", "caption")), frozenset(("td", "th", "cell"))


def lines(root: HtmlElement) -> list[str]:
    """The lines of a tree or of a part of it, without empty ones.

    Example: ``<p>收入<b>3.2</b>亿元</p><table><tr><td>增长<td>5.1`` → ``["收入3.2亿元", "增长\\t5.1"]``
    """
    writer = _Writer()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            writer.start(element.tag)
            writer.add(element.text)
        else:
            writer.end(element.tag)
            writer.add(None if element is root else element.tail)
    writer.flush()
    return writer.lines


class _Writer:
    """Collects the pieces of a line until a block ends it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._pieces: list[str] = []
        self._tables = 0
        self._first_cell = True

    def start(self, tag: str) -> None:
        if self._tables and tag in _CELLS:
            self._pieces.append("" if self._first_cell else "\t")
            self._first_cell = False
        else:
            self._break(tag)
        self._tables += tag == "table"

    def end(self, tag: str) -> None:
        self._tables -= tag == "table"
        if not (self._tables and tag in _CELLS):
            self._break(tag)

    def add(self, text: str | None) -> None:
        if text:
            self._pieces.append(text.replace("\t", " "))

    def flush(self) -> None:
        cells = [squeeze(cell) for cell in "".join(self._pieces).split("\t")]
        if any(cells):
            self.lines.append("\t".join(cells))
        self._pieces.clear()
        self._first_cell = True

    def _break(self, tag: str) -> None:
        # In a table only rows and captions end a line; a paragraph in a cell is a break in its cell.
        if tag in _ROWS or (tag in BLOCKS and not self._tables):
            self.flush()
        elif tag in BLOCKS:
            self._pieces.append("\n")
