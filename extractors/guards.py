"""Numbers that are no figures: dates, ordinals, codes, ages, names. Found first, then kept from the scanner."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from extractors.guard_forms import AGES, BLOCKING, LIMITS, Form
from extractors.hints import MOST_REMEMBERED
from extractors.numerals import HAN_NUMBER
from extractors.quantities import Quantity
from extractors.words import alternation
from lexicons import Lexicons

_Finds = Callable[[str], Iterable[re.Match[str]]]
Blocked = tuple[int, int, str]
"""A range of a view in which no figure starts, and why: 65岁以上 in 65岁以上老年人 → (0, 5, "limit")."""


class Guards:
    """Finds what looks like a figure and is none.

    Example: 第三批 (ordinal), 〔2023〕8号 (ordinal), 0-6岁 (age), “十四五” (quoted), 12345热线 (code)
    """

    def __init__(self, lexicons: Lexicons) -> None:
        first = [(kind, None, _at_start(form.first)) for kind, form in BLOCKING.items() if form.first]
        forms = [(kind, _needs(form), _compiled(form)) for kind, form in BLOCKING.items()]
        phrases = re.compile(alternation(lexicons, "guards.set_phrases"))
        self._forms: tuple[tuple[str, Callable[[str], object] | None, _Finds], ...] = (
            *first,
            *forms,
            ("phrase", None, phrases.finditer),
        )
        self._limit = re.compile(f"{AGES}|{LIMITS}", re.VERBOSE)
        self._limit_of = lru_cache(MOST_REMEMBERED)(self._limit_found)
        self._countable = tuple(lexicons.words("guards.countable_letters"))
        self._places = tuple(name for name in lexicons.regions.names if len(name) > 2 and name[0] in HAN_NUMBER)
        self._never_counted = frozenset(lexicons.words("guards.never_counted"))
        above = ("comparators.gt_before", "comparators.nearly_before", "comparators.ge_before")
        self._compared = re.compile(f"(?:{alternation(lexicons, *above)})$")
        self._predicate = re.compile(f"(?:{alternation(lexicons, *above, 'labels.copula')})$")
        nouns = alternation(lexicons, "guards.limit_nouns")
        self._limit_behind = re.compile(
            rf"(?:及|或)?(?:以上|以下|以内)(?:（含）)?(?:的)?(?!的?(?:{nouns}))[\u4e00-\u9fff“]{{2}}"
        )
        self._vague = tuple(lexicons.words("guards.vague_before"))
        self._of_age = re.compile(f"(?:{alternation(lexicons, 'guards.age_labels')})[^，。；]{{0,28}}$")

    def blocked(self, text: str) -> list[Blocked]:
        """All ranges of ``text`` that hold no figure; they may overlap."""
        return [
            (*match.span(), kind)
            for kind, needs, finds in self._forms
            if needs is None or needs(text)
            for match in finds(text)
        ]

    def admitted(self, text: str, quantities: Iterable[Quantity], blocked: Iterable[Blocked]) -> list[Quantity]:
        """The quantities that no guard forbids."""
        ordered = sorted(blocked)
        starts = [start for start, _, _ in ordered]
        longest = max((end - start for start, end, _ in ordered), default=0)
        admitted = []
        for quantity in quantities:
            low, high = bisect_left(starts, quantity.start - longest), bisect_left(starts, quantity.end)
            near = [block for block in ordered[low:high] if block[1] > quantity.start] if low < high else ()
            if not self._forbidden(text, quantity, near):
                admitted.append(quantity)
        return admitted

    def _forbidden(self, text: str, quantity: Quantity, touching: Sequence[Blocked]) -> bool:
        if quantity.rule.startswith("quantity.han") and self._vague_numeral(text, quantity):
            return True
        if self._is_limit(text, quantity):
            return True
        return bool(touching) and any(self._applies(text, quantity, block) for block in touching)

    def _applies(self, text: str, quantity: Quantity, block: Blocked) -> bool:
        """Whether a guard that overlaps a quantity really speaks of it.

        A duration counted as such stays a figure (优良天数为299天), so does an age that is measured (预期寿命76.8岁); a
        set phrase forbids numerals, not digits.
        """
        start, end, kind = block
        if kind == "duration":
            return not (quantity.dimension == "time" and _counts_time(text, quantity))
        if kind == "age":
            return not self._of_age.search(text, max(0, quantity.start - 40), quantity.start)
        if kind == "phrase":
            return not quantity.rule.startswith(("quantity.arabic", "quantity.range")) and start <= quantity.start
        if kind == "grade":
            if text.startswith(self._countable, start) and quantity.is_count:
                return False
            return start <= quantity.start and quantity.end <= end + 1 and quantity.unit not in {"%", "元"}
        if kind == "quoted":
            return not quantity.is_ratio
        if kind in {"date", "heading"}:
            return start <= quantity.start < end
        return True

    def _vague_numeral(self, text: str, quantity: Quantity) -> bool:
        """Whether a Chinese numeral counts nothing: 数十家, 几百人, 亿元以上项目, 三角."""
        start, unit = quantity.start, quantity.unit_text
        near = max(0, start - _NEAR)
        if text.startswith(self._places, start) or text.endswith(self._vague, near, start):
            return True
        listed = _NAMES_BEFORE.search(text, near, start) and _NOUN_BEHIND.match(text, quantity.end)
        if unit in self._never_counted or (listed and unit in _KINDS):
            return True
        bare_scale = all(char in "十百千万亿" for char in quantity.value_text)
        return bare_scale and not quantity.over and not self._compared.search(text, near, start)

    def _is_limit(self, text: str, quantity: Quantity) -> bool:
        """Whether a number only says which things are counted: 5000万元以上项目238个, 60平方米以上的卫生室."""
        if quantity.value_max is not None and _RANGE_OF_OTHERS.match(text, quantity.end):
            return True
        if not text.startswith(_BOUND_BEHIND, quantity.end) or self._limit_behind.match(text, quantity.end) is None:
            return False
        if quantity.is_ratio or quantity.is_change_of_share:
            return False
        return not self._predicate.search(text, max(0, quantity.start - 8), quantity.start)

    def limit_in(self, label: str) -> str:
        """The part of a label that limits who or what is counted: 65岁及以上 of 65岁及以上老年人, else ""."""
        return self._limit_of(label)

    def _limit_found(self, label: str) -> str:
        found = None if _LIMIT_LETTERS.isdisjoint(label) else self._limit.search(label)
        return found.group().removesuffix("的") if found else ""


def _needs(form: Form) -> Callable[[str], object] | None:
    return re.compile(form.needs).search if form.needs else None


def _compiled(form: Form) -> _Finds:
    opening = f"(?={form.opening})" if form.opening else ""
    return re.compile(f"{opening}(?:{form.pattern})", re.VERBOSE | re.ASCII).finditer


def _at_start(pattern: str) -> _Finds:
    match = re.compile(pattern, re.VERBOSE | re.ASCII).match
    return lambda text: [found] if (found := match(text)) else ()


_BOUND_BEHIND = ("以", "及以", "或以")
_LIMIT_LETTERS = frozenset("岁龄上下")
"""Every limit has one of them: 65岁, 12月龄, 县级以上, 5000万元以下."""
_RANGE_OF_OTHERS = re.compile(r"[\u4e00-\u9fff]{2,8}\d")
_NAMES_BEFORE = re.compile("、[^，。；：、等]{1,12}$")
_KINDS = frozenset({"种", "类", "项", "大"})
_NEAR = 24
_NOUN_BEHIND = re.compile("[\u4e00-\u9fff]{2}")
_TIME_LABEL = re.compile(
    r"(?:天数|日天|雨日|日照|时间|时长|时限|周期|时数|日数|年限|寿命|住院日|平均|累计|提供|服务|志愿|学时|工期|年龄)(?:[^，。；]{0,8}|[^。；]{0,16}(?:增加|减少|增多|多|少)了?|(?:分别)?(?:为|达|达到)?[\d.、，天小时和及]+)$"
)


def _counts_time(text: str, quantity: Quantity) -> bool:
    return _TIME_LABEL.search(text, max(0, quantity.start - 32), quantity.start) is not None
