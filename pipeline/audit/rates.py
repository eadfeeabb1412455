"""Rates: a ratio with the count it is a share of, and the whole the two imply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval
from pipeline.audit.likeness import shared
from pipeline.audit.report import Report

PER: Final = {"%": 100.0, "‰": 1000.0, "/10万": 1e5, "/万": 1e4, "/百万": 1e6}
REACH: Final = 3
"""How many figures before a rate its count may stand."""
ALIKE: Final = 2
"""Characters the names of a count and its rate share."""


@dataclass(init=False, slots=True, eq=False)
class Counted:
    """A count and the rate the text gives beside it.

    Example: 14.97万份 and 94.57%
    """

    count: Figure
    rate: Figure
    _implied: Interval | None = field(init=False, repr=False)

    def __init__(self, count: Figure, rate: Figure) -> None:
        self.count, self.rate, self._implied = count, rate, None

    @property
    def implied(self) -> Interval:
        """The whole that count and rate imply, in the unit of the count."""
        if self._implied is None:
            self._implied = (self.count.interval / self.rate.interval).scaled(per(self.rate) or 100.0)
        return self._implied


_PER_HEAD: Final = re.compile("每(?P<number>百|千|万|十万)人")
_MANY: Final = "(?:words:ends_of_having)$"
_HEADS: Final = {"百": 100.0, "千": 1000.0, "万": 1e4, "十万": 1e5}


def per(rate: Figure) -> float | None:
    """What a rate is a part of: 100 for %, 1000 for ‰; None for other units.

    Example: ``per(figure)`` → 100.0
    """
    if not rate.is_level or rate.value <= 0:
        return None
    heads = _PER_HEAD.match(rate.label) if rate.label.startswith("每") else None
    if heads and rate.value > _HEADS[heads["number"]]:
        return None
    return _HEADS[heads["number"]] if heads else PER.get(rate.unit) if rate.is_ratio else None


@lru_cache(maxsize=2)
def rates(report: Report) -> tuple[Figure, ...]:
    """The figures of a report that are a share of something, in the order of the text.

    Example: ``rates(report)[0].text`` → ``94.57%``
    """
    return tuple(figure for figure in report.levels if per(figure) is not None)


@lru_cache(maxsize=2)
def counted(report: Report) -> tuple[Counted, ...]:
    """The rates of a report that have their count right before them in the sentence and in name.

    Example: ``counted(report)[0].implied`` → about 158,295
    """
    return tuple(_pairs(report))


def _pairs(report: Report) -> Iterator[Counted]:
    for rate in rates(report):
        if rate.status == "target":
            continue
        for count in reversed(report.figures[max(0, rate.number - REACH) : rate.number]):
            if _fits(report, count, rate):
                yield Counted(_whole(report, count, rate), rate)
                break


def _whole(report: Report, count: Figure, rate: Figure) -> Figure:
    """The count a part belongs to, where the rate names the part no better: 离婚率 behind 法院判决离婚."""
    whole = report.by_id.get(count.part_of)
    per_head = rate.is_ratio and rate.unit != "%"
    if whole is None or whole.unit != count.unit or not per_head or not _may_count(whole, rate):
        return count
    return whole if shared(whole.label, rate.label) >= max(ALIKE, shared(count.label, rate.label)) else count


def _fits(report: Report, count: Figure, rate: Figure) -> bool:
    if rate.sentence - count.sentence > 1 or "；" in report.between(count, rate):
        return False
    return _may_count(count, rate) and (rate.rule == "label.relational" or _alike(report, count, rate))


def _may_count(count: Figure, rate: Figure) -> bool:
    if count.paragraph != rate.paragraph or count.is_ratio or not count.is_level or count.value <= 0:
        return False
    return count.status == rate.status and count.comparator not in (">=", "<=", ">", "<")


def _alike(report: Report, count: Figure, rate: Figure) -> bool:
    """Whether the names have more in common than 人口 or 人数."""
    common = report.words.pattern("unlike")
    if rate.indicator in report.words.group("rates_of_done") and rate.sentence == count.sentence:
        return rate.number - count.number == 1
    core = _PER_HEAD.sub("", rate.label).removeprefix("口")
    beside = core != rate.label and rate.unit == count.unit and rate.number - count.number == 1
    if beside and _of_one_noun(*(report.words.filled(_MANY).sub("", label) for label in (core, count.label))):
        return True
    enough = max(ALIKE, len(core) - 2) if core != rate.label else ALIKE
    return shared(common.sub("", count.label), common.sub("", core)) >= min(enough, len(core))


def _of_one_noun(core: str, label: str) -> bool:
    """民政服务床位 and 民政服务机构和设施拥有床位; not 高价值发明专利 and 发明专利."""
    return len(core) >= ALIKE and label.endswith(core[-ALIKE:]) and set(core) <= set(label) and label[0] != "每"
