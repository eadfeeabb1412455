"""Numbers that are no figures: dates, ordinals, codes, ages, names. Found first, then kept from the scanner."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from extractors.guard_forms import AGES, BLOCKING, EACH, EACH_OPENING, LIMITS, Form, marks_beside
from extractors.hints import MOST_REMEMBERED, first_letters, one_of
from extractors.numerals import HAN_NUMBER
from extractors.quantities import Quantity
from extractors.words import alternation, any_of, filled
from lexicons import Lexicons

Blocked = tuple[int, int, str]
"""A range of a view in which no figure starts, and why: 65岁以上 in 65岁以上老年人 → (0, 5, "limit")."""


@dataclass(init=False, slots=True, eq=False)
class _Search:
    """A form, compiled."""

    kind: str
    marks: frozenset[str]
    behind: frozenset[str]
    """Those of its marks with which its nouns begin."""
    pattern: re.Pattern[str]

    def __init__(self, kind: str, form: Form, lexicons: Lexicons) -> None:
        opening = f"(?={form.opening})" if form.opening else ""
        self.behind = first_letters(word for group in form.nouns for word in lexicons.words(group))
        self.kind, self.marks = kind, self.behind.union(form.marks)
        self.pattern = re.compile(f"{opening}(?:{filled(lexicons, form.pattern)})", re.VERBOSE | re.ASCII)


class Guards:
    """Finds what looks like a figure and is none.

    Example: 第三批 (ordinal), 〔2023〕8号 (ordinal), 0-6岁 (age), “十四五” (quoted), 12345热线 (code)
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self._forms = [_Search(kind, form, lexicons) for kind, form in BLOCKING.items()]
        self._firsts = [
            (kind, frozenset(form.first_letters), re.compile(form.first, re.VERBOSE | re.ASCII))
            for kind, form in BLOCKING.items()
            if form.first
        ]
        phrases = lexicons.words("guards.set_phrases")
        openings = f"{any_of(first_letters(phrases))}|{EACH_OPENING}"
        self._phrases = re.compile(f"(?={openings})(?:{any_of(phrases)}|{EACH})")
        self._in_digits = any(_DIGITS.search(phrase) for phrase in phrases)
        self._by_mark: dict[str, list[_Search]] = {}
        for form in self._forms:
            for mark in form.marks:
                self._by_mark.setdefault(mark, []).append(form)
        behind = (letter for form in self._forms for letter in form.behind)
        self._marks = re.compile(marks_beside("".join(behind)))
        self._limit = re.compile(filled(lexicons, f"{AGES}|{LIMITS}"), re.VERBOSE)
        self.limit_in = lru_cache(MOST_REMEMBERED)(self._limit_found)
        """The part of a label that limits who or what is counted: 65岁及以上 of 65岁及以上老年人, else ""."""
        counters = alternation(lexicons, "guards.letters_counters")
        self._lettered = re.compile(rf"[A-Z]{{2,12}}\d{{1,6}}(?:{counters})")
        self._countable = tuple(lexicons.words("guards.countable_letters"))
        self._places = tuple(name for name in lexicons.regions.names if len(name) > 2 and name[0] in HAN_NUMBER)
        self._never_counted = frozenset(lexicons.words("guards.never_counted"))
        above = ("comparators.gt_before", "comparators.nearly_before", "comparators.ge_before")
        self._milestone = re.compile(alternation(lexicons, "labels.milestones"))
        self._compared = re.compile(f"(?:{alternation(lexicons, *above)})$")
        self._predicate = re.compile(f"(?:{alternation(lexicons, *above, 'labels.copula')})$")
        nouns = alternation(lexicons, "guards.limit_nouns")
        self._limit_behind = re.compile(
            rf"(?:及|或)?(?:以上|以下|以内)(?:（含）)?(?:的)?(?:(?!的?(?:{nouns}))[\u4e00-\u9fff“]{{2}}|\d+[人名户家])"
        )
        self._vague = tuple(lexicons.words("guards.vague_before"))
        self._counted_time = re.compile(filled(lexicons, _COUNTED_TIME))
        self._of_age = re.compile(f"(?:{alternation(lexicons, 'guards.age_labels')})[^，。；]{{0,28}}$")

    def blocked(self, text: str, *, spelled: bool = True) -> list[Blocked]:
        """All ranges of ``text`` that hold no figure; they may overlap.

        Phrases (一般) are not looked for where no number is ``spelled``: they forbid no other.
        """
        blocked: list[Blocked] = []
        if spelled or self._in_digits:
            blocked = [(match.start(), match.end(), "phrase") for match in self._phrases.finditer(text)]
        for kind, letters, first in self._firsts:
            if text[:1] in letters and (found := first.match(text)):
                blocked.append((0, found.end(), kind))
        marks = dict.fromkeys(self._marks.findall(text))
        for search in dict.fromkeys(form for mark in marks for form in self._by_mark.get(mark, ())):
            for match in search.pattern.finditer(text):
                blocked.append((match.start(), match.end(), search.kind))
        return blocked

    def admitted(self, text: str, quantities: Iterable[Quantity], blocked: Iterable[Blocked]) -> list[Quantity]:
        """The quantities that no guard forbids."""
        ordered = sorted(blocked)
        if not ordered:
            return [quantity for quantity in quantities if not self._forbidden(text, quantity, ())]
        starts, longest = [], 0
        for start, end, _ in ordered:
            starts.append(start)
            longest = max(longest, end - start)
        admitted = []
        for quantity in quantities:
            low, high = bisect_left(starts, quantity.start - longest), bisect_left(starts, quantity.end)
            near = [block for block in ordered[low:high] if block[1] > quantity.start] if low < high else ()
            if not self._forbidden(text, quantity, near):
                admitted.append(quantity)
        return admitted

    def _forbidden(self, text: str, quantity: Quantity, touching: Sequence[Blocked]) -> bool:
        if quantity.is_han and self._vague_numeral(text, quantity):
            return True
        start, opening = quantity.start, max(0, quantity.start - _RUN_LENGTH)
        if text.count(".", opening, start) > _RUN and _TABLE_RUN.search(text, opening, start):
            return True
        bound = quantity.value_max is not None or text.startswith(_BOUND_BEHIND, quantity.end)
        if bound and self._is_limit(text, quantity):
            return True
        return bool(touching) and any(self._applies(text, quantity, block) for block in touching)

    def _applies(self, text: str, quantity: Quantity, block: Blocked) -> bool:
        """Whether a guard that overlaps a quantity really speaks of it.

        A duration counted as such stays a figure (优良天数为299天), so does an age that is measured (预期寿命75.9岁); a
        set phrase forbids numerals, not digits.
        """
        if quantity.decimals and quantity.rule == "quantity.ratio-chain":
            return False
        start, end, kind = block
        if kind == "duration":
            return not (quantity.dimension == "time" and self._counts_time(text, quantity))
        if kind == "age":
            return not self._of_age.search(text, max(0, quantity.start - 40), quantity.start)
        if kind == "phrase":
            return not quantity.in_digits and start <= quantity.start
        if kind == "grade":
            counted = text.startswith(self._countable, start) or self._lettered.match(text, start)
            if counted and quantity.is_count:
                return False
            return start <= quantity.start and quantity.end <= end + 1 and quantity.unit not in {"%", "元"}
        if kind == "quoted":
            return not quantity.is_ratio
        if kind in {"date", "heading"}:
            return start <= quantity.start < end
        return True

    def _counts_time(self, text: str, quantity: Quantity) -> bool:
        return self._counted_time.search(text, max(0, quantity.start - 32), quantity.start) is not None

    def _vague_numeral(self, text: str, quantity: Quantity) -> bool:
        """Whether a Chinese numeral counts nothing: 数十家, 几百人, 亿元以上项目, 三角."""
        start, unit = quantity.start, quantity.unit_text
        near = max(0, start - _NEAR)
        if text.startswith(self._places, start) or text.endswith(self._vague, near, start):
            return True
        listed = _NAMES_BEFORE.search(text, near, start) and _NOUN_BEHIND.match(text, quantity.end)
        amount = quantity.is_money and quantity.value_text[-1] in _SCALES
        if amount and _LETTER_BEHIND.match(text, quantity.end) and not self._milestone.match(text, quantity.end):
            return True  # 产值超亿元企业
        if (unit in self._never_counted and not amount) or (listed and unit in _KINDS):
            return True
        bare_scale = all(char in "十百千万亿" for char in quantity.value_text)
        return bare_scale and not quantity.over and not self._compared.search(text, near, start)

    def _is_limit(self, text: str, quantity: Quantity) -> bool:
        """Whether a number only says which things are counted: 5000万元以上项目238个, 60平方米以上的卫生室."""
        if quantity.value_max is not None and _RANGE_OF_OTHERS.match(text, quantity.end):
            return True
        if self._limit_behind.match(text, quantity.end) is None:
            return False
        if quantity.is_ratio or quantity.is_change_of_share:
            return False
        return not self._predicate.search(text, max(0, quantity.start - 8), quantity.start)

    def _limit_found(self, label: str) -> str:
        found = self._limit.search(label) if _LIMIT_LETTER.search(label) else None
        return found.group().removesuffix("的") if found else ""


