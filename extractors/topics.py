"""What clauses without a figure are about: figures behind them may have no other name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extractors.phrases import PhraseReader
from extractors.words import alternation, filled
from lexicons import Lexicons

_CLAUSE: Final = re.compile("[，；：。！？\t]")
_ACHIEVED: Final = "(?P<what>[^，；。]{2,24}?)(?:words:labels.achievements)，$"
_LONGEST_HEADING: Final = 16


class Topics:
    """Names what the words before a figure tell of, where the figure's own clause has no name for it.

    Example: 全面推进农村改厕，共|2630座 → 推进农村改厕
    """

    def __init__(self, lexicons: Lexicons, phrases: PhraseReader) -> None:
        self._phrases = phrases
        self._achievement = re.compile(filled(lexicons, _ACHIEVED))
        ranks, against = (alternation(lexicons, key) for key in ("labels.ranks", "labels.comparisons"))
        achieved = alternation(lexicons, "labels.achievements")
        self._praise = re.compile(
            f"(?:(?:{ranks})(?:全[国省市州县区]|第|前)|(?<=[速幅])(?:{against})).*$|(?<=.{{2}})(?:{achieved})$"
        )
        self._work = re.compile(f"(?:等)?(?:{alternation(lexicons, 'labels.work')})$")

    def last(self, earlier: str) -> str:
        """The label of the last clause that has one; "" for none."""
        said = (self._praise.sub("", clause) for clause in reversed(_CLAUSE.split(earlier)))
        clauses = (self._phrases.phrase(clause).label for clause in said if clause)
        return next((label for label in clauses if label), "")

    def all(self, text: str) -> Iterator[str]:
        """What the clauses of a sentence are about: 对老年人进行两病筛查，做到早发现。 → both."""
        labels = (self._phrases.phrase(clause).label for clause in _CLAUSE.split(text))
        return (self._work.sub("", label) for label in labels if label)

    def heading(self, said: str) -> str:
        """流浪乞讨救助 of 5．流浪乞讨救助。|全年216人次: a heading that runs into its paragraph; else ""."""
        return self._phrases.phrase(said.rstrip("。")).label if len(said) <= _LONGEST_HEADING else ""

    def achieved(self, earlier: str) -> str:
        """进出口总值 of 进出口总值创历史新高，|达到62亿元: what a clause says of the figure behind it; else ""."""
        achieved = self._achievement.search(earlier)
        return self._phrases.phrase(achieved["what"]).label if achieved else ""
