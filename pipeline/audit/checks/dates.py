"""H02 and H04: periods that end after the report, and figures up to different days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict, quoted
from pipeline.audit.report import Report

MOST: Final = 3
"""So many different closing days in one report are worth a remark."""


@check("H02", "统计期晚于发布日期", doubt="info")
def after_report(report: Report, tolerance: float) -> Iterator[Relation]:
    """A fact about a period that ends after the day the report came out.

    Example: 2023年7月10日发布, 全年完成投资3亿元 as a fact
    """
    day = report.published_day
    if day is None:
        return
    for figure in report.figures:
        said = figure.period_from == "sentence" and figure.period_end is not None and figure.status == "actual"
        if said and figure.period_end and figure.period_end > day and _is_day(figure):
            formula = f"{figure.period_end.isoformat()}>{day.isoformat()}"
            message = f"{quoted(figure)}的统计期至{figure.period_end.isoformat()}，晚于发布日期{day.isoformat()}。"
            yield Relation("H02", (("value", figure),), formula, "suspicious", None, None, None, message)


def _is_day(figure: Figure) -> bool:
    """Said to the month or the day: a bare year often stands for its plan."""
    return figure.period.count("-") > 0


@check("H04", "统计截止日不一", doubt="info")
def cut_offs(report: Report, tolerance: float) -> Iterator[Relation]:
    """Facts of one report that reach to different days of its year.

    Example: 1-4月 …, 截至5月底 …, 截至6月底 …
    """
    year = report.period[:4]
    ends: dict[date, Figure] = {}
    for figure in report.figures:
        fact = figure.status == "actual" and figure.is_level and figure.period_from == "sentence"
        if fact and figure.period_end and str(figure.period_end.year) == year and figure.entity == report.region:
            ends.setdefault(figure.period_end, figure)
    if len(ends) >= MOST:
        figures = [ends[end] for end in sorted(ends)]
        days = "、".join(end.isoformat() for end in sorted(ends))
        verdict: Verdict = "suspicious"
        message = f"同一报告的数截止到不同日期（{days}），不宜直接相比，请统一或注明。"
        operands = tuple(("value", one) for one in figures)
        yield Relation("H04", operands, days, verdict, None, None, None, message)
