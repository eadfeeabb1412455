"""Web pages (.html, .htm, and whatever looks like one inside): main text, title, day of publication."""

from __future__ import annotations

import re

from pipeline.document import Document
from pipeline.readers.source import Source

_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_ELEMENTS = re.compile(r"<(?:!doctype\s+html|html|head|body|frameset|meta|title)\b", re.I)
_WITHIN = 65_536


def recognizes(source: Source) -> bool:
    """Whether the file is a page, by its name or because it begins like one; RejectedFile when it is no text.

    Example: a file 公报.txt that begins with ``<!DOCTYPE html>`` → True
    """
    if source.signature:
        return False
    start = source.decoded.text[:_WITHIN].lstrip("\ufeff \t\n\u3000")
    return source.suffix in _SUFFIXES or (start.startswith("<") and _ELEMENTS.search(start) is not None)


def read(source: Source) -> Document:
    """The page's main text: a paragraph or a table row a line, without navigation; RejectedFile if none.

    Example: ``<p>收入<b>3.2</b>亿元</p>`` → 收入3.2亿元
    """
    # lxml and trafilatura take long to import, and most files are plain text.
    from pipeline.readers.html.reader import read_page

    return read_page(source)


def plain(source: Source) -> Document:
    """All lines of the element that holds the main text, without trafilatura's judgement.

    Example: ``<div>首页</div><div><p>收入3.2亿元。</p><p>增长5.1%。</p></div>`` → the two paragraphs
    """
    from pipeline.readers.html.reader import plain_page

    return plain_page(source)
