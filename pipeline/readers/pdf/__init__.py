"""PDF files with a text layer: pages read with pdfium, their layout mended."""

from __future__ import annotations

from pipeline.document import Document
from pipeline.readers.source import Source


def recognizes(source: Source) -> bool:
    """Whether the file is a PDF, whatever it is called.

    Example: a file 公报.txt that begins with ``%PDF-1.7`` → True
    """
    return source.signature == "PDF"


def read(source: Source) -> Document:
    """Its paragraphs and tables in reading order; RejectedFile ``no_text_layer`` for a scan.

    Example: the lines 全年完成投资3. and 2亿元。 of a page → 全年完成投资3.2亿元。
    """
    # pdfium takes long to load, and most files are no PDF.
    from pipeline.readers.pdf.reader import read_pages

    return read_pages(source)


def plain(source: Source) -> Document:
    """The text of each page as pdfium gives it, line by line.

    Example: the lines 全年完成投资3. and 2亿元。 of a page → two lines
    """
    from pipeline.readers.pdf.reader import plain_pages

    return plain_pages(source)
