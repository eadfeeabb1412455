"""X08G: growths of well-known parts and of their whole, where no levels are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, listed, number, quoted
from pipeline.audit.report import Report

REACH: Final = 12


@check("X08G", "总体增速应在各部分增速之间")
def growths_of_parts(report: Report, tolerance: float) -> Iterator[Relation]:
    """The growth of retail sales lies between that of towns and that of the countryside.

    Example: 社会消费品零售总额增长5.0%，城镇增长5.1%，乡村增长4.2%
    """
    for name, *members in report.words.rows("splits"):
        if name == "*":
            continue
        for whole in report.ending(name):
            if _is_growth(whole) and not _has_level(report, whole):
                parts = _parts(report, whole, members)
                if parts and not report.words.pattern("same_basis").search(report.text[whole.end : parts[-1].end]):
                    yield _relation(whole, parts)


def _has_level(report: Report, growth: Figure) -> bool:
    """A growth behind its level belongs to X08."""
    before = report.figures[growth.number - 1] if growth.number else growth
    return before.is_level and before.label == growth.label and before.sentence == growth.sentence


def _is_growth(figure: Figure) -> bool:
    return figure.measure == "change" and figure.unit == "%" and figure.comparator == "="


def _parts(report: Report, whole: Figure, members: Sequence[str]) -> list[Figure]:
    found = []
    for member in members:
        near = report.figures[whole.number + 1 : whole.number + 1 + REACH]
        part = next((one for one in near if _is_growth(one) and one.label.endswith(member)), None)
        if part is None or (part.entity, part.period, part.status) != (whole.entity, whole.period, whole.status):
            return []
        found.append(part)
    return found


def _relation(whole: Figure, parts: list[Figure]) -> Relation:
    low, high = min(one.interval.low for one in parts), max(one.interval.high for one in parts)
    holds = whole.interval.high >= low and whole.interval.low <= high
    least, most = min(one.value for one in parts), max(one.value for one in parts)
    formula = f"{number(least)}≤{number(whole.value)}≤{number(most)}（%）"
    message = f"{quoted(whole)}应在各部分增速{listed(parts)}之间（{number(least, '%')}至{number(most, '%')}）。"
    operands = (("growth", whole), *(("part_growth", one) for one in parts))
    return Relation("X08G", operands, formula, "consistent" if holds else "inconsistent", whole.value, None, None,
                    message)  # fmt: skip
