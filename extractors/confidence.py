"""How far a row can be trusted: the measured precision of its rule, less what speaks against it."""

from __future__ import annotations

from itertools import product
from typing import Final

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
        self._of = {rule: self._reckoned_all(rule) for rule in self._rules}

    def of_rule(self, rule: str, label: str, known: bool, han: bool = False) -> float:
        """The confidence of a label that a rule gave.

        ``known`` tells whether it is an indicator of the lexicons, ``han`` whether the number is written in Chinese.

        Example: ``confidence.of_rule("cell.level", "户籍总人口", True)``
        """
        length = len(label)
        size = 2 if 1 < length <= _LONG_LABEL else min(length, 3)
        return self._of[rule][4 * size + 2 * han + known]

    def _reckoned_all(self, rule: str) -> tuple[float, ...]:
        lengths, either = (0, 1, _LONG_LABEL, _LONG_LABEL + 1), (False, True)
        return tuple(self._reckoned(rule, *one) for one in product(lengths, either, either))

    def _reckoned(self, rule: str, length: int, han: bool, known: bool) -> float:
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
