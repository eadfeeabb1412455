"""A03B and C06B: an item of all budgets together, and the amount that is told of it elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.audit.accounts import accounts
from pipeline.audit.check import check
from pipeline.audit.cores import by_core
from pipeline.audit.figure import Figure
from pipeline.audit.interval import total
from pipeline.audit.own_levels import named
from pipeline.audit.relation import Relation, Verdict, in_scale
from pipeline.audit.report import Report

Body = tuple[str, bool, int]
"""Whose budgets they are: the region, whether of its own level only, the year."""
BUDGETS: Final = 3
"""The first so many funds are budgets of a government; the money of the insured is not its own."""
FUND: Final = "^"
"""In a name: where the name of a budget stands, if only that one is meant."""
DIGITS: Final = 3
"""Digits of an amount told elsewhere from which it does not agree by chance."""
NEAR: Final = 0.1
"""The share by which an amount may miss what the budgets make and still mean the same."""
LEAST: Final = 0.3
"""The share of the greater amount that the smaller one has at least, where both are of the same money."""


@check("A03B", "各预算同一项目之和与另述总额")
def together(report: Report, tolerance: float) -> Iterator[Relation]:
    """上级补助收入 of all budgets is the 转移支付 from above that is told elsewhere; loans are the bonds passed on.

    Example: 上级补助收入131亿元、13.4亿元、0.3亿元, 获得上级转移支付资金144.6亿元
    """
    bodies = _bodies(report)
    for items, names in report.words.rows("budgets_make"):
        for told, fund, body in _told(report, names):
            figures = _items(bodies.get(body, {}), items, told)
            if fund:
                figures = {name: one for name, one in figures.items() if name == fund}
            yield from _equal(told, list(figures.values()))


@check("C06B", "各预算同一项目之和与相关总额", severity="warning")
def bounded(report: Report, tolerance: float) -> Iterator[Relation]:
    """What is repaid of all debts is no more than that with its interest; what refinances, no more than is repaid.

    Example: 债务还本支出45.9亿元、5.3亿元, 偿还政府债务本息61.3亿元
    """
    bodies = _bodies(report)
    for group, sum_is_less in (("budgets_within", True), ("budgets_hold", False)):
        for items, names in report.words.rows(group):
            for told, _, body in _told(report, names):
                yield from _no_more(told, list(_items(bodies.get(body, {}), items, told).values()), sum_is_less)


def _bodies(report: Report) -> dict[Body, dict[str, dict[str, Figure]]]:
    """The items of each budget of each body, by the name of the fund, in the order of the funds."""
    found: dict[Body, dict[str, dict[str, Figure]]] = defaultdict(dict)
    funds = report.words.group("funds")[:BUDGETS]
    for account in sorted(
        (one for one in accounts(report) if one.fund in funds), key=lambda one: funds.index(one.fund)
    ):
        name = named(report, next(iter(account.items.values())))
        found[name.region, name.own, account.year][account.fund] = account.items
    return found


def _told(report: Report, names: str) -> Iterator[tuple[Figure, str, Body]]:
    """The amounts of some names, split at their strokes, with the fund that is named in between."""
    cores, funds = by_core(report), report.words.group("funds")[:BUDGETS]
    for name in names.split("/"):
        for fund in ("", *funds) if FUND in name else ("",):
            for one in cores.get(name.replace(FUND, fund), ()):
                if one.period_end is not None:
                    owner = named(report, one)
                    yield one, fund, (owner.region, owner.own, one.period_end.year)


def _items(budgets: dict[str, dict[str, Figure]], items: str, told: Figure) -> dict[str, Figure]:
    """One item of each budget, done or planned as what is told; none where that is itself one of them."""
    names = items.split("/")
    found: dict[str, Figure] = {}
    for fund, account in budgets.items():
        one = next((account[name] for name in names if name in account), None)
        if one is told:
            return {}
        if one is not None and one.status == told.status and one.unit == told.unit:
            found[fund] = one
    return found


def _equal(told: Figure, figures: Sequence[Figure]) -> Iterator[Relation]:
    """All budgets, or the first ones, that make what is told; undecided where they nearly do."""
    if not figures or told.digits < DIGITS:
        return
    for count in range(len(figures), 0, -1):
        if told.interval.overlaps(total(one.interval for one in figures[:count])):
            yield _relation("A03B", told, figures[:count], "=", "consistent")
            return
    added = sum(one.value for one in figures)
    if len(figures) > 1 and abs(added - told.value) <= NEAR * told.value:
        yield _relation("A03B", told, figures, "≠", "undecided")


def _no_more(told: Figure, figures: Sequence[Figure], sum_is_less: bool) -> Iterator[Relation]:
    if not figures or told.value <= 0:
        return
    added = total(one.interval for one in figures)
    small, great = (added, told.interval) if sum_is_less else (told.interval, added)
    if small.low <= great.high and small.high >= LEAST * great.low:
        yield _relation("C06B", told, figures, "≤" if sum_is_less else "≥", "consistent")


def _relation(check: str, told: Figure, figures: Sequence[Figure], sign: str, verdict: Verdict) -> Relation:
    added = sum(one.value for one in figures)
    terms = "+".join(in_scale(one.value, told) for one in figures)
    formula = f"{terms}{sign}{in_scale(told.value, told)}{told.suffix}"
    operands = (("total", told), *(("part", one) for one in figures))
    return Relation(check, operands, formula, verdict, told.value, added)
