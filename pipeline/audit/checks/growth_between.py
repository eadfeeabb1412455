"""X07, X07D: a growth and both of its levels, which stand in different places of a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import exactly
from pipeline.audit.likeness import span
from pipeline.audit.moves import Move, moves
from pipeline.audit.relation import Relation, Verdict, agreement, in_scale, number, quoted
from pipeline.audit.report import Report

MANY, MOST = 4, 0.8
"""A report whose growths hold that often, and for that share, takes the year before for their base."""

PRICES: Final = (-6.0, 8.0)
"""Percent by which the prices of a whole economy or of a branch of it usually move in a year."""


@check("X07", "计划增速与上年实际", doubt="info")
def growth_between(report: Report, tolerance: float) -> Iterator[Relation]:
    """A level with its growth, and the level of the year before elsewhere in the report.

    Example: 计划358775万元，增长2% … 2025年收入351740万元: 358775/351740-1=2.00%
    """
    found = [_relation(move, growth, base) for move, growth, base in _grown(report)]
    holds = sum(one.verdict in ("consistent", "truncated") for one in found)
    sure = holds >= MANY and holds >= MOST * len(found)
    for one in found:
        yield one if sure or one.verdict != "suspicious" else replace(one, verdict="undecided")


@check("X07D", "不变价增速与现价水平")
def deflators(report: Report, tolerance: float) -> Iterator[Relation]:
    """Levels of two years at their prices and the growth without them: prices moved by what is left; it only confirms.

    Example: 生产总值210.6亿元，增长5.6% … 2024年生产总值202.5亿元: prices 1.5% lower
    """
    constant = report.words.pattern("without_prices")
    for move, growth, base in _grown(report):
        level = move.level
        actual = level.status == base.status == "actual" and base.value > 0 and growth.value > -100
        if not actual or not constant.search(level.label) or level.is_ratio:
            continue
        nominal = level.value / base.value
        left = 100 * (nominal / (1 + growth.value / 100) - 1)
        if PRICES[0] <= left <= PRICES[1]:
            levels = f"{in_scale(level.value, level)}/{in_scale(base.value, level)}"
            formula = f"{levels}/(1{growth.value / 100:+.6g})-1={number(left, '%')}"
            operands = (("growth", growth), ("level", level), ("before", base))
            yield Relation("X07D", operands, formula, "consistent", growth.value, 100 * (nominal - 1))


def _grown(report: Report) -> Iterator[tuple[Move, Figure, Figure]]:
    """Levels with their growth and the level of the year before, where that is told elsewhere."""
    for move in moves(report):
        if move.growth is None or move.growth.basis not in ("none", "yoy", "previous"):
            continue
        base = _base(report, move.level)
        if base is not None and not _told_by_move(base, move.level):
            yield move, move.growth, base


def _told_by_move(base: Figure, level: Figure) -> bool:
    """由61200万元增加到64872万元 is X04B's."""
    return base.sentence == level.sentence and base.number < level.number


def _base(report: Report, level: Figure) -> Figure | None:
    period = span(level)
    if period is None:
        return None
    end = report.words.end_of(level.label, "plan_ends")
    actual = _actual(report)
    for label in (level.label, level.label.removesuffix(end)) if end else (level.label,):
        found = actual.get((label, level.entity, level.unit, level.qualifier, period))
        if found is not None:
            return found
    return None


@lru_cache(maxsize=2)
def _actual(report: Report) -> dict[tuple[object, ...], Figure]:
    """The first actual level of each label that has a growth somewhere, by the period a year later."""
    ends = report.words.group("plan_ends")
    grown = {move.level.label for move in moves(report) if move.growth is not None}
    grown |= {label.removesuffix(end) for label in grown for end in ends}
    found: dict[tuple[object, ...], Figure] = {}
    for figure in report.levels:
        if figure.label in grown and figure.status == "actual":
            key = (figure.label, figure.entity, figure.unit, figure.qualifier, span(figure, 1))
            found.setdefault(key, figure)
    return found


def _relation(move: Move, growth: Figure, base: Figure) -> Relation:
    level = move.level
    expected = (level.interval / base.interval - exactly(1)).scaled(100)
    middle = 100 * (level.value / base.value - 1) if base.value else expected.middle
    verdict: Verdict = agreement(growth, expected)
    if verdict == "inconsistent":
        verdict = "suspicious"
    formula = f"{in_scale(level.value, level)}/{in_scale(base.value, level)}-1={number(middle, '%')}"
    message = ""
    if verdict != "consistent":
        message = (
            f"{quoted(growth)}与{quoted(level)}和上年{quoted(base)}不符：{formula}。"
            "如增速以预算数、快报数或可比口径为基数，请注明。"
        )
    operands = (("growth", growth), ("level", level), ("before", base))
    return Relation("X07", operands, formula, verdict, growth.value, middle, None, message)
