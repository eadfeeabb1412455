"""A01D, A02D, A03D, C06D: debts and their limits, of both kinds and together, and the bonds that a budget is lent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pipeline.audit.accounts import GENERAL, SPECIAL, Account, accounts
from pipeline.audit.check import check
from pipeline.audit.checks.balances import balance, meant
from pipeline.audit.checks.parts import at_most
from pipeline.audit.debts import BALANCE, LIMIT, Debt, debts
from pipeline.audit.figure import Figure
from pipeline.audit.own_levels import named
from pipeline.audit.relation import Operand, Relation
from pipeline.audit.report import Report
from pipeline.audit.wholes import wholes

LEAST, MOST = 0.5, 1.2
"""What share of its limit a balance has; with any other the two are of different bodies."""
NEAR: Final = 16
"""How many figures apart a balance and its limit, or a total and its kinds, stand."""
FEWEST: Final = 3
"""Digits of what was lent from which bonds that make it do not do so by chance."""


@check("A02D", "债务余额不大于限额")
def within_limits(report: Report, tolerance: float) -> Iterator[Relation]:
    """A balance of debt is no more than the limit of the same body, kind and year.

    Example: 政府债务限额3393.5亿元，年末余额3338.5亿元
    """
    found = debts(report)
    for one in found:
        if one.what == BALANCE:
            limit = _nearest(
                one, (other for other in found if other.what == LIMIT and other.key == one.key and other.figure.value)
            )
            if limit is not None and LEAST <= one.figure.value / limit.figure.value <= MOST:
                operands = ("stock", one.figure), ("upper", limit.figure)
                holds = one.figure.interval.low <= limit.figure.interval.high
                reason = "债务余额不应超过限额，请核对两数的时点和口径。"
                yield at_most("A02D", *operands, "consistent" if holds else "suspicious", reason)


@check("A01D", "债务合计等于一般与专项之和", severity="warning")
def kinds_of_debt(report: Report, tolerance: float) -> Iterator[Relation]:
    """Limits, balances and new bonds are those of general and of special debt, wherever the three are told.

    Example: 一般债务限额937.4亿元 … 专项债务限额3008亿元 … 债务限额合计3945.4亿元
    """
    found = debts(report)
    told = {(one.total.id, *sorted(part.id for part in one.parts)) for one in wholes(report)}
    for one in found:
        if not one.kind:
            alike = [other for other in found if _is_kind_of(other, one)]
            parts = [_nearest(one, (other for other in alike if other.kind == kind)) for kind in (GENERAL, SPECIAL)]
            figures = [part.figure for part in parts if part is not None]
            if len(figures) == len(parts) and (one.figure.id, *sorted(part.id for part in figures)) not in told:
                roles: tuple[Operand, ...] = (("total", one.figure), *(("part", part) for part in figures))
                yield from meant(balance(roles, (1, 1), "A01D"))


def _is_kind_of(one: Debt, whole: Debt) -> bool:
    same = (one.region, one.own, one.year, one.what) == (whole.region, whole.own, whole.year, whole.what)
    return same and one.figure.status == whole.figure.status


def _nearest(one: Debt, others: Iterable[Debt]) -> Debt | None:
    near = [other for other in others if abs(other.figure.number - one.figure.number) <= NEAR]
    return min(near, key=lambda other: abs(other.figure.number - one.figure.number), default=None)


@check("A03D", "债务转贷收入与各类债券")
def bonds(report: Report, tolerance: float) -> Iterator[Relation]:
    """What the budgets were lent is what the bonds brought: those of one kind, or new ones and those that refinance.

    Example: 债务转贷收入239.1亿元, 新增债券92.5亿元, 再融资债券146.6亿元
    """
    for region, own, year, lent in _lent(report):
        for kind, taken in lent.items():
            for group in _bonds(report, region, own, kind, year):
                yield from _made_of((taken,), group)
        if len(lent) > 1:
            told = [
                one for one in debts(report) if (one.region, one.own, one.kind, one.year) == (region, own, "", year)
            ]
            issued = {one.what: one.figure for one in reversed(told) if one.what not in (LIMIT, BALANCE)}
            yield from _made_of(tuple(lent.values()), tuple(issued.values()))


@check("C06D", "新增债券不大于债务")
def new_bonds(report: Report, tolerance: float) -> Iterator[Relation]:
    """New bonds of a kind are no more than what its budget was lent in that year, nor than all that is owed of it.

    Example: 新增专项债券104300万元, 政府性基金债务转贷收入2399720万元, 专项债务余额6924077万元
    """
    lent = {(region, own, year): kinds for region, own, year, kinds in _lent(report)}
    found = debts(report)
    for one in found:
        if one.kind and one.what not in (LIMIT, BALANCE):
            taken = lent.get((one.region, one.own, one.year), {}).get(one.kind)
            owed = _nearest(one, (other for other in found if other.what == BALANCE and other.key == one.key))
            for role, whole in (("inflow", taken), ("stock", owed.figure if owed else None)):
                if whole is not None and one.figure.interval.low <= whole.interval.high:
                    yield at_most("C06D", ("new", one.figure), (role, whole), "consistent")


def _lent(report: Report) -> Iterator[tuple[str, bool, int, dict[str, Figure]]]:
    """What the general budget and that of the funds were lent, of one body and year."""
    of: dict[tuple[str, bool, int], dict[str, Figure]] = {}
    for account in accounts(report):
        taken = _taken(report, account)
        if taken is not None:
            name = named(report, taken)
            kinds = of.setdefault((name.region, name.own, account.year), {})
            kinds[GENERAL if account.fund == report.words.group("funds")[0] else SPECIAL] = taken
    for (region, own, year), kinds in of.items():
        yield region, own, year, kinds


def _taken(report: Report, account: Account) -> Figure | None:
    names = tuple(got for got, _ in report.words.rows("lent_on"))
    return account.first(names)


def _bonds(report: Report, region: str, own: bool, kind: str, year: int) -> Iterator[tuple[Figure, ...]]:
    """The bonds of one kind that a paragraph tells."""
    for paragraph in report.by_paragraph:
        found = tuple(
            one
            for one in paragraph
            if f"{kind}债券" in one.label
            and (
                one.is_level and one.dimension == "money" and one.period_end is not None and one.period_end.year == year
            )
            and not report.words.pattern("not_issued").search(one.label)
            and (named(report, one).region, named(report, one).own) == (region, own)
        )
        yield found


def _made_of(taken: Sequence[Figure], given: Sequence[Figure]) -> Iterator[Relation]:
    """The relation, where it holds: what else was lent may be told elsewhere."""
    if len(given) > 1 and max(one.digits for one in taken) >= FEWEST:
        roles = (("inflow", taken[0]), *(("part", one) for one in given), *(("inflow", one) for one in taken[1:]))
        made = balance(roles, (1,) * len(given) + (-1,) * (len(taken) - 1), "A03D")
        if made.verdict == "consistent":
            yield made
