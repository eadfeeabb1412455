"""Dates of EDTF periods (ISO 8601-2), as far as reports use them."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import Final

Bounds = tuple[date | None, date | None]

_DATE: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?[?~%]?")
_OPEN: Final = frozenset({"", ".."})


@lru_cache(maxsize=4096)
def edtf_bounds(period: str | None) -> Bounds:
    """First and last day of a period; None for a side that is open, masked (20XX) or no date.

    Example: 上半年, ``edtf_bounds("2023-01/2023-06")`` → 2023-01-01 and 2023-06-30
    """
    if not period:
        return None, None
    start, slash, end = period.partition("/")
    return _first_day(start), _last_day(end if slash else start)


def _first_day(text: str) -> date | None:
    return _day(text, month=1, last=False)


def _last_day(text: str) -> date | None:
    return _day(text, month=12, last=True)


def _day(text: str, month: int, last: bool) -> date | None:
    found = None if text in _OPEN else _DATE.fullmatch(text)
    if found is None:
        return None
    year, month = int(found["year"]), int(found["month"] or month)
    if not (1 <= month <= 12 and year >= 1):
        return None
    days = calendar.monthrange(year, month)[1]
    day = int(found["day"] or (days if last else 1))
    return date(year, month, day) if 1 <= day <= days else None
