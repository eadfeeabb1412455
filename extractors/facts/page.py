"""A document as its reader skims it: the lines of its head and tail, without the furniture of a web page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

import regex

from extractors.words import any_of
from lexicons import Lexicons

HEAD, TAIL, BODY = 4_000, 1_500, 6_000
HEAD_LINES, TAIL_LINES, LONGEST_LINE = 40, 14, 600
_SPACES: Final = regex.compile(r"[\s\u200b\ufeff\u3000]+")
_CHINESE: Final = r"\p{Han}（）《》“”、，：—"
_HAN_SPACE: Final = regex.compile(rf"(?<=[{_CHINESE}\d]) (?=[{_CHINESE}])|(?<=[{_CHINESE}]) (?=\d)")
_MARKUP: Final = regex.compile(r"^[#>*\s]+|\*+$")
_NO_WORDS: Final = regex.compile(r"[^\p{L}\d]*\d{0,3}[^\p{L}\d]*")


@dataclass(frozen=True, slots=True)
class Page:
    """Head and tail of a document, line by line, and its labelled fields.

    Example: 发布时间:2024-07-18 信息来源:云川区卫健委 → fields 发布时间 2024-07-18, 信息来源 云川区卫健委
    """

    head: tuple[str, ...]
    tail: tuple[str, ...]
    fields: dict[str, str]
    """What stands behind the labels of the page's header or footer; the first value of each label."""
    body: str
    """The beginning of the text, unchanged: what names of regions are counted in."""
    rest: str
    """What follows it."""


def squeeze(line: str) -> str:
    """A line without layout: runs of spaces become one, those beside Chinese characters go.

    Example: 关于云川市2025 年预算 执行情况 → 关于云川市2025年预算执行情况
    """
    one_spaced: str = _SPACES.sub(" ", _MARKUP.sub("", line)).strip()
    return str(_HAN_SPACE.sub("", one_spaced))


def page_of(text: str, lexicons: Lexicons) -> Page:
    """The page of a text.

    Example: a text whose first line is 【打印】 and whose second is its title → head begins with the title
    """
    labels, chrome = _labels(lexicons.words("facts.labels")), frozenset(lexicons.words("facts.chrome"))
    head = list(islice(_lines(text[:HEAD].split("\n"), chrome), 2 * HEAD_LINES))
    tail = list(islice(_lines(reversed(text[-TAIL:].split("\n")), chrome), 2 * TAIL_LINES))[::-1]
    fields: dict[str, str] = {}
    for line in (*head[:HEAD_LINES], *tail[-TAIL_LINES:]):
        for label, value in labels.findall(line) if len(line) < 200 else ():
            if value.strip():
                fields.setdefault(label, value.strip())
    return Page(
        head=tuple(line for line in head if not labels.match(line))[:HEAD_LINES],
        tail=tuple(line for line in tail if not labels.match(line))[-TAIL_LINES:],
        fields=fields,
        body=text[:BODY],
        rest=text[BODY:],
    )


def _lines(lines: Iterable[str], chrome: frozenset[str]) -> Iterator[str]:
    """The lines that say something, squeezed; of a long paragraph only its beginning."""
    for line in lines:
        line = squeeze(line[:LONGEST_LINE])
        if line and not _NO_WORDS.fullmatch(line) and line.strip("【】[]（）：:") not in chrome:
            yield line


@cache
def _labels(words: tuple[str, ...]) -> regex.Pattern[str]:
    """A label and its value, which ends where the next label begins: （信息来源：云川市统计局）."""
    label = any_of(words)
    value = rf"(?:(?!(?:{label})\s?[:：])[^】）\]]){{0,60}}"
    return regex.compile(rf"(?:^|(?<=[\s（(【\[。】）)\d日次]))[（(【\[]?({label})\s?[:：]\s?({value})")
