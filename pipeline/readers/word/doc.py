"""Word documents before .docx (.doc, .dot) and those of WPS (.wps, .wpt): the text with its tables, lists and notes.

olefile opens the container. What it holds is read here: of the libraries that do, those that are quick drop
numbering, merged cells or the difference between hidden, deleted and shown text, and the one that converts to .docx
needs most of a minute, and time with the square of the length, for a report of 180 pages.
"""

from __future__ import annotations

from pipeline.document import Document
from pipeline.readers.source import Source

MEDIA_TYPE = "application/msword"
"""Of the documents of this reader."""
_KIND = "old Word document (.doc)"


def recognizes(source: Source) -> bool:
    """Whether the file is an OLE2 container with a Word document.

    Example: 决算.wps → True
    """
    return source.signature == _KIND


def read(source: Source) -> Document:
    """The document, a paragraph or a table row a line; RejectedFile when it is encrypted or of Word 95.

    Example: the cells 大米 and 267.0 of a row → 大米⇥267.0
    """
    from pipeline.readers.draft import Draft
    from pipeline.readers.word.binary import word_file
    from pipeline.readers.word.doc_walk import DocWalker
    from pipeline.readers.word.layout import written

    walker = DocWalker(source.once(word_file))
    draft = written(walker.blocks(), Draft(source.limits))
    for text in walker.left_out:
        draft.leave_out(text)
    return draft.document(MEDIA_TYPE, "doc")


def plain(source: Source) -> Document:
    """The characters of the text, the notes and the text boxes as they stand in the file, whatever their formatting.

    Example: 收入3.2亿元 with all its formatting damaged → 收入3.2亿元
    """
    from pipeline.readers.word.blocks import plain_document
    from pipeline.readers.word.plain_doc import plain_lines

    return plain_document(plain_lines(source), MEDIA_TYPE, "doc:plain")
