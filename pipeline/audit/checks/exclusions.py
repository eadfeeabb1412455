"""A07X: a total, what is taken out of it, and what is left."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.check import check
from pipeline.audit.checks.balances import balance
from pipeline.audit.relation import Relation
from pipeline.audit.report import Report
from pipeline.audit.whole import alike


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
