"""G05 and G06: vague words on exact numbers, round numbers given as counts."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.check import check
from pipeline.audit.relation import Relation, quoted
from pipeline.audit.report import Report


@check("G05", "精确数后缀“余”“以上”", doubt="info")
def vague(report: Report, tolerance: float) -> Iterator[Relation]:
    """余 or 以上 behind a number that is exact to its last digit.

    Example: 26651余份, 98.35%以上
    """
    for figure in report.bounded:
        if figure.status != "actual" or not figure.is_level:
            continue
        over = figure.comparator == "over" and figure.scale == 1 and figure.value % 10 != 0 and figure.value >= 100
        above = figure.comparator == ">=" and figure.decimals >= 2 and figure.scale == 1
        if (over or above) and figure.digits >= 3:
            text = report.text[figure.start : figure.end + 2]
            message = f"{quoted(figure)}是精确数，又带“余”或“以上”（原文“{text.strip()}”），请改为约数或去掉后缀。"
            yield Relation("G05", (("value", figure),), f"{figure.text}：精确数加约数词", "suspicious", figure.value,
                           None, None, message)  # fmt: skip


@check("G06", "整数疑为估计数", doubt="info")
def round_counts(report: Report, tolerance: float) -> Iterator[Relation]:
    """A count of people or things in the thousands that ends with two zeros, where neighbours do not.

    Example: 累计完成筛查7500人
    """
    counts = [
        one
        for one in report.by_unit.get("人", ())
        if one.scale == 1 and one.is_level and one.status == "actual" and one.value >= 1000
    ]
    if len(counts) < 2:
        return
    round_ones = [one for one in counts if one.value % 100 == 0 and one.comparator == "=" and one.text[0].isdigit()]
    if len(round_ones) <= max(1, len(counts) // 4):
        for figure in round_ones:
            message = f"{quoted(figure)}以整百收尾而未注明“约”，疑为估计数。"
            yield Relation("G06", (("value", figure),), f"{figure.text}：整百", "suspicious", figure.value, None, None,
                           message)  # fmt: skip
