"""A12 and A13: money moved from one budget to another, and from one year to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.audit.accounts import Account, accounts
from pipeline.audit.check import check
from pipeline.audit.checks.balances import balance, meant
from pipeline.audit.checks.levels_of_government import equal
from pipeline.audit.figure import Figure
from pipeline.audit.interval import total
from pipeline.audit.relation import Relation, in_scale
from pipeline.audit.report import Report

LAST: Final = 1.5
"""Last digits by which rounded amounts may miss each other: each year's account is made to close by itself."""
SMALL: Final = 0.1
"""The share of what is left by which two years that follow one another may miss each other."""


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
        general = any(account.first(into) for account in group if account.fund == report.words.group("funds")[0])
        funds = {account.fund for account in group}
        shared = [one for one in groups.get((_region(report, entity), year), []) if one.fund not in funds]
        given = [one for account in (*group, *shared) if (one := account.first(out))]
        made: list[Relation] = []
        if general and len(taken) == 1 and given and taken[0].value <= sum(one.value for one in given) * 1.5:
            roles = (("moved_in", taken[0]), *(("moved_out", one) for one in given))
            made = list(meant(balance(roles, (1,) * len(given), "A12")))
        yield from made or _at_most(report, group)


def _at_most(report: Report, group: Sequence[Account]) -> Iterator[Relation]:
    """What the other budgets give the general one, and it gives them, is no more than what is taken in."""
    words = report.words
    general = words.group("funds")[0]
    other = [one for one in group if one.fund != general]
    own = [one for one in group if one.fund == general]
    for takers, givers in ((own, other), ([one for one in other if one.fund == words.group("funds")[1]], own)):
        taken = [one for account in takers if (one := account.first(words.group("fund_moved_in")))]
        given = [one for account in givers if (one := account.first(words.group("fund_moved_out")))]
        if len(taken) == 1 and given:
            expected = total(one.interval for one in given)
            if expected.low <= taken[0].interval.high:
                yield _no_more(taken[0], given)


def _no_more(taken: Figure, given: Sequence[Figure]) -> Relation:
    added = sum(one.value for one in given)
    terms = "+".join(in_scale(one.value, taken) for one in given)
    made = "" if len(given) == 1 or added == taken.value else f"={in_scale(added, taken)}"
    sign = "=" if added == taken.value else "≤"
    formula = f"{terms}{made}{sign}{in_scale(taken.value, taken)}{taken.suffix}"
    operands = (("moved_in", taken), *(("moved_out", one) for one in given))
    return Relation("A12", operands, formula, "consistent", taken.value, added)


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
        made = equal("A13", ("closing", closing), ("opening", opening))
        rounded = closing.decimals and abs(closing.value - opening.value) < LAST * max(closing.step, opening.step)
        another = rounded or closing.qualifier != opening.qualifier  # 市本级（含高新区）, 市本级（不含高新区）
        yield replace(made, verdict="undecided") if another and made.verdict != "consistent" else made
    for put, *taken in words.rows("stabilization"):
        first, second = account.items.get(put), following.first(taken)
        if first and second:
            yield equal("A13", ("put_aside", first), ("taken", second))


def _containing(account: Account, names: tuple[str, ...]) -> Figure | None:
    return next((one for item, one in account.items.items() for name in names if name in item), None)


@check("A13P", "期初结余加当年结余等于期末结余", doubt="warning")
def closings(report: Report, tolerance: float) -> Iterator[Relation]:
    """What was left at the end of a year and what the next one leaves over are what is left at its end.

    Example: 2025年末滚存结余702888万元, 2026年当期结余31754万元, 年终滚存结余734642万元
    """
    words = report.words
    by_key = {(one.entity, one.fund, one.year): one for one in accounts(report)}
    for (entity, fund, year), account in by_key.items():
        following = by_key.get((entity, fund, year + 1))
        if following is None or following.first(words.group("opening")):
            continue
        opening, closing = (one.first(words.group("fund_closings")) for one in (account, following))
        rest = following.first(words.group("this_year_rest"))
        if opening and closing and rest and closing.status == rest.status and closing is not opening:
            yield _closed(balance((("closing", closing), ("opening", opening), ("rest", rest)), (1, 1), "A13P"))


def _closed(relation: Relation) -> Relation:
    """The relation, doubted where it fails by little: with more, the closings are of other funds or of other days."""
    if relation.verdict in ("consistent", "truncated"):
        return relation
    missed = abs(relation.difference or 0.0) <= SMALL * abs(relation.stated or 0.0)
    return replace(relation, verdict="suspicious" if missed else "undecided")
