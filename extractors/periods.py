"""Words of time and the EDTF periods they stand for: 2023年1月至4月, 截至6月底, 上半年, 目前, “十四五”期间."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from extractors.hints import first_letters, last_letters
from extractors.period_forms import BEHIND_YEAR, FORMS, LATER_GROUPS, OPENING_LETTERS, OPENINGS, OPENINGS_IN_DIGITS
from extractors.period_readings import PLAN, READERS, PeriodBase, PeriodKind
from extractors.words import SLOT, alternation, any_of, filled, without_titles
from lexicons import Lexicons

__all__ = ["PeriodBase", "PeriodHit", "PeriodKind", "PeriodScanner"]

_STATED: Final = re.compile(r"(?:同期)?的(?=\d)|(?<=的)(?=\d)")
"""Behind a word of time: the figure itself is of that time (2024年的300万元)."""
_AMOUNT: Final = r"(?:words:periods.base_counts)?\d[\d.,]*(?!个?(?:百|千)分点)[^\d.,%％]"
_BESIDE: Final = r"(?:words:periods.base_counts)?的?(?:[\d.,%‰万亿元人/年月：]{1,24}[和、及与：])?"
_PLAN_END: Final = re.compile(f"“?{PLAN}”?(?:时期|期|规划)?末$")
_STEM: Final = "periods"
_DIGITS: Final = "0123456789"
_LONGEST_PLAN: Final = 9
"""Before a year: 较“十三五”末|2020年88.2亿元."""
_GOAL_OF_YEAR: Final = (
    r"(?:(?:全年|年度|(?<!\d)年)(?:words:roles.goals_told)(?:words:roles.of_goals)?数?"
    "|(?:words:roles.yearly)(?:words:roles.budget)数?)$"
)
"""Before a figure it says that this is the goal of the year."""
_GOAL_DONE: Final = (
    r"(?P<number>[\d.,]+(?:万|亿)?[^\d，。；、]{0,4}?)?的?"
    "(?:words:roles.goals_told)(?:words:roles.of_goals)?数?的"
)
"""Behind 全年, where what was done of the goal follows, which is not of the whole year: 完成全年|目标的|54.8%."""
_JOINTS: Final = "和与同"
"""Between two words of time they list them: 2023年|和|2024年; elsewhere they compare."""


@dataclass(init=False, slots=True)
class PeriodHit:
    """A word of time in a view and what it means there.

    ``baseline`` hits are what a figure is compared with (比上年), not when it was; see ``PeriodKind``.

    Example: 截至6月底 in a report of 2023 → ../2023-06, as_of
    """

    start: int
    end: int
    edtf: str
    kind: PeriodKind

    def __init__(self, start: int, end: int, edtf: str, kind: PeriodKind) -> None:
        self.start, self.end = start, end
        self.edtf, self.kind = edtf, kind


_OF_THAT_YEAR: Final = frozenset({"yearend", "thisyear"})
"""Forms that are of the year that was said before them: 当年, 年末."""
_ONE_YEAR: Final = re.compile(r"\d{4}")
_STOPS: Final = "，；：。"


class PeriodScanner:
    """Finds the words of time of a view, each with its EDTF period.

    Example: 2023年1月至4月 → 2023-01/2023-04; 年末 in a report of 2021 → ../2021-12
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self._comparison = tuple(lexicons.words("periods.comparison"))
        self.over_years = tuple(lexicons.words("periods.over_years"))
        """Words of figures that are of all years between two: 年均."""
        self.origins = tuple(lexicons.words("periods.origins"))
        """Words that open a change: 由, 从."""
        self.left_out = lexicons.words("labels.leaving_out")
        """Words before a time that a later figure leaves out: 剔除|上年|高基数因素后，增长6.2%."""
        self._goal_of_year = re.compile(filled(lexicons, _GOAL_OF_YEAR))
        self.same_months = lexicons.words("periods.same_months")
        """Behind a year that is compared with: 较2022年|同期|的3.6万人次."""
        self._rests, self._of_rests = lexicons.words("periods.of_rests"), lexicons.words("periods.more_of_rests")
        self._goal_done = re.compile(filled(lexicons, _GOAL_DONE))
        self._goal_letters = last_letters(
            (
                *lexicons.words(
                    "roles.goals_told",
                ),
                *lexicons.words("roles.of_goals"),
                *lexicons.words("roles.budget"),
                "数",
            )
        )
        self._amount = re.compile(filled(lexicons, _AMOUNT))
        self.beside = re.compile(filled(lexicons, _BESIDE))
        """Between a word of time and a figure that is its own: 2021年的|46503元, 2021年的46503元和|16935元."""
        self._bases = (*self._comparison, *self.origins)
        self._equals = lexicons.words("periods.equals")
        self._founded = tuple(lexicons.words("periods.founded"))
        letters, starts = _opening(lexicons)
        pattern = _of_forms(lexicons, letters)
        self._opens = re.compile(f"{letters}(?<=(?={starts}).)", re.VERBOSE | re.ASCII)
        self._pattern = re.compile(pattern, re.VERBOSE | re.ASCII)
        kept = alternation(lexicons, "periods.part_of_label")
        form = f"(?={letters})(?={starts})(?>{pattern})(?:(?<=月)|(?<=月[底末])|(?!{kept}))"
        form += rf"|(?:19|20)\d\d年?(?=年[末底度](?:{kept}))"  # 2025年末余额 → 年末余额
        self._stripped = re.compile(form, re.VERBOSE | re.ASCII)

    def scan(self, text: str, base: PeriodBase) -> list[PeriodHit]:
        """All words of time in ``text``, in order; unsaid years come from ``base``, or from that a clause opens with.

        Example: 2020年收入7亿元，年末结余2亿元 → 2020, ../2020-12
        """
        hits: list[PeriodHit] = []
        year = base
        plain = without_titles(text)
        opening = self._opens.search(plain)
        while opening is not None:
            at = opening.start()
            if (match := self._pattern.match(plain, at)) is not None:
                at = match.end() - 1
                form = match.lastgroup or ""
                edtf, kind = READERS[form](match, year if form in _OF_THAT_YEAR and "今" not in match[0] else base)
                if edtf:
                    start = match.start()
                    joined = bool(hits) and hits[-1].end == start - 1 and text[start - 1] in _JOINTS
                    listed = hits[-1].kind if joined and hits[-1].kind == "baseline" else kind
                    kind = listed if joined else self._kind(text, match, kind)
                    hits.append(PeriodHit(start, match.end(), edtf, kind))
                    if kind == "span" and _ONE_YEAR.fullmatch(edtf) and (start == 0 or text[start - 1] in _STOPS):
                        year = PeriodBase.of(edtf)
            opening = self._opens.search(plain, at + 1)
        return hits

    def strip(self, text: str) -> str:
        """``text`` without its words of time: 2023年全市筛查 → 全市筛查."""
        return text if self._opens.search(text) is None else self._stripped.sub("", text)

    def is_goal_of_year(self, near: str) -> bool:
        """Whether the words before a figure call it the goal of the year: 就业9千人，完成年目标任务|1万人."""
        return near[-1:] in self._goal_letters and self._goal_of_year.search(near) is not None

    def is_of_rest_before(self, text: str, end: int, start: int) -> bool:
        """Whether the words up to ``end`` name what is left at the end of a year, and a later figure is at ``start``.

        Example: 年终结转3万元，支出总计|98万元 is no longer of the end of the year
        """
        if not text.startswith(self._rests, end):
            return False
        between = text[end:start]
        return any(map(str.isdigit, between)) and not any(word in between for word in self._of_rests)

    def _kind(self, text: str, match: re.Match[str], kind: PeriodKind) -> PeriodKind:
        """What a word of time is where it stands: 比上年 is a baseline, 比上年的300万元 says when the 300万元 were."""
        start, end = match.span()
        if text.endswith(self._founded, 0, start):
            return "baseline"
        if text.endswith("末", 0, start) and (plan := _PLAN_END.search(text, max(0, start - _LONGEST_PLAN), start)):
            start = plan.start()
        equals = text.endswith(self._equals, 0, start)
        if _STATED.match(text, end):
            if equals or text.endswith(self._bases, 0, start):
                return "baseline" if equals else "beside"
            return kind
        if equals and text.startswith("的", end):
            return "baseline"
        if match.lastgroup == "thisyear" and (done := self._goal_done.match(text, end)):
            return "beside" if done["number"] else "baseline"
        if kind == "span" and text.endswith(self.origins, 0, start) and self._amount.match(text, end):
            return "beside"
        compared = text.endswith(self._comparison, 0, start) and not match.group().startswith(("截", "今"))
        stated = kind == "span" or match.lastgroup == "last"
        if compared and stated and text[start - 1] in "比较" and self._amount.match(text, end):
            return "beside"
        return "baseline" if compared else kind


