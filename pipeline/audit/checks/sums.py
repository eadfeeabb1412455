"""A01: a total is the sum of its parts, where nothing else can be part of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.interval import exactly, total
from pipeline.audit.moves import move_of
from pipeline.audit.relation import Relation, Severity, Verdict, in_scale, listed, quoted
from pipeline.audit.report import Report
from pipeline.audit.slips import slip
from pipeline.audit.whole import Whole
from pipeline.audit.wholes import divides, has_others, is_whole_balance, wholes

SMALL, TINY = 0.05, 0.01
"""Shares of the total within which a sum that does not close was meant to."""
TAIL: Final = 4
"""Characters at the end of a label that name the part."""
LARGE: Final = 100
"""A gap of so many last digits is no small rest that nobody named."""
FEW, MANY = 3, 4
"""Digits from which a slip of one digit explains more than chance would."""


@check("A01", "合计与分项之和")
def sums(report: Report, tolerance: float) -> Iterator[Relation]:
    """Compare totals with the sums of their parts, where words, knowledge or a sister list say that these are all.

    Example: 共流转文件4915份，其中收文2814份，发文2101份: 2814+2101=4915
    """
    for whole, complete in _sums(report):
        verdict = _verdict(whole, complete, _is_known(report, whole))
        if verdict == "inconsistent" and _may_lack_rows(whole):
            continue
        if verdict == "inconsistent" and _had_closed(report, whole):
            continue
        if verdict is None and is_whole_balance(report, whole):
            verdict = "suspicious"
        if verdict is not None and (complete or verdict != "consistent"):
            yield _relation("A01", whole, verdict, _severity(whole))


@check("A01C", "恰好等于合计的分项", severity="info", doubt="info")
def closed(report: Report, tolerance: float) -> Iterator[Relation]:
    """Parts that make a total without anything to say that they are all: it confirms the figures, it never doubts.

    Example: 卫生机构2233个。医院100个，基层机构2093个，公共卫生机构33个，其他机构7个
    """
    for whole, complete in _sums(report):
        if not complete and whole.verdict == "consistent":
            yield _relation("A01C", whole, "consistent")


@lru_cache(maxsize=2)
def _sums(report: Report) -> tuple[tuple[Whole, bool], ...]:
    """Totals with several parts, and whether the parts are all there are."""
    return tuple(_told(report))


def _told(report: Report) -> Iterator[tuple[Whole, bool]]:
    several = [one for one in wholes(report) if len(one.parts) > 1 and not _over_time(one)]
    closing = _closing(several)
    for whole in several:
        known = _is_known(report, whole)
        sister = whole.verdict != "consistent" and whole.how != "opened" and division(whole) in closing
        yield whole, whole.how != "closed" and not whole.total.is_ratio and (known or sister)


def _is_known(report: Report, whole: Whole) -> bool:
    """Whether words or knowledge leave no room for other parts."""
    return whole.exhaustive or has_others(report, whole.parts) or divides(report, whole.parts)


def _closing(several: Sequence[Whole]) -> set[tuple[str, ...]]:
    """The divisions that make their totals, but for one of them at most."""
    verdicts: dict[tuple[str, ...], list[bool]] = defaultdict(list)
    for one in several:
        if one.how == "linked":
            verdicts[division(one)].append(one.verdict == "consistent")
    return {division for division, closes in verdicts.items() if any(closes) and closes.count(False) <= 1}


def _over_time(whole: Whole) -> bool:
    """One quantity at several times has no sum: 从2021年的203亿元增长至2025年的227亿元，总量达到1118亿元."""
    periods = {part.period for part in whole.parts}
    return len(periods) > 1 and len({part.label for part in whole.parts}) == 1


def _may_lack_rows(whole: Whole) -> bool:
    """A table that lists too little for its total may just leave rows out; table_sums doubts it."""
    return whole.total.in_table and sum(part.value for part in whole.parts) < whole.total.value


def _had_closed(report: Report, whole: Whole) -> bool:
    """Whether total and parts made one sum the year before, by what they grew: then something new is not listed."""
    before = [move.before if (move := move_of(report, one)) and move.growth else None for one in whole.parts]
    move = move_of(report, whole.total)
    if move is None or move.growth is None or move.before is None or None in before:
        return False
    return total(one for one in before if one is not None).overlaps(move.before)


def division(whole: Whole) -> tuple[str, ...]:
    """By what a total is divided: the labels of the parts without what they share with the total.

    Example: 博士生, 硕士生, 本科生, 大专生 of 招生 and of 在校生 alike
    """
    stem = whole.total.label
    return tuple(sorted(part.label.replace(stem, "")[-TAIL:] for part in whole.parts))


def _verdict(whole: Whole, complete: bool, known: bool) -> Verdict | None:
    """A sum that does not close proves a fault only where it was meant to close, or nearly does."""
    verdict = whole.verdict
    if verdict != "inconsistent" or whole.total.is_ratio:
        return None if verdict == "inconsistent" else verdict
    added = sum(part.value for part in whole.parts)
    gap = abs(whole.total.value - added) / abs(whole.total.value) if whole.total.value else 1.0
    explained = bool(slip(whole, FEW if complete and whole.how != "balance" else MANY))
    if whole.how == "balance":
        sure = explained and whole.total.digits > MANY
        return "inconsistent" if sure else "suspicious" if explained or gap <= TINY else None
    if complete:
        few = known and whole.total.places < FEW and all(one.is_exact_count for one in (whole.total, *whole.parts))
        return "inconsistent" if explained or gap <= SMALL else "suspicious" if few else None
    clear = explained and abs(whole.total.value - added) >= LARGE * whole.total.step
    many = (
        whole.total.digits > MANY and len(whole.parts) > 2 and all(one.value < whole.total.value for one in whole.parts)
    )
    return "suspicious" if whole.how == "linked" and clear and many else None


def _severity(whole: Whole) -> Severity | None:
    """A list of a few small numbers is a warning only."""
    return None if whole.how == "split" or whole.total.digits >= MANY else "warning"


def _relation(check: str, whole: Whole, verdict: Verdict, severity: Severity | None = None) -> Relation:
    added = sum(part.value for part in whole.parts)
    terms = "+".join(in_scale(part.value, whole.total) for part in whole.parts).replace("+-", "-")
    stated, expected = in_scale(whole.total.value, whole.total), in_scale(added, whole.total)
    unit = whole.total.suffix
    formula = f"{terms}={expected}{unit}，合计写为{stated}{unit}"
    message = ""
    if verdict not in ("consistent", "truncated"):
        gap = in_scale(abs(whole.total.value - added), whole.total)
        message = (
            f"{quoted(whole.total)}与所列各项之和不符：{terms}={expected}{unit}，相差{gap}{unit}。"
            f"各项为{listed(whole.parts)}。{slip(whole)}"
        )
    elif verdict == "truncated":
        message = f"{quoted(whole.total)}按四舍五入应为{expected}{unit}，似为截尾：{terms}={expected}{unit}。"
    room = whole.sum - exactly(added)
    return Relation(
        check,
        (("total", whole.total), *(("part", part) for part in whole.parts)),
        formula,
        verdict,
        whole.total.value,
        added,
        room.high + (whole.total.interval.high - whole.total.value if whole.total.comparator == "=" else 0.0),
        message,
        severity=severity,
    )
