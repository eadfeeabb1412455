"""When a document was published and which period it reports on, in EDTF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import regex

from extractors.facts.page import Page
from extractors.words import any_of
from lexicons import Lexicons

_DAY: Final = regex.compile(
    r"((?:19|20)\d\d)\s?(?:年|[-/.])\s?(0?[1-9]|1[0-2])\s?(?:月|[-/.])\s?(3[01]|[12]\d|0?[1-9])(?!\d)\s?日?"
)
_HAN_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HAN_YEAR: Final = r"[一二][〇○零一二三四五六七八九]{3}"
_HAN_DAY: Final = regex.compile(rf"({_HAN_YEAR})年([一二三四五六七八九十]{{1,2}})月([一二三四五六七八九十]{{1,3}})日")
_MONTHS: Final = regex.compile(r"(?:年)?\s?(1[0-2]|[1-9])\s?月?(?:份)?\s?[-—–~～至到]{1,2}\s?(1[0-2]|[1-9])\s?月")
_ONE_MONTH: Final = regex.compile(r"年\s?(1[0-2]|[1-9])\s?月(?!\d)(?:份)?")
_FIRST_MONTHS: Final = regex.compile(r"前([一二三四五六七八九十]{1,2}|\d{1,2})个?月")
_TO: Final = r"\s?年?\s?[-—–~～至到]{1,2}\s?"
_SLUG_YEAR: Final = regex.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class _Said:
    """A year, or a span of years, at a place in a text."""

    start: int
    end: int
    first: str
    last: str


def published(page: Page, lexicons: Lexicons, hint: str = "") -> str:
    """The day of publication; empty when the document does not tell it.

    Taken from the page's fields (发布时间), else from the date below the report, or below its title.

    Example: 云川县卫生健康局 / 2023年7月10日, the last two lines → 2023-07-10
    """
    if hint and (found := day_of(hint)):
        return found
    for label in lexicons.words("facts.date_labels"):
        if found := day_of(page.fields.get(label, "")):
            return found
    signed = (line for line in reversed(page.tail) if len(line) <= 40)
    above = (line for line in page.head[:10] if len(line) <= 60)
    for line in (*signed, *above):
        if (found := day_of(line)) and (len(line) <= 16 or _is_dated(line, lexicons)):
            return found
    return ""


def day_of(text: str) -> str:
    """The first full date of a text in EDTF, empty when there is none, or it is no day of the calendar.

    Example: 2023年7月10日印发 → 2023-07-10, 二〇二三年七月十日 → 2023-07-10
    """
    if found := _DAY.search(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _HAN_DAY.search(text):
        return _day(int(found[1].translate(_HAN_DIGITS)), _han_number(found[2]), _han_number(found[3]))
    return ""


def _day(year: int, month: int, day: int) -> str:
    """A day in EDTF; empty for one that no calendar has (2月30日)."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def report_period(
    title: str, page: Page, published_on: str, lexicons: Lexicons, name: str = "", headings: Sequence[str] = ()
) -> str:
    """The period a document reports on.

    The title's first year that is not only planned, narrowed by 上半年 or 1-5月; else the text's first year;
    else the year (and half) in the file's name; else what the day of publication tells.

    Example: 云川市2025年预算执行情况和2026年预算草案的报告 → 2025; 2026年云川省政府工作报告 → 2025,
    unless it has a part 2026年工作回顾; one of 2016-12-28 with a part 2017年工作安排 → 2016
    """
    if found := _from_title(title, headings, lexicons):
        return found
    if published_on and any(word in title for word in lexicons.words("facts.previous_year")):
        told = int(published_on[:4])
        return str(told if any(f"{told + 1}年" in heading for heading in headings) else told - 1)
    within = _within(title, lexicons)
    year = _opening_year(page, lexicons) or _slug_year(name) or _year_before(published_on)
    if not within and not any(character.isdigit() for character in title):
        within = _within(name.rpartition("/")[2], lexicons) if _slug_year(name) == year else ""
    return _narrowed(year, within) if year else ""


def _from_title(title: str, headings: Sequence[str], lexicons: Lexicons) -> str:
    said = list(_years(title, lexicons))
    if not said:
        return _five_years(title, lexicons)
    words = lexicons.words("facts.previous_year")
    if title.endswith(("年）", "年)")):
        words = (*words, *lexicons.words("facts.delivered"))
    if any(word in title for word in words) and said[0].first.isdigit():
        looks_back = _looks_back(said[0].first, headings, lexicons)
        return said[0].first if looks_back else str(int(said[0].first) - 1)
    chosen = next((year for year, tail in _with_tails(title, said) if not _is_plan(tail, lexicons)), said[0])
    if chosen.first != chosen.last:
        return f"{chosen.first}/{chosen.last}"
    tail = next(tail for year, tail in _with_tails(title, said) if year == chosen)
    return _narrowed(chosen.first, _within(title[chosen.end - 1 : chosen.end] + tail, lexicons))