def _of_forms(lexicons: Lexicons, letters: str) -> str:
    """All forms as one pattern; those that go on behind a year are not tried where what follows is not theirs.

    ``letters`` are those that any form begins with, so also what follows the year of a form that has one.
    """
    forms = [(name, f"(?P<{name}>{filled(lexicons, form, _STEM)})") for name, form in FORMS.items()]
    longer = "|".join(form for name, form in forms if name in BEHIND_YEAR)
    others = "|".join(form for name, form in forms if name not in BEHIND_YEAR)
    return rf"(?!(?:(?:19|20)\d\d|[今本同当全])年(?!度|{letters}))(?:{longer})|{others}"


def _opening(lexicons: Lexicons) -> tuple[str, str]:
    """What forms begin with, the letter and a little more: few places of a text are worth trying eighteen forms."""
    slots = [slot for form in FORMS.values() for slot in SLOT.finditer(form) if slot["how"] == ":"]
    groups = {group for slot in slots for group in slot["groups"].split()} - LATER_GROUPS
    words = [word for group in groups for word in lexicons.words(f"{_STEM}.{group}")]
    letters = "".join(sorted(first_letters(words)))
    digits, others = (any_of(word[:2] for word in words if (word[0] in _DIGITS) == are) for are in (True, False))
    starts = f"(?=[0-9])(?:{OPENINGS_IN_DIGITS}|{digits})|(?![0-9])(?:{OPENINGS}|{others})"
    return f"[{OPENING_LETTERS}{letters}]", starts
