"""How far a row can be trusted: the measured precision of its rule, less what speaks against it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from extractors.hints import MOST_REMEMBERED
from extractors.places import Link
from lexicons import Lexicons

_LONG_LABEL: Final = 30
_CEILING: Final = 0.99


class Confidence:
    """Gives every mention a figure between 0 and 1.

    Example: 地区生产总值1052.3亿元 (a known indicator right before its number) → about 0.97
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self._rules = _numbers(lexicons.words("confidence.rules"))
        self._factors = _numbers(lexicons.words("confidence.penalties"))
        self._of = lru_cache(MOST_REMEMBERED)(self._reckoned)

    def of(self, link: Link, known: bool) -> float:
        """The confidence of a link; ``known`` tells whether its label is an indicator of the lexicons."""
        han = link.slot.quantity.rule.startswith("quantity.han")
        return self._of(link.rule, min(len(link.label), _LONG_LABEL + 1), known, han)

    def of_rule(self, rule: str, label: str, known: bool, han: bool = False) -> float:
        """The confidence of a label that a rule gave; ``han``: the number is written in Chinese.

        Example: ``confidence.of_rule("cell.level", "户籍总人口", True)``
        """
        return self._of(rule, min(len(label), _LONG_LABEL + 1), known, han)

    def _reckoned(self, rule: str, length: int, known: bool, han: bool) -> float:
        factors = self._factors
        value = self._rules[rule]
        if not length:
            value *= factors["no-label"]
        elif length == 1:
            value *= factors["short-label"]
        elif length > _LONG_LABEL:
            value *= factors["long-label"]
        if han:
            value *= factors["han-numeral"]
        if known:
            value *= factors["known-indicator"]
        return round(min(value, _CEILING), 3)


def _numbers(words: tuple[str, ...]) -> dict[str, float]:
    return {name: float(value) for name, _, value in (word.partition("=") for word in words)}
