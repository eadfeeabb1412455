"""Plain text: the document's text is the file itself."""

from __future__ import annotations

from pipeline.document import Document
from pipeline.readers.source import Source

_SUFFIXES = ("", ".txt", ".text")


def recognizes(source: Source) -> bool:
    """Whether the file is plain text by name; text without a suffix (standard input) is.

    Example: 云川县总结.txt → True, 云川县总结.csv → False
    """
    return source.suffix in _SUFFIXES and not source.signature


def read(source: Source) -> Document:
    """The file as it is, byte order mark dropped and line ends made ``\\n``; RejectedFile when it is no text.

    Example: the GBK bytes of 投资3.2亿元 → ``Document("投资3.2亿元", "text/plain", "gb18030", "text")``
    """
    decoded = source.decoded
    return Document(decoded.text, "text/plain", decoded.encoding, "text", replaced=decoded.replaced)


def plain(source: Source) -> Document | None:
    """None: nothing is plainer than the file itself.

    Example: ``plain(source)`` → None
    """
    return None
