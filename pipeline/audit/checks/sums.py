"""A01: a total is the sum of its parts, where nothing else can be part of it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.check import check
from pipeline.audit.interval import exactly
from pipeline.audit.relation import Relation, Verdict, in_scale, listed, quoted
from pipeline.audit.report import Report
from pipeline.audit.slips import slip
from pipeline.audit.wholes import Whole, wholes

SMALL, TINY = 0.05, 0.01
"""Shares of the total within which a sum that does not close was meant to."""
MANY = 4
"""Digits from which a slip of one digit explains more than chance would."""


@check("A01", "合计与分项之和")
def sums(report: Report, tolerance: float) -> Iterator[Relation]:
    """Compare totals with the sums of their parts; parts that may be some of many only when they make the total.

    Example: 共流转文件491份，其中收文281份，发文210份: 281+210=491
    """
    for whole in wholes(report):
        if len(whole.parts) < 2:
            continue
        verdict = _verdict(whole)
        if verdict is not None:
            yield _relation(whole, verdict)


def _verdict(whole: Whole) -> Verdict | None:
    """A sum that does not close proves a fault only where it was meant to close, or nearly does."""
    verdict = whole.verdict
    if verdict != "inconsistent":
        return verdict
    added = sum(part.value for part in whole.parts)
    gap = abs(whole.total.value - added) / abs(whole.total.value) if whole.total.value else 1.0
    explained = bool(slip(whole))
    if whole.how == "split" or (whole.how == "linked" and whole.exhaustive):
        return "inconsistent" if explained or gap <= SMALL else None
    if whole.how == "balance":
        return "inconsistent" if explained and whole.total.digits > MANY else "suspicious" if gap <= TINY else None
    over = added > whole.total.value and whole.how == "linked"
    if over and whole.total.digits >= MANY and all(one.is_exact_count for one in (whole.total, *whole.parts)):
        return "suspicious" if gap <= TINY else None
    return "suspicious" if over and explained and whole.total.digits >= MANY else None


def _relation(whole: Whole, verdict: Verdict) -> Relation:
    added = sum(part.value for part in whole.parts)
    terms = "+".join(in_scale(part.value, whole.total) for part in whole.parts).replace("+-", "-")
    stated, expected = in_scale(whole.total.value, whole.total), in_scale(added, whole.total)
    unit = whole.total.suffix
    formula = f"{terms}={expected}{unit}，合计写为{stated}{unit}"
    gap = in_scale(abs(whole.total.value - added), whole.total)
    hint = slip(whole) if verdict != "consistent" else ""
    message = (
        f"{quoted(whole.total)}与所列各项之和不符：{terms}={expected}{unit}，相差{gap}{unit}。"
        f"各项为{listed(whole.parts)}。{hint}"
    )
    if verdict == "truncated":
        message = f"{quoted(whole.total)}按四舍五入应为{expected}{unit}，似为截尾：{terms}={expected}{unit}。"
    room = whole.sum - exactly(added)
    return Relation(
        "A01",
        (("total", whole.total), *(("part", part) for part in whole.parts)),
        formula,
        verdict,
        whole.total.value,
        added,
        room.high + (whole.total.interval.high - whole.total.value if whole.total.comparator == "=" else 0.0),
        message,
    )
