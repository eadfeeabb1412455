"""C14: standards of money, and money that was paid by them."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval
from pipeline.audit.likeness import shared
from pipeline.audit.relation import Relation, Verdict, in_scale, number, quoted
from pipeline.audit.report import Report

STEM: Final = 4
REACH: Final = 6
ROOM: Final = 1.08
"""Money a head may pass the standard by that much: people who came and went in the year."""


@check("C14", "补助标准与资金", severity="warning", doubt="info")
def standards(report: Report, tolerance: float) -> Iterator[Relation]:
    """Money, divided by those who get it, against the standard; a stated mean must be it, a ceiling bounds it.

    Example: 农村低保对象3474.5万人，标准6362.2元/人·年，支出1349.0亿元: 3882.6元
    """
    for unit, times, whom in report.words.rows("standard_units"):
        for standard in report.by_unit.get(unit, ()):
            money, people = _paid(report, standard, whom) if standard.is_level else (None, None)
            if money and people:
                yield _relation(report, standard, money, people, float(times))


def _paid(report: Report, standard: Figure, whom: str) -> tuple[Figure | None, Figure | None]:
    stem = standard.label[:STEM]
    near = report.figures[max(0, standard.number - REACH) : standard.number + REACH + 1]
    fitting = [
        one
        for one in near
        if one.is_level
        and one.value > 0
        and one.paragraph == standard.paragraph
        and (one.entity, one.status) == (standard.entity, standard.status)
        and (stem in one.label or shared(one.label, standard.label) >= STEM or one.sentence == standard.sentence)
    ]
    fitting.sort(key=lambda one: abs(one.number - standard.number))
    money = next((one for one in fitting if one.unit == "元"), None)
    return money, next((one for one in fitting if one.unit == whom), None)


def _relation(report: Report, standard: Figure, money: Figure, people: Figure, times: float) -> Relation:
    mean: Interval = (money.interval / people.interval).scaled(1 / times)
    value = money.value / people.value / times
    is_mean = bool(report.words.pattern("means").search(standard.label))
    verdict: Verdict = "consistent"
    if is_mean and not standard.interval.overlaps(mean):
        verdict = "inconsistent"
    elif not is_mean and mean.low > standard.interval.high * ROOM:
        verdict = "suspicious"
    formula = f"{number(money.value)}/{number(people.value)}/{number(times)}={in_scale(value, standard)}{standard.unit}"
    message = (
        f"{quoted(money)}按{quoted(people)}计，为{formula}，与{quoted(standard)}{'不符' if is_mean else '相比偏高'}。"
    )
    operands = (("standard", standard), ("money", money), ("people", people))
    return Relation("C14", operands, formula, verdict, standard.value, value, None, message)


@check("C14O", "标准的高低顺序", doubt="warning")
def order(report: Report, tolerance: float) -> Iterator[Relation]:
    """Standards whose order is known: in homes more than at their own, in towns more than in the countryside.

    One by the month and one by the year are compared by the year.

    Example: 集中养育孤儿1697.4元/人·月, 散居孤儿1257.2元/人·月
    """
    times = {unit: float(often) for unit, often, _ in report.words.rows("standard_units")}
    units = [figures for unit, figures in report.by_unit.items() if unit.startswith("元/人")]
    paid = sorted((one for figures in units for one in figures if one.is_level), key=attrgetter("number"))
    for greater, smaller in report.words.rows("standards") if paid else ():
        for high in paid:
            low = next((one for one in paid if smaller in one.label and _comparable(one, high, times)), None)
            if greater in high.label and low is not None and high.entity == low.entity:
                yield _ordered(high, low, times)


def _comparable(one: Figure, other: Figure, times: dict[str, float]) -> bool:
    return one.unit == other.unit or (one.unit in times and other.unit in times)


def _ordered(high: Figure, low: Figure, times: dict[str, float]) -> Relation:
    often = (1.0, 1.0) if high.unit == low.unit else (times[high.unit], times[low.unit])
    more, less = high.interval.scaled(often[0]), low.interval.scaled(often[1])
    holds = more.high >= less.low
    verdict: Verdict = "consistent" if holds else "suspicious"
    sums = [number(one.value) + (f"×{number(n)}" if n > 1 else "") for one, n in zip((high, low), often, strict=True)]
    formula = f"{sums[0]}{'≥' if holds else '<'}{sums[1]}" + (high.unit if high.unit == low.unit else "元/人·年")
    message = f"{quoted(high)}低于{quoted(low)}，与通常的高低顺序不符，请核对。"
    operands = (("greater", high), ("smaller", low))
    return Relation("C14O", operands, formula, verdict, high.value, low.value * often[1] / often[0], None, message)
