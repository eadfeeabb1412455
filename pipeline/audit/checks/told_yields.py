"""C09L, X10L: the harvest of a field that a report tells, beside the output and the area that it tells too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.yields import HECTARES, harvests, of_one, tonnes
from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval, exactly
from pipeline.audit.moves import move_of
from pipeline.audit.relation import Relation, Verdict, number, quoted
from pipeline.audit.report import Report

KILOGRAMMES: Final = {"公斤": 1.0, "千克": 1.0, "斤": 0.5, "吨": 1000.0}
ROOM: Final = 0.2
"""Percentage points by which growths may miss that were rounded from others."""


@check("C09L", "单产与产量、面积", severity="info", doubt="info")
def told_yields(report: Report, tolerance: float) -> Iterator[Relation]:
    """Output by area is the yield that is told.

    Example: 粮食播种面积589.7万亩 … 粮食亩产491.1公斤 … 粮食总产289.6万吨
    """
    for output, area, told in _told(report):
        weight, _, field = told.unit.partition("/")
        made = [_mean(output, area, weight, one) for one in ((field,) if field else _fields(told))]
        holds = next((one for one in made if one.overlaps(told.interval)), None)
        mean = holds or min(made, key=lambda one: abs(one.middle - told.value))
        formula = f"{output.shown}/{area.shown}={number(mean.middle)}{told.suffix}".replace("\n", "")
        verdict: Verdict = "consistent" if holds else "suspicious"
        message = "" if holds else f"{quoted(told)}与{quoted(output)}、{quoted(area)}不符：{formula}，请核对。"
        operands = (("mean", told), ("total", output), ("units", area))
        yield Relation("C09L", operands, formula, verdict, told.value, mean.middle, None, message)


@check("X10L", "单产、面积与产量的增速", severity="info", doubt="info", tolerance=ROOM)
def growths_of_yields(report: Report, tolerance: float) -> Iterator[Relation]:
    """Output grows by what area and yield grow together; tolerance in points.

    Example: 粮食播种面积增长0.2% … 粮食亩产下降0.2% … 粮食总产增长0.01%
    """
    for figures in _told(report):
        more, wider, richer = (move.growth if (move := move_of(report, one)) else None for one in figures)
        if more is None or wider is None or richer is None or min(more.value, wider.value, richer.value) <= -100:
            continue
        made = (wider.interval + exactly(100)) * (richer.interval + exactly(100))
        expected = made.scaled(0.01) - exactly(100)
        holds = expected.low - tolerance <= more.interval.high and more.interval.low <= expected.high + tolerance
        formula = f"(1{wider.value / 100:+.6g})*(1{richer.value / 100:+.6g})-1={number(expected.middle, '%')}"
        verdict: Verdict = "consistent" if holds else "suspicious"
        message = "" if holds else f"{quoted(more)}与{quoted(wider)}、{quoted(richer)}不符：{formula}，请核对。"
        operands = (("growth", more), ("part_growth", wider), ("part_growth", richer))
        yield Relation("X10L", operands, formula, verdict, more.value, expected.middle, None, message)


def _told(report: Report) -> Iterator[tuple[Figure, Figure, Figure]]:
    """Outputs with their areas and the yields that are told of them."""
    words = report.words.group("yields_told")
    for output, area, _ in harvests(report):
        crop = area.label[: -len(next(end for end in report.words.group("areas_of_crops") if area.label.endswith(end)))]
        named = (one for word in words for one in report.named(crop + word))
        told = next((one for one in named if of_one(output, one) and one.unit.partition("/")[0] in KILOGRAMMES), None)
        if told is not None:
            yield output, area, told


def _fields(told: Figure) -> tuple[str, ...]:
    """The fields a yield without one in its unit may be meant for: 亩产 of a mu, 单产 of a mu or a hectare."""
    return ("亩",) if "亩" in told.label else ("亩", "公顷")


def _mean(output: Figure, area: Figure, weight: str, field: str) -> Interval:
    """What a field of one size bears, in the weight the yield is told in."""
    fields = area.interval * exactly(HECTARES[area.unit] / HECTARES.get(field, 1.0))
    return tonnes(output).scaled(1000 / KILOGRAMMES[weight]) / fields
