"""C04, C06, C07, C08: what is part of something, or comes after it, is not more."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.parts import at_most
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict, number, quoted
from pipeline.audit.report import Report
from pipeline.audit.words import Words

TIMES: Final = "人次"
"""One person may be counted so several times: 享受待遇41亿人次 of 参保9亿人."""
CLOSE, STEPS = 6, 12
"""Figures between two that one passage compares: parts of a whole, steps one after the other."""
MOST: Final = 500
"""Figures of the wider name, to either side, among which the one to compare with is looked for."""
REACH: Final = 3
"""Paragraphs between two figures that are compared by their names alone."""
LONGER: Final = 1.5
"""How many times as long the period of one figure may be as that of the other."""
RATE: Final = "率"
"""Ends the names of rates of one group of people, which can be compared like counts."""
_THRESHOLD: Final = re.compile(r"(?P<number>[\d.]+|[一二两三五十百]+)?(?P<scale>千万|百万|万|亿)?元?(?:及)?以上")
SCALE: Final = {"千万": 1e7, "百万": 1e6, "万": 1e4, "亿": 1e8, None: 1.0}
_NUMBER: Final = {"一": 1, "二": 2, "两": 2, "三": 3, "五": 5, "十": 10, "百": 100, None: 1}


@check("C04", "子集不大于全集", severity="warning", doubt="warning")
def nested(report: Report, tolerance: float) -> Iterator[Relation]:
    """Counts whose names say that one is part of the other: 全科医师 of 执业医师.

    Example: 执业（助理）医师1144名，全科医师162名
    """
    for narrow, wide in report.words.rows("nested"):
        yield from _ordered(report, "C04", narrow, wide, "前者属于后者，")


@check("C06", "先后环节的数量关系", severity="warning", doubt="info")
def prerequisites(report: Report, tolerance: float) -> Iterator[Relation]:
    """Counts of steps that follow one another: 享受待遇 after 参保, 签约 after 建档.

    Example: 失业保险参保218382人，享受失业待遇2308人
    """
    for later, earlier in report.words.rows("prerequisites"):
        yield from _ordered(report, "C06", later, earlier, "后一环节通常不多于前一环节，")


def _ordered(report: Report, check: str, narrow: str, wide: str, why: str) -> Iterator[Relation]:
    smalls = report.holding(narrow)
    wides = report.holding(wide) if smalls else ()
    if not wides:
        return
    excluded = report.words.pattern("excluded")
    some = report.words.pattern("some_of_them")
    wides = [one for one in wides if not (narrow in one.label or excluded.search(one.label) or some.search(one.label))]
    for small in smalls:
        if not small.is_level or (small.is_ratio and not narrow.endswith(RATE)) or excluded.search(small.label):
            continue
        if wide in small.label and len(wide) >= len(narrow):
            continue
        great = _nearest(report, wides, small, narrow, wide)
        if great is not None:
            holds = small.interval.low <= great.interval.high
            close = small.paragraph == great.paragraph and abs(small.number - great.number) <= (
                STEPS if check == "C06" else CLOSE
            )
            close = close and (check == "C06" or great.label.startswith(wide))
            close = close and not (small.unit == TIMES and great.unit != TIMES)
            verdict: Verdict = "consistent" if holds else "suspicious" if close else "undecided"
            yield at_most(check, ("part", small), ("whole", great), verdict, f"{why}请核对两个数及其口径。")


def _nearest(report: Report, wides: Sequence[Figure], small: Figure, narrow: str, wide: str) -> Figure | None:
    """The figure of the wider name that is nearest, of ``MOST`` to either side."""
    at = bisect_left(wides, small.number, key=lambda one: one.number)
    named = small.label.replace(narrow, wide)
    fitting = [
        one
        for one in wides[max(0, at - MOST) : at + MOST]
        if one is not small
        and _comparable(report.words, small, one)
        and _of_one_length(one, small)
        and (
            abs(one.paragraph - small.paragraph) <= REACH
            or ((one.label == named or _is_name(report, one.label, wide)) and _one_year(one, small))
        )
    ]
    told = [one for one in fitting if one.label == named != wide]
    return min(told or fitting, key=lambda one: abs(one.number - small.number), default=None)


def _is_name(report: Report, label: str, name: str) -> bool:
    """Whether a label is a name, but for a word it opens with that does not narrow it: 统筹涉农资金."""
    return label == name or (label.endswith(name) and label.removesuffix(name) in report.words.group("acts"))


def _one_year(one: Figure, other: Figure) -> bool:
    ends = {figure.period_end.year for figure in (one, other) if figure.period_end is not None}
    return len(ends) < 2


def _of_one_length(one: Figure, other: Figure) -> bool:
    """Whether neither is of a month or of five years where the other is of a year."""
    days = [
        (figure.period_end - figure.period_start).days + 1
        for figure in (one, other)
        if figure.period_start is not None and figure.period_end is not None
    ]
    return len(days) < 2 or max(days) <= LONGER * min(days)


def _comparable(words: Words, small: Figure, great: Figure) -> bool:
    if small.entity != great.entity or small.status != great.status:
        return False
    levels = small.is_level and great.is_level and small.is_ratio == great.is_ratio
    return levels and (small.unit == great.unit or (_is_heads(words, small) and _is_heads(words, great)))


def _is_heads(words: Words, figure: Figure) -> bool:
    """Whether a figure counts people or what each has one of; 抚养人员数4.4万 has no unit of its own."""
    return figure.unit in words.group("heads") or (figure.unit == "" and figure.scale >= SCALE["万"])


@check("C07", "门槛越高数量越少", severity="warning")
def thresholds(report: Report, tolerance: float) -> Iterator[Relation]:
    """Counts of what lies above thresholds: the higher the threshold, the fewer.

    Example: 计划总投资5000万元以上项目238个，亿元以上项目160个
    """
    if "以上" not in report.indicators:
        return
    for figures in report.by_paragraph:
        by_rest: dict[tuple[str, str], list[tuple[float, Figure]]] = defaultdict(list)
        for figure in figures:
            match = _THRESHOLD.search(figure.indicator) if "以上" in figure.indicator and figure.is_level else None
            if match and (match["scale"] or match["number"]):
                rest = report.words.label(figure.indicator.replace(match[0], ""))
                by_rest[rest, figure.unit].append((_limit(match), figure))
        for group in by_rest.values():
            group.sort(key=lambda pair: (pair[0], pair[1].number))
            for (lower, many), (higher, few) in itertools.pairwise(group):
                if lower < higher:
                    holds = few.interval.low <= many.interval.high
                    verdict: Verdict = "consistent" if holds else "suspicious"
                    yield at_most("C07", ("above_higher", few), ("above_lower", many), verdict)


def _limit(match: re.Match[str]) -> float:
    number, scale = match["number"], match["scale"]
    if number and number[0].isdigit():
        return float(number.strip(".") or 1) * SCALE[scale]
    return _NUMBER.get(number, 1) * SCALE[scale]


@check("C08", "出生相关人数", severity="warning", doubt="warning")
def births(report: Report, tolerance: float) -> Iterator[Relation]:
    """What happens to every newborn or mother, compared with the live births: not more, nor much fewer.

    Example: 听力筛查13448人 of 活产14703人: 91.5%
    """
    for narrow, wide, least in report.words.rows("birth_family"):
        firsts: dict[tuple[str, str, str], list[Figure]] = {}
        for one in report.ending(wide, f"{wide}数"):
            if one.is_level:
                firsts.setdefault((one.unit, one.entity, one.status), []).append(one)
        wholes = [one for found in firsts.values() for one in found[:2]]
        for small in report.holding(narrow) if wholes else ():
            if not _is_count(small) or report.words.pattern("some_of_them").search(small.label):
                continue
            whole = next((one for one in wholes if _comparable(report.words, small, one) and one is not small), None)
            if whole is not None:
                share = 100 * small.value / whole.value
                verdict: Verdict = "consistent" if float(least) <= share <= 103 else "suspicious"
                made = at_most("C08", ("part", small), ("births", whole), verdict)
                message = (
                    f"{quoted(small)}为{quoted(whole)}的{number(share, '%')}，"
                    f"通常在{least}%至103%之间，请核对起止时间和口径。"
                )
                yield replace(made, message=message)


def _is_count(figure: Figure) -> bool:
    return figure.is_level and not figure.is_ratio and figure.comparator == "="
