"""C09Y, C09G, C09M: what a field and an animal bear."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval, exactly
from pipeline.audit.moves import move_of
from pipeline.audit.relation import Relation, Verdict, number, quoted
from pipeline.audit.report import Report
from pipeline.audit.words import Words

TONNES: Final = {"吨": 1.0, "千克": 0.001, "公斤": 0.001, "斤": 0.0005}
HECTARES: Final = {"公顷": 1.0, "亩": 1 / 15, "平方千米": 100.0, "平方公里": 100.0}
ANY_CROP: Final = (0.3, 150.0)
"""Least and greatest harvest of a hectare, in tonnes, that need no question where nothing is known of the crop."""
MOST_GROWTH: Final = 30.0
"""Percent by which the yield of a crop may change in a year without a question."""


@check("C09Y", "单位面积产量", doubt="info")
def yields(report: Report, tolerance: float) -> Iterator[Relation]:
    """Output and area of one crop, wherever they stand.

    Example: 水稻种植面积1235.9万亩 … 水稻产量126.6亿斤: 1024斤/亩
    """
    for output, area, (least, most) in harvests(report):
        mean = tonnes(output) / _hectares(area)
        formula = f"{_amount(output)}/{_amount(area)}={number(mean.middle)}吨/公顷"
        yield _plausible("C09Y", (output, area), mean, (least, most), formula, "吨/公顷")


@check("C09G", "产量与面积的增速", doubt="info")
def growths(report: Report, tolerance: float) -> Iterator[Relation]:
    """The growths of output and area of one crop say how its yield changed: seldom by three tenths within a year.

    Example: 蔬菜面积增长3.2% … 蔬菜产量增长34.5%: a third more on each field
    """
    for output, area, _ in harvests(report):
        more, wider = (move_of(report, one) for one in (output, area))
        if more is None or wider is None or more.growth is None or wider.growth is None:
            continue
        if min(more.growth.value, wider.growth.value) <= -100:
            continue
        made = (100 + more.growth.value) / (100 + wider.growth.value)
        value = 100 * (made - 1)
        holds = abs(value) <= MOST_GROWTH
        formula = f"(1{more.growth.value / 100:+.6g})/(1{wider.growth.value / 100:+.6g})-1={number(value, '%')}"
        message = ""
        if not holds:
            message = f"{quoted(more.growth)}、面积{quoted(wider.growth)}：单产变动{number(value, '%')}，请核对。"
        operands = (("growth", more.growth), ("part_growth", wider.growth), ("total", output), ("units", area))
        verdict: Verdict = "consistent" if holds else "suspicious"
        yield Relation("C09G", operands, formula, verdict, more.growth.value, wider.growth.value, None, message)


@check("C09M", "每头牲畜的产肉量", doubt="info")
def carcasses(report: Report, tolerance: float) -> Iterator[Relation]:
    """Meat and the animals it comes from: 60 to 110 kilogrammes a pig.

    Example: 出栏生猪385.2万头 … 猪肉产量29.8万吨: 77.5千克/头
    """
    for meat, animals, low, high in report.words.rows("livestock"):
        least, most = float(low), float(high)
        for output in report.named(meat):
            herds = (one for name in animals.split("/") for one in report.named(name) if of_one(output, one))
            herd = next((one for one in herds if one.unit in ("头", "只", "羽", "")), None)
            if herd is None or output.unit not in TONNES or not output.is_level:
                continue
            mean = tonnes(output).scaled(1000) / herd.interval
            formula = f"{_amount(output)}/{_amount(herd)}={number(mean.middle)}千克/{herd.unit or '头'}"
            yield _plausible("C09M", (output, herd), mean, (least, most), formula, "千克")


def _plausible(
    check: str, figures: tuple[Figure, Figure], mean: Interval, limits: tuple[float, float], formula: str, unit: str
) -> Relation:
    """The relation of an amount and of what it comes from, by how much each bears."""
    (output, base), (least, most) = figures, limits
    holds = mean.high >= least and mean.low <= most
    usual = f"超出通常范围（{number(least)}至{number(most)}），请核对数字和单位。"
    told = f"{quoted(output)}与{quoted(base)}：平均{number(mean.middle)}{unit}，{usual}"
    operands = (("total", output), ("units", base))
    verdict: Verdict = "consistent" if holds else "suspicious"
    return Relation(check, operands, formula, verdict, output.value, None, None, "" if holds else told)


def harvests(report: Report) -> Iterator[tuple[Figure, Figure, tuple[float, float]]]:
    """Outputs of crops with their areas, and what a hectare may bear.

    Example: 水稻产量126.6亿斤 with 水稻种植面积1235.9万亩, 3 to 14 tonnes
    """
    endings = report.words.group("areas_of_crops")
    known = _crops(report.words)
    harvest = report.words.filled("(?:words:outputs)$")
    for output in report.ending(*report.words.group("outputs")):
        crop = harvest.sub("", output.label)
        if not output.is_level or len(crop) < 2 or output.unit not in TONNES:
            continue
        names, least, most = known.get(crop, ((crop,), *ANY_CROP))
        areas = (one for name in dict.fromkeys((crop, *names)) for word in endings for one in report.named(name + word))
        area = next((one for one in areas if one.unit in HECTARES and of_one(output, one)), None)
        if area is not None:
            yield output, area, (least, most)


@cache
def _crops(words: Words) -> dict[str, tuple[tuple[str, ...], float, float]]:
    rows = ((tuple(names.split("/")), float(least), float(most)) for names, least, most in words.rows("yields"))
    return {name: row for row in rows for name in row[0]}


def of_one(output: Figure, other: Figure) -> bool:
    """Whether a figure tells of the place and the year of an output.

    Example: ``of_one(output, area)`` for 水稻产量126.6亿斤 and 水稻种植面积1235.9万亩
    """
    same = (output.entity, output.status, output.period_end) == (other.entity, other.status, other.period_end)
    return same and other.is_level and other.value > 0


def tonnes(output: Figure) -> Interval:
    """An output in tonnes.

    Example: ``tonnes(output)`` of 19.91万吨 is about 199100
    """
    return output.interval * exactly(TONNES[output.unit])


def _hectares(area: Figure) -> Interval:
    return area.interval * exactly(HECTARES[area.unit])


def _amount(figure: Figure) -> str:
    return figure.shown.replace("\n", "")
