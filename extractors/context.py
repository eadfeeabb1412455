"""What a section of a document says of its figures: which period they are of, and whether they are plans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from extractors.model import Facts, PeriodFrom
from extractors.period_readings import FIVE_YEAR_PLANS, PLAN, PeriodBase
from extractors.view import fold_heading
from extractors.words import alternation, filled
from lexicons import Lexicons

_SPAN: Final = re.compile(r"\d{4}/\d{4}")
_OPENING_YEAR: Final = re.compile(r"(?:表\d+)?((?:19|20)\d{2})年(?:是|，|在|全|我)")
_YEARS_AHEAD: Final = f"“?(?P<plan>{PLAN})”?(?:时期|期间)?[^，。]{{0,8}}(?:words:roles.heads_of_plans)"
_FIVE_YEARS: Final = f"“?(?P<plan>{PLAN})”?(?:时期|期间|以来)?[^，。]{{0,8}}(?:words:roles.heads_of_reviews)"
_GOAL: Final = (
    "(?:words:roles.target_heading)|^(?![一二三四五六七八九]是).{0,30}?(?:words:roles.target_heading_end)(?<!words:roles.no_plans)"
    "(?:[的及和]?(?:words:roles.heading_tails))?[。：:]?$"
)
_YEAR: Final = re.compile(r"((?:19|20)\d{2})年")


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds in a section for a figure of which nothing nearer is said.

    Example: 三、下半年工作计划 in a report of 2023-01/2023-06 → planned, base 2023-07/2023-12
    """

    base: PeriodBase
    planned: bool
    from_section: bool

    def plans(self, said: str, source: PeriodFrom) -> bool:
        """Whether the section plans a figure: not one of an earlier year that its sentence names: 比2024年的300万元."""
        if not self.planned or source != "sentence" or said.startswith(".."):
            return self.planned
        year = said.rpartition("/")[2][:4]
        return not (year.isdigit() and self.base.year.isdigit() and year < self.base.year)


class Headings:
    """The patterns of headings, compiled once for all documents.

    Example: 2024年工作谋划 has a goal, 2023年工作回顾 a fact
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self.goal = re.compile(filled(lexicons, _GOAL))
        self.fact = re.compile(alternation(lexicons, "roles.fact_heading"))
        self.deeds = re.compile(filled(lexicons, "(?:words:roles.deeds)[。：:]?$"))
        self.years_ahead = re.compile(filled(lexicons, _YEARS_AHEAD))
        self.five_years = re.compile(filled(lexicons, _FIVE_YEARS))


class Settings:
    """Reads the settings of a document's sections off its headings.

    Example: 2024年工作谋划 in a report of 2023 → planned, base 2024
    """

    def __init__(self, headings: Headings, facts: Facts) -> None:
        self._headings = headings
        self.document = Setting(PeriodBase.of(facts.period), False, False)
        self._title = fold_heading(facts.title)
        self._next = PeriodBase.of(_next_period(facts.period))
        self._years = facts.period.split("/") if _SPAN.fullmatch(facts.period) else []
        self._known: dict[tuple[str, ...], Setting] = {}
        self._told: dict[str, Setting | None] = {}
        self._future: dict[str, bool] = {}

    def enter(self, text: str) -> None:
        """Takes note of a sentence that opens a year of a report on several years: 2022年，全市…."""
        if not self._years or (opening := _OPENING_YEAR.match(text)) is None:
            return
        first, last = self._years
        if first <= opening[1] <= last and opening[1] != self.document.base.year:
            self.document = Setting(PeriodBase.of(opening[1]), False, True)
            for remembered in (self._known, self._told, self._future):
                remembered.clear()

    def of(self, section: Sequence[str]) -> Setting:
        """The setting of a section given by its headings, outermost first; the innermost that tells decides."""
        key = tuple(section)
        if key not in self._known:
            self._known[key] = self._read(key)
        return self._known[key]

    def _read(self, section: tuple[str, ...]) -> Setting:
        section = tuple(title for title in section if title != self._title)
        for title in reversed(section):
            if title not in self._told:
                self._told[title] = self._told_by(title)
            if (setting := self._told[title]) is not None:
                return setting
        years = [year for title in reversed(section) if (year := _YEAR.search(title))]
        if years and self.document.base.year.isdigit() and years[0].group(1) > self.document.base.year:
            return Setting(PeriodBase.of(years[0].group(1)), True, True)
        return self.document

    def _told_by(self, title: str) -> Setting | None:
        """What a heading tells, None for nothing."""
        year = _YEAR.search(title)
        if year is None and (plan := self._headings.five_years.search(title)):
            start = FIVE_YEAR_PLANS[plan["plan"]]
            return Setting(PeriodBase.of(f"{start}/{start + 4}"), False, True)
        if year is None and (plan := self._headings.years_ahead.search(title)) and self._is_ahead(plan["plan"]):
            start = FIVE_YEAR_PLANS[plan["plan"]]
            ahead = replace(PeriodBase.of(f"{start}/{start + 4}"), now=self.document.base.end)
            return Setting(ahead, True, True)
        goal, fact = self._headings.goal.search(title), self._headings.fact.search(title)
        if year and goal and self._headings.deeds.search(title) and self._is_done(title):
            return self._of_year(title)
        if goal and not (fact and fact.start() >= goal.start()):
            planned = replace(self._planned_period(title), now=self.document.base.end)
            return Setting(planned, True, True)
        if year and self.document.base.year.isdigit() and year[1] > self.document.base.year and not fact:
            return Setting(replace(PeriodBase.of(year[1]), now=self.document.base.end), True, True)
        return self._of_year(title) if fact else None

    def _is_done(self, title: str) -> bool:
        """Whether a heading names nothing later than the year which the document sums up."""
        summed_up, base = self._headings.fact.search(self._title) is not None, self.document.base
        return summed_up and base.end[5:7] in {"", "12"} and max(_YEAR.findall(title)) == base.year

    def _is_ahead(self, plan: str) -> bool:
        """Whether a five-year plan ends behind the reporting period."""
        return str(FIVE_YEAR_PLANS[plan] + 4) > self.document.base.end[:4]

    def _of_year(self, title: str) -> Setting:
        year = _YEAR.search(title)
        if year is None or year.group(1) == self.document.base.year:
            return self.document
        return Setting(PeriodBase.of(year.group(1)), False, True)

    def _planned_period(self, title: str) -> PeriodBase:
        years = _YEAR.findall(title)
        if years:
            return PeriodBase.of(max(years))
        return self._next

    def is_future(self, edtf: str) -> bool:
        """Whether a period begins behind the reporting period's end: what is said of it is a goal."""
        future = self._future.get(edtf)
        if future is None:
            future = self._future[edtf] = self._begins_behind(edtf)
        return future

    def _begins_behind(self, edtf: str) -> bool:
        start, _, end = edtf.partition("/")
        first = start if start != ".." else end
        base = self.document.base
        if not base.end or "X" in first or "X" in base.end:
            return False
        return first[: len(base.end)] > base.end[: len(first)]


def _next_period(edtf: str) -> str:
    """The period a plan at the end of a report is for: the other half of the year, or the next year."""
    base = PeriodBase.of(edtf)
    if not base.year.isdigit():
        return edtf
    if "/" in edtf and base.end[5:7] != "12":
        month = int(base.end[5:7] or 12) + 1
        return f"{base.year}-{month:02d}/{base.year}-12"
    return base.shifted(1)
