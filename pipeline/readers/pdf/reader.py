"""From the bytes of a PDF to its document, the good way and the plain one."""

from __future__ import annotations

import pypdfium2 as pdfium

from pipeline.document import Document
from pipeline.readers.draft import Draft
from pipeline.readers.layout.book import write
from pipeline.readers.pdf.glyphs import page_of
from pipeline.readers.rejected import RejectedFile
from pipeline.readers.source import Source

MEDIA_TYPE = "application/pdf"

_LEAST_CHARACTERS = 8
"""Characters a page must have on average for a PDF to be more than pictures with a stamp."""
_MOST_GARBAGE = 0.3
_TAIL = 2048


def read_laid_out(source: Source) -> Document:
    """The document of a PDF by the places of its characters.

    Example: ``read_laid_out(Source(data, "公报.pdf")).text``
    """
    document = source.once(_opened)
    draft = Draft(source.limits)
    write((page_of(document, index) for index in range(len(document))), draft)
    return draft.document(MEDIA_TYPE, "pdf")


def read_plain(source: Source) -> Document:
    """The document of a PDF as PDFium reads each page.

    Example: ``read_plain(Source(data, "公报.pdf")).reader`` → ``pdf:plain``
    """
    document = source.once(_opened)
    draft = Draft(source.limits)
    for number, text in enumerate(source.once(_texts), 1):
        for line in text.splitlines():
            draft.line(line, f"page {number}")
    _check_text(source.once(_texts), len(document))
    return draft.document(MEDIA_TYPE, "pdf:plain")


def _opened(source: Source) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(source.data)
        pages = len(document)
    except pdfium.PdfiumError as error:
        raise _refused(source.data, error) from error
    if pages > source.limits.pages:
        raise RejectedFile("too_many_pages", f"{pages:,} pages, more than {source.limits.pages:,}; split it")
    return document


def _refused(data: bytes, error: pdfium.PdfiumError) -> RejectedFile:
    if getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD:
        return RejectedFile("encrypted", "it needs a password; save it without one")
    if b"startxref" not in data[-_TAIL:]:
        return RejectedFile("damaged", "the end of the PDF is missing; fetch it again")
    return RejectedFile("damaged", f"it cannot be opened ({error}); save or print it again as PDF")


def _texts(source: Source) -> list[str]:
    texts = []
    for page in source.once(_opened):
        texts.append(page.get_textpage().get_text_range())
        page.close()
    return texts


def _check_text(texts: list[str], pages: int) -> None:
    """RejectedFile ``no_text_layer`` when the pages are pictures, or their characters stand for nothing."""
    characters = "".join("".join(text.split()) for text in texts)
    if len(characters) < _LEAST_CHARACTERS * max(1, pages) // 2 or not characters:
        raise RejectedFile("no_text_layer", f"its {pages} pages are pictures; run text recognition (OCR) on it first")
    garbage = sum(one == "\ufffd" or one == "\ufffe" or "\ue000" <= one <= "\uf8ff" for one in characters)
    if garbage > _MOST_GARBAGE * len(characters):
        raise RejectedFile("no_text_layer", "its fonts do not say which characters they show; run OCR on it first")
