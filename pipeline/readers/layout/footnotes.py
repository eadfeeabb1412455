"""Footnotes: small lines at the foot of a page that begin with a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.readers.layout.model import Line

_MARK = re.compile(r"[①-⑳⁰¹²³⁴-⁹*＊※]|[\[【〔（(]\s*\d{1,2}\s*[\]】〕）)]|注\s*[\d：:]|\d{1,2}\s?[^\d.．、，,%％]")
_SMALLER = 0.93


def parted(lines: Sequence[Line], size: float) -> tuple[list[Line], list[Line]]:
    """The lines of a page's last block without its footnotes, and the footnotes.

    Example: ① 2024年为快报数。 in 9 points under a text in 16
    """
    at = len(lines)
    while at > 0 and lines[at - 1].text and lines[at - 1].size < _SMALLER * size:
        at -= 1
    while at < len(lines) and not _MARK.match(lines[at].text):
        at += 1
    return list(lines[:at]), list(lines[at:])


def begins(line: Line) -> bool:
    """Whether a line begins a footnote.

    Example: ① 2024年为快报数。 → True
    """
    return _MARK.match(line.text) is not None
