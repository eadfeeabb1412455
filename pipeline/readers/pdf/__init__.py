"""PDFs with a text layer, by PDFium: paragraphs, columns and tables from where the characters stand."""

from __future__ import annotations

from pipeline.document import Document
from pipeline.readers.source import Source


def recognizes(source: Source) -> bool:
    """Whether the file is a PDF, whatever it is called.

    Example: the bytes of a 公报.txt that begin with ``%PDF-1.7`` → True
    """
    return source.signature == "PDF"


def read(source: Source) -> Document:
    """The document with its layout mended: a paragraph a line, tables as tables, no page numbers.

    RejectedFile: ``no_text_layer`` for a scan, ``encrypted``, ``too_many_pages``, ``damaged``.

    Example: 全市城镇新增就业⏎6.48万人。 over two lines of a page → one paragraph
    """
    from pipeline.readers.pdf.reader import read_laid_out

    return read_laid_out(source)


def plain(source: Source) -> Document:
    """PDFium's own text of each page, line by line in the order of the file.

    Example: the same two lines, as two lines
    """
    from pipeline.readers.pdf.reader import read_plain

    return read_plain(source)
