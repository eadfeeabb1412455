"""Verbs of doing, whose object is what a figure counts: 发放, 监督检查, 筛查出."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import rjieba

from extractors.hints import MOST_REMEMBERED, first_letters
from lexicons import Lexicons

_AND: Final = ("及", "和", "与")


@lru_cache(MOST_REMEMBERED)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, by the dictionary only: unknown words fall into characters and never swallow known ones.

    Example: ``words_of("税收收入")`` → ("税收收入",)
    """
    return tuple(rjieba.cut(text, False))


class Verbs:
    """Finds the verbs of doing at the ends of a label.

    Example: 监督抽查医疗机构 → leading 监督抽查; “线下线上”全面排查 → trailing 排查
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self._known = frozenset(lexicons.words("labels.verbs"))
        self._letters = first_letters(self._known)
        self._adverbs = frozenset(lexicons.words("labels.adverbs"))
        self._nouns = lexicons.words("labels.nouns_of_doing")

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def leading(self, label: str) -> str:
        """The verb, or run of verbs, a label begins with; "" where it begins with a noun."""
        if label.startswith(self._nouns):
            return ""
        tokens = words_of(label)
        end = int(len(tokens) > 1 and tokens[0] in self._adverbs and self._at(tokens, 1) > 0)
        while end < len(tokens) and (step := self._at(tokens, end) or (end and self._joined(tokens, end))):
            end += step
        if end > 1 and end == len(tokens) - 1 and len(tokens[end]) == 1:
            end -= 1  # 续建|安置房
        if end and end == len(tokens):
            end = self._at(tokens, 0) or end
        return "".join(tokens[:end])

    def trailing(self, label: str) -> str:
        """The verb a label ends with, "" where there is none."""
        tokens = words_of(label)
        tails = ("".join(tokens[-count:]) for count in (3, 2, 1))
        return next((tail for tail in tails if tail in self._known), "")

    def object_of(self, label: str) -> str:
        """The label without its leading verb: 进行两病筛查 → 两病筛查."""
        return label.removeprefix(self.leading(label))

    def _joined(self, tokens: tuple[str, ...], end: int) -> int:
        """How many words make a further verb behind a conjunction: 新建|及改造提升|高标准农田."""
        further = self._at(tokens, end + 1) if tokens[end] in _AND else 0
        return further and further + 1

    def _at(self, tokens: tuple[str, ...], start: int) -> int:
        """How many words from ``start`` on make a verb of doing; 0 where none begins."""
        if start >= len(tokens) or tokens[start][0] not in self._letters:
            return 0
        return next((count for count in (3, 2, 1) if "".join(tokens[start : start + count]) in self._known), 0)
