"""When a field of a matched pair is right."""

from __future__ import annotations

import calendar
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from pipeline.evaluate.gold import GoldMention, Reading
from pipeline.evaluate.tables import Prediction

FIELDS = ("quantity", "comparator", "status", "measure", "indicator", "entity", "period")
"""What a tuple consists of: it is right when all of these are."""
STRICT = ("indicator_strict", "period_strict")
RARE: dict[str, tuple[str, Callable[[str | None], bool]]] = {
    "target": ("status", lambda value: value == "target"),
    "change": ("measure", lambda value: value == "change"),
    "not '='": ("comparator", lambda value: value != "="),
}
"""Values worth finding, each with its field: always answering the default is right on nearly all others."""

LENIENT_F1, STRICT_F1 = 0.6, 0.85
_NOISE = re.compile(r"[\s\W_]+")
_END_OF_MONTH = "99"


class Span(NamedTuple):
    """An EDTF period as its ends; None where it is open.

    Example: ``../2023-06`` → start None, end ("2023", "06", "99")
    """

    start: tuple[str, str, str] | None
    end: tuple[str, str, str] | None


def judge(gold: GoldMention, found: Prediction) -> dict[str, bool]:
    """For every field of FIELDS and STRICT whether it is right.

    Example: 94.5% with the label 建册率 against the core 早孕建册 → quantity True, indicator False …
    """
    verdict = {field: getattr(found, field) in gold.accepted[field] for field in ("comparator", "status", "measure")}
    verdict["quantity"] = same_quantity(gold, found)
    verdict["indicator"] = same_label(gold.readings, found.indicator, LENIENT_F1)
    verdict["indicator_strict"] = same_label(gold.readings, found.indicator, STRICT_F1)
    verdict["entity"] = (found.entity or "") in gold.accepted["entity"]
    verdict["period"] = same_period(gold.accepted["period"], found.period)
    verdict["period_strict"] = same_period(gold.accepted["period"], found.period, strict=True)
    return verdict


def same_quantity(gold: GoldMention, found: Prediction) -> bool:
    """Whether value, upper end and unit agree.

    Example: 5626.366万元 against 56263660 元 → True
    """
    unit_is_right = (found.unit or "") in gold.accepted["unit"]
    return unit_is_right and _close(gold.value, found.value) and _close(gold.value_max, found.value_max)


def _close(one: float | None, other: float | None) -> bool:
    one, other = _known(one), _known(other)
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def _known(number: float | None) -> float | None:
    return None if number is None or math.isnan(number) else number


def same_label(readings: Iterable[Reading], label: str | None, floor: float) -> bool:
    """Whether a label holds the core of a reading and its characters' F1 against the whole reaches ``floor``.

    Punctuation and blanks do not count.

    Example: 监督检查公共场所 against the core 监督检查, 公共场所 → True
    """
    bare = _bare(label or "")
    return any(_holds(bare, reading.core) and _f1(bare, _bare(reading.full)) >= floor for reading in readings)


def _bare(text: str) -> str:
    return _NOISE.sub("", text)


def _holds(label: str, pieces: Iterable[str]) -> bool:
    rest = label
    for piece in map(_bare, pieces):
        _, found, rest = rest.partition(piece) if piece else ("", "-", rest)
        if not found:
            return False
    return True


def _f1(one: str, other: str) -> float:
    common = (Counter(one) & Counter(other)).total()
    return 2 * common / (len(one) + len(other)) if common else 0.0


def same_period(accepted: Iterable[str], period: str | None, *, strict: bool = False) -> bool:
    """Whether a period ends as an accepted one does, and starts so where both have a start; strictly, always.

    Example: ``2023-01/2023-06`` against ``../2023-06`` → True, strictly False
    """
    found = span(period)
    if strict or found is None:
        return any(span(text) == found for text in accepted)
    return any(_agree(gold, found) for gold in map(span, accepted) if gold)


def _agree(one: Span, other: Span) -> bool:
    return one.end == other.end and (one.start is None or other.start is None or one.start == other.start)


def span(period: str | None) -> Span | None:
    """The ends of an EDTF period, None when there is no period.

    Example: ``2023`` → ("2023", "01", "01"), ("2023", "12", "99")
    """
    if not period:
        return None
    start, _, end = period.partition("/")
    end = end or start
    return Span(None if start in ("..", "") else _first_day(start), None if end == ".." else _last_day(end))


def _first_day(date: str) -> tuple[str, str, str]:
    year, month, day = (*date.split("-"), "", "")[:3]
    return year, month or "01", day or "01"


def _last_day(date: str) -> tuple[str, str, str]:
    """The last day meant by a date; that of a month is always written 99, so 2023-06 and 2023-06-30 agree."""
    year, month, day = (*date.split("-"), "", "")[:3]
    month, day = month or "12", day or _END_OF_MONTH
    if (year + month + day).isdigit() and 1 <= int(month) <= 12 and day != _END_OF_MONTH:
        last = calendar.monthrange(int(year), int(month))[1]
        day = _END_OF_MONTH if int(day) == last else day
    return year, month, day
