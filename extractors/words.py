"""Patterns made from the words of the lexicons, longest first."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from lexicons import Lexicons


def any_of(words: Iterable[str]) -> str:
    """An alternation of literal words, longest first: 及以上|以上."""
    return "|".join(regex.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def alternation(lexicons: Lexicons, *groups: str) -> str:
    """An alternation of the words of some groups of the lexicons.

    Example: alternation(lexicons, "comparators.ge_after") → 及以上|或以上|以上|之上
    """
    return any_of(word for group in groups for word in lexicons.words(group))


TITLE = regex.compile("《[^《》]*》")
QUOTED = regex.compile(r"“[^“”]*”|《[^《》]*》|‘[^‘’]*’")


def without_titles(text: str) -> str:
    """The text with 《titles》 blanked, length kept: a year in a document's title is no period of a figure."""
    return TITLE.sub(lambda match: "■" * len(match.group()), text) if "《" in text else text


def without_names(text: str) -> str:
    """The text with quoted names blanked, length kept: words of purpose inside a name mean nothing (“双千”计划)."""
    return QUOTED.sub(lambda match: "■" * len(match.group()), text) if "“" in text or "《" in text else text
