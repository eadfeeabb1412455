"""D01P and G03P: price indices and growths of prices, which say the same in two ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict, number, quoted
from pipeline.audit.report import Report

PRICES, INDEX = "价格", "指数"
LEAST: Final = 50.0
"""No index of the year before as 100 lies below it, and hardly a growth above."""


@check("D01P", "价格指数与涨跌幅", severity="warning", doubt="info")
def indices(report: Report, tolerance: float) -> Iterator[Relation]:
    """An index of prices is 100 more than their growth, wherever the two are told, and so is a table's and the text's.

    Example: 居民消费价格上涨0.6% … 居民消费价格指数100.6
    """
    by_class: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    plain = report.words.pattern("price_words")
    for figure in report.holding(PRICES):
        if _is_index(figure) or _is_growth(figure):
            by_class[plain.sub("", figure.label), figure.entity, figure.period].append(figure)
    for figures in by_class.values():
        first = figures[0]
        for again in figures[1:]:
            two_ways = (first.in_table, _is_index(first)) != (again.in_table, _is_index(again))
            if two_ways and (first.basis == again.basis or "none" in (first.basis, again.basis)):
                yield _twice(first, again)


def _is_index(figure: Figure) -> bool:
    return figure.is_level and not figure.unit and INDEX in figure.label and figure.value > -LEAST


def _is_growth(figure: Figure) -> bool:
    return figure.measure == "change" and figure.unit == "%" and figure.comparator == "="


def _growth(figure: Figure) -> float:
    """The growth of prices a figure tells: 0.6 for an index of 100.6."""
    return figure.value - 100 if _is_index(figure) and figure.value > LEAST else figure.value


def _twice(first: Figure, again: Figure) -> Relation:
    room = (first.step + again.step) / 2
    same = abs(_growth(first) - _growth(again)) <= max(room, first.step, again.step) * 0.51 + 1e-9
    formula = f"{number(_growth(first), '%')}{'=' if same else '≠'}{number(_growth(again), '%')}"
    message = f"{quoted(first)}与{quoted(again)}应是同一涨幅：{formula}，请核对。"
    verdict: Verdict = "consistent" if same else "suspicious"
    operands = (("first", first), ("again", again))
    return Relation("D01P", operands, formula, verdict, again.value, first.value, None, message)


@check("G03P", "价格指数写作涨跌幅", doubt="info")
def growths_as_indices(report: Report, tolerance: float) -> Iterator[Relation]:
    """A table that is headed 指数 and holds growths: an index lies near 100.

    Example: 居民消费价格指数 0.1, 食品烟酒 -1.8
    """
    found = [one for one in report.holding(PRICES) if one.in_table and _is_index(one)]
    for _, run in groupby(enumerate(found), key=lambda pair: pair[1].number - pair[0]):
        table = [one for _, one in run]
        if len(table) > 1 and all(abs(one.value) < LEAST for one in table):
            first = table[0]
            message = f"{quoted(first)}等{len(table)}项称为指数，数值却是涨跌幅（指数应在100上下），请核对表头。"
            operands = tuple(("value", one) for one in table)
            yield Relation("G03P", operands, f"|{number(first.value)}|<{number(LEAST)}", "suspicious", first.value,
                           100 + first.value, None, message)  # fmt: skip
