"""X02N: how far a growth or a rate lies above that of the country or the province, and what theirs then is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval
from pipeline.audit.relation import Relation, Verdict, number, quoted
from pipeline.audit.report import Report

_VERSUS: Final = "(?:分别)?(?P<way>words:farther_up farther_down)(?P<whom>[^，。；]{2,12})$"
REACH: Final = 2
"""How many figures before a distance what it is the distance of may stand."""
REACH_OF_EACH: Final = 8
"""The same where several are told together: 分别增长14.7%、13.7%，分别高于全市7.7、6.7个百分点."""


@dataclass(frozen=True, slots=True)
class Distance:
    """A rate, how far it lies from that of another region, and what that then is.

    Example: 7.6%, 1.7个百分点, 全国: 5.9%
    """

    rate: Figure
    points: Figure
    whom: str
    implied: Interval


@check("X02N", "与全国、全省的差距", severity="warning", doubt="info")
def versus(report: Report, tolerance: float) -> Iterator[Relation]:
    """A growth and its distance from that of the country imply the country's; two such statements must agree.

    Example: 规上工业增加值增长7.6%，高于全国1.7个百分点: 全国5.9%
    """
    told: dict[tuple[str, str, str, str], Distance] = {}
    for distance in _distances(report):
        rate, points, value = distance.rate, distance.points, distance.implied.middle
        key = (rate.label, rate.period, rate.measure, distance.whom)
        first = told.setdefault(key, distance)
        again = first is not distance
        agrees = first.implied.overlaps(distance.implied)
        verdict: Verdict = "undecided" if not again else "consistent" if agrees else "suspicious"
        sign = "+" if rate.value < value else "-"
        formula = f"{number(rate.value)}{sign}{number(abs(points.value))}={number(value, rate.unit)}（{distance.whom}）"
        message = ""
        if verdict == "suspicious":
            message = (
                f"{quoted(rate)}与{quoted(points)}推算{distance.whom}为{number(value, rate.unit)}，"
                f"前文推算为{number(first.implied.middle, rate.unit)}，请核对。"
            )
        operands = (("rate", rate), ("difference", points))
        yield Relation("X02N", operands, formula, verdict, rate.value, value, None, message)


def _distances(report: Report) -> Iterator[Distance]:
    versus, below = report.words.filled(_VERSUS), report.words.group("farther_down")
    for points in report.figures:
        if points.dimension != "percentage_points":
            continue
        match = versus.search(points.indicator) or versus.search(report.before(points, 14).strip())
        rate = _rate(report, points) if match else None
        if match and rate is not None:
            far = points.interval if points.value >= 0 else points.interval.scaled(-1)
            implied = rate.interval + far if match["way"] in below else rate.interval - far
            yield Distance(rate, points, match["whom"], implied)


def _rate(report: Report, points: Figure) -> Figure | None:
    """The growth or rate right before a distance, in its clause or the one before; of several that of its name."""
    each = points.rule == "label.respectively"
    for one in reversed(report.figures[max(0, points.number - (REACH_OF_EACH if each else REACH)) : points.number]):
        if one.sentence != points.sentence or "；" in report.between(one, points):
            return None
        named = points.label.startswith(one.label)
        if one.unit == "%" and (one.measure == "change" or one.is_level) and (named or not each):
            beside = named or one.number == points.number - 1
            return one if beside and one.comparator == "=" else None
    return None
