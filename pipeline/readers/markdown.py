"""Markdown: the document's text is the file itself, marks included, so that offsets fit the file."""

from __future__ import annotations

from pipeline.document import Document
from pipeline.readers.source import Source

_SUFFIXES = (".md", ".markdown")


def recognizes(source: Source) -> bool:
    """Whether the file is Markdown, which only its name can tell.

    Example: 云川县总结.md → True
    """
    return source.suffix in _SUFFIXES and not source.signature


def read(source: Source) -> Document:
    """The file as it is, byte order mark dropped and line ends made ``\\n``; RejectedFile when it is no text.

    Example: ``# 一、收入`` stays ``# 一、收入``
    """
    decoded = source.decoded
    return Document(decoded.text, "text/markdown", decoded.encoding, "markdown", replaced=decoded.replaced)


def plain(source: Source) -> Document | None:
    """None: nothing is plainer than the file itself.

    Example: ``plain(source)`` → None
    """
    return None
