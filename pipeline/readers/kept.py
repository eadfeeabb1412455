"""The check on reading: figures of the source, counted apart from the reader, against those its text has."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_FIGURE = re.compile(r"\d+")
_LONGEST_JOINED = 40


def figures(text: str) -> Counter[str]:
    """How often each run of digits stands in a text, full-width digits taken for what they are.

    Example: ``figures("2025年增长５.1%")`` → 2025, 5 and 1, once each
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return Counter(_FIGURE.findall(plain))


def share_kept(source: str, kept: str) -> float:
    """Share of the figures of a source that a text has too, 0..1; 1 where there are none.

    A figure that a line end cuts in the source and that is whole in the text counts as kept.

    Example: ``share_kept("投资3.2亿元，增长5%", "投资3.2亿元")`` → 2/3
    """
    here, there = figures(source), figures(kept)
    lost, gained = here - there, there - here
    for figure in gained.elements() if lost else ():
        _rejoin(figure, lost)
    return 1 - lost.total() / here.total() if here else 1.0


def _rejoin(figure: str, lost: Counter[str]) -> None:
    for cut in range(1, min(len(figure), _LONGEST_JOINED)):
        parts = Counter((figure[:cut], figure[cut:]))
        if parts <= lost:
            lost.subtract(parts)
            return
