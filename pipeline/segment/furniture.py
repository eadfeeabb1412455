"""Page numbers and running heads: lines that belong to the page and not to the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from pipeline.segment.lines import Line

_DASH: Final = r"[-—–－─―·•~]"
_CERTAIN: Final = re.compile(
    rf"(?:{_DASH}\s*)+\d{{1,4}}(?:\s*{_DASH})+"
    r"|第\s*\d{1,4}\s*页(?:[，,/\s]*共\s*\d{1,4}\s*页)?"
    r"|[Pp]age\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
)
_POSSIBLE: Final = re.compile(rf"(\d{{1,3}})(?:\s*/\s*\d{{1,4}})?|{_DASH}+\s*(\d{{1,3}})")
_FRACTION: Final = re.compile(r"\d{1,3}\s*/\s*(\d{1,4})")
_ONLY_DASH: Final = re.compile(rf"{_DASH}{{1,3}}")
_DIGITS: Final = re.compile(r"\d{1,3}")
_LONGEST_NUMBER_LINE: Final = 24
_LEAST_PAGE: Final = 300
"""Characters between two page numbers; cells of a table that count up stand closer."""
_LEAST_RUN: Final = 3
_LONGEST_HEAD: Final = 40
_NUMBER: Final = re.compile(r"[\d\s]+")
_WORD: Final = re.compile(r"[^\W\d_]")


class _Candidate(NamedTuple):
    """Lines ``first`` to ``last`` that may be a page number; ``value`` is -1 where it cannot be read."""

    first: int
    last: int
    value: int
    dashed: bool
    fraction: str


def without_furniture(lines: list[Line], rows: Collection[int] = ()) -> list[Line]:
    """The lines without page numbers (—5—, 第 3 页, 3 / 20) and without the heads that every page repeats.

    A bare number counts as a page number only where a page ends or begins, or as one of a run far apart; ``rows``
    are where lines of tables begin, which are never furniture.
    """
    numbers = _page_numbers(lines)
    heads = _running_heads(lines, numbers)
    if not numbers and not heads:
        return lines
    gone = numbers | heads
    return [line for index, line in enumerate(lines) if index not in gone or line.start in rows]


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    certain: set[int] = set()
    possible: list[_Candidate] = []
    following = 0
    for index, line in enumerate(lines):
        text = line.text
        if index < following or len(text) > _LONGEST_NUMBER_LINE:
            continue
        if _ONLY_DASH.fullmatch(text):
            if group := _split_number(lines, index):
                possible.append(group)
                following = group.last + 1
        elif _CERTAIN.fullmatch(text):
            certain.add(index)
        elif match := _POSSIBLE.fullmatch(text):
            fraction = _FRACTION.fullmatch(text)
            value = int(match[1] or match[2])
            possible.append(_Candidate(index, index, value, False, fraction[1] if fraction else ""))
    accepted = _at_page_ends(lines, possible) if lines and lines[-1].page else _runs(lines, possible)
    for candidate in accepted:
        certain.update(range(candidate.first, candidate.last + 1))
    return certain


def _split_number(lines: Sequence[Line], index: int) -> _Candidate | None:
    """A number whose dashes and digits stand on lines of their own: — ⏎ 1 ⏎ 2 ⏎ —"""
    if index + 1 < len(lines) and (match := _POSSIBLE.fullmatch(lines[index + 1].text)) and match[2]:
        return _Candidate(index, index + 1, int(match[2]), True, "")
    last = index + 1
    while last < min(index + 4, len(lines)) and _DIGITS.fullmatch(lines[last].text):
        last += 1
    if last == index + 1 or last >= len(lines) or not _ONLY_DASH.fullmatch(lines[last].text):
        return None
    return _Candidate(index, last, int(lines[index + 1].text) if last == index + 2 else -1, True, "")


def _at_page_ends(lines: Sequence[Line], candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """Candidates next to a form feed; bare numbers must count up with the pages."""
    beside: list[_Candidate] = []
    for candidate in candidates:
        first, last = candidate.first, candidate.last
        opens = first == 0 or lines[first - 1].page != lines[first].page
        closes = last + 1 == len(lines) or lines[last + 1].page != lines[last].page
        if opens or closes:
            beside.append(candidate)
    offsets = Counter(one.value - lines[one.first].page for one in beside if not one.dashed)
    usual = max(offsets, key=lambda offset: (offsets[offset], -abs(offset)), default=0)
    steady = offsets[usual] > 1 or lines[-1].page < 2
    return [one for one in beside if one.dashed or (steady and one.value - lines[one.first].page == usual)]


def _runs(lines: Sequence[Line], candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """Candidates that count up by one, a page's length apart (``3 / 20`` at any distance)."""
    growing: dict[tuple[int, str], list[_Candidate]] = {}
    runs: list[list[_Candidate]] = []
    for one in candidates:
        run = growing.pop((one.value, one.fraction), None)
        if run is None or not (one.fraction or lines[one.first].start - lines[run[-1].last].end >= _LEAST_PAGE):
            run = []
            runs.append(run)
        run.append(one)
        growing[one.value + 1, one.fraction] = run
    return [one for run in runs if len(run) >= (2 if run[0].fraction else _LEAST_RUN) for one in run]


def _running_heads(lines: Sequence[Line], numbers: set[int]) -> set[int]:
    beside: dict[str, list[int]] = {}
    edges = 0
    previous: int | None = None
    for index, line in enumerate(lines):
        if index in numbers:
            continue
        crossed = previous is not None and (line.page != lines[previous].page or index != previous + 1)
        if crossed and previous is not None:
            edges += 1
            for edge in (previous, index):
                if key := _head(lines[edge].text):
                    beside.setdefault(key, []).append(edge)
        previous = index
    least = max(3, edges * 0.3)
    return {index for indexes in beside.values() if len(set(indexes)) >= least for index in indexes}


def _head(text: str) -> str:
    """What of a line stays the same on every page; nothing where it cannot be a running head."""
    if len(text) > _LONGEST_HEAD or text[-1] in "。！？；，、：" or "\t" in text or not _WORD.search(text):
        return ""
    return _NUMBER.sub("#", text)
