"""Patterns made from the words of the lexicons: the longest word that stands there is the one that is found.

They are written for the standard library's ``re``, which reads them several times faster than ``regex`` does once
words with the same beginning share it (比上(?:年|月)) and an alternation says by a look ahead what it can begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from lexicons import Lexicons


def any_of(words: Iterable[str]) -> str:
    """A pattern of some literal words, the longest first: 以上, 以下, 以 → 以(?:[上下])?

    The words of no group match nothing: ``(?!)``.
    """
    return _branches(sorted(set(words))) or "(?!)"


def _branches(words: list[str]) -> str:
    """The pattern of sorted words that share what stands before them; "" when none is left."""
    ends = words[:1] == [""]
    letters, longer = [], []
    for first, group in groupby(words[ends:], key=lambda word: word[0]):
        rest = _branches([word[1:] for word in group])
        if rest:
            longer.append(re.escape(first) + rest)
        else:
            letters.append(re.escape(first))
    if letters:
        longer.append(letters[0] if len(letters) == 1 else f"[{''.join(letters)}]")
    if not longer:
        return ""
    if ends:
        return f"(?:{'|'.join(longer)})?"
    return longer[0] if len(longer) == 1 else f"(?:{'|'.join(longer)})"


def alternation(lexicons: Lexicons, *groups: str) -> str:
    """A pattern of the words of some groups of the lexicons.

    Example: alternation(lexicons, "comparators.ge_after") → 及以上|或以上|以上|之上
    """
    return any_of(word for group in groups for word in lexicons.words(group))


SLOT: Final = re.compile(r"\(\?(?P<how>:|=|!|<!|P<\w+>)words:(?P<groups>[\w. ]+)\)")
"""Where a pattern asks for words: (?:words:roles.rise roles.fall)"""


def filled(lexicons: Lexicons, pattern: str, stem: str = "") -> str:
    """A pattern with the words of groups of the lexicons in its slots; a group without a file is one of ``stem``.

    (?:words:a.x b.y) is one of the words, (?=words:a.x), (?!words:a.x) and (?<!words:a.x) say what stands beside.

    Example: ``filled(lexicons, "同比(?:words:roles.rise)了?$")``
    """

    def words(slot: re.Match[str]) -> str:
        groups = [name if "." in name else f"{stem}.{name}" for name in slot["groups"].split()]
        if slot["how"] == "<!":
            return not_behind(word for name in groups for word in lexicons.words(name))
        return f"(?{slot['how']}{alternation(lexicons, *groups)})"

    return SLOT.sub(words, pattern)


def not_behind(words: Iterable[str]) -> str:
    """What stands here does not follow one of the words: 增长, 升 → (?<!增长)(?<!升)"""
    return "".join(f"(?<!{same})" for same in _of_one_length(words))


def right_behind(words: Iterable[str]) -> str:
    """What stands here follows one of the words: 市级, 本级, 开发区 → (?:(?<=市级|本级)|(?<=开发区))"""
    return f"(?:{'|'.join(f'(?<={same})' for same in _of_one_length(words))})"


def _of_one_length(words: Iterable[str]) -> Iterator[str]:
    """Alternations of words of the same length, which a look behind must be of: the short first."""
    sized = groupby(sorted(set(words), key=lambda word: (len(word), word)), key=len)
    return ("|".join(map(re.escape, same)) for _, same in sized)


TITLE: Final = re.compile("《[^《》]*》")
QUOTED: Final = re.compile(r"“[^“”]*”|《[^《》]*》|‘[^‘’]*’")


def without_titles(text: str) -> str:
    """The text with 《titles》 blanked, length kept: a year in a document's title is no period of a figure."""
    return TITLE.sub(lambda match: "■" * len(match.group()), text) if "《" in text else text


def without_names(text: str) -> str:
    """The text with quoted names blanked, length kept: words of purpose inside a name mean nothing (“双千”计划)."""
    return QUOTED.sub(lambda match: "■" * len(match.group()), text) if "“" in text or "《" in text else text


def behind_no_subject(lexicons: Lexicons) -> str:
    """What stands behind 全国, 全省 … where they are no subject, as a pattern.

    Example: 全国|性, 全国|武术锦标赛, 全国|规模最大的基地, 全国|文明村镇
    """
    events, most = (alternation(lexicons, f"entities.{key}") for key in ("events", "superlatives"))
    behind = f"[^，。；：、]{{0,10}}?(?:{events})|[^，。；：、\\d]{{0,6}}?(?:{most})"
    return f"{alternation(lexicons, 'entities.level_not')}|{behind}|{titles_behind(lexicons)}"


def titles_behind(lexicons: Lexicons) -> str:
    """What makes a title of 全国 before it, as a pattern: 全国|文明村镇, 全国|乡村旅游重点村."""
    return f"(?<=国)[^，。；：、\\d]{{0,4}}?(?:{alternation(lexicons, 'entities.titles')})"
