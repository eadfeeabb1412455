"""X06 and X06R: two growths of one figure, the second without what happened only once, or without prices."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval, exactly
from pipeline.audit.relation import Relation, number
from pipeline.audit.report import Report

MOST: Final = 60
"""Growths of prices that are looked at."""
MOST_BETWEEN: Final = 40
"""Characters between the two growths."""


@check("X06", "同一数值两种口径的增速")
def two_bases(report: Report, tolerance: float) -> Iterator[Relation]:
    """A growth and the one 同口径: what was taken out of the year before, in percent of it; nothing is suspected.

    Example: 下降0.05%，剔除新增国债因素，同口径增长4%
    """
    basis, prices = report.words.pattern("same_basis"), report.words.pattern("price_changes")
    for first, second in pairwise(report.growths):
        if second.number - first.number != 1 or first.sentence != second.sentence:
            continue
        between = report.between(first, second)
        near = len(between) <= MOST_BETWEEN and "；" not in between and basis.search(between)
        if near and _alike(first, second) and not prices.search(between):
            yield _relation(first, second)


@check("X06R", "名义增速、实际增速与物价", tolerance=0.5)
def real_growth(report: Report, tolerance: float) -> Iterator[Relation]:
    """A growth and the one 扣除价格因素 give the change of prices, that of the report's price index, in points.

    Example: 居民人均可支配收入增长5.3%，扣除价格因素实际增长5.1% … 居民消费价格上涨0.2%
    """
    prices = [one for one in report.ending(*report.words.group("price_indices")) if _is_growth(one)][:MOST]
    for nominal, real in pairwise(report.growths):
        if real.number - nominal.number != 1 or nominal.sentence != real.sentence or not _alike(nominal, real):
            continue
        if report.words.pattern("price_changes").search(report.between(nominal, real)):
            price = next((one for one in prices if _one_year(one, nominal)), None)
            if price is not None:
                yield _prices(nominal, real, price, tolerance)


def _alike(first: Figure, second: Figure) -> bool:
    named = second.label.endswith(first.label) and first.entity == second.entity
    return named and first.comparator == second.comparator == "=" and -100 < second.value != first.value > -100


def _relation(first: Figure, second: Figure) -> Relation:
    taken = 100 * (1 - (1 + first.value / 100) / (1 + second.value / 100))
    formula = f"1-(1{first.value / 100:+.6g})/(1{second.value / 100:+.6g})={number(taken, '%')}"
    operands = (("growth", first), ("same_basis", second))
    return Relation("X06", operands, formula, "undecided", second.value, first.value)


def _is_growth(figure: Figure) -> bool:
    return figure.measure == "change" and figure.unit == "%" and figure.comparator == "=" and figure.status == "actual"


def _one_year(price: Figure, growth: Figure) -> bool:
    return (price.entity, price.period, growth.status) == (growth.entity, growth.period, "actual")


def _prices(nominal: Figure, real: Figure, price: Figure, tolerance: float) -> Relation:
    whole = exactly(100)
    implied = ((nominal.interval + whole) / (real.interval + whole)).scaled(100) - whole
    value = 100 * ((100 + nominal.value) / (100 + real.value) - 1)
    near = Interval(implied.low - tolerance, implied.high + tolerance).overlaps(price.interval)
    formula = f"(1{nominal.value / 100:+.6g})/(1{real.value / 100:+.6g})-1={number(value, '%')}"
    operands = (("nominal", nominal), ("real", real), ("price", price))
    return Relation("X06R", operands, formula, "consistent" if near else "undecided", price.value, value, tolerance)
