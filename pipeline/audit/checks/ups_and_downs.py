"""A04M: as many things rise and fall as is said of them together."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from extractors.numerals import han_value
from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict
from pipeline.audit.report import Report
from pipeline.audit.words import Words

_COUNT: Final = "[一二两三四五六七八九十]"
_MOVE: Final = f"(?P<count>{_COUNT}{{1,2}})(?:(?P<up>words:ups)|(?P<down>words:downs)|(?P<even>words:evens))"
_MOVES: Final = f"(?:{_COUNT}{{1,2}}(?:words:ups downs evens)){{2,3}}"
_OF: Final = re.compile(rf"(?P<all>{_COUNT}{{1,2}}|\d{{1,2}})(?:大|个|类|项|种|家)[^，。；：“”\d]{{0,16}}[“\"]?$")
"""Before it stands of how many: 八大类商品和服务价格“|六涨两降."""
_REACH: Final = 24
_FAR: Final = 400
"""Characters behind within which all of them are told."""


@dataclass(frozen=True, slots=True)
class _Told:
    """How many rise, fall and stay as they were, of how many (0: not said), and where that ends."""

    rising: int
    falling: int
    even: int
    all: int
    words: str
    end: int


@check("A04M", "升降的个数", severity="warning", doubt="warning")
def ups_and_downs(report: Report, tolerance: float) -> Iterator[Relation]:
    """七升一降: the changes told behind it, one by one, are as many of each; together they are all there are.

    Example: 八大类支出“七升一降”: seven growths and one fall behind it
    """
    for told in _told(report.text, report.words):
        listed = _listed(report, told)
        if listed:
            yield _relation(told, listed)


def _told(text: str, words: Words) -> Iterator[_Told]:
    each = words.filled(_MOVE)
    for match in words.filled(_MOVES).finditer(text):
        counts = dict.fromkeys(("up", "down", "even"), 0)
        for move in each.finditer(match[0]):
            counts[move.lastgroup or ""] += int(han_value(move["count"]) or 0)
        of = _OF.search(text, max(0, match.start() - _REACH), match.start())
        total = 0 if of is None else int(of["all"]) if of["all"].isdigit() else int(han_value(of["all"]) or 0)
        rising, falling, even = counts.values()
        if rising and (falling or even):
            yield _Told(rising, falling, even, total, match[0], match.end())


def _listed(report: Report, told: _Told) -> list[Figure]:
    """The changes that are told one behind the other in the paragraph, as many as there are at most."""
    first = bisect_left(report.figures, told.end, key=lambda figure: figure.start)
    end = min(told.end + _FAR, _paragraph_end(report.text, told.end))
    found: list[Figure] = []
    for figure in report.figures[first : first + told.rising + told.falling]:
        if figure.measure != "change" or not figure.is_ratio or figure.end > end or figure.in_table:
            break
        found.append(figure)
    return found


def _paragraph_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _relation(told: _Told, listed: list[Figure]) -> Relation:
    rising = sum(figure.value > 0 for figure in listed)
    falling = len(listed) - rising
    together = told.rising + told.falling + told.even
    whole = len(listed) == told.rising + told.falling
    verdict: Verdict = "undecided"
    if (told.all and together != told.all) or rising > told.rising or falling > told.falling:
        verdict = "suspicious"
    elif whole:
        verdict = "consistent"
    of_all = f"，共{told.all}项" if told.all else ""
    formula = f"列出上升{rising}项、下降{falling}项，写为“{told.words}”{of_all}"
    message = f"“{told.words}”与所列不符：其后列出上升{rising}项、下降{falling}项{of_all}，请核对。"
    operands = tuple(("part_change", figure) for figure in listed)
    return Relation("A04M", operands, formula, verdict, float(together), float(len(listed)), None, message)