_DIGITS: Final = re.compile(r"[-\d]")
_BOUND_BEHIND: Final = ("以", "及以", "或以")
_LIMIT_LETTER: Final = one_of("岁龄上下")
"""Every limit has one of them: 65岁, 12月龄, 县级以上, 5000万元以下."""
_RANGE_OF_OTHERS: Final = re.compile(r"[\u4e00-\u9fff]{2,8}\d")
_NAMES_BEFORE: Final = re.compile("、[^，。；：、等]{1,12}$")
_KINDS: Final = frozenset({"种", "类", "项", "大"})
_LETTER_BEHIND: Final = re.compile("[\u4e00-\u9fff]")
_SCALES: Final = ("万", "亿")
_NEAR: Final = 24
_NOUN_BEHIND: Final = re.compile("[\u4e00-\u9fff]{2}")
_RUN: Final = 2
_RUN_LENGTH: Final = 60
_TABLE_RUN: Final = re.compile(r"(?:\d\.\d+[^，。；、：.]{0,16}){2}\d\.\d+[^\u4e00-\u9fff，。；、：.]{0,4}$")
"""Numbers right before another: cells of a table that ran into one line, whose last one has no unit: -16.7|天然气."""
_COUNTED_TIME: Final = (
    r"(?:优|良|[一二三四五]级|污染)$|(?:时长|(?:words:guards.counted_times))(?:[^，。；]{0,8}"
    r"|[^。；]{0,16}(?:words:guards.times_changed)[了到至为]?"
    r"|(?:分别)?(?:为|达|达到)?[\d.、，天小时和及]+)(?<!words:guards.in_a_row)$"
)
"""Before a number of days or hours it says that they are the figure: 全年优良天数为|299天."""
