"""C09: means that neighbouring figures imply: money a person, persons an event, beds a home."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.likeness import shared
from pipeline.audit.relation import Relation, Verdict, number, quoted
from pipeline.audit.report import Report
from pipeline.audit.whole import is_mean
from pipeline.audit.words import Words

_CUT: Final = re.compile("[；。;]")
_LISTED: Final = re.compile("[^，。；、]*、[^，。；、]*")
REACH: Final = 2
MOST_PAIRS: Final = 4096
"""Pairs of units of which it is remembered."""
TEAMS: Final = ("个", "支")
"""Units in which teams are counted."""
ALIKE: Final = 3
"""Characters the labels of two figures share that stand in different sentences."""


@check("C09", "平均数的合理范围", doubt="info")
def per_unit(report: Report, tolerance: float) -> Iterator[Relation]:
    """Spread a figure over a neighbouring one and ask whether the mean can be.

    Example: 知识讲座22场，受益2.5万余人: 1136人一场
    """
    figures, spread = report.figures, _spread(report.words)
    for apart in range(1, REACH + 1):
        for first, second in zip(figures, figures[apart:], strict=False):
            if first.is_ratio or second.is_ratio or not first.is_level or not second.is_level:
                continue
            spreads = spread[first.unit, first.dimension, second.unit, second.dimension]
            if spreads and _neighbours(report, first, second):
                relation = _mean(report, first, second) or _mean(report, second, first)
                if relation is not None:
                    yield relation


def _neighbours(report: Report, first: Figure, second: Figure) -> bool:
    if first.paragraph != second.paragraph or first.value <= 0 or second.value <= 0:
        return False
    if first.entity != second.entity or first.status != second.status or first.part_of == second.id:
        return False
    if not _CUT.search(report.between(first, second)) or shared(first.label, second.label) >= ALIKE:
        return True
    return _named_range(report, first, second) is not None or _named_range(report, second, first) is not None


class _Spread(dict[tuple[str, str, str, str], bool]):
    """Whether of figures of two units, each with its dimension, one may be spread over the other."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._known = _ranges(words)

    def __missing__(self, units: tuple[str, str, str, str]) -> bool:
        if len(self) >= MOST_PAIRS:
            self.clear()
        unit, dimension, other, other_dimension = units
        keys = ((unit, other), (dimension, other), (other, unit), (other_dimension, unit))
        may = unit in TEAMS or other in TEAMS or any(key in self._known for key in keys)
        found = self[units] = may and "/" not in unit + other
        return found


@lru_cache(maxsize=2)
def _spread(words: Words) -> _Spread:
    return _Spread(words)


class _Range(NamedTuple):
    """A row of the group per_unit: where it stands, the means that need no question, whether others are asked for."""

    place: int
    least: float
    most: float
    ask: bool


@lru_cache(maxsize=2)
def _ranges(words: Words) -> dict[tuple[str, str], _Range]:
    """The first row for each unit or dimension and unit it is spread over."""
    found: dict[tuple[str, str], _Range] = {}
    for place, (of, over, least, most, *ask) in enumerate(words.rows("per_unit")):
        for unit in over.split("、"):
            found.setdefault((of, unit), _Range(place, float(least), float(most), bool(ask)))
    return found


def _mean(report: Report, much: Figure, many: Figure) -> Relation | None:
    if is_mean(much) or _is_some(report, much, many):
        return None
    if many.unit in TEAMS:
        for name, unit, least, most in report.words.rows("team"):
            if much.unit == unit and name in many.label:
                return _relation(much, many, float(least), float(most), True)
    named = _named_range(report, much, many)
    if named is not None:
        return _relation(much, many, *named, False)
    known = _ranges(report.words)
    found = [row for of in (much.unit, much.dimension) if (row := known.get((of, many.unit))) is not None]
    if found:
        usual = min(found)
        return _relation(much, many, usual.least, usual.most, usual.ask and _one_clause(report, much, many))
    if much.unit == many.unit == "个" and much.label.startswith(many.label):
        return _relation(much, many, 1, 2000, False)
    return None


def _is_some(report: Report, much: Figure, many: Figure) -> bool:
    """Whether what is counted is but some of what the other is of: its part, or one item of a list.

    Example: 总投资402亿元，其中2个项目; 投入4040万元，改造2个中心、12个助餐点
    """
    if many.part_of and not much.part_of and many.part_of != much.id:
        return True
    beside = (report.figures[at] for at in (many.number - 1, many.number + 1) if 0 <= at < len(report.figures))
    alike = (one for one in beside if one is not much and one.dimension == many.dimension)
    return any(_LISTED.fullmatch(_gap(report, one, many)) for one in alike)


def _gap(report: Report, one: Figure, other: Figure) -> str:
    return report.between(*sorted((one, other), key=lambda figure: figure.number))


def _named_range(report: Report, much: Figure, many: Figure) -> tuple[float, float] | None:
    """The means that need no question of what two names say: 托位 of 托育机构."""
    rows = report.words.rows("per_name")
    ranges = ((float(a), float(b)) for of, over, a, b in rows if of in much.label and over in many.label)
    return next(ranges, None)


def _one_clause(report: Report, much: Figure, many: Figure) -> bool:
    first, second = sorted((much, many), key=lambda one: one.number)
    beside = second.number - first.number == 1 and not _CUT.search(report.between(first, second))
    if much.unit not in ("人", "人次") or many.unit not in ("场", "场次"):
        return beside
    heard = report.words.pattern("recipients").search(report.between(first, second) + much.label)
    crowd = report.words.pattern("crowds").search(first.label + second.label + report.sentence_text(many.sentence))
    return beside and first is many and bool(heard) and not crowd


def _relation(much: Figure, many: Figure, least: float, most: float, ask: bool) -> Relation | None:
    mean = much.interval / many.interval
    verdict: Verdict = "consistent" if mean.high >= least and mean.low <= most else "suspicious"
    if verdict == "suspicious" and not ask:
        return None
    value = much.value / many.value
    unit = f"{much.unit}/{many.unit}"
    formula = f"{number(much.value)}/{number(many.value)}={number(value)}{unit}"
    message = ""
    if verdict != "consistent":
        message = (
            f"{quoted(much)}与{quoted(many)}：平均{number(value)}{unit}，"
            f"超出通常范围（{number(least)}至{number(most)}），请核对数字和单位。"
        )
    return Relation("C09", (("total", much), ("units", many)), formula, verdict, much.value, None, None, message)
