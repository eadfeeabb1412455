"""A08, A09, A09T, A10, A11: the budgets of a region, of its own level and of the units below fit together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.audit.accounts import Levels, accounts, levels, of_own_level
from pipeline.audit.check import check
from pipeline.audit.checks.balances import balance, meant
from pipeline.audit.checks.parts import at_most
from pipeline.audit.figure import Figure
from pipeline.audit.interval import total
from pipeline.audit.relation import Relation, Verdict, in_scale, quoted
from pipeline.audit.report import Report
from pipeline.audit.slips import near


@check("A08", "全域等于本级与下级之和")
def items(report: Report, tolerance: float) -> Iterator[Relation]:
    """An item of a region is the sum of that of its own level and of those below; internal flows are left out.

    Example: 全市调入资金38243万元，市本级26233万元，高新区12010万元
    """
    internal, moved_in = report.words.pattern("internal_flows"), report.words.pattern("fund_moved_in")
    for one in levels(report):
        for item in one.whole.items:
            figures = one.of(item)
            if figures and not internal.search(moved_in.sub("", item)):
                roles = (("total", figures[0]), *(("part", part) for part in figures[1:]))
                yield from meant(balance(roles, (1,) * len(figures[1:]), "A08"))


@check("A09", "对外收支全域与本级相等", severity="warning")
def external(report: Report, tolerance: float) -> Iterator[Relation]:
    """Money from above reaches a region through its own level: both budgets show the same amount.

    Example: 转移性收入227967万元 of 全市 and of 市本级
    """
    flows = report.words.pattern("external_flows")
    for whole, own in of_own_level(report):
        for item, one in whole.items.items():
            other = own.items.get(item)
            if other is not None and one.value == other.value and flows.search(item):
                yield equal("A09", ("whole", one), ("own_level", other))


@check("A09T", "转贷支出不大于转贷收入", severity="warning")
def on_lent(report: Report, tolerance: float) -> Iterator[Relation]:
    """What an own level lends on to the units below is no more than what it was lent from above.

    Example: 市本级债务转贷收入366724万元, 债务转贷支出269774万元
    """
    own_levels = report.words.group("own_level")
    for account in accounts(report):
        if account.entity.endswith(own_levels):
            for got, given in report.words.rows("lent_on"):
                taken, lent = account.items.get(got), account.items.get(given)
                if taken and lent and lent.interval.low <= taken.interval.high:
                    yield at_most("A09T", ("outflow", lent), ("inflow", taken), "consistent")


@check("A09S", "补助下级不大于来自上下级的收入", severity="warning")
def passed_on(report: Report, tolerance: float) -> Iterator[Relation]:
    """What an own level gives the units below is no more than it gets from above, or from both and from last year.

    Example: 市本级补助下级支出947627万元, 上级补助收入1186259万元
    """
    own_levels, words = report.words.group("own_level"), report.words
    for account in accounts(report):
        given = account.first(words.group("passed_on")) if account.entity.endswith(own_levels) else None
        got = account.first(words.group("got_from_above")) if given else None
        if given and got and given.status == got.status:
            others = [account.first(words.group(name)) for name in ("got_from_below", "opening")]
            yield from _covered(given, got, [one for one in others if one is not None])


def _covered(given: Figure, got: Figure, others: Sequence[Figure]) -> Iterator[Relation]:
    """What covers an expense: one income, or that and as many others as it takes; nothing where all are too little."""
    taken = [got]
    for other in (*others, None):
        high = total(one.interval for one in taken).high
        if given.interval.low <= high:
            terms = "+".join(in_scale(one.value, given) for one in taken)
            operands = (("outflow", given), *(("inflow", one) for one in taken))
            formula = f"{in_scale(given.value, given)}≤{terms}{given.suffix}"
            yield Relation("A09S", operands, formula, "consistent", given.value, sum(one.value for one in taken))
            return
        if other is not None:
            taken.append(other)


@check("A10", "上下级往来对应", doubt="warning")
def mirrors(report: Report, tolerance: float) -> Iterator[Relation]:
    """What one level pays the other gets, where there is only one unit below.

    Example: 市本级下级上解收入33669万元, 高新区转移性支出33669万元
    """
    for one in levels(report):
        if len(one.parts) == 2:
            own, below = one.parts
            for upper, *lower in report.words.rows("mirrors"):
                paid, got = own.items.get(upper), below.first(lower)
                if paid and got:
                    yield equal("A10", ("upper", paid), ("lower", got))


@check("A11", "合并总计扣除内部往来")
def consolidated(report: Report, tolerance: float) -> Iterator[Relation]:
    """The total of a region is that of its levels less what they pay each other.

    Example: 625749+142690-33669-11278-28380=695112
    """
    for one in levels(report):
        flows = _internal_flows(report, one)
        for item in report.words.group("consolidated"):
            figures = one.of(item)
            if figures and flows:
                roles = (("total", figures[0]), *(("part", part) for part in figures[1:]))
                signs = (1,) * len(figures[1:]) + (-1,) * len(flows)
                made = balance((*roles, *(("internal", flow) for flow in flows)), signs, "A11")
                yield from meant(replace(made, operands=roles))


def _internal_flows(report: Report, one: Levels) -> list[Figure]:
    names = [upper for upper, *_ in report.words.rows("mirrors")]
    return [one.parts[0].items[name] for name in names if name in one.parts[0].items]


def equal(check: str, first: tuple[str, Figure], second: tuple[str, Figure]) -> Relation:
    """The relation of two figures that must be the same.

    Example: ``equal("A09", ("whole", whole), ("own_level", own))``
    """
    one, other = first[1], second[1]
    exact = one.step == other.step and one.comparator == other.comparator == "="
    same = one.value == other.value if exact else one.interval.overlaps(other.interval)
    formula = f"{in_scale(one.value, one)}{'=' if same else '≠'}{in_scale(other.value, one)}{one.suffix}"
    message = f"{quoted(one)}（{one.entity}）与{quoted(other)}（{other.entity}）应当相等：{formula}。"
    verdict: Verdict = (
        "consistent" if same else "suspicious" if near(one, other.value) or near(other, one.value) else "undecided"
    )
    return Relation(check, (first, second), formula, verdict, one.value, other.value, None, message)
