"""D03C and D01C: what every county has one of, and how many counties and prefectures there are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from lexicons.regions import Region
from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict, quoted
from pipeline.audit.report import Report

MOST: Final = 3500
"""More counties than there are."""
MOST_OF: Final = 0.8
"""A count of fewer is one of some counties."""


@check("D03C", "县数与县级机构数", doubt="info")
def counties(report: Report, tolerance: float) -> Iterator[Relation]:
    """Things of which a county has one, against the number of counties the report gives or the region has.

    Example: 全州8县（市） … 建成县域医共体9个
    """
    counted = (figure for figure in report.telling("county_units") if figure.is_level)
    found = [figure for figure in counted if figure.unit in ("个", "家") and figure.value >= 2]
    if not found:
        return
    known = len(_counties_of(report))
    told = _told(report, known)
    for figure in found:
        if told is not None and told is not figure and figure.entity == told.entity:
            yield _relation(figure, told.value, (("units", figure), ("counties", told)))
        elif known and figure.entity == report.region and figure.value <= known:
            yield _relation(figure, known, (("units", figure),))


@check("D01C", "行政区划个数重复出现", severity="info")
def told_again(report: Report, tolerance: float) -> Iterator[Relation]:
    """All counties of a prefecture, all prefectures of a province, told more than once.

    Some of them, however many, may be others the next time.

    Example: 全州8县（市） … 全州8个县（市）
    """
    region = _region(report)
    if region is None or region.level == "county":
        return
    for group, number in (("county_counts", len(_counties_of(report))), ("prefecture_counts", _prefectures(report))):
        all_ = [one for one in _counts(report, group) if one.value == number > 1 and one.entity == report.region]
        for first, again in pairwise(all_):
            formula = f"{first.text.replace(' ', '')}={again.text.replace(' ', '')}"
            operands = (("first", first), ("again", again))
            yield Relation("D01C", operands, formula, "consistent", again.value, first.value)


def _told(report: Report, known: int) -> Figure | None:
    """The count of counties; one of some of them only is none."""
    own = (one for one in _counts(report, "county_counts") if one.entity == report.region)
    return max((one for one in own if one.value >= MOST_OF * known), key=lambda one: one.value, default=None)


def _counts(report: Report, group: str) -> Iterator[Figure]:
    """The figures that count units of administration: 8县（市）, 8个县（市）, not 22家县级医院."""
    units, behind = report.words.group(group), report.words.pattern(group)
    for one in report.levels:
        if one.unit in units:
            yield one
        elif one.dimension == "count" and one.value < MOST:
            text = report.behind(one, 8)
            match = behind.match(text)
            if match and not text.startswith(report.words.group("not_counties"), match.end()):
                yield one


def _region(report: Report) -> Region | None:
    return report.words.lexicons.regions.by_code(report.region_code) if report.region_code else None


def _prefectures(report: Report) -> int:
    regions, region = report.words.lexicons.regions, _region(report)
    return len([one for one in regions.children(region.code) if one.level == "prefecture"]) if region else 0


def _counties_of(report: Report) -> list[str]:
    """The counties and districts of a province or prefecture, by the list of regions."""
    regions, region = report.words.lexicons.regions, _region(report)
    if region is None or region.level == "county":
        return []
    below = regions.children(region.code)
    all_ = [one for child in below for one in (regions.children(child.code) or (child,))]
    return [one.code for one in all_ if one.level == "county"]


def _relation(figure: Figure, counties: float, operands: tuple[tuple[str, Figure], ...]) -> Relation:
    verdict: Verdict = "consistent" if figure.value <= counties else "suspicious"
    formula = f"{figure.value:g}{'≤' if figure.value <= counties else '>'}{counties:g}"
    message = f"{quoted(figure)}多于县（市、区）数{counties:g}个，请核对口径。"
    return Relation("D03C", operands, formula, verdict, figure.value, counties, None, message)
