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

_MARK: Final = re.compile(r"[。，,](?=\d{1,2}(?:[%％]|个百分点|亿元|万元|万人|亿千瓦时|万吨))")
_BEFORE: Final = re.compile(r"(?<![\d.,，。])\d{1,4}$")
LONGEST: Final = 6
"""Characters before a mark in which the whole part of a number stands."""


@check("S06", "数字中的标点", severity="warning", doubt="info")
def malformed(report: Report, tolerance: float) -> Iterator[Relation]:
    """A full stop or a comma where the point of a decimal fraction should stand.

    Example: 增长3。1%
    """
    for mark in _MARK.finditer(report.text):
        opening = mark.start() - LONGEST if mark.start() > LONGEST else 0
        whole = _BEFORE.search(report.text[opening : mark.start()])
        at = bisect_left(report.figures, mark.end(), key=attrgetter("end")) if whole else len(report.figures)
        if whole and at < len(report.figures) and report.figures[at].start <= mark.end():
            figure = report.figures[at]
            told = report.text[opening + whole.start() : figure.end]
            message = f"“{told}”：数字中有不该有的标点，疑为小数点之误，请核对。"
            yield Relation("S06", (("value", figure),), told, "suspicious", figure.value, None, None, message)
