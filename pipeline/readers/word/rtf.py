"""Rich Text Format (.rtf, and .doc files that are RTF inside): text, tables, the numbers that lists show, notes.

Read here: striprtf, the library that is kept up, knows neither merged cells nor notes, shows hidden and deleted text,
and looks for links with an expression whose time grows with the square of a hostile file.
"""

from __future__ import annotations

from pipeline.document import Document
from pipeline.readers.source import Source

MEDIA_TYPE = "application/rtf"
"""Of the documents of this reader."""


def recognizes(source: Source) -> bool:
    r"""Whether the file begins as RTF does.

    Example: ``{\rtf1\\ansi …`` in a file 总结.doc → True
    """
    return source.signature == "RTF"


def read(source: Source) -> Document:
    r"""The document, a paragraph or a table row a line; RejectedFile when its groups never end.

    Example: ``{\rtf1\\ansicpg936 \\'ca\\'d5\\'c8\\'eb3.2\\par}`` → 收入3.2
    """
    from pipeline.readers.draft import Draft
    from pipeline.readers.word.layout import written
    from pipeline.readers.word.rtf_walk import RtfWalker

    walker = RtfWalker()
    draft = written(walker.blocks(source.data), Draft(source.limits))
    for text in walker.left_out:
        draft.leave_out(text)
    return draft.document(MEDIA_TYPE, "rtf")


def plain(source: Source) -> Document:
    r"""All text outside the groups that describe the file, without formatting.

    Example: ``{\rtf1{\\info{\\author 9}} 3.2\\par}`` → 3.2
    """
    from pipeline.readers.word.blocks import plain_document
    from pipeline.readers.word.plain_rtf import plain_lines

    return plain_document(plain_lines(source.data), MEDIA_TYPE, "rtf:plain")
