"""Accounts: the items of a budget, by whose it is, of which year and which fund."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from pipeline.audit.figure import Figure
from pipeline.audit.report import Report
from pipeline.audit.words import Words

_DEBTS: Final = "债务"
_DEBT: Final = re.compile(f"(?:政府)?(?P<kind>一般|专项|){_DEBTS}")
GENERAL, SPECIAL = "一般", "专项"
"""Kinds of debt: the first is that of the first fund, the second that of the second."""
BEFORE: Final = 12
"""How many figures before an item the fund is looked for that it does not name again."""


@dataclass(frozen=True, slots=True)
class Account:
    """The amounts of one fund of one entity in one year, by the label of the item without the fund's name.

    Example: 云川市本级, 2025, 一般公共: 收入总计, 转移性收入, 调入资金 …
    """

    entity: str
    year: int
    fund: str
    items: dict[str, Figure]

    def first(self, names: Sequence[str]) -> Figure | None:
        """The first item that has one of some names.

        Example: ``account.first(("年终结转", "年末结转"))``
        """
        return next((self.items[name] for name in names if name in self.items), None)


@lru_cache(maxsize=2)
def accounts(report: Report) -> tuple[Account, ...]:
    """The accounts of a report, in the order of the text; of an item told twice the first, not its plan.

    Example: ``accounts(report)[0].items["收入总计"].text`` → ``695,112万元``
    """
    found: dict[tuple[str, int, str], dict[str, Figure]] = defaultdict(dict)
    funds = {figure.number: name for name in reversed(_funds(report)) for figure in report.holding(name)}
    for figure in report.levels:
        if figure.dimension != "money" or figure.period_end is None:
            continue
        fund = funds.get(figure.number) or _implied(report, figure, funds)
        item = _item(report, figure.label.replace(fund, "")) if fund else ""
        if item:
            items = found[figure.entity, figure.period_end.year, fund]
            if _carries_out(figure, items.setdefault(item, figure)):
                items[item] = figure
    return tuple(Account(*key, items) for key, items in found.items() if len(items) > 1)


def _carries_out(figure: Figure, told: Figure) -> bool:
    """Whether a figure says what was done of a plan right before it: 支出预算100万元，实际完成|90万元."""
    return figure.paragraph == told.paragraph and (told.status, figure.status) == ("target", "actual")


def _funds(report: Report) -> tuple[str, ...]:
    return report.words.group("funds")


def _implied(report: Report, figure: Figure, funds: Mapping[int, str]) -> str:
    """The fund of an item that does not name it: that of its total, or of the figure before; empty without any."""
    words = report.words
    item = _item(report, figure.label)
    rests = _rests(words)
    if figure.label in rests or figure.label in words.group("this_year_rest"):
        return _carried(report, figure, funds)
    if not (item.endswith(words.group("account_items")) or item in rests):
        return ""
    kind = _DEBT.search(figure.label)
    if kind is not None:
        general, special, *_ = _funds(report)
        of_kind = {GENERAL: general, SPECIAL: special}.get(kind["kind"])
        return of_kind or next((one for one in (_carried(report, figure, funds),) if one in (general, special)), "")
    total = report.by_id.get(figure.part_of)
    return (funds.get(total.number, "") if total else "") or _carried(report, figure, funds)


@cache
def _rests(words: Words) -> frozenset[str]:
    """What is left of a year, and what was left of the year before."""
    return frozenset((*words.group("closing"), *words.group("opening")))


def _carried(report: Report, figure: Figure, funds: Mapping[int, str]) -> str:
    """The fund of the figure before, for the rest of a balance that does not name it again: 收支结余, 滚存结余."""
    before = report.figures[max(0, figure.number - BEFORE) : figure.number]
    near = [one for one in reversed(before) if one.paragraph == figure.paragraph and one.number in funds]
    return next((funds[one.number] for one in near if not _of_another(report, one, funds)), "")


def _of_another(report: Report, one: Figure, funds: Mapping[int, str]) -> bool:
    """Whether a figure only says from which fund a part of another fund's item comes."""
    total = report.by_id.get(one.part_of)
    return total is not None and funds.get(total.number, funds[one.number]) != funds[one.number]


def _item(report: Report, name: str) -> str:
    """上年结余收入 and 上年结余 are one item, so are 债务收入 and 政府一般债务收入; a total may stand before it."""
    bare = _DEBT.sub(_DEBTS, name) if _DEBTS in name else name
    totals = report.words.group("account_totals")
    heads = (word for word in totals if bare.startswith(word) and bare != word) if bare.startswith(totals) else ()
    rest = bare.removeprefix(next(iter(heads), ""))
    return rest.removesuffix("收入") if rest.startswith("上年") else rest


@dataclass(frozen=True, slots=True)
class Levels:
    """The account of a region and those of its own level and of the units below, of one fund and year.

    Example: 云川市, with 云川市本级 and 云川高新区
    """

    whole: Account
    parts: tuple[Account, ...]

    def of(self, item: str) -> tuple[Figure, ...] | None:
        """The item of the whole and of every part; None when one has it not."""
        figures = [account.items.get(item) for account in (self.whole, *self.parts)]
        found = tuple(one for one in figures if one is not None)
        return found if len(found) == len(figures) else None


@lru_cache(maxsize=2)
def of_own_level(report: Report) -> tuple[tuple[Account, Account], ...]:
    """The accounts of each region with that of its own level, of one fund and year.

    Example: ``of_own_level(report)[0][1].entity`` → ``云川市本级``
    """
    own = report.words.group("own_level")
    by_key = {(one.entity, one.year, one.fund): one for one in accounts(report)}
    wanted = ((one, (one.entity + word, one.year, one.fund)) for one in accounts(report) for word in own)
    return tuple((whole, by_key[key]) for whole, key in wanted if key in by_key)


def of_own_level_and_whole(report: Report) -> Iterator[tuple[str, Figure, Figure]]:
    """Items that the account of a region's own level and that of the region have both, planned or done alike.

    Example: 上年结余20.8亿元 of 云川市本级 with 46亿元 of 云川市, both 一般公共
    """
    for whole, own in of_own_level(report):
        for item, one in own.items.items():
            other = whole.items.get(item)
            if other is not None and one.status == other.status and one.unit == other.unit:
                yield item, one, other


@lru_cache(maxsize=2)
def levels(report: Report) -> tuple[Levels, ...]:
    """The regions of a report whose own level and units below have accounts of their own that add up at least once.

    Example: ``levels(report)[0].parts[0].entity`` → ``云川市本级``
    """
    by_fund: dict[tuple[int, str], list[Account]] = defaultdict(list)
    for account in accounts(report):
        by_fund[account.year, account.fund].append(account)
    found = []
    for whole, part in of_own_level(report):
        below = tuple(one for one in by_fund[whole.year, whole.fund] if one not in (whole, part))
        made = Levels(whole, (part, *below))
        if below and _adds_up(made):
            found.append(made)
    return tuple(found)


def _adds_up(one: Levels) -> bool:
    """At least one item of four digits or more closes: then the units below are all that there are."""
    for item in one.whole.items:
        figures = one.of(item)
        if figures and figures[0].digits >= 4 and figures[0].value == sum(part.value for part in figures[1:]):
            return True
    return False
