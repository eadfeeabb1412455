"""C01, C02, C03: implied wholes that must be one."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval
from pipeline.audit.likeness import shared
from pipeline.audit.rates import Counted, counted
from pipeline.audit.relation import Relation, Verdict, number, quoted
from pipeline.audit.report import Report

PER_PERSON: Final = "/10万"
"""Rates of disease and death are told per hundred thousand inhabitants."""
SLIP: Final = 0.06
"""How near to a whole the logarithm of a slip of tens lies."""


@check("C01", "推算的常住人口", severity="error", doubt="info", tolerance=0.03)
def populations(report: Report, tolerance: float) -> Iterator[Relation]:
    """Counts with rates per inhabitant imply one population, within the tolerance (a share).

    Example: 建档14.97万份，建档率94.57%; 每千人口托位数1.69个，托位267个
    """
    implied = [(pair, pair.implied) for pair in counted(report) if _of_population(report, pair)]
    for (first, a), (second, b) in pairwise(implied):
        same = a.wider(tolerance).overlaps(b)
        formula = f"{number(a.middle)}{'≈' if same else '≠'}{number(b.middle)}人"
        message = (
            f"由{quoted(first.count)}、{quoted(first.rate)}推算人口{number(a.middle)}，"
            f"由{quoted(second.count)}、{quoted(second.rate)}推算人口{number(b.middle)}，"
            f"相差超过{number(100 * tolerance, '%')}。"
        )
        operands = (("rate", second.rate), ("count", second.count), ("count", first.count), ("rate", first.rate))
        verdict: Verdict = "consistent" if same else "inconsistent" if _tens_apart(a, b) else "suspicious"
        if verdict == "inconsistent":
            message += "两者约差十倍或百倍，请核对单位（％、‰、万）。"
        yield Relation("C01", operands, formula, verdict, b.middle, a.middle, tolerance * a.middle, message)


def _tens_apart(one: Interval, other: Interval) -> bool:
    """Whether two populations are apart by a power of ten: a unit that slipped."""
    power = math.log10(max(one.middle, other.middle) / max(1.0, min(one.middle, other.middle)))
    return round(power) >= 1 and abs(power - round(power)) < SLIP


def _of_population(report: Report, pair: Counted) -> bool:
    words, rate = report.words, pair.rate
    if pair.count.entity != rate.entity:
        return False
    if rate.unit == PER_PERSON:
        return True
    if rate.indicator_id:
        known = words.lexicons.indicators[rate.indicator_id]
        return any(name in words.group("population_names") for name in known.denominators)
    return any(f"占{name}" in rate.indicator for name in words.group("population_names"))


@check("C02", "同一人群推算的任务数", severity="warning", doubt="warning", tolerance=0.1)
def tasks(report: Report, tolerance: float) -> Iterator[Relation]:
    """Counts with rates of what was done for one group of people imply one number of them.

    Example: 为全州65岁以上老年人… 101451人，完成率57.62% (176069); 135257人，完成率65.62% (206122)
    """
    groups: dict[str, list[Counted]] = defaultdict(list)
    for pair in counted(report):
        group = report.words.pattern("people_groups").search(pair.rate.indicator + pair.count.indicator)
        if group and report.words.pattern("rates_of_done").search(pair.rate.indicator):
            groups[group[0]].append(pair)
    for name, pairs in groups.items():
        for first, second in pairwise(pairs):
            yield _compared(name, first, second, tolerance)


def _compared(name: str, first: Counted, second: Counted, tolerance: float) -> Relation:
    a, b = first.implied, second.implied
    same = a.wider(tolerance).overlaps(b)
    formula = f"{number(a.middle)}{'≈' if same else '≠'}{number(b.middle)}{first.count.unit}"
    message = (
        f"同为{name}，由{quoted(first.count)}、{quoted(first.rate)}推算应为{number(a.middle)}，"
        f"由{quoted(second.count)}、{quoted(second.rate)}推算应为{number(b.middle)}；如任务口径不同，请注明。"
    )
    operands = (("rate", second.rate), ("count", second.count), ("count", first.count), ("rate", first.rate))
    return Relation("C02", operands, formula, "consistent" if same else "suspicious", b.middle, a.middle,
                    tolerance * a.middle, message)  # fmt: skip


@check("C03", "人数超过推算人口", severity="warning", doubt="info", tolerance=0.005)
def coverage(report: Report, tolerance: float) -> Iterator[Relation]:
    """People counted in one go that are more than the population other figures of the report give.

    Example: 累计接种304.24万人 of 300.37万人
    """
    covering = report.telling("covers_everybody")
    known = _population(report) if covering else None
    if known is None:
        return
    rows, whole = known
    for figure in covering:
        persons = figure.unit == "人" and figure.is_level and figure.status == "actual" and figure.comparator == "="
        if not persons or figure in rows or figure.entity != rows[0].entity or shared(figure.label, "人口") >= 2:
            continue
        share = figure.value / whole.middle
        if 0.9 < share < 1.5:
            formula = f"{number(figure.value)}/{number(whole.middle)}={number(100 * share, '%')}"
            message = (
                f"{quoted(figure)}为推算人口{number(whole.middle)}的{number(100 * share, '%')}，"
                "请核对是否含外来或历年累计人数。"
            )
            verdict: Verdict = "suspicious" if share > 1 + tolerance else "consistent"
            operands = (("count", figure), *(("population", one) for one in rows))
            yield Relation("C03", operands, formula, verdict, figure.value, whole.middle, None, message)


def _population(report: Report) -> tuple[tuple[Figure, ...], Interval] | None:
    """The population of the report's region: stated, or implied by a count with its rate."""
    for name in report.words.group("population_names"):
        for one in report.named(name):
            if one.is_level and one.unit == "人" and one.entity == report.region:
                return (one,), one.interval
    for pair in counted(report):
        if _of_population(report, pair) and pair.rate.entity == report.region:
            return (pair.count, pair.rate), pair.implied
    return None
