"""A02L: what a region's own level keeps is no more than what the whole region has."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Final

from pipeline.audit.accounts import of_own_level_and_whole
from pipeline.audit.check import check
from pipeline.audit.checks.parts import at_most
from pipeline.audit.debts import debts_of_own_level
from pipeline.audit.own_levels import own_and_whole
from pipeline.audit.relation import Relation
from pipeline.audit.report import Report

MOST: Final = 0.1
"""The share of a report's pairs that may fail: with more, zones below are told under the name of the whole."""
NEAR: Final = 1.5
"""How many times the whole an own level may be; what is more was told of a zone, or of another fund."""


@check("A02L", "本级不大于全域", doubt="info")
def own_levels(report: Report, tolerance: float) -> Iterator[Relation]:
    """The same item of 全市 and of 市本级: revenue, spending, what is left, debts; not what flows between levels.

    Example: 市本级一般公共预算收入120860万元, 全市654233万元
    """
    flows = report.words.pattern("own_level_flows")
    told = [pair for pair in own_and_whole(report) if not flows.search(pair[0].label)]
    pairs = list({own.id: (own, whole) for own, whole in (*debts_of_own_level(report), *told)}.values())
    yield from _in_accounts(report, {own.id for own, _ in pairs})
    failing = {own.id for own, whole in pairs if own.interval.low > whole.interval.high}
    if len(failing) > 1 and len(failing) > MOST * len(pairs):
        return
    for own, whole in pairs:
        operands = ("own_level", own), ("whole", whole)
        if own.id not in failing:
            yield at_most("A02L", *operands, "consistent")
        elif own.value <= NEAR * whole.value:
            yield at_most("A02L", *operands, "suspicious", "本级不应大于全域，请核对两数的口径。")


def _in_accounts(report: Report, told: Container[str]) -> Iterator[Relation]:
    """Items whose names say only together with the budget they stand in what they are: 上年结余, 滚存结余.

    What fails says nothing: the budget was not named.
    """
    flows = report.words.pattern("own_level_flows")
    for item, own, whole in of_own_level_and_whole(report):
        if own.id not in told and not flows.search(item) and own.interval.low <= whole.interval.high:
            yield at_most("A02L", ("own_level", own), ("whole", whole), "consistent")
