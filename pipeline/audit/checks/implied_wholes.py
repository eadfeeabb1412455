"""R03, R03G, R04: the whole that a count and its rate imply."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.interval import exactly
from pipeline.audit.likeness import shared
from pipeline.audit.moves import moves
from pipeline.audit.rates import Counted, counted, per
from pipeline.audit.relation import Relation, Verdict, number, quoted
from pipeline.audit.report import Report

ALIKE: Final = 4
MANY: Final = 500
"""Counts above allow nearly every share of them, to a decimal."""
FEW: Final = 20
"""Counts below that are often the number of groups, not of their members."""


@check("R03", "由数量和比率推算总体", doubt="info")
def wholes(report: Report, tolerance: float) -> Iterator[Relation]:
    """A count and its rate must allow a whole number as denominator.

    Example: 治愈918例，治愈率93.96%: 918/93.96%=977
    """
    for pair in counted(report):
        if not report.words.pattern("rates_of_done").search(pair.rate.indicator):
            yield _relation("R03", pair)


@check("R04", "由完成数和完成率推算任务数", doubt="info")
def tasks(report: Report, tolerance: float) -> Iterator[Relation]:
    """What was done and the rate of it give the task.

    Example: 完成42026人，完成率70.04%: 任务60003人
    """
    for pair in counted(report):
        if report.words.pattern("rates_of_done").search(pair.rate.indicator):
            yield _relation("R04", pair)


def _relation(check: str, pair: Counted) -> Relation:
    implied = pair.implied
    verdict: Verdict = "consistent"
    if pair.count.is_exact_count and implied.known and not implied.whole_numbers():
        if (some := _some_of(pair)) is not None:
            formula = f"{number(some)}/{number(pair.count.value)}={pair.rate.shown}"
            return Relation(check, (("whole", pair.count), ("rate", pair.rate)), formula, "consistent", pair.rate.value)
        verdict = "suspicious" if _surely(pair) else "undecided"
    roundest = implied.roundest()
    value = implied.middle if roundest is None else roundest
    formula = f"{number(pair.count.value)}/{pair.rate.shown}={number(value)}{pair.count.unit}"
    message = ""
    if verdict != "consistent":
        message = f"{quoted(pair.count)}与{quoted(pair.rate)}：没有整数分母能得到这一比率（推算{number(value)}）。"
    operands = (("count", pair.count), ("rate", pair.rate))
    return Relation(check, operands, formula, verdict, pair.rate.value, None, None, message)


def _some_of(pair: Counted) -> int | None:
    """How many of the count the rate makes, when the count is the whole itself: 33个断面, 97.0% → 32; else None."""
    whole, scale = pair.count.value, per(pair.rate) or 100.0
    some = round(whole * pair.rate.value / scale)
    fits = whole <= MANY and pair.rate.interval.overlaps(exactly(some * scale / whole))
    return some if fits else None


def _surely(pair: Counted) -> bool:
    """Count and rate stand side by side and share more than a word."""
    if pair.count.value < FEW or "占" in pair.rate.label or pair.rate.unit not in ("%", "‰"):
        return False
    near = pair.rate.number - pair.count.number == 1 and pair.rate.sentence == pair.count.sentence
    return near and (pair.rate.rule == "label.relational" or shared(pair.count.label, pair.rate.label) >= ALIKE)


@check("R03G", "由数量和增速推算上期", doubt="info")
def bases(report: Report, tolerance: float) -> Iterator[Relation]:
    """A count to the last one and its growth must allow a whole number before.

    Example: 企业197家，比上年增长3.7%: 190家
    """
    for move in moves(report):
        level, growth, before = move.level, move.growth, move.before
        if growth is None or before is None or not level.is_exact_count or move.amount is not None:
            continue
        if level.comparator != "=" or not level.text[0].isdigit():
            continue
        found = before.whole_numbers()
        verdict: Verdict = "consistent" if found else "suspicious"
        value = found[0] if found else before.middle
        formula = f"{number(level.value)}/(1{growth.value / 100:+.6g})={number(value)}{level.unit}"
        message = f"{quoted(level)}与{quoted(growth)}：上期没有整数能得到这一增速（推算{number(before.middle)}）。"
        yield Relation("R03G", (("level", level), ("growth", growth)), formula, verdict, growth.value, None, None,
                       message)  # fmt: skip
