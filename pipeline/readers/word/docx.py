"""Word documents (.docx, .docm, .dotx): numbers, notes, text boxes and tables as Word shows them.

Read from the XML of the package, not with python-docx: that raises on packages whose parts are named but missing,
and knows neither numbering, notes and text boxes nor what is deleted or hidden.
"""

from __future__ import annotations

from pipeline.document import Document
from pipeline.readers.source import Source

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""Of the documents of this reader."""


def recognizes(source: Source) -> bool:
    """Whether the file is a package with a Word document.

    Example: a file 总结.doc that is a .docx inside → True
    """
    return source.signature == "Word document (.docx)"


def read(source: Source) -> Document:
    """The document, a paragraph or a table row a line; RejectedFile when the package cannot be opened.

    Example: the first item of a list 一、 with the text 收入情况 → 一、收入情况
    """
    from pipeline.readers.draft import Draft
    from pipeline.readers.word.blocks import Notes
    from pipeline.readers.word.layout import written
    from pipeline.readers.word.parts import parts
    from pipeline.readers.word.styles import styles_of
    from pipeline.readers.word.walk import Walker

    package = source.once(parts)
    styles = styles_of(package)
    notes = {
        **Walker(styles).notes(package.footnotes, "footnote"),
        **Walker(styles).notes(package.endnotes, "endnote"),
    }
    blocks = Walker(styles, Notes(notes)).blocks(package.document)
    return written(blocks, Draft(source.limits)).document(MEDIA_TYPE, "docx")


def plain(source: Source) -> Document:
    """All text of the package that is not deleted or hidden, a paragraph or a table row a line, without numbers.

    Example: ``<w:p><w:r><w:t>收入3.2亿元</w:t></w:r></w:p>`` → 收入3.2亿元
    """
    from pipeline.readers.word.blocks import plain_document
    from pipeline.readers.word.plain import plain_lines

    return plain_document(plain_lines(source), MEDIA_TYPE, "docx:plain")
