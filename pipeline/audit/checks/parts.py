"""A02: no part is more than its total, nor are several parts together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict, in_scale, number, quoted
from pipeline.audit.report import Report
from pipeline.audit.whole import Whole
from pipeline.audit.wholes import wholes

NEAR: Final = 60
"""Characters between a total and a part of it that leave no doubt."""
SURE: Final = 0.8
CUT: Final = re.compile("[；。;]")


@check("A02", "分项不大于总数")
def parts(report: Report, tolerance: float) -> Iterator[Relation]:
    """Compare every part that 其中 names with its total, one by one.

    Example: 全州共检查医疗机构329家，其中立案7家: 7≤329
    """
    for whole in wholes(report):
        if whole.how == "closed":
            continue
        for part in whole.parts:
            verdict = _verdict(report, part, whole)
            if verdict is not None:
                yield at_most("A02", ("part", part), ("total", whole.total), verdict)


def _verdict(report: Report, part: Figure, whole: Whole) -> Verdict | None:
    """A part that is more than its total is a fault only where the words leave no doubt that it is a part."""
    total = whole.total
    if part.interval.low <= total.interval.high:
        return "consistent"
    between = report.between(total, part)
    near = len(between) < NEAR and not CUT.search(between) and report.words.pattern("part_words").search(between)
    if not near or part is not whole.parts[0] or part.is_ratio or total.comparator == "nearly" or total.value <= 0:
        return None
    if (
        not part.unit
        or any(one.value < 0 for one in whole.parts)
        or report.words.pattern("no_parts").search(between + part.label + total.label)
    ):
        return None
    if any(one.is_level and one.unit == part.unit for one in report.figures[total.number + 1 : part.number]):
        return None
    same = part.entity == total.entity and part.status == total.status and part.unit_text == total.unit_text
    return "inconsistent" if same and min(part.confidence, total.confidence) >= SURE else "suspicious"


def at_most(
    check: str, small: tuple[str, Figure], great: tuple[str, Figure], verdict: Verdict, reason: str = ""
) -> Relation:
    """The relation of a figure that must not be more than another, with the share it has.

    Example: ``at_most("A02", ("part", part), ("total", whole), "consistent")``
    """
    one, other = small[1], great[1]
    share = f"（占{number(100 * one.value / other.value, '%')}）" if other.value else ""
    sign = "≤" if verdict == "consistent" else ">"
    formula = f"{in_scale(one.value, other)}{sign}{in_scale(other.value, other)}{other.suffix}{share}"
    message = ""
    if verdict != "consistent":
        message = f"{quoted(one)}大于{quoted(other)}：{formula}。{reason or '部分不应大于全部，请核对两个数及其口径。'}"
    return Relation(check, (small, great), formula, verdict, one.value, other.value, None, message)
