"""Cores: names of amounts without what is done with them and without the word that only says that it is money."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
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
    bare = label
    for group, before in (("acts", True), ("takings", True), ("money_ends", False)):
        rest = _less(bare, words.group(group), before=before)
        while rest != bare:
            bare, rest = rest, _less(rest, words.group(group), before=before)
    return bare


def _less(name: str, words: tuple[str, ...], *, before: bool) -> str:
    for word in words:
        if len(name) >= len(word) + LEAST and (name.startswith(word) if before else name.endswith(word)):
            return name[len(word) :] if before else name[: -len(word)]
    return name


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
