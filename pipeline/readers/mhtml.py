"""Pages saved with all that belongs to them (.mhtml, .mht, some .doc and .xls): a letter in parts."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.document import Document
from pipeline.readers import html
from pipeline.readers.rejected import RejectedFile
from pipeline.readers.source import Source

_HEAD = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,60}", re.I)
_VERSION = re.compile(rb"^MIME-Version:", re.I | re.M)
_KIND = re.compile(rb"^Content-Type:\s*(?:multipart/(?:related|mixed|alternative)|text/html)", re.I | re.M)
_WITHIN = 16_384
_MOST_PARTS = 2_000


def recognizes(source: Source) -> bool:
    """Whether the file begins as a letter whose parts are a page.

    Example: a 公报.doc that begins with ``MIME-Version: 1.0`` → True
    """
    if source.signature:
        return False
    head = _HEAD.match(source.data[:_WITHIN].lstrip().replace(b"\r\n", b"\n"))
    return head is not None and bool(_VERSION.search(head[0]) and _KIND.search(head[0]))


def read(source: Source) -> Document:
    """The page as the reader of pages reads it; RejectedFile ``no_text`` when there is none in the letter.

    Example: ``MIME-Version: 1.0 … Content-Type: text/html … <p>增长5.1%。</p>`` → 增长5.1%。
    """
    return _named(html.read(source.once(_page)))


def plain(source: Source) -> Document:
    """The page as it is read plainly.

    Example: ``plain(source).reader`` → mhtml:plain
    """
    return _named(html.plain(source.once(_page)))


def _named(page: Document) -> Document:
    way = page.reader.partition(":")[2]
    return replace(page, media_type="multipart/related", reader=f"mhtml:{way}")


def _page(source: Source) -> Source:
    """The page that the letter shows: the first one with text in it; frames come after their frame."""
    from email import message_from_bytes
    from itertools import islice

    letter = message_from_bytes(source.data.lstrip())
    for part in islice(letter.walk(), _MOST_PARTS):
        if part.get_content_type() != "text/html":
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        page = Source(content, source.name, part.get_content_charset() or "", source.limits)
        if _has_text(page):
            return page
    raise RejectedFile("no_text", "no page with text in it; save what the browser shows as txt")


def _has_text(page: Source) -> bool:
    try:
        return any(character.isalnum() for character in html.plain(page).text)
    except RejectedFile:
        return False
