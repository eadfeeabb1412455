"""A07: what comes in, less what goes out, is what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from pipeline.audit.accounts import Account, accounts
from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval
from pipeline.audit.relation import Operand, Relation, agreement, in_scale, listed, quoted
from pipeline.audit.report import Report
from pipeline.audit.slips import LEAST_DIGITS, is_slip, near, repair

REST: Final = 40
"""Characters behind the expenses in which something that is left would be told."""
BALANCES, MOST = 3, 0.75
"""So many balances, and that share of them, have to be equal before one that is not is doubted."""
LONGEST_YEAR: Final = 366
"""Days."""
FEW: Final = 3
"""Digits from which one wrong digit explains more than chance would."""
BALANCED: Final = 12
"""Characters behind the expenses in which 收支平衡 says that both totals are one."""
NEAR, NEXT, PARAGRAPHS = 14, 4, 3
"""How many figures apart the items of one balance stand, and how many behind the expenses what is left."""


@check("A07", "收支平衡关系")
def balances(report: Report, tolerance: float) -> Iterator[Relation]:
    """收入总计-支出总计=年终结转; 本年收入-本年支出=本年结余; 本年结余+上年结余=滚存结余.

    Example: 收入总计695112万元，支出总计687347万元，年终结转7765万元
    """
    yield from balanced(report)


@lru_cache(maxsize=2)
def balanced(report: Report) -> tuple[Relation, ...]:
    """The balances of the accounts of a report.

    Example: ``balanced(report)[0].formula`` → ``695112-687347=7765万元``
    """
    return tuple(_balanced(report))


def _balanced(report: Report) -> Iterator[Relation]:
    words = report.words
    equal = _told_equal(report)
    for account in accounts(report):
        income, expense = account.first(words.group("income_total")), account.first(words.group("expense_total"))
        closing = account.first(words.group("closing"))
        if income and expense:
            yield from _left(report, income, expense, closing, equal)
        yield from _this_year(report, account)


def _told_equal(report: Report) -> bool:
    """Whether the report puts what is left among the expenses: nearly all its totals of both sides are the same."""
    words = report.words
    sides = [
        (income, expense)
        for account in accounts(report)
        if (income := account.first(words.group("income_total")))
        and (expense := account.first(words.group("expense_total")))
    ]
    same = sum(income.value == expense.value for income, expense in sides)
    return same >= BALANCES and same >= MOST * len(sides)


def _left(report: Report, income: Figure, expense: Figure, closing: Figure | None, equal: bool) -> Iterator[Relation]:
    """What is left may stand among the expenses: then both totals are the same.

    Where nothing is left behind the expenses, 174 of 181 balances of real budget reports have the same total twice.
    """
    words, behind = report.words, report.text[expense.end : expense.end + REST]
    beside = 0 <= expense.paragraph - income.paragraph <= PARAGRAPHS and 0 < expense.number - income.number <= NEAR
    same = balance((("income", income), ("expense", expense)), (1,))
    if income.value == expense.value or (beside and words.pattern("balanced").search(behind[:BALANCED])):
        yield same
    elif beside and _is_of_a_year(income) and not words.pattern("left").search(behind):
        if equal or is_slip(income, expense.value) or is_slip(expense, income.value):
            yield replace(same, verdict="suspicious")
    elif closing is not None and abs(closing.number - expense.number) < NEXT:
        yield from meant(balance((("closing", closing), ("income", income), ("expense", expense)), (1, -1)))


def _is_of_a_year(figure: Figure) -> bool:
    """Whether a figure is of no more than a year: what is left over five years is told elsewhere."""
    start, end = figure.period_start, figure.period_end
    return start is not None and end is not None and (end - start).days <= LONGEST_YEAR


def _this_year(report: Report, account: Account) -> Iterator[Relation]:
    words = report.words
    rest = account.first(words.group("this_year_rest"))
    if rest is None:
        return
    income, expense = (account.items.get(side) for side in words.group("sides")[:2])
    if income and expense and max(abs(one.number - rest.number) for one in (income, expense)) <= NEAR:
        yield from meant(balance((("rest", rest), ("income", income), ("expense", expense)), (1, -1)))
    opening, closing = account.first(words.group("opening")), account.first(words.group("left_of_all_years"))
    if opening and closing:
        yield from meant(balance((("closing", closing), ("rest", rest), ("opening", opening)), (1, 1)))


def meant(relation: Relation) -> Iterator[Relation]:
    """The relation, when it holds or misses by little or by a slip: otherwise the figures are of other accounts.

    Example: ``list(meant(balance(operands, (1, -1))))``
    """
    stated = relation.figures[0]
    expected = relation.expected or 0.0
    slipped = near(stated, expected) or is_slip(stated, expected)
    if relation.verdict != "inconsistent" or slipped:
        yield relation
    elif _one_digit(relation):
        clear = all(one.digits >= LEAST_DIGITS for one in relation.figures)
        yield relation if clear else replace(relation, verdict="suspicious")


def _one_digit(relation: Relation) -> bool:
    """Whether one wrong digit of an operand explains the difference."""
    difference = relation.difference or 0.0
    return any(
        repair(one, Interval(one.value + sign * difference - one.step, one.value + sign * difference + one.step))
        is not None
        for one in relation.figures
        if one.digits >= FEW
        for sign in (1, -1)
    )


def balance(operands: tuple[Operand, ...], signs: tuple[int, ...], check: str = "A07") -> Relation:
    """The relation of a figure with others that, with their signs, must make it.

    Example: ``balance((("closing", closing), ("income", income), ("expense", expense)), (1, -1))``
    """
    stated, *others = (figure for _, figure in operands)
    expected, added, terms = Interval(0.0, 0.0), 0.0, ""
    for sign, figure in zip(signs, others, strict=True):
        expected = expected + figure.interval.scaled(sign)
        added += sign * figure.value
        value = in_scale(figure.value, stated)
        terms += f"{'+' if sign > 0 else '-'}{f'({value})' if value.startswith('-') else value}"
    formula = f"{terms.removeprefix('+')}={in_scale(added, stated)}{stated.suffix}"
    message = (
        f"{quoted(stated)}与{listed(others)}不平：{formula}，写为{in_scale(stated.value, stated)}{stated.suffix}。"
    )
    verdict = agreement(stated, expected)
    return Relation(check, operands, formula, verdict, stated.value, added, None, message)
