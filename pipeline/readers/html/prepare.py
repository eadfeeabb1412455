"""Makes the tree of a page say plainly what the page shows, before any reader of text looks at it."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from pipeline.readers.draft import is_data
from pipeline.readers.html.tables import note_indents
from pipeline.readers.spaces import unbroken

UNSEEN = frozenset(
    (
        *(
            "script",
            "style",
            "noscript",
            "noframes",
            "template",
            "iframe",
            "object",
            "embed",
            "applet",
            "svg",
        ),
        *(
            "canvas",
            "audio",
            "video",
            "map",
            "select",
            "option",
            "datalist",
            "button",
            "textarea",
            "nav",
            "footer",
        ),
    )
)
"""Elements whose content is no part of what a page says."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ROWS, _CELLS = ("tr",), ("td", "th")
_PARTS = frozenset((*_ROWS, *_CELLS, "tbody", "thead", "tfoot"))


def prepare(body: HtmlElement) -> None:
    """Change a page's body in place, in time linear in its size.

    What is not shown is emptied; verbatim text becomes a paragraph a line; tables that only place things
    become blocks; raised digits become characters; line breaks of the source between Han go.

    Example: ``<p hidden>8</p><p>3.2×10<sup>4</sup>元</p>`` → ``<p></p><p>3.2×10<sup>⁴</sup>元</p>``
    """
    unseen, verbatim = _special(body)
    for element in unseen:
        element.clear(keep_tail=True)
    for element in verbatim:
        _split_lines(element)
    for table in [table for table in body.iter("table") if not _is_data(table)]:
        _dissolve(table)
    for table in body.iter("table"):
        note_indents(table)
    for element in body.iter():
        _clean(element)


def _special(body: HtmlElement) -> tuple[list[HtmlElement], list[HtmlElement]]:
    unseen: list[HtmlElement] = []
    verbatim: list[HtmlElement] = []
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        if element is not body and (_is_unseen(element) or element.tag == "pre"):
            (unseen if _is_unseen(element) else verbatim).append(element)
            walk.skip_subtree()
    return unseen, verbatim


def _is_unseen(element: HtmlElement) -> bool:
    hidden = "hidden" in element.attrib or _HIDDEN.search(element.get("style", ""))
    return element.tag in UNSEEN or bool(hidden)


def _split_lines(element: HtmlElement) -> None:
    shown = "".join(element.itertext()).split("\n")
    element.clear(keep_tail=True)
    element.tag = "div"
    for line in shown:
        etree.SubElement(element, "p").text = unbroken(line)


def _is_data(table: HtmlElement) -> bool:
    if next(table.iterdescendants("table"), None) is not None:
        return False
    several = any(sum(1 for _ in row.iterchildren(*_CELLS)) > 1 for row in table.iter(*_ROWS))
    return several and is_data("".join(cell.itertext()) for cell in table.iter(*_CELLS))


def _dissolve(table: HtmlElement) -> None:
    table.tag = "div"
    level = [part for part in table if part.tag in _PARTS]
    while level:
        for part in level:
            part.tag = "div"
        level = [inner for part in level for inner in part if inner.tag in _PARTS]


def _clean(element: HtmlElement) -> None:
    if element.text:
        element.text = unbroken(element.text)
    if element.tail:
        element.tail = unbroken(element.tail)
    # 10<sup>4</sup> must not become 104, nor a footnote's number part of the figure before it.
    raised = (element.text or "").strip()
    if element.tag == "sup" and not len(element) and raised.isascii() and raised.isdigit():
        element.text = raised.translate(_RAISED)
