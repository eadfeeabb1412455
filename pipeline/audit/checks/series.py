"""P03, P04, P06, P14: what a series of reports on one place tells over time."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from pipeline.audit.check import corpus_check
from pipeline.audit.corpus import FEWEST_COPIES, Corpus, Point
from pipeline.audit.relation import Relation, Verdict, number, quoted
from pipeline.audit.words import Words

Found = Iterator[tuple[str, Relation]]
MOST_APART: Final = 2
"""Years after which a quantity may well be ten times what it was."""
SLIP: Final = 0.08
"""How near to a whole the logarithm of a slip of tens lies."""


@corpus_check("P03", "累计数下降", severity="warning", doubt="warning")
def falling_totals(corpus: Corpus, tolerance: float) -> Found:
    """A cumulative figure that a later report tells smaller.

    Example: 累计接种304.24万人 … 累计接种298.10万人
    """
    for points in corpus.series.values():
        told = [one for one in points if _only_grows(corpus.words, one) and _fact(one)]
        for first, again in pairwise(_latest(told)):
            if first.source.doc_id != again.source.doc_id:
                falls = again.figure.interval.high < first.figure.interval.low
                yield again.source.doc_id, _pair("P03", first, again, falls, "累计数小于前一份报告，")


@corpus_check("P04", "单位或口径变化", severity="warning", doubt="info")
def slipped_units(corpus: Corpus, tolerance: float) -> Found:
    """A level that is ten, a hundred or ten thousand times that of the year before: 万 and 亿, % and ‰.

    Example: 一般公共预算收入35.2亿元 … 一般公共预算收入3.61亿元
    """
    for points in corpus.series.values():
        yearly = [
            one for one in points if _fact(one) and _is_year(one) and one.figure.value > 0 and one.figure.digits > 1
        ]
        for first, again in pairwise(_latest(yearly)):
            if first.source.doc_id != again.source.doc_id and first.figure.is_level:
                power = math.log10(again.figure.value / first.figure.value)
                years = _year(again) - _year(first)
                slips = abs(round(power)) >= 1 and abs(power - round(power)) < SLIP and years <= MOST_APART
                if slips:
                    yield again.source.doc_id, _pair("P04", first, again, True, "与上一期相差约十的整数倍，")


@corpus_check("P06", "数字照抄上期", doubt="warning", tolerance=0.3)
def unchanged(corpus: Corpus, tolerance: float) -> Found:
    """Two reports on different periods that tell many of the same values: at least that share of what both tell.

    Example: 2024年 and 2023年: 6 figures with three digits and more are the same
    """
    for copies in corpus.copies:
        first, second, figures = copies.first, copies.second, copies.same
        if len(figures) >= FEWEST_COPIES and len(figures) >= tolerance * copies.compared:
            names = "、".join(quoted(again) for _, again in figures[:4])
            message = f"与{first.name}相比，时期不同而有{len(figures)}个数相同（{names}等），请核对是否照抄。"
            operands = tuple(("again", again) for _, again in figures) + tuple(("first", one) for one, _ in figures)
            yield (
                second.doc_id,
                Relation("P06", operands, f"{len(figures)}个数相同", "suspicious", None, None, None, message),
            )


@corpus_check("P14", "年内累计数递增", severity="warning", doubt="warning")
def year_to_date(corpus: Corpus, tolerance: float) -> Found:
    """What a year has seen by June is not more than what it has seen by December.

    Example: 上半年收入18.2亿元 … 全年收入17.9亿元
    """
    for key, points in corpus.series.items():
        if key[-1] != "level":
            continue
        by_year: dict[int, list[Point]] = defaultdict(list)
        for point in points:
            start, end = point.figure.period_start, point.figure.period_end
            if _fact(point) and start and end and start.year == end.year and (start.month, start.day) == (1, 1):
                by_year[end.year].append(point)
        for told in by_year.values():
            for first, again in pairwise(sorted(told, key=lambda one: str(one.figure.period_end))):
                if first.figure.period_end != again.figure.period_end and _is_flow(corpus.words, first):
                    falls = again.figure.interval.high < first.figure.interval.low
                    yield again.source.doc_id, _pair("P14", first, again, falls, "全期数小于期中数，")


def _only_grows(words: Words, point: Point) -> bool:
    """A cumulative count; a balance that is called cumulative may fall."""
    figure, told = point.figure, words.pattern("cumulative").search
    return told(figure.indicator) is not None and not (
        figure.is_ratio or words.pattern("rests").search(figure.indicator)
    )


def _is_flow(words: Words, point: Point) -> bool:
    """Sums of a period: money and counts; not stocks, means and rates."""
    figure = point.figure
    return figure.dimension in ("money", "mass", "energy") and not words.pattern("no_sums").search(figure.indicator)


def _fact(point: Point) -> bool:
    figure = point.figure
    return figure.is_level and figure.status == "actual" and figure.comparator == "=" and bool(figure.period)


def _is_year(point: Point) -> bool:
    return len(point.figure.period) == 4


def _latest(points: Sequence[Point]) -> list[Point]:
    """Of each period the first point."""
    found: dict[str, Point] = {}
    for point in points:
        found.setdefault(point.figure.period, point)
    return sorted(found.values(), key=lambda one: str(one.figure.period_end or one.figure.period))


def _pair(check: str, first: Point, again: Point, wrong: bool, why: str) -> Relation:
    one, other = first.figure, again.figure
    verdict: Verdict = "suspicious" if wrong else "consistent"
    formula = f"{number(other.value)}{'<' if other.value < one.value else '≥'}{number(one.value)}{one.unit}"
    message = (
        f"{other.entity}{quoted(other)}（{other.period}）与{first.source.name}的{one.shown}"
        f"（{one.period}）：{why}请核对数字、单位和口径。"
    )
    return Relation(check, (("again", other), ("first", one)), formula, verdict, other.value, one.value, None, message)


def _year(point: Point) -> int:
    return point.figure.period_end.year if point.figure.period_end else 0
