"""OFD files, the national format for pages that stay as they are (GB/T 33190): a zip of XML."""

from __future__ import annotations

from pipeline.document import Document
from pipeline.readers.source import Source


def recognizes(source: Source) -> bool:
    """Whether the file is an OFD, whatever it is called.

    Example: a zip with OFD.xml in it, called 公报.zip → True
    """
    return source.signature == "OFD"


def read(source: Source) -> Document:
    """Its paragraphs and tables in reading order; RejectedFile ``no_text_layer`` for a scan.

    Example: the text objects 全年完成投资3. and 2亿元。 of a page → 全年完成投资3.2亿元。
    """
    # lxml takes long to import, and most files are no OFD.
    from pipeline.readers.ofd.reader import read_pages

    return read_pages(source)


def plain(source: Source) -> Document:
    """All its text objects in the order of the file, those of one height on a line.

    Example: the text objects 全年完成投资3. and 2亿元。 of a page → two lines
    """
    from pipeline.readers.ofd.reader import plain_pages

    return plain_pages(source)
