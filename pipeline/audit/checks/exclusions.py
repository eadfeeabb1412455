"""A07X: a total, what is taken out of it, and what is left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.balances import balance, meant
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation
from pipeline.audit.report import Report
from pipeline.audit.whole import alike

BEHIND: Final = 3
"""Characters behind what is taken out in which 后 stands."""


@check("A07X", "剔除后余额", severity="warning")
def exclusions(report: Report, tolerance: float) -> Iterator[Relation]:
    """剔除X后为Y: what the total before it leaves; only where it comes out, or misses by a slip, is it meant so.

    Example: 三保预算232228万元，剔除上级补助38494万元，市级安排193734万元
    """
    if not any(word in report.indicators for word in report.words.group("excluded")):
        return
    excluded = report.words.pattern("excluded")
    for taken in report.levels:
        if not excluded.search(taken.indicator):
            continue
        left = next((one for one in report.figures[taken.number + 1 : taken.number + 2] if alike(one, taken)), None)
        wholes = [one for one in report.figures[max(0, taken.number - 5) : taken.number] if alike(one, taken)]
        if left is None or left.paragraph != taken.paragraph:
            continue
        for whole in wholes:
            if whole.paragraph == taken.paragraph and whole.value > taken.value:
                relation = balance((("rest", left), ("total", whole), ("excluded", taken)), (1, -1), "A07X")
                if relation.verdict == "consistent":
                    yield relation
                    break
                if whole.number == taken.number - 1 and _is_told(report, whole, taken, left):
                    yield from meant(relation)


def _is_told(report: Report, whole: Figure, taken: Figure, left: Figure) -> bool:
    """Whether one sentence says that the rest is what the total is without it: 总计9亿元，剔除1亿元后，…8亿元."""
    if not whole.sentence == taken.sentence == left.sentence:
        return False
    return "后" in report.text[taken.end : taken.end + BEHIND] and taken.unit == whole.unit == left.unit
