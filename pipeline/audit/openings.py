"""Openings: the parts that 其中 opens behind a total, by where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Final

from pipeline.audit.figure import Figure
from pipeline.audit.report import Report
from pipeline.audit.whole import Whole, alike

_CUT: Final = re.compile("[。；]")
BEFORE, BEHIND = 24, 30
"""Characters between a total's last figure and 其中, and between 其中 and the first part."""
REACH: Final = 6
"""How many figures back the total may stand: its change and its share may stand between."""
TAIL: Final = 2
"""Characters at the end of labels that tell which of several totals is divided: 收入, 支出."""

_start: Final = attrgetter("start")


def openings(report: Report) -> Iterator[tuple[Figure, tuple[Figure, ...]]]:
    """Each total before 其中 with what may be its parts behind it, where the reader of the text did not link them.

    Example: 房地产开发投资62.5亿元，下降12.3%。其中，住宅投资48.7亿元: 62.5 with 48.7
    """
    figures = report.figures
    for match in report.words.pattern("openers").finditer(report.text):
        number = bisect_left(figures, match.end(), key=_start)
        if 0 < number < len(figures) and _opens(report, figures[number - 1], match, figures[number]):
            yield from _list(report, figures[max(0, number - REACH) : number], figures[number])


def _opens(report: Report, last: Figure, words: re.Match[str], first: Figure) -> bool:
    """Whether 其中 stands between two figures, near both, and the second begins a list of its own."""
    near = 0 <= words.start() - last.end <= BEFORE and first.start - words.end() <= BEHIND
    if not near or first.paragraph - last.paragraph > 1 or first.in_table or first.is_ratio or not first.is_level:
        return False
    linked = report.by_id.get(first.part_of)
    cut = _CUT.search(report.text, words.end(), first.start)
    return cut is None and (linked is None or not alike(linked, first))


def _list(report: Report, before: Sequence[Figure], first: Figure) -> Iterator[tuple[Figure, tuple[Figure, ...]]]:
    """The total with its parts: of several before 其中 the one they make, or that is called like them, or the last."""
    wholes = _wholes(report, before, first)
    lists = [(whole, parts) for whole in wholes if (parts := _parts(report, whole, first))]
    if lists:
        closing = (one for one in lists if Whole(one[0], within(*one), False, "opened").verdict == "consistent")
        alike_named = (one for one in lists if one[0].label[-TAIL:] == first.label[-TAIL:])
        yield next(closing, None) or next(alike_named, lists[0])


def _wholes(report: Report, before: Sequence[Figure], first: Figure) -> list[Figure]:
    """What the first part can be part of, in its sentence or the one before; the last first."""
    last = before[-1].paragraph
    levels = [one for one in before if one.is_level and not one.is_ratio and one.paragraph == last]
    fitting = [one for one in levels if alike(one, first) and of_one(one, first) and not opposed(report, one, first)]
    if not fitting or fitting[-1].sentence != levels[-1].sentence or first.sentence - levels[-1].sentence > 1:
        return []
    return [one for one in reversed(fitting) if one.sentence == fitting[-1].sentence]


def opposed(report: Report, one: Figure, other: Figure) -> bool:
    """Whether what two labels name last excludes that one figure is part of the other.

    Example: 社会保险基金收入 and 失业保险基金支出, but not 土地出让收入安排的支出 and 征地补偿支出
    """
    for words in report.words.rows("opposed"):
        first, second = _named_last(words, one.label), _named_last(words, other.label)
        if first and second and first != second:
            return True
    return False


@lru_cache(maxsize=8192)
def _named_last(words: tuple[str, ...], label: str) -> str:
    """Which of some words a label names last; empty when it names none."""
    found = [word for word in words if word in label]
    return max(found, key=label.rfind) if found else ""


def of_one(one: Figure, other: Figure) -> bool:
    """Whether two figures are both done or both planned, of one place; 云川市 and 云川市本级 may be one.

    Example: 房地产开发投资 and 住宅投资 of 云川市
    """
    return one.status == other.status and of_entity(one, other)


def of_entity(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one place, or of a place and a part of it that is called so.

    Example: 云川市 and 云川市本级
    """
    return one.entity in other.entity or other.entity in one.entity


def _parts(report: Report, whole: Figure, first: Figure) -> tuple[Figure, ...]:
    """The first part and those behind it in its sentence."""
    found, opener = [first], report.words.pattern("openers")
    for number in range(first.number + 1, len(report.figures)):
        one = report.figures[number]
        if one.sentence != first.sentence or opener.search(report.text, found[-1].end, one.start):
            break
        if alike(whole, one) and not one.part_of and of_one(whole, one) and not opposed(report, whole, one):
            found.append(one)
    return tuple(found)


def within(whole: Figure, parts: Sequence[Figure]) -> tuple[Figure, ...]:
    """The first parts, as long as they are not more than the total: what follows is part of something else.

    Example: of 60, 30 and 40 behind a total of 100 the first two
    """
    so_far = 0.0
    for count, part in enumerate(parts):
        so_far += part.value
        if count and so_far > whole.value + whole.step:
            return tuple(parts[:count])
    return tuple(parts)
