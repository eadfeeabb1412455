"""R02N: X占Y的比重, where X and Y are told elsewhere in the report under these names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.stated_rates import OF_SHARES, closes_a_hundred, ratio, repairable, stated_in
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation
from pipeline.audit.report import Report

_SHARE: Final = f"(?P<part>.{{2,20}})占(?P<whole>.{{2,20}}?){OF_SHARES}"
MOST: Final = 20
"""Figures of one name that are tried."""


@check("R02N", "占比与所在总量", doubt="info")
def named_shares(report: Report, tolerance: float) -> Iterator[Relation]:
    """The share that one thing has in another, both told by their names in other chapters.

    Example: 工业增加值占地区生产总值的比重为25.7% … 地区生产总值2191.55亿元 … 工业增加值564.05亿元
    """
    told, share = stated_in(report), report.words.filled(_SHARE)
    for rate in report.by_unit.get("%", ()):
        match = share.fullmatch(rate.indicator) if rate.is_level and "占" in rate.indicator else None
        if match is None or rate.id in told or rate.comparator not in ("=", "about") or rate.in_table:
            continue
        parts, wholes = (_levels(report, match[name], rate) for name in ("part", "whole"))
        made = [ratio("R02N", part, whole, rate) for part in parts for whole in wholes if part.unit == whole.unit]
        best = next((one for one in made if one.verdict != "inconsistent"), None)
        if best is not None:
            yield best
        elif len(made) == 1 and repairable(parts[0], wholes[0], rate):
            yield replace(made[0], verdict="undecided" if closes_a_hundred(report, rate) else "suspicious")


def _levels(report: Report, name: str, rate: Figure) -> Sequence[Figure]:
    """The levels of a name that are of the place and time of a share."""
    return [
        one
        for one in report.named(name)[:MOST]
        if one.is_level
        and not one.is_ratio
        and one.value > 0
        and (one.entity, one.status) == (rate.entity, rate.status)
        and one.period_end == rate.period_end
    ]
