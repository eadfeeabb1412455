"""From the source of a page to its tree, however the page is built: nothing is run, opened or expanded."""

from __future__ import annotations

import re
from functools import cache

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from pipeline.readers.html.lines import BLOCKS
from pipeline.readers.html.prepare import UNSEEN

MAX_DEPTH = 2000
"""Elements inside one another; libxml2 drops what lies deeper than 2,048."""

# libxml2 needs time quadratic in the attributes of one tag; only images carry tags so long.
_ENDLESS_TAG = re.compile(r"<[a-zA-Z!/?][^<>]{4000,}>?")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*+)[^<>]*>")


def parse(page: str) -> HtmlElement | None:
    """The tree of a page's source; None where there is no element in it.

    A page nested deeper than the parser goes is flattened first: its blocks become lines, its text stays.

    Example: ``parse("<p>增长5.1%").find("body/p").text`` → ``"增长5.1%"``
    """
    page = _ENDLESS_TAG.sub(" ", page)
    root = _parse(page)
    if root is not None and depth(root) > MAX_DEPTH:
        root = _parse(_TAG.sub(_flat, page))
    return root


def depth(root: HtmlElement) -> int:
    """How many elements stand inside one another at the deepest place of a tree.

    Example: ``depth(parse("<p><b>增长</b></p>"))`` → 4: html, body, p, b
    """
    deepest = level = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest


def _parse(page: str) -> HtmlElement | None:
    parser = HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        return document_fromstring(page.encode("utf-8"), parser=parser)
    except etree.ParserError:
        return None


def _flat(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name in _kept():
        return tag[0]
    return "<br>" if name in BLOCKS else ""


@cache
def _kept() -> frozenset[str]:
    return UNSEEN | {"html", "head", "body", "meta", "title", "br"}
