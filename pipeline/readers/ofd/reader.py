"""OFD files opened and read page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.document import Document
from pipeline.readers.draft import Draft
from pipeline.readers.layout.clean import meant
from pipeline.readers.layout.flow import written
from pipeline.readers.layout.model import Char, Page
from pipeline.readers.layout.scans import check_text
from pipeline.readers.ofd.package import parts
from pipeline.readers.ofd.pages import page_of
from pipeline.readers.rejected import RejectedFile
from pipeline.readers.source import Source
from pipeline.readers.zips import opened

_TYPE = "application/ofd"


def read_pages(source: Source) -> Document:
    """The document of an OFD, its layout mended.

    Example: ``read_pages(Source(data, "县局公报.ofd")).text``
    """
    source.once(_texts)
    return written(_pages(source), Draft(source.limits)).document(_TYPE, "ofd")


def plain_pages(source: Source) -> Document:
    """The document of an OFD as its text objects follow each other.

    Example: ``plain_pages(Source(data, "县局公报.ofd")).reader`` → ``ofd:plain``
    """
    draft = Draft(source.limits)
    for number, text in enumerate(source.once(_texts), 1):
        for line in text.split("\n"):
            draft.line(line, f"page {number}")
    return draft.document(_TYPE, "ofd:plain")


def _texts(source: Source) -> Sequence[str]:
    """The text objects of each page; RejectedFile where there are none."""
    texts = ["\n".join(_lines(page.chars)) for page in _pages(source)]
    if not texts:
        raise RejectedFile("damaged", "it has no pages that can be found; fetch it again")
    check_text(texts)
    return texts


def _pages(source: Source) -> Iterator[Page]:
    with opened(source.data, source.limits) as archive:
        for number, part in enumerate(parts(archive, source.limits), 1):
            yield page_of(part, number)


def _lines(chars: Sequence[Char]) -> Iterator[str]:
    line = ""
    before: Char | None = None
    for char in chars:
        if before is not None and abs(char.base - before.base) > 0.5 * before.size:
            yield line
            line = ""
        elif before is not None and not -before.size < char.left - before.right < 0.5 * before.size:
            line += " "
        line += meant(char.text)
        before = char
    yield line
