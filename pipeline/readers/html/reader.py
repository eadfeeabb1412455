"""Pages: the main text by trafilatura, its figures checked, or more plainly where it fails."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from pipeline.document import Document
from pipeline.readers.charset import Decoded
from pipeline.readers.draft import Draft
from pipeline.readers.html import facts
from pipeline.readers.html.lines import lines
from pipeline.readers.html.main import NEARLY_ALL, main_block, weight
from pipeline.readers.html.prepare import prepare
from pipeline.readers.html.tables import PageTable, drafted, spread
from pipeline.readers.html.tree import depth, parse
from pipeline.readers.rejected import RejectedFile
from pipeline.readers.source import Source
from pipeline.readers.spaces import squeeze

# Beyond these trafilatura needs seconds (with the square of the tables); the plain way is linear.
_MOST_ELEMENTS = 50_000
_MOST_TABLES = 300
_MOST_DEPTH = 200

# It reports on standard error what the plain way then reads.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_TAG = re.compile(r"<[a-zA-Z!/]")
_TITLE_WITHIN = 8


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as parsed and prepared, its tables spread out; no root where it has no markup at all."""

    decoded: Decoded
    root: HtmlElement | None = None
    tables: Sequence[PageTable] = ()
    main: Sequence[str] = ()
    title: str = ""
    published: str = ""
    issuer: str = ""


def read_page(source: Source) -> Document:
    """The document of a page as trafilatura finds it; RejectedFile ``no_text`` when the page says nothing.

    Example: ``<title>云川县公报</title><p>增长5.1%。</p>`` → text 云川县公报\\n增长5.1%。
    """
    page = source.once(_page)
    extracted = _extracted(page.root) if page.root is not None else []
    if not extracted:
        return plain_page(source)
    return _document(page, _trimmed(extracted, page.main), "html:trafilatura")


def plain_page(source: Source) -> Document:
    """The document of a page as all its main block says; RejectedFile ``no_text`` when it says nothing.

    Example: ``<title>云川县公报</title><p>增长5.1%。</p>`` → text 云川县公报\\n增长5.1%。
    """
    page = source.once(_page)
    if page.root is None:
        decoded = page.decoded
        return Document(decoded.text, "text/html", decoded.encoding, "html:plain", replaced=decoded.replaced)
    return _document(page, page.main, "html:plain")


def _page(source: Source) -> _Page:
    decoded = source.decoded
    if not _TAG.search(decoded.text):
        return _Page(decoded)
    root = parse(decoded.text)
    body = root.find("body") if root is not None else None
    if root is None or body is None:
        raise _no_text()
    prepare(body)
    tables = [spread(table) for table in body.iter("table")]
    page_lines = lines(body)
    title, published = facts.title(root), facts.published(root, page_lines)
    return _Page(decoded, root, tables, lines(main_block(body)), title, published, facts.issuer(root))


def _document(page: _Page, found: Sequence[str], way: str) -> Document:
    if not found:
        raise _no_text()
    draft = drafted(_with_title(page.title, found), page.tables, Draft())
    decoded = page.decoded
    read = draft.document("text/html", way, decoded.encoding)
    return replace(read, title=page.title, published=page.published, issuer=page.issuer, replaced=decoded.replaced)


def _trimmed(extracted: list[str], plain: Sequence[str]) -> list[str]:
    # What trafilatura keeps before and after the main block is the page's, unless it says much.
    inside = set(plain)
    shared = [number for number, line in enumerate(extracted) if line in inside]
    if not shared:
        return extracted
    within = extracted[shared[0] : shared[-1] + 1]
    total = sum(map(weight, extracted))
    return within if sum(map(weight, within)) >= total * NEARLY_ALL else extracted


def _extracted(root: HtmlElement) -> list[str]:
    from trafilatura import bare_extraction

    if not _is_modest(root):
        return []
    try:
        result = bare_extraction(deepcopy(root), include_comments=False, include_tables=True, with_metadata=False)
    except Exception:
        # Whatever a hostile page does to a library, the plain way still reads it.
        return []
    return lines(result.body) if result is not None and not isinstance(result, dict) else []


def _is_modest(root: HtmlElement) -> bool:
    elements = sum(1 for _ in root.iter())
    tables = sum(1 for _ in root.iter("table"))
    return elements <= _MOST_ELEMENTS and tables <= _MOST_TABLES and depth(root) <= _MOST_DEPTH


def _with_title(title: str, found: Sequence[str]) -> Sequence[str]:
    # Many templates keep the title outside the text; the period and the region often stand only there.
    start = "".join("".join(found[:_TITLE_WITHIN]).split())
    return found if not title or "".join(title.split()) in start else [squeeze(title), *found]


def _no_text() -> RejectedFile:
    return RejectedFile("no_text", "the page has no text (only scripts or frames?); save what the browser shows as txt")
