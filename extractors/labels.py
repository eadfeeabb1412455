"""The name of what was counted or measured, read off the words around its figure."""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex
import rjieba

from extractors.clauses import Slot
from extractors.model import Measure
from extractors.periods import PeriodScanner
from extractors.words import alternation
from lexicons import Lexicons

_EDGE = " 、，：；。-·的■～~/+"
_BRACKETED_END = regex.compile(r"（[^（）]{0,40}）$")
_SHARE = regex.compile(r"占(?!地|用|道|有|补|领|线|股|全球第)")
_OPEN_END = regex.compile("(?:以及|并|和|及|与|或|共|的|了)+$")
_MAX_SUFFIX = 32


@dataclass(frozen=True, slots=True)
class Phrase:
    """What the words before a figure say, once everything that is no name is taken off.

    Example: 累计监督检查医疗机构 → label 监督检查医疗机构, verb 监督检查
    """

    label: str
    verb: str
    """The verb of doing it begins with, "" where it begins with a noun."""
    measure: Measure
    sign: int
    """-1 for a fall."""
    change_word: str
    """The verb or noun of change it ended with: 增长, 增速."""
    among: bool
    """Whether 其中 opened it."""
    tail: str
    """What was cut off behind the label: 均达到, 增长约."""

    @property
    def object(self) -> str:
        """The label without its verb."""
        return self.label[len(self.verb) :]


