"""Headings and the sections they open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.segment.lines import is_cell
from pipeline.segment.markers import UNMARKED_RANK, Marker
from pipeline.segment.paragraphs import Paragraph
from pipeline.segment.words import Patterns

_LONGEST_TITLE: Final = 60
_LONGEST_HEADING: Final = 70
_LONGEST_SENTENCE_HEADING: Final = 45
_LONGEST_ITEM: Final = 25
_LONGEST_UNMARKED: Final = 25
_LEAST_BODY: Final = 40
_DEEPEST: Final = 8
_ITEM_RANK: Final = 40
_PART_RANK: Final = 20
ENUMERATOR_RANK: Final = 80
"""一是… on a line of its own stands below every marker, above headings without one."""
_FULL_STOPS: Final = frozenset("。！？!?….．")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_BREAK: Final = re.compile(r"[，。；：！？,;:!?]")
_COMMA: Final = re.compile(r"[，；,;]")
_NO_FIGURE: Final = re.compile(
    r"(?:19|20)\d\d(?:\s*[-—－–~至]\s*(?:(?:19|20)\d\d|\d\d))?\s*年?|\d{1,2}\s*[月日]|第\s*\d+|[“\"《][^”\"》]{0,20}[”\"》]|\[\d+\]"
)
_DIGIT: Final = re.compile(r"\d")
_DATED: Final = re.compile(r"(?:19|20)\d\d年|[〇零一二三四五六七八九]{4}年")
_BOLD: Final = re.compile(r"\*\*([^*]+)\*\*[：:]?")


class Outline:
    """The headings above the present place, outermost first; at most eight.

    Example: after 一、主要做法 and （一）医疗 a new 二、问题 leaves only itself.
    """

    def __init__(self) -> None:
        self._stack: list[tuple[int, str]] = []
        self.section: tuple[str, ...] = ()
        self.parents: tuple[str, ...] = ()
        """The section in which the last heading stands itself."""

    def close(self, rank: int) -> None:
        """End every section of this rank and deeper."""
        if self._stack and self._stack[-1][0] >= rank:
            while self._stack and self._stack[-1][0] >= rank:
                self._stack.pop()
            self.section = tuple(title for _, title in self._stack)

    def open(self, rank: int, title: str) -> None:
        """Begin a section; ``close(rank)`` must have been called."""
        if len(self._stack) == _DEEPEST:
            self._stack.pop()
        self.parents = tuple(above for _, above in self._stack)
        self._stack.append((rank, title))
        self.section = tuple(title for _, title in self._stack)


def title_of(text: str) -> str:
    """A heading's text as a section title: one line, at most 60 characters, without # and ** and a full stop.

    Example: ``title_of("## （一）  医疗。")`` → ``"（一） 医疗"``
    """
    plain = text[: 3 * _LONGEST_TITLE].lstrip("# ").replace("**", "")
    return " ".join(plain.split()).rstrip("。：:；;.")[:_LONGEST_TITLE]


def ranks_of(markers: Sequence[Marker | None]) -> dict[str, int]:
    """The rank of each kind of marker in this text.

    It is the usual one (第一章, 一、, （一）, 1., （1）, ①) except where a usually inner kind runs through
    the text once, began earlier, and an outer kind starts anew inside it: then the two change places.
    """
    ranks: dict[str, int] = {}
    firsts: dict[str, int] = {}
    counts: dict[str, int] = {}
    for marker in markers:
        if marker is not None:
            ranks.setdefault(marker.kind, marker.rank)
            firsts[marker.kind] = firsts.get(marker.kind, 0) + marker.first
            counts[marker.kind] = counts.get(marker.kind, 0) + 1
    seen = list(ranks)
    for position, outer in enumerate(seen):
        for inner in seen[position + 1 :]:
            inverted = ranks[outer] > ranks[inner] > 0
            if inverted and firsts[outer] == 1 and counts[outer] > 1 and firsts[inner] > 1:
                ranks[outer], ranks[inner] = ranks[inner], ranks[outer]
    return ranks


def marked_heading(
    text: str, marker: Marker, first_end: int, following: Paragraph | None, next_marker: Marker | None
) -> int:
    """How many characters of a paragraph with a marker are its heading, 0 where it has none.

    ``first_end`` is where its first sentence ends. With more text behind it a short first sentence without
    figures is the heading (（一）加强培训。全年…); alone it must look like a title, and with a full stop it
    needs something to be the heading of: ``following``, whose marker is ``next_marker``, must not be the next
    item.
    """
    first = text[:first_end].rstrip()
    body = first[marker.length :]
    if not body.strip() or len(body) > _LONGEST_HEADING or not _HAN.search(body):
        return 0
    stopped = body[-1] in _FULL_STOPS
    if first_end < len(text):
        return first_end if stopped and len(body) <= _LONGEST_HEADING and not has_figure(body) else 0
    if following is not None and following.table and is_cell(following.text):
        return 0
    outer = marker.rank < _ITEM_RANK
    if stopped:
        if following is None or (next_marker is not None and next_marker.rank <= marker.rank):
            return 0
        longest = _LONGEST_SENTENCE_HEADING if outer else _LONGEST_ITEM
        fits = len(body) <= longest and (outer or not _COMMA.search(body))
    else:
        fits = body[-1] not in "；;，,、" and "；" not in body
        if marker.rank <= _PART_RANK:
            return first_end if fits else 0
    return first_end if fits and not has_figure(body) else 0


def clause_title(text: str, marker: Marker) -> str:
    """The title before a colon that opens an item: （一）公共预算：收入5亿元 → （一）公共预算."""
    head = text[: marker.length + _LONGEST_ITEM + 1]
    colon = min((at for at in (head.find("：", marker.length), head.find(":", marker.length)) if at > 0), default=-1)
    title = head[:colon] if colon > 0 else ""
    return "" if _COMMA.search(title) or has_figure(title[marker.length :]) else title


def unmarked_rank(text: str, following: Paragraph | None, marker: Marker | None, words: Patterns) -> int:
    """The rank of a heading without a marker, 0 for a paragraph that is none.

    A heading is short and without punctuation. Before a paragraph of prose, which is long unless the heading begins
    with a year (2025年工作安排), it is the innermost; before the first of a series of marked headings (``marker`` is
    that of the paragraph that follows) it stands just above these.

    Example: 地下水水质状况 before 全市7个监测点位…。 → 90; 措施与行动 before （一）治水 → 29
    """
    if text.startswith("**") and len(text) <= _LONGEST_HEADING and (bold := _BOLD.fullmatch(text)):
        return 0 if words.caption.match(bold[1]) else UNMARKED_RANK
    if not 1 < len(text) <= _LONGEST_UNMARKED or following is None or following.table:
        return 0
    if marker is None:
        short = len(following.text) < _LEAST_BODY and not _DATED.match(text)
        if short or "。" not in following.text:
            return 0
    elif not marker.first or marker.rank <= _PART_RANK:
        return 0
    if _BREAK.search(text) or len(_HAN.findall(_NO_FIGURE.sub("", text))) < 2 or has_figure(text):
        return 0
    if words.caption.match(text):
        return 0
    return UNMARKED_RANK if marker is None else marker.rank - 1


def part_rank(text: str, ahead: Marker | None, words: Patterns) -> int:
    """The rank of a heading without a marker that begins a part of the report, with prose behind it.

    ``ahead`` is the next marker in that part: where it is the first of a series, the part stands just above these, else
    above running enumerators. Before 一、 it may be a title, which no section is within: 2026年预算情况说明.

    Example: 2026年重点工作 ⏎ 今年要做好八项工作。 ⏎ （一）扩大消费 → 29
    """
    if ahead is None or not ahead.first:
        return ENUMERATOR_RANK - 1
    return UNMARKED_RANK if ahead.rank <= _PART_RANK and text.endswith(words.title_ends) else ahead.rank - 1


def markers_ahead(texts: Sequence[str], markers: Sequence[Marker | None], words: Patterns) -> list[Marker | None]:
    """For every paragraph the next marker behind it in the same part of the report, None where there is none."""
    ahead: list[Marker | None] = [None] * len(texts)
    following: Marker | None = None
    for number in range(len(texts) - 1, -1, -1):
        ahead[number] = following
        if markers[number] is not None:
            following = markers[number]
        elif begins_part(texts[number], words):
            following = None
    return ahead


def begins_part(text: str, words: Patterns) -> bool:
    """Whether a line reads like the heading of a part of the report: 2026年重点工作, 下一步工作打算."""
    return (
        len(text) <= _LONGEST_UNMARKED
        and _BREAK.search(text) is None
        and words.part_heading.fullmatch(text) is not None
    )


def is_item_heading(text: str, ends: Sequence[int], following: Paragraph | None, next_marker: Marker | None) -> bool:
    """Whether a paragraph with a running enumerator is but a heading of the next: 一是狠抓落实。 ⏎ 全年…。"""
    if len(ends) > 1 or len(text) > _LONGEST_SENTENCE_HEADING or has_figure(text) or text[-1] in "；;，,：:":
        return False
    return following is not None and not following.table and next_marker is None and len(following.text) >= _LEAST_BODY


def has_figure(text: str) -> bool:
    """Whether a title holds a figure that is no year, ordinal or name: 完成投资5亿元, not 2023年、“1+5”."""
    return _DIGIT.search(text) is not None and _DIGIT.search(_NO_FIGURE.sub("", text)) is not None
