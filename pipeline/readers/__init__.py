"""Readers: from the bytes of a source file to a Document, one module a format.

A format is a module with ``recognizes(source) -> bool`` and ``read(source) -> Document``; the first in
``FORMATS`` that recognizes a file reads it. Content decides before the name: a page called 总结.txt is
read as a page, a PDF called 总结.txt is rejected as a PDF. Nothing in a file is run or followed.
"""

from __future__ import annotations

import re
from typing import Protocol

from pipeline.document import Document
from pipeline.readers import html, markdown, text
from pipeline.readers.rejected import REASONS, Reason, RejectedFile
from pipeline.readers.source import Source

__all__ = ["FORMATS", "MAX_BYTES", "REASONS", "Format", "Reason", "RejectedFile", "read"]

MAX_BYTES = 50_000_000

_WORD = re.compile(r"\w")


class Format(Protocol):
    """What a module must offer to be a reader.

    Example: ``html.recognizes(source)`` and ``html.read(source)`` for 公报.html
    """

    def recognizes(self, source: Source) -> bool:
        """Whether this reader is the one for the file; RejectedFile when the file is no text."""

    def read(self, source: Source) -> Document:
        """The file's document; RejectedFile when it cannot be read."""


FORMATS: tuple[Format, ...] = (markdown, html, text)


def read(data: bytes, name: str, max_bytes: int = MAX_BYTES, encoding: str = "") -> Document:
    """The document in a file's bytes; ``name`` is its name or path, ``encoding`` a charset known beforehand.

    Raises RejectedFile, and nothing else, for whatever cannot be read (see ``rejected.Reason``).

    Example: ``read("全年增长5.1%。".encode("gbk"), "县局总结.txt").text`` → ``"全年增长5.1%。"``
    """
    if len(data) > max_bytes:
        raise RejectedFile("too_large", f"{len(data):,} bytes, more than {max_bytes:,}; split it or raise the limit")
    if not data.strip():
        raise RejectedFile("empty", "there is nothing in it; remove it or save it again")
    source = Source(data, name, encoding)
    chosen = next((one for one in FORMATS if one.recognizes(source)), None)
    if chosen is None:
        raise _no_reader(source)
    document = chosen.read(source)
    if not _WORD.search(document.text):
        raise RejectedFile("empty", "there is no letter and no digit in it; remove it or save it again")
    return document


def _no_reader(source: Source) -> RejectedFile:
    if source.signature:
        return RejectedFile("unsupported", f"{source.signature}: no reader for it; save it as txt, md or html")
    return RejectedFile("unknown_type", f"{source.suffix} files are not read; if it is a report, name it .txt")
