"""How a form of time is read: the EDTF period it stands for, given the year of the report."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

PeriodKind = Literal["span", "as_of", "baseline", "beside"]
"""``baseline`` is what a figure is compared with (比上年), ``beside`` when the next one was (由上年的300万元)."""
_HAN_NUMBER: Final = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
PLAN: Final = "十[一二三四五六]五"
"""The name of a five-year plan, as a pattern."""
_FOUR_DIGITS: Final = re.compile(r"\d{4}")
FIVE_YEAR_PLANS: Final = {
    "十一五": 2006,
    "十二五": 2011,
    "十三五": 2016,
    "十四五": 2021,
    "十五五": 2026,
    "十六五": 2031,
}


@dataclass(frozen=True, slots=True)
class PeriodBase:
    """What unsaid years and ends are taken from: the reporting period of the document or the section.

    Example: 2023-01/2023-06 → year 2023, end 2023-06
    """

    year: str
    end: str
    edtf: str
    now: str = ""
    """The end of the reporting period where that is not this one's (in a section that plans)."""

    @staticmethod
    def of(edtf: str) -> PeriodBase:
        """The base an EDTF period gives; empty parts where the period is unknown."""
        start, _, end = edtf.partition("/")
        last = end or start
        year = last[:4]
        return PeriodBase(year, last if len(last) > 4 else f"{year}-12" if year else "", edtf)

    def shifted(self, years: int) -> str:
        """The year ``years`` later; masked years cannot be counted and stay."""
        return str(int(self.year) + years) if self.year.isdigit() else self.year


Reader = Callable[["re.Match[str]", PeriodBase], "tuple[str, PeriodKind]"]
"""Reads a match of a form: the EDTF period, "" for none, and what it is."""


def _year(match: re.Match[str], group: str, base: PeriodBase) -> str:
    """The year said, masked digits as X (20_年 → 20XX), that before the base's (去年9月), or the base's."""
    text = match[group]
    if not text:
        return base.shifted(-1) if match.groupdict().get(f"last_{group}") else base.year
    head = text[:2] + "".join("X" if char in "_X×x*○" else char for char in text[2:])
    return (head + "XX")[:4]


def _month(text: str) -> str:
    return f"{int(text):02d}"


def _number(text: str) -> int:
    return _HAN_NUMBER.get(text) or int(text)


def _span(edtf: str) -> tuple[str, PeriodKind]:
    return edtf, "span"


def _as_of(end: str) -> tuple[str, PeriodKind]:
    return f"../{end}" if end else "", "as_of"


