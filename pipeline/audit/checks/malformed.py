"""S06: a mark inside a number that no number has: 3。1%, 20,54亿元."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.relation import Relation
from pipeline.audit.report import Report

_BROKEN: Final = re.compile(
    r"(?<![\d.,，。])\d{1,4}(?:。\d{1,2}|[,，]\d{1,2})(?=[%％]|个百分点|亿元|万元|万人|亿千瓦时|万吨)|"
    r"(?<![\d.])\d{1,3}(?:\.\d{1,2}){2}(?=[%％]|个百分点|亿元|万元|万人|万吨)"
)


@check("S06", "数字中的标点", severity="warning", doubt="info")
def malformed(report: Report, tolerance: float) -> Iterator[Relation]:
    """A full stop or a comma where the point of a decimal fraction should stand.

    Example: 增长3。1%
    """
    for match in _BROKEN.finditer(report.text):
        at = bisect_left(report.figures, match.start(), key=attrgetter("start"))
        figure = next((one for one in report.figures[at : at + 2] if one.start < match.end() <= one.end), None)
        if figure is not None:
            told = report.text[match.start() : figure.end]
            message = f"“{told}”：数字中有不该有的标点，疑为小数点之误，请核对。"
            yield Relation("S06", (("value", figure),), told, "suspicious", figure.value, None, None, message)
