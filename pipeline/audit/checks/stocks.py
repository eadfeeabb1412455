"""P05S: what seldom changes by a fifth within a year: inhabitants, people insured, roads."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.check import check
from pipeline.audit.moves import moves
from pipeline.audit.relation import Relation, number, quoted
from pipeline.audit.report import Report


@check("P05S", "存量大幅变动", doubt="info", tolerance=20.0)
def stocks(report: Report, tolerance: float) -> Iterator[Relation]:
    """A stock of people or roads that changed by a fifth and more within a year, in percent.

    Example: 城乡居民基本养老保险参保人数266.9万人，下降28%: 104万人 fewer
    """
    names = report.words.group("stocks")
    for move in moves(report):
        level, growth = move.level, move.growth
        if growth is None or move.before is None or not level.label.endswith(names) or level.status != "actual":
            continue
        if abs(growth.value) >= tolerance and growth.basis in ("none", "yoy", "previous"):
            before = move.before.middle
            formula = f"{number(level.value)}/(1{growth.value / 100:+.6g})={number(before)}{level.unit}"
            message = f"{quoted(level)}，{quoted(growth)}：存量一年中变动{number(abs(growth.value), '%')}，请核对。"
            operands = (("level", level), ("growth", growth))
            yield Relation("P05S", operands, formula, "suspicious", growth.value, None, None, message)