def _dates(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """2022年10月1日至2023年5月31日."""
    first = _year(match, "y1", base)
    second = _year(match, "y2", base) if match["y2"] else first
    if not first:
        return _span("")
    start = f"{first}-{_month(match['d1m'])}-{_month(match['d1d'])}"
    return _span(f"{start}/{second}-{_month(match['d2m'])}-{_month(match['d2d'])}")


def _year_months(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """2022年10月至2023年3月."""
    start = f"{_year(match, 'y13', base)}-{_month(match['m3'])}"
    return _span(f"{start}/{_year(match, 'y14', base)}-{_month(match['m4'])}")


def _day(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """6月21日, 截至6月30日 (the last day of a month is the month)."""
    year, month, day = _year(match, "y4", base), _month(match["dm"]), int(match["dd"])
    if not year:
        return _span("")
    if not match["asof_d"]:
        return _span(f"{year}-{month}-{day:02d}")
    last = calendar.monthrange(int(year) if year.isdigit() else 2023, int(month))[1]
    return _as_of(f"{year}-{month}" if day >= last else f"{year}-{month}-{day:02d}")


def _months(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """1-11月."""
    year, first, last = _year(match, "y3", base), _month(match["m1"]), _month(match["m2"])
    return _span(f"{year}-{first}/{year}-{last}" if year and first < last else "")


def _half(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """上半年."""
    year = _year(match, "y6", base)
    first, last = ("01", "06") if match["h1"] else ("07", "12")
    return _span(f"{year}-{first}/{year}-{last}" if year else "")


def _quarters(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """一季度, 前三季度, 三季度末."""
    year = _year(match, "y7", base)
    first = 1 if match["fq"] else _number(match["q1"])
    last = _number(match["fq"] or match["q2"] or match["q1"])
    if not year:
        return _span("")
    end = f"{year}-{last * 3:02d}"
    return _as_of(end) if match["end_q"] else _span(f"{year}-{first * 3 - 2:02d}/{end}")


def _one_month(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """6月, 截至6月底."""
    year = _year(match, "y5", base)
    month = f"{year}-{_month(match['mm'])}" if year else ""
    if match["since_m"] and month < base.end[:7]:
        return _span(f"{month}/{base.end}" if month else "")
    return _as_of(month) if match["asof_m"] or match["end_m"] else _span(month)


def _years(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """2021-2025年, 2020年至2024年."""
    return _span(f"{match['y8'] or match['yb']}/{_year(match, 'y9', base)}")


def _listed(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """2022、2023 before 和2024年."""
    return _span(match["yl"])


def _five_years(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """“十四五”时期, “十三五”末; the plans run from the first to the fifth year of their half decade."""
    start = FIVE_YEAR_PLANS[match["plankey"]]
    return _as_of(f"{start + 4}-12") if match["planend"] else _span(f"{start}/{start + 4}")


def _one_year(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """2024年, 2024年末, 到2027年, 2025年以来."""
    year = _year(match, "y10", base)
    if match["yend"] or match["asof_y"]:
        return _as_of(f"{year}-12")
    if match["ysince"] and base.end:
        return _span(f"{year}-01/{base.end}" if year != base.year else base.edtf)
    return _as_of(f"{year}-01") if match["ystart"] else _span(year)


def _recent(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """近五年, 三年来."""
    years = _number(match["n1"] or match["n2"])
    if years == 1:
        return _span(base.year)
    return _span(f"{base.shifted(1 - years)}/{base.year}" if base.year.isdigit() else "")


def _since(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """今年以来."""
    return _span(f"{base.year}-01/{base.end}" if base.year else "")


def _last(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """去年, 上年末, 去年同期 (which only compares)."""
    year = base.shifted(-1)
    if not year:
        return _span("")
    if match["lsame"] == "同期":
        return _same(match, base) if _in_bracket(match) else (year, "baseline")
    return _as_of(f"{year}-12") if match["lend"] else _span(year)


def _in_bracket(match: re.Match[str]) -> bool:
    """Whether a word of time and its number are all that a bracket opens with: 43万人次（去年同期|39万人次）."""
    start, end = match.span()
    return match.string[start - 1 : start] == "（" and match.string[end : end + 1].isdigit()


def _same(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """（同期为下降3%）: the same months of the year before."""
    return _span(_FOUR_DIGITS.sub(lambda year: str(int(year[0]) - 1), base.edtf))


def _next(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """明年, 明年底."""
    year = base.shifted(1)
    if not year:
        return _span("")
    return _as_of(f"{year}-12") if match["nend"] else _span(year)


def _year_end(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """年末."""
    return _as_of(f"{base.year}-12" if base.year else "")


def _year_start(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """年初: what a figure is compared with."""
    return (f"../{base.year}-01" if base.year else "", "baseline")


def _now(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """目前."""
    return _as_of(base.now or base.end)


def _this_year(match: re.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
    """全年 is the calendar year; 今年 in a report of half a year is that half."""
    return _span(base.year if match.group() == "全年" else base.edtf)


READERS: Mapping[str, Reader] = {
    "dates": _dates, "yearmonths": _year_months, "day": _day, "months": _months, "half": _half, "quarters": _quarters,
    "month": _one_month, "years": _years, "listed": _listed, "plan": _five_years, "asofyear": _one_year,
    "recent": _recent, "since": _since, "last": _last, "same": _same, "next": _next, "yearend": _year_end,
    "yearstart": _year_start, "now": _now, "thisyear": _this_year,
}  # fmt: skip
"""The reader of each form of ``period_forms.FORMS``."""
