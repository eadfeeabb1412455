"""G03: one number told in two scales: 58.36亿元 and 58.36万元."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, number, quoted
from pipeline.audit.report import Report


@check("G03", "同一数字单位不同")
def scales(report: Report, tolerance: float) -> Iterator[Relation]:
    """The same digits of the same thing with another scale word, in one report.

    Example: 农林牧渔业总产值58.36亿元 … 农林牧渔业总产值58.36万元
    """
    by_digits: dict[tuple[str, float, int], list[Figure]] = defaultdict(list)
    scaled = [unit for unit, figures in report.by_unit.items() if len({figure.scale for figure in figures}) > 1]
    for figure in report.levels if scaled else ():
        if figure.unit in scaled and figure.digits >= 3:
            by_digits[figure.unit, round(figure.value / figure.scale, 6), figure.decimals].append(figure)
    for told in by_digits.values():
        for again in told[1:]:
            first = told[0]
            same = again.entity == first.entity and _one_name(first, again)
            if same and again.scale != first.scale:
                times = max(first.scale, again.scale) / min(first.scale, again.scale)
                formula = f"{first.text}/{again.text}={number(times)}"
                message = f"{quoted(again)}与{quoted(first)}数字相同而单位相差{number(times)}倍，请核对。"
                yield Relation("G03", (("again", again), ("first", first)), formula, "inconsistent", again.value,
                               first.value, None, message)  # fmt: skip


def _one_name(one: Figure, other: Figure) -> bool:
    shorter, longer = sorted((one.label, other.label), key=len)
    return len(shorter) > 2 and longer.endswith(shorter)
