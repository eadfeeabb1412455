"""A07F, A07O: what a fund takes in and spends, what the year leaves, all that is left and what was there before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.audit.check import check
from pipeline.audit.checks.balances import balance, balanced, meant
from pipeline.audit.checks.parts import at_most
from pipeline.audit.figure import Figure
from pipeline.audit.openings import of_one
from pipeline.audit.relation import Operand, Relation, Verdict, in_scale
from pipeline.audit.report import Report
from pipeline.audit.whole import alike
from pipeline.audit.words import Words

BEFORE, BEHIND = 12, 4
"""How many figures before the rest income and expense stand, and behind it what is left of earlier years."""


@check("A07F", "各项基金收支与结余")
def fund_rests(report: Report, tolerance: float) -> Iterator[Relation]:
    """收入-支出=当年收支结余, 上年结余+当年收支结余=滚存结余, for every fund that is told with its own rest.

    Example: 工伤保险基金收入6928万元；支出7356万元。当年收支赤字428万元: 7356-6928=428
    """
    rests = report.ending(*report.words.group("fund_rests"), *report.words.group("fund_gaps"))
    told = {frozenset(one.figures) for one in balanced(report)} if rests else set()
    for rest in rests:
        if rest.is_level and rest.dimension == "money" and not rest.in_table:
            for relation in (*_of_the_year(report, rest), *_of_all_years(report, rest)):
                if frozenset(relation.figures) not in told:
                    yield from meant(relation)


@check("A07O", "由收支和结余推算期初结余", severity="info")
def fund_openings(report: Report, tolerance: float) -> Iterator[Relation]:
    """期初结余=累计结余-收入+支出 of one fund: what was there before is no debt.

    Example: 失业保险基金收入16亿元，支出20亿元，年末累计结余29亿元: 29-16+20=33
    """
    for closing in report.ending(*_labels(report.words, "fund_closings")):
        fund = _fund(report, closing)
        if fund is not None and closing.is_level and closing.dimension == "money" and not closing.in_table:
            opening = report.words.pattern("opening")
            pairs = (pair for pair in _pairs(report, closing) if not opening.search(pair[0].label))
            pair = next((pair for pair in pairs if _of_fund(report, pair[0], fund)), None)
            if pair is not None:
                yield _opening(closing, *pair)


def _labels(words: Words, group: str) -> tuple[str, ...]:
    """Words as labels have them: 结余 of 累计结余."""
    return tuple(dict.fromkeys(words.label(word) for word in words.group(group)))


def _fund(report: Report, closing: Figure) -> str | None:
    """The fund of which a figure is all that is left; None where it is something else."""
    before = "".join(report.before(closing).split())
    for word in report.words.group("fund_closings"):
        end = report.words.label(word)
        told = closing.indicator.endswith(word) or before.endswith(word)
        if told and closing.label.endswith(end):
            return closing.label.removesuffix(end)
    return None


def _of_fund(report: Report, income: Figure, fund: str) -> bool:
    """Whether an income is of a fund; of any, where what is left does not name it."""
    other = income.label.removesuffix(report.words.group("sides")[0])
    return other.endswith(fund) or fund.endswith(other)


def _opening(closing: Figure, income: Figure, expense: Figure) -> Relation:
    left = closing.interval - income.interval + expense.interval
    value = closing.value - income.value + expense.value
    terms = (in_scale(one.value, closing) for one in (closing, income, expense))
    formula = "{}-{}+{}={}{}".format(*terms, in_scale(value, closing), closing.suffix)
    verdict: Verdict = "consistent" if left.high > 0 else "undecided"
    operands = (("closing", closing), ("income", income), ("expense", expense))
    return Relation("A07O", operands, formula, verdict, closing.value, value)


def _of_the_year(report: Report, rest: Figure) -> Iterator[Relation]:
    """Income less expense; of several pairs before the rest the one that makes it."""
    pairs = list(_pairs(report, rest))
    made = [_difference(report, rest, *pair) for pair in pairs]
    closing = [one for one in made if one.verdict == "consistent"]
    yield from closing[:1] or (made if len(made) == 1 else ())


def _pairs(report: Report, rest: Figure) -> Iterator[tuple[Figure, Figure]]:
    """Incomes with the expenses behind them that are called alike, the nearest to the rest first."""
    before = [one for one in report.figures[max(0, rest.number - BEFORE) : rest.number] if _fits(one, rest)]
    coming, going = report.words.group("sides")[:2]
    for expense in _ending(before, going):
        stem = expense.label.removesuffix(going)
        for income in _ending([one for one in before if one.number < expense.number], coming):
            other = income.label.removesuffix(coming)
            if other.endswith(stem) or stem.endswith(other):
                yield income, expense


def _difference(report: Report, rest: Figure, income: Figure, expense: Figure) -> Relation:
    more, less = ("income", income), ("expense", expense)
    operands = (("rest", rest), less, more) if _is_gap(report, rest) else (("rest", rest), more, less)
    return balance(operands, (1, -1), "A07F")


def _of_all_years(report: Report, rest: Figure) -> Iterator[Relation]:
    behind = [one for one in report.figures[rest.number + 1 : rest.number + 1 + BEHIND] if _fits(one, rest)]
    closing = next((one for one in behind if _fund(report, one) is not None), None)
    if closing is None:
        return
    around = [one for one in report.figures[max(0, rest.number - 1) : closing.number] if _fits(one, rest)]
    opening = next((one for one in around if one.label.endswith(report.words.group("opening"))), None)
    if opening is not None:
        operands: tuple[Operand, ...] = (("closing", closing), ("opening", opening), ("rest", rest))
        yield balance(operands, (1, -1 if _is_gap(report, rest) else 1), "A07F")
    elif 0 < rest.value <= closing.value and not _is_gap(report, rest):
        yield at_most("A07F", ("rest", rest), ("closing", closing), "consistent")


def _fits(one: Figure, rest: Figure) -> bool:
    near = abs(one.paragraph - rest.paragraph) <= 1
    return one is not rest and near and alike(one, rest) and of_one(one, rest)


def _ending(figures: Sequence[Figure], word: str) -> Iterator[Figure]:
    return (one for one in reversed(figures) if one.label.endswith(word))


def _is_gap(report: Report, rest: Figure) -> bool:
    """A deficit is told without a sign: 收支赤字428万元."""
    return rest.value > 0 and rest.label.endswith(report.words.group("fund_gaps"))
