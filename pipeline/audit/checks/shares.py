"""A14: shares that make a whole add up to 100."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import exactly, total
from pipeline.audit.relation import Relation, Verdict, listed, number
from pipeline.audit.report import Report

FEWEST: Final = 2
"""Shares that may make a whole."""
_LINK: Final = re.compile(r"[\s%％、，,:：∶和及与]*")


@check("A14", "占比合计100%")
def shares(report: Report, tolerance: float) -> Iterator[Relation]:
    """Add up shares that stand one behind the other: 40.4:9.0:50.6, 比重分别为18.1%、35.8%和46.1%.

    Example: 三次产业结构为40.4:9.0:50.6
    """
    runs = list(_runs(report))
    told = {one.id for run in runs for one in run}
    listed_apart = (run for run in _listed(report) if not any(one.id in told for one in run))
    for run in (*runs, *listed_apart):
        added = sum(one.value for one in run)
        verdict = _verdict(report, run)
        formula = "+".join(number(one.value) for one in run) + f"={number(added, '%')}"
        message = (
            f"各部分占比{listed(run)}之和为{number(added, '%')}，"
            f"{'应为' if added < 100 else '不应超过'}100%：{formula}。"
        )
        yield Relation("A14", tuple(("share", one) for one in run), formula, verdict, added, 100.0,
                       total(one.interval for one in run).high - added, message)  # fmt: skip


def _verdict(report: Report, run: list[Figure]) -> Verdict:
    together = total(one.interval for one in run)
    if together.overlaps(exactly(100)) or together.high < 100:
        closes = (
            not together.overlaps(exactly(100))
            and len(run) > 2
            and report.words.pattern("structures").search(report.before(run[0], 40))
        )
        return "inconsistent" if closes else "consistent"
    return "inconsistent" if report.words.pattern("structures").search(report.before(run[0], 40)) else "undecided"


def _listed(report: Report) -> Iterator[list[Figure]]:
    """Shares told one by one in a sentence that make a whole: 甲占22.8%；乙占29.1%；丙占48.1%."""
    for figures in report.by_sentence:
        run = [one for one in figures if one.unit == "%" and one.is_level and "占" in one.label]
        several = len(run) > 2 and len({one.label for one in run}) == len(run)
        if several and total(one.interval for one in run).overlaps(exactly(100)):
            yield run


def _runs(report: Report) -> Iterator[list[Figure]]:
    opening = report.words.pattern("shares_of_all")
    for figures in report.by_sentence:
        if sum(figure.is_ratio for figure in figures) < FEWEST:
            continue
        run: list[Figure] = []
        for figure in (*figures, None):
            linked = bool(run) and figure is not None and _LINK.fullmatch(report.between(run[-1], figure))
            if run and not linked:
                if len(run) >= FEWEST and opening.search(report.before(run[0], 60)):
                    yield run
                run = []
            if figure is not None and figure.is_ratio and figure.is_level:
                run.append(figure)
