"""A05: the changes of the parts add up to the change of the total."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.compositions import composed
from pipeline.audit.figure import Figure
from pipeline.audit.interval import total
from pipeline.audit.moves import move_of
from pipeline.audit.relation import Relation, Verdict, agreement, in_scale, listed, quoted
from pipeline.audit.report import Report
from pipeline.audit.whole import Whole
from pipeline.audit.wholes import wholes

BY_DEFINITION: Final = "composition"


@check("A05", "各项变动之和与总变动", severity="warning", doubt="info")
def change_sums(report: Report, tolerance: float) -> Iterator[Relation]:
    """Where parts make a total and all say by how much they changed, add the changes up.

    Example: 资金57.8亿元，增加16.1亿元，其中甲36.6亿元，增加3.7亿元；乙21.2亿元，增加12.4亿元: 3.7+12.4=16.1
    """
    told = set()
    for whole in (*wholes(report), *_by_definition(report)):
        of_total = _change(report, whole.total) if len(whole.parts) > 1 else None
        if of_total is None or whole.verdict != "consistent":
            continue
        changes = _respective(report, whole, of_total) or [
            one for part in whole.parts if (one := _change(report, part)) is not None
        ]
        key = (of_total.id, *(one.id for one in changes))
        if len(changes) == len(whole.parts) and key not in told:
            told.add(key)
            yield _sum(whole, of_total, changes)


def _by_definition(report: Report) -> Iterator[Whole]:
    """Totals with all that by definition makes them, told in other sentences or chapters."""
    for stated, parts, wanted in composed(report):
        if len(parts) == wanted:
            yield Whole(stated, parts, True, BY_DEFINITION)


def _sum(whole: Whole, of_total: Figure, changes: list[Figure]) -> Relation:
    """Changes told far from each other may be since other days: that they do not add up is a doubt only."""
    expected = total(one.interval for one in changes)
    added = sum(one.value for one in changes)
    terms = "+".join(in_scale(one.value, of_total) for one in changes).replace("+-", "-")
    formula = f"{terms}={in_scale(added, of_total)}{of_total.suffix}"
    message = f"{quoted(of_total)}与各项变动{listed(changes)}之和不符：{formula}。"
    agrees = agreement(of_total, expected)
    verdict: Verdict = agrees
    if agrees == "inconsistent" and whole.how == BY_DEFINITION:
        verdict = "suspicious" if all(one.basis == of_total.basis for one in changes) else "undecided"
    operands = (("change", of_total), *(("part_change", one) for one in changes))
    return Relation("A05", operands, formula, verdict, of_total.value, added, None, message)


def _respective(report: Report, whole: Whole, of_total: Figure) -> list[Figure]:
    """The changes told together behind the parts: 职工379万人，离退休人员141万人，分别增加12万人和5万人."""
    last = whole.parts[-1]
    found = report.figures[last.number + 1 : last.number + 1 + len(whole.parts)]
    respective = len(found) == len(whole.parts) and "分别" in report.between(last, found[0])
    fits = all(one.sentence == last.sentence and one.measure == "change" and one.unit == of_total.unit for one in found)
    return list(found) if respective and fits else []


def _change(report: Report, level: Figure) -> Figure | None:
    move = move_of(report, level)
    return (move.amount or move.points) if move else None
