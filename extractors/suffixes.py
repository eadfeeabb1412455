"""The words behind a figure that belong to its name: 选派22名|县级医疗机构业务骨干到三甲医院进修学习."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from extractors.clauses import Slot
from extractors.hints import MOST_REMEMBERED, Endings
from extractors.phrases import EDGE
from extractors.verbs import Verbs, words_of
from extractors.words import alternation, filled
from lexicons import Lexicons

_OPEN_END: Final = re.compile(
    "(?:以及|并|(?<![应结针校面核])对|(?<![方流意走导定面趋])向|(?<![供补自])给|和|(?<![惠涉普波触])及|与|或|共|的|了|为|达到?|分别|均|还?(?<![所拥国私公享具含])有)+$"
)
_CLAUSE_STOP: Final = re.compile("[，；：。！？]")
_PURPOSE: Final = "^(?:(?:words:labels.for_what)?(?:words:labels.used_for)|重点)+"
_USE: Final = r"(?:words:labels.for_what)?(?:words:labels.used_for)[^，。；：！？\d（）]{2,40}"
_UNQUOTED_DIGIT: Final = re.compile(r"\d(?![^“”]*”)")
"""A figure, which no number in a name is: “33618”产业集群."""
_LONG: Final = 24
_LONGEST: Final = 32

AMONG_THEM: Final = re.compile("(?<=.)(?<![高初其集空水华联之期])(?:当|之)?中，?(?:共?有|已有)?$|^中(?:共?有|已有)?$")
"""Between a total and a part of it: 37万名职工|中有|35万人学完."""


class SuffixReader:
    """Reads names behind figures.

    Example: 培训120名|乡村医生 → 乡村医生; 统筹资金4亿元，|对困难群众实施救助 → the purpose of the amount
    """

    def __init__(self, lexicons: Lexicons, verbs: Verbs) -> None:
        self._verbs = verbs
        self._generic_money = frozenset(lexicons.words("labels.generic_money"))
        self._money_ends = Endings(self._generic_money)
        self.is_unnamed_money = lru_cache(MOST_REMEMBERED)(self._is_unnamed)
        """Whether a label, which a verb opens, is only verbs and 资金: 统筹安排资金."""
        self._bare_before = frozenset(("", *lexicons.words("labels.object_marker")))
        self._happenings = lexicons.words("labels.happenings")
        self._adverbs = frozenset(lexicons.words("labels.adverbs"))
        self._payers, self._given = (frozenset(lexicons.words(f"labels.{key}")) for key in ("payers", "given"))
        after = alternation(lexicons, *(f"comparators.{key}_after" for key in ("ge", "le", "about", "gt")))
        goals = alternation(lexicons, "roles.target_after", "roles.norms")
        before = alternation(lexicons, *(f"comparators.{key}_before" for key in ("ge", "gt", "nearly")))
        self._far = re.compile(f"(?<=..)(?:{before})$")
        self._after = re.compile(f"(?:{after})")
        self._goal_named = re.compile(rf"的[^，。；、]{{0,8}}?(?:{goals})(?=[，。；、）]|$)")
        self._reference = re.compile(rf"(?:{after})?的?[^，。；、\d]{{0,8}}?(?:{goals})")
        self._all_told = re.compile(f"(?<=..)(?:{alternation(lexicons, 'labels.all_told')})$")
        self._made_up = re.compile(filled(lexicons, "(?<=..)等?(?:words:labels.made_up)的.*$"))
        self._first_points = lexicons.words("labels.first_points")
        self._praises = lexicons.words("labels.praises")
        self._not_done = lexicons.words("roles.missed")
        self._purpose, self._use = (re.compile(filled(lexicons, one)) for one in (_PURPOSE, _USE))
        stops, names = ("labels.stop_suffix", "labels.level_verbs"), alternation(lexicons, "labels.no_stop_suffix")
        self._stop = re.compile(f"(?!{names})(?:{alternation(lexicons, *stops)})")

    def is_reference(self, right: str) -> bool:
        """Whether the words behind a figure make it a norm or another's level: 62%|的目标要求, 2.86人|的平均水平."""
        return self._reference.match(right) is not None

    def suffix(self, slot: Slot) -> str:
        """The words right behind a figure that name what it counts: 22名|县级医疗机构业务骨干到三甲医院进修学习."""
        text = slot.suffix
        if not text:
            return ""
        if behind := self._after.match(text):
            text = text[behind.end() :]
            counted = slot.near in self._bare_before or (slot.quantity.is_count and self._verbs.trailing(slot.near))
            if text and not text.startswith("的") and not counted:
                return ""  # 设立资金5000万元左右|企业10家
        if text.startswith("的"):
            text = "" if self._goal_named.match(text) else text[1:]
        if not text or self._stop.match(text) or text in {"到", "至", "内", "等"}:
            return ""
        text = text.strip(EDGE)
        if "、" in text:
            text = self._first_told(text)
        if "中" in text[-3:] and (among := AMONG_THEM.search(text)):
            text = text[: among.start()]
        text = _OPEN_END.sub("", self._made_up.sub("", text))
        if len(slot.suffix) == len(slot.right):
            text = self._far.sub("", text)
        return self._shortened(self._all_told.sub("", text))

    def _first_told(self, text: str) -> str:
        """Of nouns and of what was done besides, the nouns: 应对24轮|强降雨|、抗御台风."""
        nouns, _, done = text.partition("、")
        besides = "的" not in done and done[-2:] != nouns[-2:] and self._verbs.leading(done) != ""
        return nouns if nouns and besides and not self._verbs.trailing(nouns) else text

    def ends_in_verb(self, label: str) -> bool:
        """Whether a label breaks off at a verb whose object follows another figure: 为企业提供|1亿元融资支持."""
        return bool(self._verbs.trailing(label)) and label not in self._verbs

    def doing(self, label: str) -> str:
        """The verb a label begins with: 新引进 of 新引进高层次人才; else ""."""
        return self._verbs.leading(label)

    def happening(self, label: str) -> str:
        """What happens to people, by which a label ends: 死亡 of 儿童死亡; else ""."""
        return next((word for word in self._happenings if label.endswith(word) and label != word), "")

    def predicate(self, suffix: str) -> str:
        """What happens to what is counted: 科技创新团队入选“英才”计划 → 入选“英才”计划, "" if nothing."""
        tokens = words_of(suffix)
        at = next((i for i in range(1, len(tokens)) if tokens[i] in self._verbs), 0)
        return "".join(tokens[at:]) if at else ""

    def tells(self, suffix: str) -> bool:
        """Whether words behind a figure already say what happens to what it counts: 贫困村退出."""
        return any(token in self._verbs for token in words_of(suffix))

    def purpose(self, label: str, verb: str, right: str) -> str:
        """What an amount without a name is for: 统筹资金4亿元，|对困难群众实施救助; "" where the label names it."""
        if not self.is_unnamed_money(label, verb):
            return ""
        clause, *rest = _CLAUSE_STOP.split(right.lstrip("，"), maxsplit=1)
        if clause.startswith("为") and clause.endswith(self._praises):
            return ""  # 涉及资金5.9亿元，为绩效管理提供坚实支撑
        if clause.startswith(self._first_points):
            return ""  # 安排资金3亿元，一是支持新产业
        if not rest or _UNQUOTED_DIGIT.search(clause) or len(clause) < 4 or clause.startswith(self._not_done):
            return ""
        return self._shortened(self._purpose.sub("", clause))

    def use(self, right: str) -> str:
        """What an amount is used for, said right behind it: 42亿元|用于土地储备，… → 用于土地储备; else ""."""
        said = self._use.match(right)
        return self._shortened(said.group()) if said else ""

    def _is_unnamed(self, label: str, verb: str) -> bool:
        if label.removeprefix(verb) in self._generic_money or label in self._verbs:
            return True
        doing = label.removesuffix(self._money_ends.longest(label))
        halves = (doing[: len(doing) // 2], doing[len(doing) // 2 :])
        words = halves if len(doing) == 4 and halves[0] in self._verbs else words_of(doing)
        paid = next((at for at, word in enumerate(words) if word not in self._payers), len(words))
        if paid and "".join(words[paid:]) not in self._given:
            return False  # 财政支出, 财政预算
        return all(word in self._verbs or word in self._adverbs for word in words[paid:])

    def _shortened(self, text: str) -> str:
        """A long tail ends before its second verb, or where a label would be too long to read."""
        if len(text) <= _LONG:
            return text
        tokens, length, kept = words_of(text), 0, []
        for token in tokens:
            if length + len(token) > _LONGEST or (length > 4 and len(text) > _LONGEST and token in self._verbs):
                break
            kept.append(token)
            length += len(token)
        return "".join(kept).strip(EDGE)
