"""Judgements on labels: is it a name of its own, or does it lean on what was named before?"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from extractors.hints import MOST_REMEMBERED, Endings
from extractors.verbs import Verbs, words_of
from extractors.words import alternation
from lexicons import Lexicons

_SHARE: Final = re.compile(r"(?<![侵抢挤霸强])占(?!地(?![区方])|用|道|压|有|补|领|线|股|全球第)")
_CLASS_SOON: Final = 8
"""Characters behind 等 in which the class of a list is named."""
_PEOPLE_SOON: Final = r"[^，。；的]{0,6}?"


class LabelJudge:
    """Tells what kind of name a label is.

    Example: 任务完成率 is generic, 医院 stands alone, 筛查出高危人群 is a result
    """

    def __init__(self, lexicons: Lexicons, verbs: Verbs) -> None:
        words = lexicons.words
        self._verbs = verbs
        self.indicator = lru_cache(MOST_REMEMBERED)(lexicons.indicators.lookup)
        """The well-known indicator a label names, None for none: 早孕建卡率 → that of 早孕建册率."""
        self.is_generic = lru_cache(MOST_REMEMBERED)(self._says_nothing)
        """Whether a label says nothing alone (任务完成率, 占比, 价值): it leans on what was named before."""
        self._resultative = tuple(words("labels.resultative"))
        self._markers = tuple(words("labels.object_marker"))
        self._classes = words("labels.listed_classes")
        self._relational = frozenset(words("labels.relational"))
        self._ends_alone, self._ends_as_measure = Endings(words("labels.alone")), Endings(words("labels.measures"))
        self._generic = frozenset((*words("labels.generic"), *words("labels.rate_endings")))
        self._rate_ending = re.compile(f"(?:{alternation(lexicons, 'labels.rate_endings')})$")
        self._list_tail = re.compile(f"^(.*?)(?:{alternation(lexicons, 'labels.list_tail')})(?P<rest>.*)$")
        verbs_before = alternation(lexicons, "labels.copula", "labels.tail_phrases", "labels.level_verbs")
        linking = f"(?:分别)?(?:{verbs_before}|：)?(?:约|超过)?$"
        self._bare_head = re.compile(f"(?:{alternation(lexicons, 'labels.bare_number_heads')})(?:范围)?{linking}")
        after = alternation(lexicons, "comparators.ge_after", "comparators.le_after", "comparators.about_after")
        self._ends = re.compile(rf"(?:{after})|[^0-9A-Za-z\u4e00-\u9fff]|$")
        self._money_ends = Endings(lexicons.words("labels.money_nouns"))
        self._people = re.compile(f"{_PEOPLE_SOON}(?:{alternation(lexicons, 'labels.people')})")

    def stands_alone(self, label: str) -> bool:
        """Whether a short label is a name of its own (医院, 税收收入) and needs no total before it."""
        return self._ends_alone(label) or self.indicator(label) is not None

    def is_measure(self, label: str) -> bool:
        """Whether a label names what is measured (利润总额, 增加值) and not only of whom (股份制企业)."""
        return self._ends_as_measure(label) or self.indicator(label) is not None

    def names_money(self, label: str) -> bool:
        """Whether a label ends with what amounts of money are called (专项债, 补助) and needs no head before it."""
        return self._money_ends(label)

    def leans_on(self, label: str, earlier: str) -> bool:
        """Whether an unknown rate is made of words of the label before it: 送贮率 after 送贮废弃放射源."""
        ending = self._rate_ending.search(label) if len(label) <= 5 else None
        if ending is None or not ending.start() or self.indicator(label) or "占" in earlier:
            return False
        return all(char in earlier for char in label[: ending.start()])

    def is_unknown_rate(self, label: str) -> bool:
        """Whether a label is a rate so short that it cannot be a whole name: 绿码率."""
        return len(label) <= 3 and self._rate_ending.search(label) is not None and not self.indicator(label)

    def _says_nothing(self, label: str) -> bool:
        if not label or label in self._relational:
            return bool(label)
        ending = self._rate_ending.search(label)
        if ending is None:
            return not self.indicator(label) and self._generic.issuperset(words_of(label))
        stem = words_of(label[: ending.start()])
        if self._generic.issuperset(stem):
            return True
        return not self.indicator(label) and all(token in self._generic or token in self._verbs for token in stem)

    def result_verb(self, label: str) -> str:
        """The verb of finding a label begins with: 查出问题 → 查出, else ""."""
        return next((verb for verb in self._resultative if label.startswith(verb)), "")

    def is_result(self, label: str) -> bool:
        """Whether a label tells what was found among what was counted before: 筛查出中高危人群."""
        return label.startswith(self._resultative)

    def is_marker(self, label: str) -> bool:
        """Whether a label is, or begins with, a preposition whose clause goes on behind the figure (为育龄妇女)."""
        return label.startswith(self._markers)

    def named_list(self, label: str) -> str | None:
        """What is left of an enumeration of names before a count, None where it is none: 建成甲科、乙科 → 建成."""
        if "、" not in label and self._list_tail.match(label) is None:
            return None
        return self._verbs.leading(label)

    def without_names(self, label: str) -> str:
        """举办甲赛、乙赛等系列冰雪赛事 → 举办系列冰雪赛事: names before 等 are examples of what stands behind.

        Those that say which of them are meant stay: 诈骗、盗窃等案件.
        """
        listed = self._list_tail.match(label) if "、" in label else None
        if listed is None or "、" not in listed[1] or len(listed["rest"]) < 2:
            return label
        if any(word in listed["rest"][:_CLASS_SOON] for word in self._classes):
            return label
        return self._verbs.leading(label) + listed["rest"].removeprefix("的")

    def takes_bare_number(self, text: str, start: int, end: int) -> bool:
        """Whether a number without a unit is a figure: 出生人口性别比109.3, 降水pH值范围为4.02-7.80."""
        return bool(self._ends.match(text, end) and self._bare_head.search(text, max(0, start - 24), start))

    def unit_of_noun(self, suffix: str, label: str) -> str:
        """The unit a number without classifier takes from its noun: 老年人 → 人, 医疗收入 → 元, else ""."""
        if label.endswith("人次"):
            return "人次"
        if not suffix and self._money_ends(label):
            return "元"
        return "人" if suffix and self._people.match(suffix) else ""

    @staticmethod
    def share(label: str) -> int:
        """Where 占 opens the whole a share is of, -1 where there is none: 民间投资占全部投资比重 → 4."""
        found = _SHARE.search(label) if "占" in label else None
        return found.start() if found else -1
