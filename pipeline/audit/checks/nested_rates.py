"""C04R: rates of deaths of which one counts some of the other's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.parts import at_most
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict
from pipeline.audit.report import Report

MOST: Final = 60
"""Figures of the wider name that are looked at."""


@check("C04R", "死亡率的包含关系", severity="warning", doubt="warning")
def nested_rates(report: Report, tolerance: float) -> Iterator[Relation]:
    """Infants are children under five: their rate of deaths is not higher, of the same births.

    Example: 婴儿死亡率3.5‰，5岁以下儿童死亡率5‰
    """
    for narrow, wide in report.words.rows("nested_rates"):
        wides = report.ending(wide)[:MOST]
        for small in report.ending(narrow) if wides else ():
            great = next((one for one in wides if _same_births(small, one)), None)
            if great is not None:
                verdict: Verdict = "consistent" if small.interval.low <= great.interval.high else "suspicious"
                yield at_most("C04R", ("part", small), ("whole", great), verdict)


def _same_births(small: Figure, great: Figure) -> bool:
    told = small.unit == great.unit == "‰" and small.is_level and great.is_level
    return told and (small.entity, small.status, small.period) == (great.entity, great.status, great.period)
