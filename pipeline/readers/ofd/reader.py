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
    return written(source.once(_parsed), Draft(source.limits)).document(_TYPE, "ofd")


def plain_pages(source: Source) -> Document:
    """The document of an OFD as its text objects follow each other.

    Example: ``plain_pages(Source(data, "县局公报.ofd")).reader`` → ``ofd:plain``
    """
    draft = Draft(source.limits)
    for page in source.once(_parsed):
        for line in _lines(page.chars):
            draft.line(line, f"page {page.number}")
    return draft.document(_TYPE, "ofd:plain")


def _parsed(source: Source) -> Sequence[Page]:
    with opened(source.data, source.limits) as archive:
        pages = [page_of(part, number) for number, part in enumerate(parts(archive, source.limits), 1)]
    if not pages:
        raise RejectedFile("damaged", "it has no pages that can be found; fetch it again")
    check_text(pages)
    return pages


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
