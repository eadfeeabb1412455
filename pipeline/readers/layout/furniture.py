"""What every page shows and no page says: its number, the heads and feet that are repeated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.readers.layout.flow import Item
from pipeline.readers.layout.lines import Line
from pipeline.readers.layout.page import Page

_DASH = r"[-—–－─―·•~]"
_PAGE_NUMBER = re.compile(
    rf"(?:{_DASH}\s*)*\d{{1,4}}(?:\s*{_DASH})*|第\s*\d{{1,4}}\s*页(?:[，,/\s]*共\s*\d{{1,4}}\s*页)?"
    r"|\d{1,4}\s*/\s*\d{1,4}|[Pp]age\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[ⅰ-ⅻⅠ-Ⅻivx]{1,6}"
)
_EDGE = 0.15
"""Share of its height, above and below, in which a page has its heads and feet."""
_DIGITS = re.compile(r"\d+")
_LONGEST = 60
_LEAST, _LEAST_SHARE = 3, 0.4


def furniture(pages: Sequence[tuple[Page, Sequence[Sequence[Item]]]]) -> set[int]:
    """The ids of the lines that are page numbers, running heads or feet.

    Example: — 3 — at the foot of the third page; 云川县2025年财政决算 at the head of each
    """
    edges = [line for page, blocks in pages for line in _at_edges(page, blocks)]
    repeated = Counter(_key(line) for line in {(line.page, _key(line)): line for line in edges}.values())
    least = max(_LEAST, _LEAST_SHARE * len(pages))
    return {id(line) for line in edges if _PAGE_NUMBER.fullmatch(line.text.strip()) or repeated[_key(line)] >= least}


def _at_edges(page: Page, blocks: Sequence[Sequence[Item]]) -> list[Line]:
    lines = [item for block in blocks for item in block if isinstance(item, Line)]
    high, low = _EDGE * page.height, (1 - _EDGE) * page.height
    return [line for line in lines if len(line.text) <= _LONGEST and (line.box.bottom < high or line.box.top > low)]


def _key(line: Line) -> tuple[str, int]:
    """What of a line is the same on every page, and about how high it stands."""
    return _DIGITS.sub("#", line.text), round(line.box.top / 12)
