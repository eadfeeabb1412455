"""The lines of a text that are not blank, and what their form tells of them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

BLANK: Final = " \t\x1f\xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200C))) + "\u2060\ufeff"
"""White space inside a line, characters without a width among it."""
_BLANK_OR_END: Final = BLANK + "\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029"
_GAP: Final = re.compile(r"[^\s，。；、：,](?:\s{2,}|\t)(?=\S)")
_LEADER: Final = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|．{3,}|-{5,}|_{5,})\s*[-—]?\s*\d{1,4}\Z")
_CELL: Final = re.compile(r"[-+－—–]?[\d０-９][\d０-９.,，．]*\s*[%％‰]?|[-—–…/／－]{1,3}")
_PROSE: Final = frozenset("。，；！？")


class Line(NamedTuple):
    """A line without the white space at its ends; ``start`` and ``end`` are offsets in the text.

    Example: ``lines_of("　　一、综合\\n")`` → ``[Line(2, 6, "一、综合", 0, 2)]``
    """

    start: int
    end: int
    text: str
    page: int
    """How many form feeds stand before it."""
    indent: int
    """How many characters of white space begin it."""


def lines_of(text: str) -> list[Line]:
    """The lines of a text, blank ones left out."""
    lines: list[Line] = []
    offset = page = 0
    for raw in text.splitlines(keepends=True):
        tail = raw.lstrip(_BLANK_OR_END)
        if tail:
            indent = len(raw) - len(tail)
            body = tail.rstrip(_BLANK_OR_END)
            start = offset + indent
            lines.append(Line(start, start + len(body), body, page, indent))
        if raw[-1] == "\f":
            page += 1
        offset += len(raw)
    return lines


def width(text: str) -> int:
    """Columns a line takes in print: two for a Han character, one for a Latin letter or digit.

    Example: ``width("增长4.7%")`` → 8
    """
    return len(text.encode("gb18030", "replace"))


def is_cell(text: str) -> bool:
    """Whether a line is nothing but a number or a dash, as in tables with one cell a line: 4.7%"""
    return len(text) < 24 and _CELL.fullmatch(text) is not None


def is_row(text: str) -> bool:
    """Whether a line is a row of a table or of contents: cells parted by tabs, bars or wide gaps.

    Example: ``is_row("粮食\\t303.2\\t0.3")``; a line with clauses (，。) is text, however wide its gaps
    """
    if "\t" in text or text[0] == "|":
        return text.count("|") > 1 or not _is_prose(text)
    if "  " in text or "\u3000" in text:
        return not _is_prose(text) and len(_GAP.findall(text[:2000])) > 1
    return text[-1].isdigit() and _LEADER.search(text[-60:]) is not None


def _is_prose(text: str) -> bool:
    return not _PROSE.isdisjoint(text) and max(map(len, _GAP.split(text))) > 30
