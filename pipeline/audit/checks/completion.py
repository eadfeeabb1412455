"""R01T: what was done, what was to be done, and the rate of it, one behind the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.stated_rates import ratio
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation
from pipeline.audit.report import Report

_OF: Final = r"^[\s（(]*+(?:人|的|(?:words:names_of_tasks)){0,4}的?\s*$"


@check("R01T", "完成数、任务数与完成率")
def completion(report: Report, tolerance: float) -> Iterator[Relation]:
    """完成A，为任务B的R%: A divided by B.

    Example: 城镇新增就业4.12万人，完成年度目标任务3.8万人的118.4%: 108.4%
    """
    figures = report.figures
    for count, task, rate in zip(figures, figures[1:], figures[2:], strict=False):
        if rate.unit != "%" or count.unit != task.unit:
            continue
        if _is_task(report, count, task) and _is_rate(report, task, rate):
            yield ratio("R01T", count, task, rate)


def _is_task(report: Report, count: Figure, task: Figure) -> bool:
    alike = count.is_level and task.is_level and count.sentence == task.sentence
    if not alike or count.is_ratio or task.value <= 0:
        return False
    return report.words.pattern("task_words").search(report.between(count, task)) is not None


def _is_rate(report: Report, task: Figure, rate: Figure) -> bool:
    same = rate.is_level and rate.sentence == task.sentence and rate.comparator == "="
    return same and report.words.filled(_OF).match(report.between(task, rate)) is not None
