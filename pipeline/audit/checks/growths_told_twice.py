"""D03G: the growth of one headline figure, told twice with two values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.moves import move_of
from pipeline.audit.relation import Relation, quoted
from pipeline.audit.report import Report

AROUND: Final = 24
"""Characters before a growth in which a word says that it is on another basis."""


@check("D03G", "同一增速前后不一", severity="warning")
def growths_told_twice(report: Report, tolerance: float) -> Iterator[Relation]:
    """Two growths of what a region has one of in a year, of one period, on no other basis.

    Example: 工业增加值比上年增长7% … 完成工业增加值564.1亿元，增长5.7%
    """
    for name in report.words.group("headlines"):
        told: dict[tuple[str, str, str], Figure] = {}
        for one in report.named(name):
            if not _is_plain(report, one):
                continue
            first = told.setdefault((one.entity, one.period, one.indicator), one)
            if first.sentence != one.sentence and _one_basis(first, one) and _apart(report, first, one):
                message = f"同一指标的增速前后不一：{quoted(first)}，又作{quoted(one)}，请核对口径或更正。"
                yield Relation("D03G", (("first", first), ("again", one)), f"{first.text}≠{one.text}", "inconsistent",
                               one.value, first.value, None, message)  # fmt: skip


def _is_plain(report: Report, one: Figure) -> bool:
    growth = one.measure == "change" and one.unit == "%" and one.comparator == "=" and one.status == "actual"
    if not growth or one.in_table or one.qualifier or len(one.period) != len("2024"):
        return False
    return not report.words.pattern("other_bases").search(report.before(one, AROUND) + report.behind(one, 4))


def _one_basis(one: Figure, other: Figure) -> bool:
    return one.basis == other.basis or "none" in (one.basis, other.basis)


def _apart(report: Report, first: Figure, again: Figure) -> bool:
    """Whether rounding does not explain it, and no levels say that they are two things."""
    if first.interval.overlaps(again.interval) or first.truncated.overlaps(again.truncated):
        return False
    levels = [level for one in (first, again) if (level := _level(report, one)) is not None]
    return len(levels) < len((first, again)) or levels[0].interval.overlaps(levels[1].interval)


def _level(report: Report, growth: Figure) -> Figure | None:
    """The level a growth stands behind."""
    for one in reversed(report.figures[max(0, growth.number - 3) : growth.number]):
        move = move_of(report, one) if one.is_level else None
        if move is not None and move.growth is growth:
            return move.level
    return None
