"""Words of time and the EDTF periods they stand for: 2023年1月至4月, 截至6月底, 上半年, 目前, “十四五”期间."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import regex

from extractors.words import without_titles
from lexicons import Lexicons

PeriodKind = Literal["span", "as_of", "baseline"]
_YEAR = r"(?:(?P<{0}>(?:19|20)(?:\d{{2}}|[_X×x*○]{{1,2}}|\d[_X×x*○]))年(?:度)?)"
_HAN_MONTH = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4}
_PLAN_START = {"十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}
_YEARS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "十": 10, "3": 3, "5": 5, "10": 10}


@dataclass(frozen=True, slots=True)
class PeriodHit:
    """A word of time in a view and what it means there.

    ``baseline`` hits are what a figure is compared with (比上年), not when it was.

    Example: 截至6月底 in a report of 2023 → ../2023-06, as_of
    """

    start: int
    end: int
    edtf: str
    kind: PeriodKind
    absolute: bool
    """Whether the year was said (2023年6月) and not taken from the document (6月)."""


@dataclass(frozen=True, slots=True)
class PeriodBase:
    """What unsaid years and ends are taken from: the reporting period of the document or the section.

    Example: 2023-01/2023-06 → year 2023, end 2023-06
    """

    year: str
    end: str
    edtf: str

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


def _year(match: regex.Match[str], group: str, base: PeriodBase) -> str:
    text = match[group]
    if not text:
        return base.year
    head = text[:2] + "".join("X" if char in "_X×x*○" else char for char in text[2:])
    return (head + "XX")[:4]


def _month(text: str) -> str:
    return f"{int(text):02d}"


class PeriodScanner:
    """Finds the words of time of a view, each with its EDTF period.

    Example: 2023年1月至4月 → 2023-01/2023-04; 年末 in a report of 2021 → ../2021-12
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self._words = {name: lexicons.words(f"periods.{name}") for name in (
            "this_year", "since_year_start", "last_year", "next_year", "now", "year_end", "year_start", "first_half",
            "second_half")}  # fmt: skip
        self._comparison = tuple(lexicons.words("periods.comparison"))
        self._pattern, self._readers = self._compile()
        self._stripped = regex.compile(f"(?:{self._pattern.pattern})(?!结余|结转|滚存|余额|预算数|快报数)")

    def scan(self, text: str, base: PeriodBase) -> list[PeriodHit]:
        """All words of time in ``text``, in order; unsaid years come from ``base``."""
        hits = []
        for match in self._pattern.finditer(without_titles(text)):
            name = match.lastgroup or ""
            edtf, kind = self._readers[name](match, base)
            if edtf:
                if kind != "baseline" and self._is_comparison(text, match):
                    kind = "baseline"
                said = any(value for group, value in match.groupdict().items() if group.startswith("y") and value)
                hits.append(PeriodHit(match.start(), match.end(), edtf, kind, said))
        return hits

    def strip(self, text: str) -> str:
        """``text`` without its words of time: 2023年全市筛查 → 全市筛查."""
        return self._stripped.sub("", text)

    def _is_comparison(self, text: str, match: regex.Match[str]) -> bool:
        before = text[: match.start()]
        return before.endswith(self._comparison) and not match.group().startswith(("截", "今"))

    def _alternation(self, name: str) -> str:
        return "|".join(regex.escape(word) for word in sorted(self._words[name], key=len, reverse=True))

    def _compile(
        self,
    ) -> tuple[regex.Pattern[str], dict[str, Callable[[regex.Match[str], PeriodBase], tuple[str, PeriodKind]]]]:
        upto = r"(?P<asof_{0}>截至|截止|截止到|截至到|到|至|力争到)?"
        ending = r"(?P<end_{0}>底|末|止)?"
        month = r"(?P<{0}>1[0-2]|0?[1-9])月(?:份)?"
        ofyear = "(?:今年|本年|同年|当年|全年)?"
        sources: dict[str, tuple[str, Callable[[regex.Match[str], PeriodBase], tuple[str, PeriodKind]]]] = {
            "dates": (_YEAR.format("y1") + ofyear + r"(?P<d1m>\d{1,2})月(?P<d1d>\d{1,2})日?(?:起)?[-~至到]" + _YEAR.format("y2") + r"?(?P<d2m>\d{1,2})月(?P<d2d>\d{1,2})日", self._dates),
            "months": (_YEAR.format("y3") + "?" + ofyear + r"(?P<m1>1[0-2]|0?[1-9])月?(?:份)?[-~至到、—](?P<m2>1[0-2]|0?[1-9])月(?:份)?", self._months),
            "yearmonths": (_YEAR.format("y13") + r"(?P<m3>1[0-2]|0?[1-9])月(?:份)?[-~至到]" + _YEAR.format("y14") + r"(?P<m4>1[0-2]|0?[1-9])月(?:份)?", self._year_months),
            "day": (upto.format("d") + _YEAR.format("y4") + "?" + ofyear + r"(?P<dm>1[0-2]|0?[1-9])月(?P<dd>[12]\d|3[01]|0?[1-9])日", self._day),
            "month": (upto.format("m") + _YEAR.format("y5") + "?" + ofyear + month.format("mm") + ending.format("m") + r"(?!度|均|租|薪|供|嫂|球|台)", self._month_of),
            "half": (_YEAR.format("y6") + "?" + ofyear + r"(?:(?P<h1>上半年|前半年)|(?P<h2>下半年|后半年))", self._half),
            "quarters": (_YEAR.format("y7") + "?" + ofyear + r"(?:前(?P<fq>[一二三两])季度|第?(?P<q1>[一二三四1-4])(?:[-~至、])?(?P<q2>[二三四2-4])?季度)" + ending.format("q"), self._quarters),
            "years": (_YEAR.format("y8") + r"?(?:(?<=年)|(?P<yb>(?:19|20)\d{2}))[-~至到]" + _YEAR.format("y9"), self._years_of),
            "plan": (r"“?(?P<plankey>十[一二三四五六]五|一五)”?(?:(?P<planend>末|期末|时期末|规划末)|(?:规划)?(?:时期|期间|以来|规划期)|)", self._plan),
            "asofyear": (upto.format("y") + _YEAR.format("y10") + r"(?:全年)?(?:(?P<yend>年?末|年?底|终)|(?P<ystart>初)|(?P<ysince>以来|起)|)", self._year_of),
            "recent": (r"(?:近|过去|这|最近|前)(?P<n1>[一两二三四五六十]|\d{1,2})年(?:来|间)?|(?P<n2>[两二三四五六十])年来", self._recent),
            "since": (self._alternation("since_year_start"), lambda m, b: (f"{b.year}-01/{b.end}" if b.year else "", "span")),
            "last": (f"(?:{self._alternation('last_year')})(?!结余|结转|滚存|执行|快报|预算)(?P<lend>年?末|年?底)?(?P<lsame>同期)?", self._last),
            "next": (f"(?:{self._alternation('next_year')})(?P<nend>末|底)?", lambda m, b: ((f"../{b.shifted(1)}-12" if m["nend"] else b.shifted(1)), "span")),
            "yearend": (upto.format("e") + f"(?:今年|本年|当年)?(?:{self._alternation('year_end')})", lambda m, b: (f"../{b.year}-12" if b.year else "", "as_of")),
            "yearstart": (f"(?:{self._alternation('year_start')})(?!预算|安排|计划|目标|以来)", lambda m, b: (f"../{b.year}-01" if b.year else "", "baseline")),
            "now": (f"(?:{self._alternation('now')})", lambda m, b: (f"../{b.end}" if b.end else "", "as_of")),
            "thisyear": (f"(?:{self._alternation('this_year')})(?!以来|[级末底初])", lambda m, b: (self._this_year(m, b), "span")),
        }  # fmt: skip
        order = ("dates", "yearmonths", "day", "months", "half", "quarters", "month", "years", "plan", "asofyear", "recent", "since", "last", "next",
                 "yearend", "yearstart", "now", "thisyear")  # fmt: skip
        pattern = "|".join(f"(?P<{name}>{sources[name][0]})" for name in order)
        openings = set("1234567890一二两三四十“截到至力今本同当全上下前后近过这最第") | {
            word[0] for words in self._words.values() for word in words
        }
        return regex.compile(f"(?=[{''.join(sorted(openings))}])(?:{pattern})"), {
            name: sources[name][1] for name in order
        }

    @staticmethod
    def _this_year(match: regex.Match[str], base: PeriodBase) -> str:
        whole = match.group() in {"全年", "本年度", "年内", "今年", "本年", "当年"}
        return base.edtf if not whole or "/" in base.edtf and match.group() != "全年" else base.year

    @staticmethod
    def _dates(match: regex.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
        first = _year(match, "y1", base)
        second = _year(match, "y2", base) if match["y2"] else first
        return (
            f"{first}-{_month(match['d1m'])}-{_month(match['d1d'])}/{second}-{_month(match['d2m'])}-{_month(match['d2d'])}",
            "span",
        )

    @staticmethod
    def _months(match: regex.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
        year = _year(match, "y3", base)
        first, last = _month(match["m1"]), _month(match["m2"])
        return (f"{year}-{first}/{year}-{last}" if year and first < last else "", "span")

    @staticmethod
    def _year_months(match: regex.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
        return (
            f"{_year(match, 'y13', base)}-{_month(match['m3'])}/{_year(match, 'y14', base)}-{_month(match['m4'])}",
            "span",
        )

    @staticmethod
    def _day(match: regex.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
        year = _year(match, "y4", base)
        day = f"{year}-{_month(match['dm'])}-{_month(match['dd'])}"
        if not year:
            return "", "span"
        return (
            (f"../{PeriodScanner._closed(year, match['dm'], match['dd'])}", "as_of")
            if match["asof_d"]
            else (day, "span")
        )

    @staticmethod
    def _closed(year: str, month: str, day: str) -> str:
        """An as-of day; the last day of a month is written as the month: 6月30日 → 2023-06."""
        last = calendar.monthrange(int(year), int(month))[1] if year.isdigit() else (28 if int(month) == 2 else 30)
        return f"{year}-{_month(month)}" if int(day) >= last else f"{year}-{_month(month)}-{_month(day)}"

    @staticmethod
    def _month_of(match: regex.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
        year = _year(match, "y5", base)
        month = f"{year}-{_month(match['mm'])}"
        if not year:
            return "", "span"
        return (f"../{month}", "as_of") if match["asof_m"] or match["end_m"] else (month, "span")

    @staticmethod
    def _half(match: regex.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
        year = _year(match, "y6", base)
        return ((f"{year}-01/{year}-06" if match["h1"] else f"{year}-07/{year}-12") if year else "", "span")

    @staticmethod
    def _quarters(match: regex.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
        year = _year(match, "y7", base)
        number = lambda text: _HAN_MONTH.get(text) or int(text)  # noqa: E731
        first = 1 if match["fq"] else number(match["q1"])
        last = number(match["fq"] or match["q2"] or match["q1"])
        if not year:
            return "", "span"
        end = f"{year}-{last * 3:02d}"
        return (f"../{end}", "as_of") if match["end_q"] else (f"{year}-{first * 3 - 2:02d}/{end}", "span")

    @staticmethod
    def _years_of(match: regex.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
        first, last = match["y8"] or match["yb"], _year(match, "y9", base)
        return (f"{first}/{last}" if first else "", "span")

    @staticmethod
    def _plan(match: regex.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
        start = _PLAN_START.get(match["plankey"])
        text = match.group()
        if start is None or not text.endswith(("末", "时期", "期间", "以来", "规划期")):
            return "", "span"
        return (f"../{start + 4}-12", "as_of") if match["planend"] else (f"{start}/{start + 4}", "span")

    @staticmethod
    def _year_of(match: regex.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
        year = _year(match, "y10", base)
        if match["yend"] or match["asof_y"]:
            return f"../{year}-12", "as_of"
        if match["ysince"] and base.end:
            return f"{year}-01/{base.end}" if year != base.year else base.edtf, "span"
        return (f"../{year}-01", "baseline") if match["ystart"] else (year, "span")

    @staticmethod
    def _recent(match: regex.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
        text = match["n1"] or match["n2"]
        years = _YEARS.get(text) or (int(text) if text.isdigit() else 0)
        return (f"{base.shifted(1 - years)}/{base.year}" if years and base.year.isdigit() else "", "span")

    @staticmethod
    def _last(match: regex.Match[str], base: PeriodBase) -> tuple[str, PeriodKind]:
        if match["lsame"]:
            return base.shifted(-1), "baseline"
        year = base.shifted(-1)
        return (f"../{year}-12", "as_of") if match["lend"] else (year, "span")
