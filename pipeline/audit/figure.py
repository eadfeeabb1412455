"""Figures: mentions as the audit sees them, with the values their digits allow."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any, Final

from pipeline.audit.interval import Interval

_POINT: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
"""A character of a PDF's own font, in a number its point."""
_NUMBER: Final = re.compile(r"^[-－+±\d.,，．０-９~～—–至到]*(?:[一二三四五六七八九十百千两零〇几数]+(?=\D))?")
COUNTED: Final = {"count", "persons", "occasions"}
RATIO: Final = "ratio"
BOUNDING: Final = frozenset(("over", "nearly", "about", ">=", ">", "<=", "<"))
"""Comparators that say on which side of the number the value lies, and how near."""


_COLUMNS: Final = (
    "mention_id", "char_start", "char_end", "text", "value", "value_max", "decimals", "scale", "unit", "unit_text",
    "dimension", "comparator", "status", "measure", "basis", "indicator", "indicator_id", "qualifier", "entity",
    "entity_id", "period", "period_start", "period_end", "period_from", "part_of", "rule", "confidence",
)  # fmt: skip
_columns: Final = itemgetter(*_COLUMNS)


@dataclass(init=False, slots=True, eq=False)
class Figure:
    """A mention, by the columns of the table ``mentions``, and where it stands in its report; nobody changes it.

    It is made of a row of that table, which has None, not NaN, for a string that is not known; ``sentence`` and
    ``paragraph`` number the sentences and paragraphs of the report from 0; ``label`` is the indicator without the
    words that do not tell one figure from another (完成, 预算, 地方). What many checks ask for (``is_level`` …) is
    worked out once, when the figure is made or when it is first asked for.

    Example: the 14703人 of 全州辖区活产数14703人: label 活产数, value 14703.0, unit 人
    """

    id: str
    number: int
    start: int
    end: int
    text: str
    value: float
    value_max: float | None
    decimals: int
    scale: float
    unit: str
    unit_text: str
    dimension: str
    comparator: str
    status: str
    measure: str
    basis: str
    indicator: str
    indicator_id: str
    qualifier: str
    entity: str
    entity_id: str
    period: str
    period_start: date | None
    period_end: date | None
    period_from: str
    part_of: str
    rule: str
    confidence: float
    sentence: int
    paragraph: int
    label: str

    is_level: bool = field(init=False)
    """A level, not a change."""
    in_table: bool = field(init=False)
    """The cell of a table: its row and column tell it from every other cell, however alike they are called."""
    is_ratio: bool = field(init=False)
    """A percentage, a per mille, a rate per 100,000 …"""
    is_exact_count: bool = field(init=False)
    """A count written to the last one, which rounding did not touch: 12633例."""
    step: float = field(init=False)
    """One of the last written digit, in the unit: 1000 for 9.6万份 written with one decimal."""
    _interval: Interval | None = field(init=False, repr=False)
    _digits: int = field(init=False, repr=False)

    def __init__(self, row: Mapping[str, Any], number: int, sentence: int, paragraph: int, label: str) -> None:
        (
            self.id, self.start, self.end, self.text, value, upper, decimals, scale, unit, unit_text,
            self.dimension, self.comparator, self.status, self.measure, self.basis, indicator, indicator_id,
            qualifier, entity, entity_id, period, first, last, self.period_from, part_of, self.rule, confidence,
        ) = _columns(row)  # fmt: skip
        self.unit, self.unit_text, self.period, self.part_of = unit or "", unit_text or "", period or "", part_of or ""
        self.indicator, self.indicator_id = indicator or "", indicator_id or ""
        self.qualifier, self.entity, self.entity_id = qualifier or "", entity or "", entity_id or ""
        self.number, self.sentence, self.paragraph, self.label = number, sentence, paragraph, label
        self.value = value if value.__class__ is float else float(value)
        self.value_max = None if upper is None or upper != upper else float(upper)
        self.decimals = decimals if decimals.__class__ is int else int(decimals)
        self.scale = scale if scale.__class__ is float else float(scale)
        self.confidence = confidence if confidence.__class__ is float else float(confidence)
        self.period_start = first if first.__class__ is date else _day(first)
        self.period_end = last if last.__class__ is date else _day(last)
        self.is_level = self.measure == "level"
        self.in_table = self.rule.startswith("cell.")
        self.is_ratio = self.dimension == RATIO
        whole = self.decimals == 0 and self.scale == 1 and self.dimension in COUNTED
        self.is_exact_count = whole and self.value.is_integer()
        self.step = self.scale * 10.0**-self.decimals if self.decimals else self.scale
        self._interval, self._digits = None, -1

    @property
    def shown(self) -> str:
        """The figure as a message quotes it: without blanks, with a point where a PDF has a sign of its own.

        Example: ``9.6万份`` of 9.6 万份
        """
        told = self.text.replace(" ", "")
        return told if told.isprintable() else _POINT.sub(".", told)

    @property
    def suffix(self) -> str:
        """What stands behind the number: scale word and unit, 万元.

        Example: ``万份`` of 9.6万份
        """
        shown = self.shown
        number = _NUMBER.match(shown)
        return shown[number.end() :] if number else shown

    @property
    def interval(self) -> Interval:
        """The values the words and digits allow when they were rounded."""
        if self._interval is None:
            self._interval = (self._by_comparator() if self.comparator in BOUNDING else None) or self._rounded()
        return self._interval

    @property
    def truncated(self) -> Interval:
        """The values they allow when the digits behind were cut off: 9.66万 written as 9.6万."""
        if self.is_exact_count:
            return self.interval
        bounded = self._by_comparator()
        if bounded is not None:
            return bounded
        cut = self.value + math.copysign(self.step, self.value)
        return Interval(self.value, cut) if self.value <= cut else Interval(cut, self.value)

    @property
    def digits(self) -> int:
        """Digits of the number that carry information: 4 for 1711, 1 for 3000."""
        if self._digits < 0:
            written = "%.*f" % (self.decimals, abs(self.value) / self.scale)  # noqa: UP031  (a third faster)
            bare = written.replace(".", "").lstrip("0") if self.decimals else written.strip("0")
            self._digits = len(bare)
        return self._digits

    @property
    def places(self) -> int:
        """Digits of the number as written: 4 for 1711 and for 3000, 3 for 7.10."""
        return len(f"{abs(self.value) / self.step:.0f}")

    def _rounded(self) -> Interval:
        upper = self.value if self.value_max is None else self.value_max
        half = 0.0 if self.is_exact_count else self.step / 2
        return Interval(self.value - half, upper + half)

    def _by_comparator(self) -> Interval | None:
        if self.comparator not in BOUNDING:
            return None
        value, place = self.value, self._last_place()
        bounds = {
            "over": (value, value + place),
            "nearly": (value - place, value),
            "about": (value - place, value + place),
            ">=": (value, math.inf),
            ">": (value, math.inf),
            "<=": (-math.inf, value),
            "<": (-math.inf, value),
        }
        return Interval(*bounds[self.comparator])

    def _last_place(self) -> float:
        """The place of the last digit that is not 0: 2300余 is less than 2400."""
        place, written = self.step, round(abs(self.value) / self.step)
        while written and written % 10 == 0:
            place, written = place * 10, written // 10
        return place


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) and value == value else None
