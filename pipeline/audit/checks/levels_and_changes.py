"""X02 and P02: a level, its change and its growth must give one base; a level with one of them gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.interval import Interval, exactly
from pipeline.audit.moves import Move, moves
from pipeline.audit.relation import Relation, Severity, agreement, in_scale, number, quoted
from pipeline.audit.report import Report

_MOVED: Final = re.compile("[增减升降涨跌]")
FROM: Final = 14
"""Characters before the earlier of two levels in which 由 or 从 stands."""
NEAR: Final = 10
"""Characters between an amount and the growth of the same change."""


@check("X02", "水平、增量与增速")
def levels_and_changes(report: Report, tolerance: float) -> Iterator[Relation]:
    """Where a level has both an amount and a rate of change, compute the rate from the amount.

    A rate over a base below zero is told of its size: 3378万元，增加13970万元，增长131.9% (13970/|3378-13970|).

    Example: 57.8亿元，增加16.1亿元，增长38.6%: 16.1/(57.8-16.1)=38.61%
    """
    for move in moves(report):
        if move.amount is not None and move.growth is not None:
            yield _triple(report, move)


def _triple(report: Report, move: Move) -> Relation:
    level, amount, growth = move.level, move.amount, move.growth
    assert amount is not None and growth is not None
    base = level.interval - amount.interval
    negative = base.high < 0
    expected = (amount.interval / base).scaled(-100 if negative else 100)
    middle = 100 * amount.value / (level.value - amount.value) if level.value != amount.value else expected.middle
    middle = -middle if negative else middle
    verdict = agreement(growth, expected)
    base_told = _from_base(report, move)
    if base_told is not None and (verdict == "inconsistent" or base_told.verdict == "consistent"):
        return base_told
    base_told_by = f"{in_scale(level.value, level)}-{in_scale(amount.value, level)}"
    base_shown = f"|{base_told_by}|" if negative else f"({base_told_by})"
    formula = f"{in_scale(amount.value, level)}/{base_shown}={number(middle, '%')}".replace("--", "+")
    message = f"{quoted(growth)}与{quoted(level)}、{quoted(amount)}不符：{formula}，写为{growth.text}。"
    if not expected.known:
        over = 0 < level.interval.high <= amount.interval.low and growth.value > 0
        verdict = "inconsistent" if over else "undecided"
    between = report.text[level.end : growth.end]
    from_to = report.words.pattern("from_words").search(report.before(level, FROM))
    words = report.words
    excused = words.pattern("end_levels").search(between) or words.pattern("constant_prices").search(level.label)
    if verdict == "inconsistent" and (from_to or excused):
        verdict = "undecided"
    elif verdict == "inconsistent" and (growth.basis != amount.basis or growth.start - amount.end > NEAR):
        verdict = "suspicious"
    operands = (("growth", growth), ("level", level), ("change", amount))
    slight: Severity | None = "warning" if abs(middle - growth.value) < 2 * growth.step else None
    return Relation("X02", operands, formula, verdict, growth.value, middle, None, message, severity=slight)


def _from_base(report: Report, move: Move) -> Relation | None:
    """比上年执行数515444万元增长1%: the second amount is the base itself, not the change."""
    level, base, growth = move.level, move.amount, move.growth
    assert base is not None and growth is not None
    words, between = report.words, report.between(level, base)
    from_to = words.pattern("from_words").search(report.before(level, FROM))
    moved = _MOVED.search(between)
    named = words.pattern("bases").search(between) or (words.pattern("last_year").search(between) and not moved)
    if from_to or not named or base.value == 0:
        return None
    size = abs(base.value)
    expected = (level.interval / Interval(size - base.step / 2, size + base.step / 2) - exactly(1)).scaled(100)
    middle = 100 * (level.value / size - 1)
    formula = f"{in_scale(level.value, level)}/{in_scale(size, level)}-1={number(middle, '%')}"
    message = f"{quoted(growth)}与{quoted(level)}、上年{in_scale(size, base)}{base.suffix}不符：{formula}。"
    operands = (("growth", growth), ("level", level), ("before", base))
    return Relation("X02", operands, formula, agreement(growth, expected), growth.value, middle, None, message)


@check("P02", "由本期和变动推算上期", severity="error")
def implied_base(report: Report, tolerance: float) -> Iterator[Relation]:
    """What a level and its change say of the level before: nothing in this report decides whether it is so.

    Example: 6344万元，增长25.2%: 上年约5067万元
    """
    for move in moves(report):
        change = move.growth or move.amount or move.points
        before = move.before
        if change is None or before is None or not before.known or len(move.changes) > 1:
            continue
        value = before.middle if change is move.growth else move.level.value - change.value
        unit = move.level.suffix
        if change is move.growth:
            formula = (
                f"{in_scale(move.level.value, move.level)}/(1{change.value / 100:+.6g})="
                f"{in_scale(value, move.level)}{unit}"
            )
        else:
            formula = (
                f"{in_scale(move.level.value, move.level)}-({in_scale(change.value, move.level)})="
                f"{in_scale(value, move.level)}{unit}"
            )
        allowed = before.overlaps(exactly(value))
        operands = (("level", move.level), ("change", change))
        yield Relation("P02", operands, formula, "undecided" if allowed else "suspicious", move.level.value, value)
