"""A10D: what is by its name the difference of two others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, agreement, in_scale, quoted
from pipeline.audit.report import Report

REACH: Final = 10
"""Figures between a difference and what it is the difference of."""


@check("A10D", "差额等于两数之差")
def differences(report: Report, tolerance: float) -> Iterator[Relation]:
    """Natural growth is births less deaths, a surplus of trade exports less imports.

    Example: 出生率6.18‰，死亡率7.35‰，自然增长率-1.16‰: 6.18-7.35=-1.17
    """
    for name, more, less in report.words.rows("differences"):
        for figure in report.ending(name):
            minuend, subtrahend = _operand(report, figure, more), _operand(report, figure, less)
            told = figure.comparator == "=" and (figure.is_level or figure.is_ratio)
            if told and minuend is not None and subtrahend is not None:
                yield _relation(figure, minuend, subtrahend)


def _operand(report: Report, difference: Figure, name: str) -> Figure | None:
    """The nearest level of a name in the paragraph, those before first."""
    number = difference.number
    near = (*reversed(report.figures[max(0, number - REACH) : number]), *report.figures[number + 1 : number + REACH])
    return next((one for one in near if _fits(report, one, difference, name)), None)


def _fits(report: Report, one: Figure, difference: Figure, name: str) -> bool:
    same = one.paragraph == difference.paragraph and one.is_level and one.unit == difference.unit
    if not same or (one.entity, one.status) != (difference.entity, difference.status) or one.comparator != "=":
        return False
    if one.period_end and difference.period_end and one.period_end.year != difference.period_end.year:
        return False
    kind = report.words.pattern("kinds_of_trade")
    bare = report.words.filled("(?:words:ends_of_trade)$").sub("", one.label)
    return bare.endswith(name) and kind.findall(one.label) in ([], kind.findall(difference.label))


def _relation(figure: Figure, minuend: Figure, subtrahend: Figure) -> Relation:
    expected = minuend.interval - subtrahend.interval
    value = minuend.value - subtrahend.value
    unit = figure.suffix
    formula = f"{in_scale(minuend.value, figure)}-{in_scale(subtrahend.value, figure)}={in_scale(value, figure)}{unit}"
    message = f"{quoted(figure)}应为{quoted(minuend)}与{quoted(subtrahend)}之差：{formula}。"
    operands = (("difference", figure), ("minuend", minuend), ("subtrahend", subtrahend))
    return Relation("A10D", operands, formula, agreement(figure, expected), figure.value, value, figure.step, message)
