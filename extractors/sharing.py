"""Labels said once for several figures: A和B分别达到x和y, 食品、石化、医药等产业增加值分别增长…."""

from __future__ import annotations

import re
from typing import Final

from extractors.verbs import words_of
from extractors.words import alternation
from lexicons import Lexicons

_AND: Final = re.compile("以及|、|和|及|与")
_HEADS: Final = "率数值额量次费长入出比度价"


class Distributor:
    """Gives each of n figures its own part of a shared label.

    Example: 国家级、部级创新平台, 2 → 国家级创新平台, 部级创新平台
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self._nouns = lexicons.words("labels.shared_nouns")
        self._unbroken = re.compile(f"（[^（）]*）|{alternation(lexicons, 'labels.compounds')}")
        self._pairs = [
            (whole, tuple(parts.split("|")))
            for whole, _, parts in (word.partition("=") for word in lexicons.words("labels.pairs"))
        ]

    def distribute(self, label: str, count: int) -> list[str] | None:
        """The ``count`` labels ``label`` stands for, in order; None where it does not divide so."""
        items = self._items(label, count)
        if items is not None:
            return self._completed(items)
        for whole, parts in self._pairs:
            if whole in label and len(parts) == count:
                return [label.replace(whole, part, 1) for part in parts]
        return None

    def items(self, label: str, count: int) -> list[str] | None:
        """The bare items of an enumeration of exactly ``count``: 甲县、乙县和丙县的收入 → 甲县, 乙县, 丙县的收入."""
        return self._items(label, count)

    def _items(self, label: str, count: int) -> list[str] | None:
        masked = self._unbroken.sub(lambda match: "■" * len(match.group()), label)
        cuts = [match.span() for match in _AND.finditer(masked)]
        commas = [cut for cut in cuts if masked[cut[0]] == "、"]
        ands = [cut for cut in cuts if masked[cut[0]] != "、"]
        strong = [cut for cut in ands if masked[cut[0]] in "和与"]
        for chosen in (cuts, commas, commas + strong[-1:], commas + ands[-1:], strong, ands):
            spans = sorted(set(chosen))
            if len(spans) != count - 1:
                continue
            edges = [0, *(edge for span in spans for edge in span), len(label)]
            items = [label[edges[i] : edges[i + 1]] for i in range(0, len(edges), 2)]
            if all(items):
                return items
        return None

    def _completed(self, items: list[str]) -> list[str]:
        """Adds what the first item shares from its front and the last from its end."""
        tail = _shared_tail(items, self._nouns)
        if tail:
            items = [item + tail for item in items[:-1]] + [items[-1]]
            if "等" in items[-1] and not items[0].endswith("等" + tail):
                items[-1] = items[-1].replace("等", "", 1)
        head = "" if tail else _shared_head(items)
        return [items[0], *(item if item.startswith(head) else head + item for item in items[1:])]


def _shared_tail(items: list[str], nouns: tuple[str, ...]) -> str:
    first, last = items[0], items[-1]
    for mark, keep in (("等", ""), ("的", "的")):
        if mark in last and mark not in first:
            return keep + last.partition(mark)[2]
    if first[-1] in _HEADS:
        return ""
    at = last.find(first[-1])
    if 0 <= at < len(last) - 1:
        return last[at + 1 :]
    tokens = words_of(last)
    shared = next((i for i in range(1, len(tokens)) if tokens[i] in nouns and tokens[i] not in first), 0)
    if shared:
        return "".join(tokens[shared:])
    if len(tokens) > 1 and len(words_of(first)) == 1 and len(last) > len(first):
        return "".join(tokens[1:])
    return ""


def _shared_head(items: list[str]) -> str:
    """生产安全事故起数, 死亡人数 → 生产安全事故: a longer first item whose head noun has the same ending."""
    first = words_of(items[0])
    if len(items[0]) <= len(items[-1]) or items[0][-1] != items[-1][-1] or len(first) < 2:
        return ""
    if any(item.startswith(first[0]) for item in items[1:]):
        return ""
    return "".join(first[:-1])
