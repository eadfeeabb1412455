"""A01N, T03S: 交通、能源、水利投资 in one figure, and each of them in one of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import total
from pipeline.audit.relation import Relation, Verdict, agreement, in_scale, listed, quoted
from pipeline.audit.report import Report

FEWEST: Final = 2
"""Characters each of the names has that are told together."""
MOST_JOINT: Final = 60
"""Figures of several names whose parts are looked for."""
MOST: Final = 8
"""Figures that are told together."""


@check("A01N", "并列名称的合计")
def sums(report: Report, tolerance: float) -> Iterator[Relation]:
    """Several things told in one figure and one by one, of one time: it confirms, it never doubts.

    Example: 交通、能源、水利投资5300亿元 … 交通投资2300亿元、能源投资2100亿元、水利投资900亿元
    """
    for whole, parts in _found(report):
        added = total(one.interval for one in parts)
        if whole.status == parts[0].status and agreement(whole, added) == "consistent":
            operands = (("total", whole), *(("part", one) for one in parts))
            yield Relation("A01N", operands, _formula(whole, parts, "="), "consistent", whole.value, added.middle)


@check("T03S", "并列目标之和与已达水平", doubt="info")
def plans(report: Report, tolerance: float) -> Iterator[Relation]:
    """What several things came to together, and the goals for each of them: the goals are seldom less.

    Example: 交通、能源、水利完成投资5400多亿元 … 力争交通投资2300亿元、能源投资2100亿元、水利投资900亿元
    """
    for done, goals in _found(report):
        if done.status == "actual" and all(one.status == "target" for one in goals):
            holds = sum(one.value for one in goals) >= done.interval.low
            verdict: Verdict = "consistent" if holds else "suspicious"
            formula = _formula(done, goals, "≥" if holds else "<")
            message = "" if holds else f"{listed(goals)}之和低于已达到的{quoted(done)}：{formula}，请核对。"
            operands = (("actual", done), *(("target", one) for one in goals))
            yield Relation("T03S", operands, formula, verdict, done.value, sum(one.value for one in goals), None,
                           message)  # fmt: skip


@lru_cache(maxsize=2)
def _found(report: Report) -> tuple[tuple[Figure, tuple[Figure, ...]], ...]:
    """Figures whose name is those of some neighbours put together, with these neighbours."""
    joint = [one for one in report.levels if "、" in one.indicator and not one.is_ratio and not one.in_table]
    found = []
    for whole in joint[:MOST_JOINT]:
        for parts in _rows(report, whole):
            if _together([one.label for one in parts]) == whole.label:
                found.append((whole, parts))
    return tuple(found)


def _rows(report: Report, whole: Figure) -> Iterator[tuple[Figure, ...]]:
    """Levels one behind the other in a sentence, of which the first opens and all end like a joint name."""
    ending = whole.label[-1:]
    for first in report.by_unit.get(whole.unit, ()):
        if first.label[:FEWEST] != whole.label[:FEWEST] or first.label == whole.label or first.in_table:
            continue
        row = [first]
        for one in report.figures[first.number + 1 : first.number + MOST]:
            same = (one.unit, one.entity, one.status) == (first.unit, whole.entity, first.status)
            if not same or not one.is_level or one.sentence != first.sentence or not one.label.endswith(ending):
                break
            row.append(one)
            yield tuple(row)


def _together(labels: Sequence[str]) -> str:
    """The label of several things told in one: 交通能源水利投资; empty where they end in nothing alike."""
    backward = zip(*(reversed(label) for label in labels), strict=False)
    ending = "".join(column[0] for column in takewhile(lambda column: len(set(column)) == 1, backward))[::-1]
    heads = [label.removesuffix(ending) for label in labels]
    return "".join(heads) + ending if ending and all(len(head) >= FEWEST for head in heads) else ""


def _formula(whole: Figure, parts: Sequence[Figure], sign: str) -> str:
    terms = "+".join(in_scale(one.value, whole) for one in parts)
    added = in_scale(sum(one.value for one in parts), whole)
    return f"{terms}={added}{sign}{in_scale(whole.value, whole)}{whole.suffix}"
