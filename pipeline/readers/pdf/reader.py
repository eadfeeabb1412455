"""PDF files opened, read page by page, and refused where pages are pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.document import Document
from pipeline.readers.draft import Draft
from pipeline.readers.layout.clean import meant
from pipeline.readers.layout.flow import written
from pipeline.readers.layout.model import Page
from pipeline.readers.layout.scans import check_text
from pipeline.readers.pdf.pages import page_of
from pipeline.readers.rejected import RejectedFile
from pipeline.readers.source import Source

_TYPE = "application/pdf"


def read_pages(source: Source) -> Document:
    """The document of a PDF, its layout mended.

    Example: ``read_pages(Source(data, "县局公报.pdf")).text``
    """
    source.once(_texts)
    with closing(_opened(source)) as document:
        return written(_pages(document), Draft(source.limits)).document(_TYPE, "pdf")


def plain_pages(source: Source) -> Document:
    """The document of a PDF as pdfium writes it, page by page.

    Example: ``plain_pages(Source(data, "县局公报.pdf")).reader`` → ``pdf:plain``
    """
    draft = Draft(source.limits)
    for number, text in enumerate(source.once(_texts), 1):
        for line in text.splitlines():
            draft.line("".join(map(meant, line)), f"page {number}")
    return draft.document(_TYPE, "pdf:plain")


def _texts(source: Source) -> Sequence[str]:
    """The text of each page as pdfium writes it; RejectedFile where there is none."""
    with closing(_opened(source)) as document:
        count = len(document)
        if count > source.limits.pages:
            raise RejectedFile("too_many_pages", f"{count:,} pages, more than {source.limits.pages:,}; split it")
        if not count:
            raise RejectedFile("damaged", "it has no pages that can be found; fetch it again")
        texts = [_text(document, number) for number in range(count)]
    check_text(texts)
    return texts


def _opened(source: Source) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(source.data)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise RejectedFile("encrypted", "it needs a password; save it without one") from error
        raise RejectedFile("damaged", "it cannot be parsed, perhaps cut off; fetch it again") from error


def _text(document: pdfium.PdfDocument, number: int) -> str:
    try:
        page = document[number]
    except pdfium.PdfiumError as error:
        raise RejectedFile(
            "damaged", f"page {number + 1} of {len(document)} cannot be parsed; fetch it again"
        ) from error
    with closing(page), closing(page.get_textpage()) as text:
        written_text: str = text.get_text_range()
    return written_text


def _pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    for number in range(len(document)):
        with closing(document[number]) as page:
            yield page_of(page, number + 1)
