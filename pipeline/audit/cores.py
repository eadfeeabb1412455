"""Cores: names of amounts without what is done with them and without the word that only says that it is money."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import Final

from pipeline.audit.figure import Figure
from pipeline.audit.report import Report
from pipeline.audit.words import Words

LEAST: Final = 3
"""Characters that are left of a name."""


@lru_cache(maxsize=8192)
def core(words: Words, label: str) -> str:
    """A label without the verbs it opens with and the words for money at its end.

    Example: ``core(report.words, "获得上级转移支付资金")`` → ``上级转移支付``
    """
    opening, ending = _edges(words)
    begun = opening.match(label)
    bare = label[begun.end() :] if begun else label
    ended = ending.search(bare, LEAST)
    return bare[: ended.start()] if ended else bare


@cache
def _edges(words: Words) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may open a name, and what may end it."""
    opens = f"(?:{words.pattern('acts').pattern}|{words.pattern('takings').pattern})+"
    return re.compile(rf"{opens}(?=.{{{LEAST}}})"), re.compile(f"(?:{words.pattern('money_ends').pattern})+$")


@lru_cache(maxsize=2)
def by_core(report: Report) -> dict[str, tuple[Figure, ...]]:
    """The amounts of money of a report outside tables, by the cores of their names.

    Example: ``by_core(report)["上级转移支付"]`` finds 获得上级转移支付资金144.6亿元
    """
    found: dict[str, list[Figure]] = defaultdict(list)
    for label, figures in report.labels:
        told = [one for one in figures if one.is_level and one.dimension == "money" and not one.in_table]
        if told:
            found[core(report.words, label)] += told
    return {name: tuple(sorted(told, key=lambda one: one.number)) for name, told in found.items()}
