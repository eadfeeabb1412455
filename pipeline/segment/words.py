"""The patterns that depend on words of the language, made of the lexicon's groups."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from lexicons.loader import DATA
from lexicons.words import read_words

if TYPE_CHECKING:
    from lexicons import Lexicons

_STEM: Final = "segmentation"
_DATED: Final = r"(?:19|20)\d\d\s*年|[〇零一二三四五六七八九]{4}年|“?十[一二三四五六七八九]五[”时规期]"
_GROUPS: Final = ("parts", "enumerators", "captions", "labels", "report_parts", "title_ends", "openers", "continuers")


@dataclass(frozen=True, slots=True)
class Patterns:
    """What the segmenter looks for at the beginning of lines, sentences and clauses.

    Example: ``patterns().enumerator.search("会议指出，一是抓好培训。")`` finds 一是
    """

    part: re.Pattern[str]
    """第三章: group 1 is the number, group 2 the word."""
    parts: tuple[str, ...]
    """The words of ``part``, the largest division first."""
    enumerator: re.Pattern[str]
    caption: re.Pattern[str]
    part_heading: re.Pattern[str]
    """2026年重点工作, “十四五”时期工作回顾, 下一步工作打算: a line without a marker that begins a part of it."""
    title_ends: tuple[str, ...]
    """说明, 报告: how the title of what follows ends, which may be no part of the report."""
    opener: re.Pattern[str]
    continuer: re.Pattern[str]


def patterns(lexicons: Lexicons | None = None) -> Patterns:
    """The patterns of the given lexicons; without any, those of the words that come with zhibiao.

    Example: ``patterns().parts`` → ``("部分", "编", …)``
    """
    if lexicons is None:
        return _built_in()
    return _compiled(tuple(lexicons.words(f"{_STEM}.{group}") for group in _GROUPS))


@cache
def _built_in() -> Patterns:
    groups = read_words(DATA / f"{_STEM}.toml")
    return _compiled(tuple(groups[f"{_STEM}.{group}"] for group in _GROUPS))


@cache
def _compiled(groups: tuple[tuple[str, ...], ...]) -> Patterns:
    parts, enumerators, captions, labels, report_parts, title_ends, openers, continuers = groups
    return Patterns(
        part=re.compile(rf"第\s*([一二三四五六七八九十百〇零\d]{{1,4}})\s*({_any(parts)})"),
        parts=parts,
        enumerator=re.compile(_any(enumerators)),
        caption=re.compile(
            rf"\W{{0,2}}(?:(?:{_any(captions)})\s*(?:[\d０-９一二三四五六七八九十（(：:]|\Z)|(?:{_any(labels)})\s*(?:[：:（(]|\Z))"
        ),
        part_heading=re.compile(rf"(?:{_DATED}).*|.*(?:{_any(report_parts)})"),
        title_ends=title_ends,
        opener=re.compile(rf"(?:{_any(openers)}|(?:19|20)\d\d\s*年)"),
        continuer=re.compile(
            rf"(?:[①-⑳]\s*|[23](?=[，。；]))?[，。、；：）》”’」』】〕,;)%％‰℃/·．]|(?:{_any(continuers)})"
        ),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
