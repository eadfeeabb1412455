"""What a page shows around its text: page numbers and running heads, told by their place and by coming back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.readers.layout.lines import joined, rows
from pipeline.readers.layout.model import Line, Page

_MARK = r"[-—–―─·•.\s]"
_NUMBER = r"(?:第\s*)?[0-9０-９]{1,4}(?:\s*页)?(?:\s*[/／,，|]?\s*(?:共\s*)?[0-9０-９]{1,4}\s*页?)?"
_LONGEST = 200
"""Characters of a line that may be a page number with what adorns it; the patterns try every split of its spaces."""
_DECORATED = re.compile(
    rf"{_MARK}+{_NUMBER}{_MARK}+|第\s*[0-9０-９]{{1,4}}\s*页.{{0,12}}|[0-9０-９]{{1,4}}\s*[/／]\s*[0-9０-９]{{1,4}}"
)
_BETWEEN_DASHES = re.compile(r"[-—–―─]\s*[0-9０-９]{1,4}\s*[-—–―─]")
_BARE = re.compile(rf"{_MARK}*{_NUMBER}{_MARK}*|[ivxlcIVXLCⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]{{1,6}}")
_WORDS = re.compile(r"[^\W\d_]{2}")
_DIGITS = re.compile(r"[\d０-９]+")
_EDGE = 0.13
_FEW = 3
_OFTEN = 3
_APART = 1.2

Row = list[Line]


def furniture(pages: Sequence[tuple[Page, Sequence[Line]]]) -> set[int]:
    """The ids of pieces that are no text: page numbers, and what comes back at the same height of other pages.

    Example: — 3 — at the foot of page 3
    """
    edges = [(page, row, apart) for page, parts in pages for row, apart in _at_edge(page, rows(parts))]
    seen = Counter(_key(page, row) for page, row, _ in edges)
    often = max(_OFTEN, round(len(pages) * 0.25))
    gone: set[int] = set()
    for page, row, apart in edges:
        text = joined(row).text
        number = len(text) <= _LONGEST and (_DECORATED.fullmatch(text) or (apart and _BARE.fullmatch(text)))
        if number or (seen[_key(page, row)] >= often and _WORDS.search(text)):
            gone.update(id(part) for part in row)
        gone.update(id(part) for part in row if _BETWEEN_DASHES.fullmatch(part.text))
    return gone


def _at_edge(page: Page, found: Sequence[Row]) -> Iterator[tuple[Row, bool]]:
    """Rows near the upper and lower edge, and whether each stands apart from the text."""
    bases = [row[0].base for row in found]
    gaps = sorted(b - a for a, b in pairwise(bases))
    pitch = gaps[len(gaps) // 2] if len(gaps) > _FEW else 0.0
    for at, row in enumerate(found):
        if at < _FEW and bases[at] < page.height * _EDGE:
            yield row, at + 1 == len(found) or bases[at + 1] - bases[at] > _APART * pitch
        elif at >= len(found) - _FEW and bases[at] > page.height * (1 - _EDGE):
            yield row, at == 0 or bases[at] - bases[at - 1] > _APART * pitch


def _key(page: Page, row: Row) -> tuple[str, int]:
    line = joined(row)
    return _DIGITS.sub("0", line.text), round(min(line.base, 2 * page.height - line.base) / 6)
