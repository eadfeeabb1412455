"""R01B: the budget, what came of it, and the rate of it, where the budget stands first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.stated_rates import ratio, repairable
from pipeline.audit.figure import Figure
from pipeline.audit.openings import of_entity, opposed
from pipeline.audit.relation import Relation
from pipeline.audit.report import Report
from pipeline.audit.whole import alike

_INSIDE: Final = re.compile("^[^（(]*[）)]")
REACH, BEFORE, REST = 6, 14, 4
"""How many figures before a rate its amounts may stand; characters before it that say 预算, and that lie between."""
MANY: Final = 7
"""Digits of both amounts from which one wrong digit explains more than chance would."""


@check("R01B", "预算数、执行数与完成率")
def budget_execution(report: Report, tolerance: float) -> Iterator[Relation]:
    """预算为A，实际完成B，为预算的R%: B divided by A, or by what A was adjusted to.

    Example: 收入预算为143.6亿元，实际完成153.7亿元，为预算的107.0%: 153.7/143.6
    """
    for rate in report.figures[2:]:
        if rate.unit == "%" and rate.is_level and _is_of_a_budget(report, rate):
            amounts = list(_amounts(report, rate))
            if len(amounts) > 1:
                yield from _executed(_budgets(report, amounts), amounts[0], rate)


def _is_of_a_budget(report: Report, rate: Figure) -> bool:
    """Whether 为预算的 or 为调整预算的 stands right before a rate, but for the amount itself: 为预算127万元的."""
    before = report.before(rate, BEFORE)
    words = list(report.words.pattern("budget_words").finditer(before))
    rest = before[words[-1].end() :] if words else before
    return len(rest) <= REST and "占" not in before and not any(sign.isdigit() for sign in rest)


def _amounts(report: Report, rate: Figure) -> Iterator[Figure]:
    """The amounts before a rate in its sentence, the nearest first, without those in brackets behind another."""
    for one in reversed(report.figures[max(0, rate.number - REACH) : rate.number]):
        if one.sentence != rate.sentence:
            return
        level = one.is_level and not one.is_ratio and one.value > 0 and not one.in_table
        if level and not _INSIDE.match(report.behind(one, BEFORE)):
            yield one


def _budgets(report: Report, amounts: Sequence[Figure]) -> list[Figure]:
    """What words call the budget of the first amount, the nearest first."""
    done, words = amounts[0], report.words.pattern("budget_words")
    return [
        one
        for one in amounts[1:]
        if alike(one, done)
        and of_entity(one, done)
        and not opposed(report, one, done)
        and (words.search(report.before(one, BEFORE)) or words.search(one.indicator))
    ]


def _executed(budgets: Sequence[Figure], done: Figure, rate: Figure) -> Iterator[Relation]:
    """The budget that gives the rate; where the only one misses it by a digit, a doubt."""
    made = [ratio("R01B", done, budget, rate) for budget in budgets]
    fitting = next((one for one in made if one.verdict in ("consistent", "truncated")), None)
    if fitting is not None:
        yield fitting
    elif len(made) == 1 and done.digits + budgets[0].digits >= MANY and repairable(done, budgets[0], rate):
        yield replace(made[0], verdict="suspicious")
