"""The markers that begin headings and items: 第一章, 一、, （一）, 1., （1）, ①, #."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from pipeline.segment.words import Patterns

_HAN_NUMBER: Final = "[一二三四五六七八九十〇]{1,3}"
_DIGITS: Final = r"[\d０-９]{1,2}"
_PRIVATE: Final = "\ue000-\uf8ff\U000f0000-\U0010fffd"
"""Private characters: some PDF files have one of them for the point of full-width numbers."""
_MARKERS: Final = re.compile(
    r"(?P<hash>#{1,6})\s"
    rf"|(?P<han>{_HAN_NUMBER})\s*(?:[、．](?!{_HAN_NUMBER}[、．])|\.)"
    rf"|[（(]\s*(?P<hanb>{_HAN_NUMBER})\s*[）)]"
    rf"|(?P<point>{_DIGITS})\s*(?:[、．{_PRIVATE}](?![\d０-９])|\.(?![\d０-９])|[.．](?=(?:19|20)\d\d\s*年))"
    rf"|[（(]\s*(?P<digitb>{_DIGITS})\s*[）)]"
    rf"|(?P<half>{_DIGITS})[）)]"
    r"|(?P<circle>[①-⑳❶-❿⑴-⑽](?![，。；、]))"
)
_FIRST: Final = frozenset(
    "#（(第一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺❻❼❽❾❿⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽0123456789０１２３４５６７８９"
)
_ONE: Final = frozenset({"一", "1", "１", "①", "❶", "⑴", "01"})
HASH_RANK: Final = -6
"""# ranks above every marker without a hash; ###### has rank HASH_RANK + 5."""
_RANKS: Final = {"han": 20, "hanb": 30, "point": 40, "digitb": 50, "half": 60, "circle": 70}
UNMARKED_RANK: Final = 90


class Marker(NamedTuple):
    """A marker at the beginning of a line; ``kind`` names its form, ``rank`` orders forms as is usual.

    Example: ``marker_of("（一）主要做法", patterns())`` → ``Marker("hanb", 30, True, 3)``
    """

    kind: str
    rank: int
    """Smaller is further out: 第一章 10 and up, 一、 20, （一） 30, 1. 40, （1） 50, ① 70."""
    first: bool
    """Whether it is the first of its series."""
    length: int
    """Characters the marker takes."""


def marker_of(text: str, words: Patterns) -> Marker | None:
    """The marker a line begins with; 1.2亿元 and 2025年 begin with none."""
    if text[0] not in _FIRST:
        return None
    if text[0] == "第":
        part = words.part.match(text)
        if part is None:
            return None
        return Marker(part[2], 10 + min(words.parts.index(part[2]), 9), part[1] in _ONE, part.end())
    match = _MARKERS.match(text)
    if match is None or match.lastgroup is None:
        return None
    kind, value = match.lastgroup, match[match.lastgroup]
    if kind == "hash":
        return Marker(f"hash{len(value)}", HASH_RANK + len(value) - 1, False, match.end())
    return Marker(kind, _RANKS[kind], value in _ONE, match.end())
