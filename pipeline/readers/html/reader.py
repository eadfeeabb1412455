"""Pages: the main text by trafilatura, its figures checked, or more plainly where it fails."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from copy import deepcopy

from lxml.html import HtmlElement

from pipeline.document import Document
from pipeline.readers.charset import Decoded
from pipeline.readers.html import facts
from pipeline.readers.html.lines import lines, squeeze
from pipeline.readers.html.main import NEARLY_ALL, figures, main_block, weight
from pipeline.readers.html.prepare import prepare
from pipeline.readers.html.tree import depth, parse
from pipeline.readers.rejected import RejectedFile

MOST_LOST = 0.02
"""Share of the main block's figures that trafilatura may lose before the plain way is taken."""

# Beyond these trafilatura needs seconds (with the square of the tables); the plain way is linear.
_MOST_ELEMENTS = 50_000
_MOST_TABLES = 300
_MOST_DEPTH = 200

# It reports on standard error what the plain way then reads.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_TAG = re.compile(r"<[a-zA-Z!/]")
_TITLE_WITHIN = 8


def read_page(decoded: Decoded) -> Document:
    """The document of a page's source; RejectedFile ``no_text`` when the page says nothing.

    Example: ``<title>云川县公报</title><p>增长5.1%。</p>`` → text 云川县公报\\n增长5.1%。
    """
    if not _TAG.search(decoded.text):
        return Document(decoded.text, "text/html", decoded.encoding, "html:plain", replaced=decoded.replaced)
    root = parse(decoded.text)
    body = root.find("body") if root is not None else None
    if root is None or body is None:
        raise _no_text()
    prepare(body)
    title, page_lines = facts.title(root), lines(body)
    found, way = _main_text(root, body)
    if not found:
        raise _no_text()
    published, issuer = facts.published(root, page_lines), facts.issuer(root)
    text = "\n".join(_with_title(title, found)) + "\n"
    return Document(text, "text/html", decoded.encoding, way, title, published, issuer, decoded.replaced)


def _main_text(root: HtmlElement, body: HtmlElement) -> tuple[list[str], str]:
    plain = lines(main_block(body))
    extracted = _extracted(root)
    if extracted and _lost(plain, extracted) <= MOST_LOST:
        return _trimmed(extracted, plain), "html:trafilatura"
    return plain, "html:plain"


def _trimmed(extracted: list[str], plain: Sequence[str]) -> list[str]:
    # What trafilatura keeps before and after the main block is the page's, unless it says much.
    inside = set(plain)
    shared = [number for number, line in enumerate(extracted) if line in inside]
    if not shared:
        return extracted
    within = extracted[shared[0] : shared[-1] + 1]
    total = sum(map(weight, extracted))
    return within if sum(map(weight, within)) >= total * NEARLY_ALL else extracted


def _lost(plain: Sequence[str], extracted: Sequence[str]) -> float:
    here, kept = figures("\n".join(plain)), figures("\n".join(extracted))
    return (here - kept).total() / here.total() if here else 0.0


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


def _with_title(title: str, found: list[str]) -> list[str]:
    # Many templates keep the title outside the text; the period and the region often stand only there.
    start = "".join("".join(found[:_TITLE_WITHIN]).split())
    return found if not title or "".join(title.split()) in start else [squeeze(title), *found]


def _no_text() -> RejectedFile:
    return RejectedFile("no_text", "the page has no text (only scripts or frames?); save what the browser shows as txt")
