"""X01A, X01P, R05M, P02T: an increase and the level it leads to, a mark that was passed, money and what it moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import exactly
from pipeline.audit.relation import Relation, Verdict, in_scale, number, quoted
from pipeline.audit.report import Report

_REACHED: Final = "[、，,]?(?:words:all_now)?(?:words:grown_to)了?"
_PASSED: Final = "(?:words:for_once)[^。；]{0,16}(?:words:passing)$"
_MOVED: Final = "[^。；]{0,12}(?:words:moving)[^。；]{0,14}"
_YEARS: Final = re.compile(
    "[、，,]?(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,2})年(?:间|来|累计|共|总共)?(?P<way>[增提上下降]..?)?"
)
TIMES: Final = "倍"
POINTS: Final = "percentage_points"
NEAR: Final = 12


@check("X01A", "增量与达到的水平", severity="warning")
def increments(report: Report, tolerance: float) -> Iterator[Relation]:
    """增加A、达到B: what was added is not more than what there is.

    Example: 通用机场增加11个、达到25个
    """
    reached = report.words.filled(_REACHED)
    for first, second in _neighbours(report):
        added = not first.is_level and second.is_level and first.value > 0 and first.label == second.label
        alike = first.unit == second.unit or second.unit.startswith(f"{first.unit}/")
        if added and alike and reached.fullmatch(report.between(first, second)):
            holds = first.interval.low <= second.interval.high
            sign = "≤" if holds else ">"
            formula = f"{in_scale(first.value, second)}{sign}{in_scale(second.value, second)}{second.suffix}"
            message = "" if holds else f"{quoted(first)}多于{quoted(second)}：新增的不应多于全部，请核对。"
            verdict: Verdict = "consistent" if holds else "suspicious"
            yield Relation("X01A", (("change", first), ("level", second)), formula, verdict, first.value,
                           second.value, None, message)  # fmt: skip


@check("X01P", "称突破的关口与水平", severity="warning")
def passed(report: Report, tolerance: float) -> Iterator[Relation]:
    """达到A，首次突破B: the mark that was passed is not more than what was reached.

    Example: 地区生产总值达到10.3万亿元，成为北方第一个过10万亿元省份
    """
    passing = report.words.filled(_PASSED)
    for first, second in _neighbours(report):
        levels = first.is_level and second.is_level and first.unit == second.unit and first.status == second.status
        between = report.between(first, second)
        if not levels or first.is_ratio or not passing.search(between):
            continue
        holds = first.value >= second.value
        if holds or (first.label == second.label and first.comparator == "=" and "、" not in first.indicator):
            formula = f"{first.text}{'≥' if holds else '<'}{second.text}"
            message = "" if holds else f"{quoted(first)}小于所称突破的{second.text}，请核对。"
            verdict: Verdict = "consistent" if holds else "suspicious"
            yield Relation("X01P", (("exact", first), ("passed", second)), formula, verdict, first.value, second.value,
                           None, message)  # fmt: skip


@check("R05M", "资金带动的规模")
def moved(report: Report, tolerance: float) -> Iterator[Relation]:
    """Money and the greater sum it is said to have moved; a smaller one may have been meant so.

    Example: 落实资金280多亿元，带动商品销售2000多亿元: 7.1 times
    """
    moving = report.words.filled(_MOVED)
    for first, second in _neighbours(report):
        money = first.dimension == second.dimension == "money" and first.unit == second.unit
        levels = first.is_level and second.is_level and first.value > 0 and first.status == second.status
        if money and levels and moving.fullmatch(report.between(first, second)):
            times = number(second.value / first.value)
            formula = f"{in_scale(second.value, first)}/{in_scale(first.value, first)}={times}倍"
            operands = (("total", second), ("part", first))
            if second.interval.high >= first.interval.low:
                yield Relation("R05M", operands, formula, "consistent", second.value, first.value)


@check("P02T", "由多年或成倍的变动推算期初", severity="info")
def openings(report: Report, tolerance: float) -> Iterator[Relation]:
    """A level with what it grew by in some years, or by how many times: what it was before; nothing decides it.

    Example: 骨干龙头企业1100家、增长1.5倍: 440家
    """
    for level, change in _neighbours(report):
        if not level.is_level or change.is_level or level.value <= 0 or change.comparator not in ("=", "about"):
            continue
        between = report.between(level, change)
        several = (
            bool(_YEARS.match(between)) and len(between) <= NEAR and (change.unit == "%" or change.dimension == POINTS)
        )
        times = change.unit == TIMES and change.label == level.label
        before = _before(level, change) if several or times else None
        if before is not None and before > 0:
            formula = f"{level.text}，变动{change.text}：期初{in_scale(before, level)}{level.suffix}"
            yield Relation("P02T", (("level", level), ("change", change)), formula, "undecided", level.value, before)


def _before(level: Figure, change: Figure) -> float | None:
    if change.dimension == POINTS:
        return level.value - change.value if level.is_ratio else None
    growth = change.interval if change.unit == TIMES else change.interval.scaled(0.01)
    return (level.interval / (exactly(1) + growth)).middle if growth.low > -1 else None


def _neighbours(report: Report) -> Iterator[tuple[Figure, Figure]]:
    for first, second in pairwise(report.figures):
        if first.sentence == second.sentence and first.entity == second.entity and not first.in_table:
            yield first, second
