"""D03C: what every county has one of, and how many counties there are."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict, quoted
from pipeline.audit.report import Report


@check("D03C", "县数与县级机构数", doubt="info")
def counties(report: Report, tolerance: float) -> Iterator[Relation]:
    """Things of which a county has one, against the number of counties the report gives or the region has.

    Example: 全州8县（市） … 建成县域医共体9个
    """
    counted = (figure for figure in report.telling("county_units") if figure.is_level)
    found = [figure for figure in counted if figure.unit in ("个", "家") and figure.value >= 2]
    if not found:
        return
    told = _told(report)
    known = len(_counties_of(report))
    for figure in found:
        if told is not None and told is not figure and figure.entity == told.entity:
            yield _relation(figure, told.value, (("units", figure), ("counties", told)))
        elif known and figure.entity == report.region and figure.value <= known:
            yield _relation(figure, known, (("units", figure),))


def _told(report: Report) -> Figure | None:
    units, behind = report.words.group("county_counts"), report.words.pattern("county_counts")
    own = (one for one in report.levels if one.entity == report.region)
    own = (one for one in own if one.unit in units or behind.match(report.behind(one, 8)))
    return max(own, key=lambda one: one.value, default=None)


def _counties_of(report: Report) -> list[str]:
    """The counties and districts of a province or prefecture, by the list of regions."""
    regions = report.words.lexicons.regions
    region = regions.by_code(report.region_code) if report.region_code else None
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
