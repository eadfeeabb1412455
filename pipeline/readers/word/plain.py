"""The words of a .docx as they stand in its XML, damaged or not: what the reader's figures are held against."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Set

from lxml import etree

from pipeline.readers.source import Source
from pipeline.readers.spaces import squeeze
from pipeline.readers.word.parts import MC, M, W, events, parts, tree

_TEXTS = (f"{W}t", f"{M}t")
_BREAKS = (f"{W}br", f"{W}cr", f"{W}tab", f"{W}noBreakHyphen", f"{W}footnoteReference", f"{W}endnoteReference")
_UNSAID = (f"{W}moveFrom", f"{W}del", f"{W}rt", f"{MC}Fallback")


def plain_lines(source: Source) -> list[str]:
    """The lines of the document and then of its notes; an error of lxml where damage leaves none.

    Example: ``plain_lines(source)``
    """
    package = source.once(parts)
    sheet = tree(package.styles)
    styles = () if sheet is None else sheet.iter(f"{W}style")
    hiding = {style.get(f"{W}styleId", "") for style in styles if _is_on(style.find(f"{W}rPr/{W}vanish"))}
    found = [
        line
        for xml in (package.document, package.footnotes, package.endnotes)
        if xml.strip()
        for line in _lines(xml, hiding)
    ]
    if not found:
        deque(events(package.document), maxlen=0)
    return found


def _lines(xml: bytes, hiding: Set[str]) -> Iterator[str]:
    pieces: list[str] = []
    tables = unsaid = 0
    for event, element in events(xml, recover=True):
        step = 1 if event == "start" else -1
        unsaid += step * (element.tag in _UNSAID)
        tables += step * (element.tag == f"{W}tbl")
        if event == "start" or unsaid:
            continue
        pieces.append(_piece(element, bool(tables), hiding))
        ends = element.tag == (f"{W}tr" if tables else f"{W}p")
        if ends:
            element.clear()
        if ends and (line := "\t".join(map(squeeze, "".join(pieces).split("\t")))).strip():
            yield line
        if ends:
            pieces.clear()


def _piece(element: etree._Element, in_table: bool, hiding: Set[str]) -> str:
    if element.tag in _TEXTS:
        return "" if _is_hidden(element, hiding) else (element.text or "")
    if element.tag in _BREAKS or element.tag == f"{W}p":
        return " "
    return "\t" if in_table and element.tag == f"{W}tc" else ""


def _is_hidden(text: etree._Element, hiding: Set[str]) -> bool:
    properties = text.getparent().find(f"{W}rPr")
    if properties is None:
        return False
    own, style = properties.find(f"{W}vanish"), properties.find(f"{W}rStyle")
    return _is_on(own) if own is not None else style is not None and style.get(f"{W}val") in hiding


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and switch.get(f"{W}val", "1") not in ("0", "false", "off")
