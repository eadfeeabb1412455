"""G02D: how many of those who were screened were found to have something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict, number, quoted
from pipeline.audit.report import Report

MOST: Final = 50.0
"""Percent of those screened: a screening that finds more was of people chosen beforehand."""


@check("G02D", "筛查检出比例", doubt="info")
def detected(report: Report, tolerance: float) -> Iterator[Relation]:
    """Those found, of those screened, in one sentence: no more than all, and seldom more than half.

    Example: 消化道癌筛查311人，筛查出中高危人群170例: 54.7%
    """
    found = report.words.pattern("found")
    for first in report.telling("screened"):
        second = report.figures[first.number + 1] if first.number + 1 < len(report.figures) else first
        if second is first or not _comparable(report, first, second) or found.search(first.label):
            continue
        if found.search(report.between(first, second)):
            yield _relation(first, second)


def _comparable(report: Report, first: Figure, second: Figure) -> bool:
    people = (
        {first.unit, second.unit}.issubset(report.words.group("units_of_people")) and first.is_level and second.is_level
    )
    return people and first.sentence == second.sentence and first.status == second.status == "actual"


def _relation(all_: Figure, found: Figure) -> Relation:
    share = 100 * found.value / all_.value if all_.value else 0.0
    verdict: Verdict = "consistent" if share <= MOST else "suspicious"
    formula = f"{number(found.value)}/{number(all_.value)}×100={number(share, '%')}"
    message = f"{quoted(found)}为{quoted(all_)}的{number(share, '%')}，检出比例过高，请核对两数的口径。"
    return Relation("G02D", (("part", found), ("whole", all_)), formula, verdict, share, MOST, None, message)
