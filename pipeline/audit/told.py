"""Told: which of many names a report tells at all, asked once for all of them, before anything is looked for by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ahocorasick_rs import AhoCorasick

from pipeline.audit.report import Report
from pipeline.audit.words import Words

STAR: Final = "*"


class Keys:
    """Words that figures are looked up by: those that a report's labels hold are found in one pass over them.

    Example: ``Keys(("医师", "床位")).held_in(report)`` → ``医师`` for 执业医师1144名
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._automaton = AhoCorasick({key for key in keys if key})

    def held_in(self, report: Report) -> frozenset[str]:
        """Those that any label of a report holds."""
        return frozenset(self._automaton.find_matches_as_strings(report.label_text, overlapping=True))


class Names:
    """Names that figures have, those of rows of the lexicons; a star stands for any words.

    Example: ``Names(words, ("活产数", "*医师"))``
    """

    def __init__(self, words: Words, names: Iterable[str]) -> None:
        told = dict.fromkeys(names)
        self._plain = [(name, words.label(name)) for name in told if STAR not in name]
        self._open = [(name, key_of(name)) for name in told if STAR in name]
        self._keys = Keys(key for _, key in self._open)

    def told_in(self, report: Report) -> frozenset[str]:
        """Those that a report has figures of, and those with a star of which its labels hold the longest words.

        Example: ``Names(words, ("活产数", "*医师")).told_in(report)`` → ``*医师`` for 执业医师1144名
        """
        labels = report.by_label
        held = self._keys.held_in(report)
        told = [name for name, label in self._plain if label in labels]
        return frozenset(told + [name for name, key in self._open if key in held])


def key_of(name: str) -> str:
    """The longest words of a name with stars, by which figures that may have it are found.

    Example: ``key_of("*办理*案件")`` → ``办理``
    """
    return max(name.split(STAR), key=len)