def _looks_back(year: str, headings: Sequence[str], lexicons: Lexicons) -> bool:
    """Whether a part of the report looks back on the year: 一、2024年工作回顾."""
    reviews = lexicons.words("facts.reviews")
    return any(f"{year}年" in heading and any(word in heading for word in reviews) for heading in headings)


def _with_tails(title: str, said: list[_Said]) -> Iterator[tuple[_Said, str]]:
    ends = [*(year.start for year in said[1:]), len(title)]
    return ((year, title[year.end : end]) for year, end in zip(said, ends, strict=True))


def _is_plan(tail: str, lexicons: Lexicons) -> bool:
    facts, plans = lexicons.words("facts.fact_words"), lexicons.words("facts.plan_words")
    return any(word in tail for word in plans) and not any(word in tail for word in facts)


def _years(text: str, lexicons: Lexicons) -> Iterator[_Said]:
    """Years of a text, in order, masked ones as 20XX."""
    for found in _year_pattern(lexicons.words("facts.year_masks")).finditer(text):
        first, last = _year(found["first"]), _year(found["last"] or found["first"])
        yield _Said(found.start(), found.end(), first, last)


@cache
def _year_pattern(masks: tuple[str, ...]) -> regex.Pattern[str]:
    year = rf"(?:(?:19|20)\d\d|20(?:{any_of(masks)})|{_HAN_YEAR})"
    return regex.compile(rf"(?<!\d)(?P<first>{year})(?:{_TO}(?P<last>{year}))?\s?年")


def _year(written: str) -> str:
    if written.isascii() and written.isdigit():
        return written
    digits = written.translate(_HAN_DIGITS)
    return digits if digits.isdigit() else "20XX"


def _within(text: str, lexicons: Lexicons) -> str:
    """Months within the year that a text names: 上半年 → 01-06, 1-5月 → 01-05, 年6月 → 06; else empty."""
    if found := _MONTHS.search(text):
        return f"{int(found[1]):02}-{int(found[2]):02}"
    if found := _FIRST_MONTHS.search(text):
        count = int(found[1]) if found[1].isdigit() else _han_number(found[1])
        return f"01-{count:02}" if 1 <= count <= 12 else ""
    halves, pattern = _halves(lexicons.words("facts.halves"))
    if found := pattern.search(text):
        return halves[found[0]]
    found = _ONE_MONTH.search(text)
    return f"{int(found[1]):02}" if found else ""


@cache
def _halves(entries: tuple[str, ...]) -> tuple[dict[str, str], regex.Pattern[str]]:
    halves = dict(entry.split("=") for entry in entries)
    return halves, regex.compile(any_of(halves))


def _narrowed(year: str, within: str) -> str:
    if not within:
        return year
    first, _, last = within.partition("-")
    return f"{year}-{first}/{year}-{last}" if last else f"{year}-{first}"


def _five_years(title: str, lexicons: Lexicons) -> str:
    if not any(word in title for word in lexicons.words("facts.five_year_titles")):
        return ""
    plans = dict(word.split("=") for word in lexicons.words("facts.five_years"))
    bare = title.replace('"', "").replace("“", "").replace("”", "")
    return next((years for plan, years in plans.items() if plan.strip("“”") in bare), "")


def _opening_year(page: Page, lexicons: Lexicons) -> str:
    """The first year in the running text, the line of the session left aside."""
    session = lexicons.words("facts.session")
    for line in page.head[:16]:
        if not line.endswith(session) and not (len(line) <= 24 and day_of(line)):
            for year in _years(line, lexicons):
                return year.first
    return ""


def _slug_year(name: str) -> str:
    found = _SLUG_YEAR.search(name.rpartition("/")[2])
    return found[1] if found else ""


def _year_before(day: str) -> str:
    """A report of the first four months is on the year before."""
    if not day:
        return ""
    return str(int(day[:4]) - 1) if day[5:7] <= "04" else day[:4]


def _is_dated(line: str, lexicons: Lexicons) -> bool:
    """Whether a line with a date in it is one that dates the document: 印发, or the line of the session."""
    rest, groups = _DAY.sub("", line), ("facts.dating", "facts.session")
    return any(word in rest for group in groups for word in lexicons.words(group))


def _han_number(written: str) -> int:
    """一 to 九十九.

    Example: 二十一 → 21
    """
    tens, ten, ones = written.rpartition("十")
    digits = {character: value for value, character in enumerate("一二三四五六七八九", 1)}
    return (digits.get(tens, 1) * 10 if ten else 0) + digits.get(ones, 0)
