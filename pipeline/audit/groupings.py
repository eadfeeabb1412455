"""Groupings: the parts behind 按经营地分 or 从经济类型看, which are called like their total."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Final

from pipeline.audit.figure import Figure
from pipeline.audit.openings import of_one
from pipeline.audit.report import Report
from pipeline.audit.whole import alike

_GROUPED: Final = re.compile("[按分从](?:(?<=按)[^，。；;：:\n]{1,14}分|(?<!按)[^，。；;：:\n]{1,10}看)")
BEHIND: Final = 30
"""Characters between the words of a grouping and its first figure."""
REACH: Final = 14
"""How many figures back the total may stand."""
SHORTEST: Final = 2
"""Characters of the name that parts and total share."""

_start: Final = attrgetter("start")


def groupings(report: Report) -> Iterator[tuple[Figure, tuple[Figure, ...]]]:
    """Each total with the parts that a grouping behind it gives.

    Example: 出口总额95.5亿元。按贸易方式分，一般贸易出口83.8亿元，加工贸易出口11.4亿元
    """
    told: set[str] = set()
    for match in _GROUPED.finditer(report.text):
        number = bisect_left(report.figures, match.end(), key=_start)
        if number < len(report.figures) and _begins(report, match.end(), report.figures[number]):
            first = report.figures[number]
            whole = _whole(report, first, told)
            if whole is not None:
                parts = _parts(report, whole, first)
                told.update(one.id for one in parts)
                yield whole, parts


def _begins(report: Report, at: int, first: Figure) -> bool:
    words = report.text[at : first.start]
    return len(words) <= BEHIND and "。" not in words and first.is_level and not (first.is_ratio or first.in_table)


def _whole(report: Report, first: Figure, told: set[str]) -> Figure | None:
    """The nearest figure before that is called like the part and is no part of another grouping."""
    for one in reversed(report.figures[max(0, first.number - REACH) : first.number]):
        if first.paragraph - one.paragraph > 1:
            return None
        if one.id not in told and _named_alike(report, one, first) and one.value + one.step >= first.value:
            return one
    return None


def _named_alike(report: Report, whole: Figure, part: Figure) -> bool:
    """Whether a part is called like its total: ends with its name, or with the noun before 总额."""
    stem, name = _stem(report, whole), _stem(report, part)
    if stem != whole.label and not name.endswith(stem[-SHORTEST:]):
        name = name.removesuffix(whole.label[-1])  # 零售总额, 食品类零售额
    noun = _shared_end(stem, name)
    fits = len(noun) >= SHORTEST and name != noun and (noun == stem or stem != whole.label)
    other = any(
        noun.endswith(short) and name.endswith(long) and not stem.endswith(long)
        for short, long in report.words.rows("longer_names")
    )
    return fits and not other and alike(whole, part) and of_one(whole, part)


def _shared_end(one: str, other: str) -> str:
    length = 0
    while length < min(len(one), len(other)) and one[-length - 1] == other[-length - 1]:
        length += 1
    return one[len(one) - length :]


def _stem(report: Report, figure: Figure) -> str:
    """A label without the words of a total: 利润总额 as 利润."""
    return figure.label.removesuffix(report.words.end_of(figure.label, "sums"))


def _parts(report: Report, whole: Figure, first: Figure) -> tuple[Figure, ...]:
    """The first part and those of its sentence that are called so."""
    found = [first]
    for one in _sentence_behind(report.figures, first):
        if _GROUPED.search(report.text, found[-1].end, one.start):
            break
        if not one.part_of and _named_alike(report, whole, one):
            found.append(one)
    return tuple(found)


def _sentence_behind(figures: Sequence[Figure], first: Figure) -> Iterator[Figure]:
    for number in range(first.number + 1, len(figures)):
        if figures[number].sentence != first.sentence:
            return
        yield figures[number]