class LabelReader:
    """Cuts labels out of the words around figures.

    Example: 其中：税收收入完成 → label 税收收入, among; 比上年增长 → label "", measure change
    """

    def __init__(self, lexicons: Lexicons, periods: PeriodScanner) -> None:
        words = lexicons.words
        self._periods = periods
        self._indicators = lexicons.indicators
        self._lead, self._tail = frozenset(words("labels.lead")), frozenset(words("labels.tail"))
        self._tail |= {
            word
            for key in ("ge", "le", "gt", "lt", "nearly", "about", "over")
            for word in words(f"comparators.{key}_before")
        }
        self._verbs = frozenset(words("labels.verbs"))
        self._light = frozenset(words("labels.light_verbs"))
        self._rise, self._fall = frozenset(words("roles.rise")), frozenset(words("roles.fall"))
        self._growth_nouns = frozenset(words("roles.rate_of_growth"))
        self._change_end = regex.compile(f"(?:{alternation(lexicons, 'roles.rise', 'roles.fall')})$")
        self._change_behind = regex.compile(
            rf"(?:的)?(?:速度)?(?P<word>{alternation(lexicons, 'roles.rise', 'roles.fall')})(?!到|至|为|[^，。；、]*\d)"
        )
        self._tail_phrase = regex.compile(f"(?:{alternation(lexicons, 'labels.tail_phrases')})$")
        self._level_verb = regex.compile(f"(?:{alternation(lexicons, 'labels.level_verbs')})$")
        self._keep_lead = tuple(words("labels.keep_lead"))
        self._own = regex.compile(f"(?:{alternation(lexicons, 'labels.own_words')})(?:的)?")
        self._outer = regex.compile(
            f"^(?:{alternation(lexicons, 'labels.outer_words')})(?!性|民|部|面|重点|统一|运动|冠军)"
        )
        self._comparison = regex.compile(
            rf"^(?P<head>.+?)(?:{alternation(lexicons, 'labels.comparisons')})(?P<other>[^，；。\d]{{1,12}})$"
        )
        self._baseline = regex.compile(
            r"(?:比|较|与|同)(?:“?十[一二三四五]五”?末|[^，。；、\d]{0,8}?(?:上年(?:同期|末|底)?|去年(?:同期|末|底)?|同期|年初|上月末?|上季度|期末|预算数?|计划)|\d{4}年(?:同期|末|底)?)(?:实际|快报数|完成数|决算数|执行数|口径)?(?:相比)?"
            r"|(?:按|以)(?:可比|不变|现行|当年|同)(?:价格?|口径)?(?:计算)?|按上年快报数|同比|环比|同口径(?:相比)?|扣除价格因素|年均(?=增长|递增|下降)"
        )
        self._together = regex.compile(rf".*?、.*?(?:共|累计|合计|共计)(?=(?:{alternation(lexicons, 'labels.verbs')}))")
        self._from = regex.compile(r"^(?P<head>.{2,}?)(?:由|从)[^，]*$")
        self._becomes = regex.compile(
            rf"[^，。；]{{0,12}}?(?:{alternation(lexicons, 'labels.level_verbs', 'roles.rise', 'roles.fall')})"
        )
        self._stop_suffix = regex.compile(f"(?:{alternation(lexicons, 'labels.stop_suffix')})")
        self._after = regex.compile(
            f"(?:{alternation(lexicons, 'comparators.ge_after', 'comparators.le_after', 'comparators.about_after', 'comparators.gt_after')})"
        )
        self._list_tail = regex.compile(f"^(.*?)(?:{alternation(lexicons, 'labels.list_tail')})(?P<rest>.*)$")
        self._bare_head = regex.compile(
            f"(?:{alternation(lexicons, 'labels.bare_number_heads')})(?:范围)?(?:分别)?(?:为|是|达|达到|：|降至|升至|提高到)?(?:约|超过)?$"
        )
        self._markers = tuple(words("labels.object_marker"))
        self._relational = frozenset(words("labels.relational"))
        self._rate_ending = regex.compile(f"(?:{alternation(lexicons, 'labels.rate_endings')})$")
        self._alone = tuple(words("labels.alone"))
        self._generic = frozenset(words("labels.generic")) | frozenset(words("labels.rate_endings")) | self._verbs

    def phrase(self, near: str, right: str = "") -> Phrase:
        """Reads the words before a figure; ``right`` are those behind it (下降 of 按5%压减)."""
        among = "其中" in near[:8]
        text = self._own.sub("", self._periods.strip(self._baseline.sub("", near)))
        if (compared := self._comparison.match(text)) and not self._tail_phrase.search(text):
            return Phrase(self._trimmed(text), "", "level", 1, "", among, "")
        text, tail, level = self._cut_phrases(text)
        if (origin := self._from.match(text)) and self._becomes.match(right):
            text, level = origin["head"], True
        tokens = rjieba.cut(text, False)
        tail = self._pop_tail(tokens) + tail
        word, sign = ("", 1) if level else self._change(tokens, tail)
        if word and word not in self._indicators_end(tokens):
            self._pop_change(tokens, word)
            tail = self._pop_tail(tokens) + tail
        elif not level and (behind := self._change_behind.match(right)):
            word, sign = behind["word"], -1 if behind["word"] in self._fall else 1
        label = self._finished(tokens)
        return Phrase(label, self._leading_verb(label), "change" if word else "level", sign, word, among, tail)

    def _indicators_end(self, tokens: list[str]) -> tuple[str, ...]:
        """The last word when it ends the name of a known indicator, so that it is no change: 自然增长率."""
        for count in (1, 2, 3):
            if self._indicators.lookup("".join(tokens[-count:])):
                return (tokens[-1],)
        return ()

    def _trimmed(self, text: str) -> str:
        tokens = rjieba.cut(text, False)
        return self._finished(tokens)

    def _finished(self, tokens: list[str]) -> str:
        """The label that is left, without connectives in front and the words of a wider region."""
        self._pop_lead(tokens)
        label = self._outer.sub("", "".join(tokens).strip(_EDGE))
        if "、" in label and (together := self._together.match(label)):
            label = label[together.end() :]
        return label.strip(_EDGE).removeprefix("的")

    def _cut_phrases(self, text: str) -> tuple[str, str, bool]:
        """Cuts 控制在, 提高到 … off the end: what is left, what was cut, whether it says that a level follows."""
        tail, level = "", False
        while cut := self._tail_phrase.search(text) or self._level_verb.search(text):
            level = level or self._level_verb.search(text) is not None
            tail, text = text[cut.start() :] + tail, text[: cut.start()]
        return text, tail, level

    def _change(self, tokens: list[str], tail: str) -> tuple[str, int]:
        """The word of change the tokens end with, and its sign; "" when a level follows (提高到)."""
        if not tokens:
            return "", 1
        last = tokens[-1]
        levelled = tail[:1] in {"到", "至"} or tail[:1] == "为"
        for word in (last, "".join(tokens[-2:])):
            if word in self._growth_nouns or (not levelled and word in self._rise | self._fall):
                return word, -1 if word in self._fall else 1
        if not levelled and len(last) > 2 and (ending := self._change_end.search(last)) and len(ending.group()) > 1:
            return ending.group(), -1 if ending.group() in self._fall else 1
        if levelled and last in self._rise | self._fall and last not in self._growth_nouns:
            tokens.pop()
        return "", 1

    @staticmethod
    def _pop_change(tokens: list[str], word: str) -> None:
        """Takes the word of change off the end; 贡献率 stays, it names what is measured."""
        if word == "贡献率":
            return
        text = "".join(tokens)
        tokens[:] = rjieba.cut(text[: len(text) - len(word)], False)

    def _pop_tail(self, tokens: list[str]) -> str:
        popped = ""
        while tokens and (tokens[-1] in self._tail or tokens[-1].strip(_EDGE) == ""):
            popped = tokens.pop() + popped
        return popped

    def _pop_lead(self, tokens: list[str]) -> None:
        while tokens and (tokens[0] in self._lead or tokens[0].strip(_EDGE) == ""):
            if "".join(tokens[:3]).startswith(self._keep_lead):
                return
            tokens.pop(0)

    def _leading_verb(self, label: str) -> str:
        tokens = rjieba.cut(label, False)
        for count in (3, 2, 1):
            head = "".join(tokens[:count])
            if head in self._verbs:
                return head
        return ""

    def trailing_verb(self, label: str) -> str:
        """The verb of doing a label ends with: “线下线上”全面排查 → 排查, "" where there is none."""
        tokens = rjieba.cut(label, False)
        for count in (3, 2, 1):
            tail = "".join(tokens[-count:])
            if tail in self._verbs:
                return tail
        return ""

    @staticmethod
    def first_word(label: str) -> str:
        """基金支出 → 基金."""
        tokens = rjieba.cut(label, False)
        return tokens[0] if tokens else ""

    def stands_alone(self, label: str) -> bool:
        """Whether a short label is a name of its own (医院, 税收收入) and needs no total before it."""
        return label.endswith(self._alone) or self._indicators.lookup(label) is not None

    def is_generic(self, label: str) -> bool:
        """Whether a label says nothing alone (任务完成率, 占比, 价值): it leans on what was named before."""
        if label in self._relational:
            return True
        if self._indicators.lookup(label):
            return False
        stem = label[: len(label) - len(ending.group())] if (ending := self._rate_ending.search(label)) else label
        return all(token in self._generic for token in rjieba.cut(stem, False))

    def suffix(self, slot: Slot) -> str:
        """The words right behind a figure that name what it counts: 22名|县级医疗机构业务骨干到三甲医院进修学习."""
        text = slot.suffix
        if behind := self._after.match(text):
            text = text[behind.end() :]
            if text.startswith("的"):
                text = text[1:]
            elif text:
                return ""
        if not text or self._stop_suffix.match(text):
            return ""
        return self._shortened(_OPEN_END.sub("", text.strip(_EDGE)))

    def _shortened(self, text: str) -> str:
        if len(text) <= _MAX_SUFFIX:
            return text
        tokens, length, kept = rjieba.cut(text, False), 0, []
        for token in tokens:
            if length + len(token) > _MAX_SUFFIX:
                break
            kept.append(token)
            length += len(token)
        return "".join(kept).strip(_EDGE)

    def is_marker(self, label: str) -> bool:
        """Whether a label is, or begins with, a preposition whose clause goes on behind the figure (为育龄妇女)."""
        return label.startswith(self._markers[:6])

    def named_list(self, label: str) -> str | None:
        """What is left of an enumeration of names before a count, None where it is none: 建成甲科、乙科 → 建成."""
        listed = self._list_tail.match(label)
        if listed is None and "、" not in label:
            return None
        return self._leading_verb(label)

    def without_names(self, label: str) -> str:
        """举办甲赛、乙赛等系列冰雪赛事 → 举办系列冰雪赛事: names before 等 are examples of what stands behind."""
        listed = self._list_tail.match(label)
        if listed is None or "、" not in listed[1] or len(listed["rest"]) < 2:
            return label
        return self._leading_verb(label) + listed["rest"].removeprefix("的")

    def strip_light(self, phrase: Phrase) -> Phrase:
        """The phrase without verbs that add nothing to the name of an amount: 完成税收收入 → 税收收入."""
        tokens = rjieba.cut(phrase.label, False)
        while len(tokens) > 1 and tokens[0] in self._light:
            tokens.pop(0)
        label = "".join(tokens).strip(_EDGE)
        return phrase if label == phrase.label else replace(phrase, label=label, verb=self._leading_verb(label))

    def takes_bare_number(self, left: str, right: str) -> bool:
        """Whether a number without a unit is a figure: 出生人口性别比109.3, 降水pH值范围为4.02-7.80."""
        return self._bare_head.search(left, max(0, len(left) - 24)) is not None and not right[:1].isalnum()

    @staticmethod
    def unit_of_noun(suffix: str, label: str) -> str:
        """The unit a number without classifier takes from its noun: 老年人 → 人, 总诊疗人次 → 人次, else ""."""
        if label.endswith("人次"):
            return "人次"
        noun = suffix or label
        return (
            "人"
            if suffix and regex.match(r"[^，。；的]{0,6}?(?:人|人员|群众|居民|职工|学生|儿童|妇女|患者|劳动力)", noun)
            else ""
        )

    @staticmethod
    def share(label: str) -> int:
        """Where 占 opens the whole a share is of, -1 where there is none: 民间投资占全部投资比重 → 4."""
        found = _SHARE.search(label)
        return found.start() if found else -1
