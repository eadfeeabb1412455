"""Periods for people: what an EDTF period is called in Chinese, its years, what it may be compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pipeline.edtf import edtf_bounds

_PART: Final = re.compile(r"([\dX]{4})(?:-(\d\d|XX))?(?:-(\d\d|XX))?[?~%]?")
_SPANS: Final = {
    (1, 3): "一季度",
    (4, 6): "二季度",
    (7, 9): "三季度",
    (10, 12): "四季度",
    (1, 6): "上半年",
    (7, 12): "下半年",
    (1, 9): "前三季度",
    (1, 12): "",
}
"""Months of a year that have a name of their own; all twelve are the year."""
Part = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a period may be compared with: others of the same ``name``; ``at`` is where it stands among them.

    Example: ``Kind("上半年", "2023")``
    """

    name: str
    at: str


def period_label(period: str | None) -> str:
    """What people call a period; the period itself where it has no usual name.

    Example: ``period_label("2023-01/2023-06")`` → ``2023年上半年``
    """
    if not period:
        return ""
    start, slash, end = period.partition("/")
    if not slash:
        return _one(start) or period
    last = _part(end)
    if start in ("", ".."):
        return f"截至{_end(last)}" if last else period
    first = _part(start)
    return _span(first, last) if first and last else period


def years_of(period: str | None) -> tuple[int, int] | None:
    """First and last year a period touches; None when it is masked or there is none.

    Example: ``years_of("2021/2025")`` → ``(2021, 2025)``
    """
    start, end = edtf_bounds(period)
    if end is None:
        return (start.year, start.year) if start else None
    return (start.year if start else end.year, end.year)


def kind_of(period: str | None) -> Kind | None:
    """With which periods one may be compared: whole years, ends of years, first halves, months; None for others.

    Example: ``kind_of("../2023-12")`` → ``Kind("年末", "2023")``
    """
    start, slash, end = (period or "").partition("/")
    first, last = _part(start), _part(end)
    if not slash:
        return _kind_of_one(first) if first and "X" not in start else None
    if "X" in (period or "") or last is None:
        return None
    if start in ("", ".."):
        return Kind("年末" if last[1] == 12 else f"{last[1]}月末", last[0]) if last[1] else Kind("年末", last[0])
    if first is None or first[0] != last[0] or first[2] or last[2] or not (first[1] and last[1]):
        return None
    return Kind(_SPANS.get((first[1], last[1]), f"{first[1]}—{last[1]}月") or "年度", first[0])


def _kind_of_one(part: Part) -> Kind | None:
    year, month, day = part
    if day:
        return None
    return Kind("月度", f"{year}-{month:02}") if month else Kind("年度", year)


def _part(text: str) -> Part | None:
    """Year, month and day; 0 for what is not said or masked."""
    match = _PART.fullmatch(text)
    if match is None:
        return None
    month, day = (int(found) if found and found.isdecimal() else 0 for found in match.groups()[1:])
    return match[1], month, day


def _one(text: str) -> str:
    part = _part(text)
    if part is None:
        return ""
    year, month, day = part
    return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")


def _end(part: Part) -> str:
    year, month, day = part
    if day:
        return f"{year}年{month}月{day}日"
    return f"{year}年底" if month in (0, 12) else f"{year}年{month}月底"


def _span(first: Part, last: Part) -> str:
    if first[0] == last[0] and first[1] and last[1] and not (first[2] or last[2]):
        months = _SPANS.get((first[1], last[1]))
        return f"{first[0]}年{months if months is not None else f'{first[1]}—{last[1]}月'}"
    if not (first[1] or last[1]):
        return f"{first[0]}—{last[0]}年"
    ends = (f"{year}年{f'{month}月' if month else ''}{f'{day}日' if day else ''}" for year, month, day in (first, last))
    return "—".join(ends)
