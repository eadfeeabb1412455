"""Readers: from the bytes of a source file to a Document, one module a format.

A format is a module with ``recognizes(source) -> bool``, ``read(source) -> Document`` and ``plain(source)``, a
plainer reading of the same file that the first is held against; the first in ``FORMATS`` that recognizes a file
reads it. Content decides before the name: a page called 总结.txt is read as a page, a PDF called 总结.txt as a PDF.
Nothing in a file is run or followed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from pipeline.document import Document
from pipeline.readers import delimited, html, markdown, mhtml, ofd, pdf, text, xls, xlsx
from pipeline.readers.kept import share_kept
from pipeline.readers.limits import Limits
from pipeline.readers.rejected import REASONS, Reason, RejectedFile
from pipeline.readers.signatures import ENCRYPTED
from pipeline.readers.source import Source
from pipeline.readers.word import doc, docx, rtf

__all__ = ["FORMATS", "MOST_LOST", "REASONS", "Format", "Limits", "Reason", "RejectedFile", "read"]

MOST_LOST = 0.02
"""Share of a file's figures that a reader may lose before the plain way is taken."""

_WORD = re.compile(r"\w")
_LONGEST_ERROR = 200


class Format(Protocol):
    """What a module must offer to be a reader.

    Example: ``html.recognizes(source)`` and ``html.read(source)`` for 公报.html
    """

    def recognizes(self, source: Source) -> bool:
        """Whether this reader is the one for the file; RejectedFile when the file is no text."""

    def read(self, source: Source) -> Document:
        """The file's document, layout mended; RejectedFile when it cannot be read."""

    def plain(self, source: Source) -> Document | None:
        """The same file read as plainly as can be, by another way; None where ``read`` is the plainest."""


FORMATS: tuple[Format, ...] = (pdf, docx, doc, rtf, xlsx, xls, mhtml, ofd, markdown, html, delimited, text)


def read(data: bytes, name: str, limits: Limits | None = None, encoding: str = "") -> Document:
    """The document in a file's bytes; ``name`` is its name or path, ``encoding`` a charset known beforehand.

    Raises RejectedFile, and nothing else, for whatever cannot be read (see ``rejected.Reason``).

    Example: ``read("全年增长5.1%。".encode("gbk"), "县局总结.txt").text`` → ``"全年增长5.1%。"``
    """
    limits = limits or Limits()
    if len(data) > limits.bytes:
        raise RejectedFile("too_large", f"{len(data):,} bytes, more than {limits.bytes:,}; split it or raise the limit")
    if not data.strip():
        raise RejectedFile("empty", "there is nothing in it; remove it or save it again")
    source = Source(data, name, encoding, limits)
    chosen = next((one for one in FORMATS if one.recognizes(source)), None)
    if chosen is None:
        raise _no_reader(source)
    document = _checked(chosen, source)
    if not _WORD.search(document.text):
        raise RejectedFile("empty", "there is no letter and no digit in it; remove it or save it again")
    return document


def _checked(chosen: Format, source: Source) -> Document:
    """What the reader gives, unless it fails or loses figures that the plain way has."""
    try:
        plain = chosen.plain(source)
        document = _mended(chosen, source, plain)
    except RejectedFile:
        raise
    except MemoryError:
        raise RejectedFile("out_of_memory", "reading it needs more memory than the limit; split it") from None
    except Exception as error:
        # Libraries raise whatever they like on damaged files.
        said = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_ERROR]
        raise RejectedFile("damaged", f"it cannot be parsed ({said}); save it again") from error
    if plain is None:
        return document
    kept = share_kept(plain.text, f"{document.text}\n{document.left_out}")
    if 1 - kept > MOST_LOST:
        return plain
    return replace(document, figures_kept=kept)


def _mended(chosen: Format, source: Source, plain: Document | None) -> Document:
    try:
        return chosen.read(source)
    except (RejectedFile, MemoryError):
        raise
    except Exception:
        if plain is None:
            raise
        return plain


def _no_reader(source: Source) -> RejectedFile:
    if source.signature == ENCRYPTED:
        return RejectedFile("encrypted", "it needs a password; save it without one")
    if source.signature:
        return RejectedFile("unsupported", f"{source.signature}: no reader for it; save it as docx, pdf or txt")
    return RejectedFile("unknown_type", f"{source.suffix} files are not read; if it is a report, name it .txt")
