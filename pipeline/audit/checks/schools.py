"""C15: stocks and flows: pupils and new pupils, leavers of one stage and beginners of the next, people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict, number, quoted
from pipeline.audit.report import Report

NEAR, FAR = 2, 8
"""Figures between new pupils and pupils: any; those of one school only."""
NEXT_STAGE: Final = 0.25
"""How much fewer or more than the leavers the beginners of the next stage may be."""


@check("C15", "存量与流量", doubt="info")
def courses(report: Report, tolerance: float) -> Iterator[Relation]:
    """Pupils divided by new pupils give the years of a course.

    Example: 小学招生10694人，在校生75975人: 7.1年
    """
    all_ = list(_named(report, "entrants"))
    wholes = {one.id for one in all_}
    for entrants in all_:
        if entrants.part_of in wholes:
            continue
        pupils = _next(report, entrants, "pupils")
        if pupils is None or entrants.value <= 0:
            continue
        years = pupils.value / entrants.value
        least, most = _course(report, entrants.indicator + pupils.indicator)
        verdict: Verdict = "consistent" if least <= years <= most else "suspicious"
        formula = f"{number(pupils.value)}/{number(entrants.value)}={number(years)}年"
        message = (
            f"{quoted(pupils)}与{quoted(entrants)}之比为{number(years)}，"
            f"通常在{number(least)}至{number(most)}之间，请核对。"
        )
        yield Relation("C15", (("stock", pupils), ("inflow", entrants)), formula, verdict, pupils.value, None, None,
                       message)  # fmt: skip


def _course(report: Report, label: str) -> tuple[float, float]:
    rows = report.words.rows("courses")
    return next(((float(least), float(most)) for name, least, most in rows if name in label), (1.0, 15.0))


def _named(report: Report, group: str) -> Iterator[Figure]:
    endings = report.words.group(group)
    named = report.ending(*endings, *(f"{word}数" for word in endings))
    yield from (one for one in named if one.unit == "人" and one.is_level)


def _next(report: Report, figure: Figure, group: str) -> Figure | None:
    """The first of a group behind a figure that stands in its paragraph, before the next of the figure's own kind."""
    for one in _named(report, group):
        if 0 < one.number - figure.number <= FAR and one.paragraph == figure.paragraph and one.status == figure.status:
            near = one.number - figure.number <= NEAR
            return one if near or (not figure.part_of and _one_school(report, figure, one)) else None
    return None


def _one_school(report: Report, entrants: Figure, pupils: Figure) -> bool:
    """Whether two figures that others part are of one school: no other is named in between, and no other new pupils."""
    word = _ending(report, pupils, "pupils")
    same = pupils.label.removesuffix("数").removesuffix(word) in ("", _school(report, entrants))
    between = report.figures[entrants.number + 1 : pupils.number]
    others = (one for one in between if one.part_of != entrants.id)
    return same and not any(one.label.endswith(report.words.group("entrants")) for one in others)


def _school(report: Report, entrants: Figure) -> str:
    return entrants.label.removesuffix("数").removesuffix(_ending(report, entrants, "entrants"))


def _ending(report: Report, figure: Figure, group: str) -> str:
    label = figure.label.removesuffix("数")
    return next((word for word in report.words.group(group) if label.endswith(word)), "")


@check("C08S", "毕业与下一学段招生", doubt="info")
def stages(report: Report, tolerance: float) -> Iterator[Relation]:
    """Leavers of the kindergarten are about as many as beginners of school.

    Example: 离园幼儿10690人 … 小学招生10694人
    """
    for leaving, beginning in report.words.rows("stages"):
        left = next((one for one in report.holding(leaving) if one.unit == "人"), None)
        began = next((one for one in report.holding(beginning) if one.unit == "人"), None)
        if left and began and left.value > 0 and left.is_level and began.is_level and left.entity == began.entity:
            share = began.value / left.value
            verdict: Verdict = "consistent" if abs(share - 1) <= NEXT_STAGE else "suspicious"
            formula = f"{number(began.value)}/{number(left.value)}={number(share)}"
            message = f"{quoted(began)}与{quoted(left)}相差较大（{formula}），请核对。"
            yield Relation("C08S", (("inflow", began), ("outflow", left)), formula, verdict, began.value, left.value,
                           None, message)  # fmt: skip
