"""Periods of reports (EDTF) as time periods of SDMX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pipeline.edtf import edtf_bounds

OPEN: Final = ".."
IN, TO, FROM = "IN", "TO", "FROM"
_POINT: Final = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_MARK: Final = re.compile(r"[?~%]$")
_PARTS: Final = {6: "S", 3: "Q"}
"""Reporting periods of SDMX by their months; a year and a month have forms of their own."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time period, and whether the figure is of it, of all time up to its end, or of all time from its start.

    Example: 截至2024年底 → ``Moment("2024-12", "TO")``
    """

    period: str
    span: str = IN


def sdmx_time(edtf: str | None) -> Moment | None:
    """The time period of SDMX that says the same; None where none does (20XX, or nothing known).

    Example: ``sdmx_time("2024-01/2024-06")`` → ``Moment("2024-S1", "IN")``
    """
    first, slash, last = (edtf or "").partition("/")
    if slash and first in ("", OPEN):
        return _point(last, TO)
    if slash and last in ("", OPEN):
        return _point(first, FROM)
    return _range(*edtf_bounds(edtf)) if slash else _point(first, IN)


def _point(text: str, span: str) -> Moment | None:
    """A year, a month or a day; marks of doubt (2024~) have no place in SDMX."""
    said = _MARK.sub("", text)
    valid = _POINT.fullmatch(said) and edtf_bounds(said) != (None, None)
    return Moment(said, span) if valid else None


def _range(first: date | None, last: date | None) -> Moment | None:
    if first is None or last is None or last < first:
        return None
    after = last + timedelta(days=1) if last < date.max else last
    if first.day != 1 or after.day != 1:
        return Moment(f"{first}/P{(after - first).days}D")
    return Moment(_months(first, (after.year - first.year) * 12 + after.month - first.month))


def _months(first: date, months: int) -> str:
    if months == 12 and first.month == 1:
        return f"{first.year:04d}"
    if months == 1:
        return f"{first:%Y-%m}"
    letter = _PARTS.get(months)
    if letter and (first.month - 1) % months == 0:
        return f"{first.year:04d}-{letter}{(first.month - 1) // months + 1}"
    years, rest = divmod(months, 12)
    return f"{first}/P{years}Y" if years and not rest else f"{first}/P{months}M"
