"""A12 and A13: money moved from one budget to another, and from one year to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.audit.accounts import Account, accounts
from pipeline.audit.check import check
from pipeline.audit.checks.balances import balance, meant
from pipeline.audit.checks.levels_of_government import equal
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation
from pipeline.audit.report import Report


@check("A12", "调入资金等于调出资金")
def moved(report: Report, tolerance: float) -> Iterator[Relation]:
    """What the general budget takes in, the fund budget and that of state capital give away.

    Example: 调入资金38243万元, 调出资金36381万元 and 1862万元
    """
    into, out = report.words.group("fund_moved_in"), report.words.group("fund_moved_out")
    groups: dict[tuple[str, int], list[Account]] = defaultdict(list)
    for account in accounts(report):
        groups[account.entity, account.year].append(account)
    for (entity, year), group in groups.items():
        taken = [one for account in group if (one := account.first(into))]
        funds = {account.fund for account in group}
        shared = [one for one in groups.get((_region(report, entity), year), []) if one.fund not in funds]
        given = [one for account in (*group, *shared) if (one := account.first(out))]
        if len(taken) == 1 and given and taken[0].value <= sum(one.value for one in given) * 1.5:
            roles = (("moved_in", taken[0]), *(("moved_out", one) for one in given))
            yield from meant(balance(roles, (1,) * len(given), "A12"))


def _region(report: Report, entity: str) -> str:
    """云川市 of 云川市本级: a fund told only for the whole is that of its own level."""
    return next((entity.removesuffix(word) for word in report.words.group("own_level") if entity.endswith(word)), "")


@check("A13", "上年结转与下年期初")
def carried(report: Report, tolerance: float) -> Iterator[Relation]:
    """What one year leaves the next begins with: closing balance, stabilization fund.

    Example: 2025年年终结转7765万元, 2026年上年结余收入7765万元
    """
    by_key = {(one.entity, one.fund, one.year): one for one in accounts(report)}
    for (entity, fund, year), account in by_key.items():
        following = by_key.get((entity, fund, year + 1))
        if following:
            yield from _pairs(report, account, following)


def _pairs(report: Report, account: Account, following: Account) -> Iterator[Relation]:
    words = report.words
    closing = account.first(words.group("closing"))
    opening = _containing(following, words.group("opening"))
    if closing and opening and closing is not opening:
        yield equal("A13", ("closing", closing), ("opening", opening))
    for put, *taken in words.rows("stabilization"):
        first, second = account.items.get(put), following.first(taken)
        if first and second:
            yield equal("A13", ("put_aside", first), ("taken", second))


def _containing(account: Account, names: tuple[str, ...]) -> Figure | None:
    return next((one for item, one in account.items.items() for name in names if name in item), None)
