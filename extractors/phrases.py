"""What the words before a figure say: the name of what is measured, and whether it rose or fell."""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from extractors.model import Measure
from extractors.periods import PeriodScanner
from extractors.verbs import Verbs, words_of
from extractors.words import alternation
from extractors.words import any_of as words_joined
from lexicons import Lexicons

EDGE = " |\t、，：；。-·的■～~/+"
_MARKER = regex.compile(
    r"^(?:（?[一二三四五六七八九十]{1,3}）?[是、要]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、](?!\d)|[①-⑳])"
)
_ADDED = regex.compile("^.*(?:加上(?![年级解缴述])|减去)(?=[\u4e00-\u9fff]{3})")
"""What a figure is added to: 一般公共预算收入加上上划收入."""
_SCOPE = regex.compile("^（含[^）]*）")
"""Whom an entity includes, told behind its name: 市本级（含东山新区）."""
_RUN_IN = regex.compile(r"^.{4,}(?=(?:年末|全年|截至[^，]{0,8})全[市县区州省](?:共有|拥有|实现|完成))")
_TABLE_RUN = regex.compile(r"^.*\d\.\d.*\d\.\d+\s*(?=[^\d，]{3,}$)")
_PROCEDURE = regex.compile(
    r"^.*(?:会议|人大|常委会|大会)(?:审议|审查)?(?:通过|批准|批复)的|执行中|连续[一二三四五六七八九十\d]+年|^加(?=上(?:年|级|解))|按[^，]{0,10}?(?:汇率|价格|口径)?(?:折算|折合)(?:为|成)?|按(?:照)?(?:法定|有关|相关)?(?:程序|规定)|（(?:见)?表[^）]{0,6}）"
)
_COUNTED_BY_CHANGE = "[^，。；]{0,3}?(?:上涨|下降|增长|减少|增加|提高|上升|持平)的"
_CONTRIBUTION = "贡献率"


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
    base: bool = False
    """Whether the figure is what another is compared with: 较2024年的300万元."""

    @property
    def object(self) -> str:
        """The label without its verb."""
        return self.label[len(self.verb) :]


class PhraseReader:
    """Takes everything off the words before a figure that is no name: time, connectives, verbs of change.

    Example: 其中：税收收入完成 → label 税收收入, among; 比上年增长 → label "", measure change
    """

    def __init__(self, lexicons: Lexicons, periods: PeriodScanner, verbs: Verbs) -> None:
        words = lexicons.words
        self._periods, self._verbs, self._indicators = periods, verbs, lexicons.indicators
        self._lead, self._keep_lead = frozenset(words("labels.lead")), tuple(words("labels.keep_lead"))
        before = [word for key in _BEFORE for word in words(f"comparators.{key}_before")]
        self._tail, self._tail_keep = frozenset((*words("labels.tail"), *before)), frozenset(words("labels.tail_keep"))
        self._light = frozenset(words("labels.light_verbs"))
        self._relational = frozenset(words("labels.relational"))
        self._rise, self._fall = frozenset(words("roles.rise")), frozenset(words("roles.fall"))
        self._growth_nouns = frozenset(words("roles.rate_of_growth"))
        self._compile(lexicons)

    def _compile(self, lexicons: Lexicons) -> None:
        def any_of(*groups: str) -> str:
            return alternation(lexicons, *groups)

        changes = any_of("roles.rise", "roles.fall")
        self._change_end = regex.compile(f"(?:{changes})$")
        self._change_behind = regex.compile(rf"(?:的)?(?:速度)?(?P<word>{changes})(?=[，。；、）]|到位|了|$)")
        self._becomes = regex.compile(rf"[^，。；]{{0,12}}?(?:{any_of('labels.level_verbs')}|{changes})")
        self._from = regex.compile(r"^(?P<head>.{2,}?)(?:由|从)[^，]*$")
        held = "(?:控制|稳定|保持|维持)在[^，；。]{1,10}"
        bounds = (f"comparators.{key}_before" for key in ("ge", "le", "gt", "lt"))
        bound = words_joined(word for group in bounds for word in lexicons.words(group) if len(word) > 1)
        self._tail_phrase = regex.compile(f"(?:{any_of('labels.tail_phrases')}|{bound}|{held})$")
        self._level_verb = regex.compile(f"(?:{any_of('labels.level_verbs')})$")
        self._own = regex.compile(f"(?:{any_of('labels.own_words')})(?:的)?")
        ranks = any_of("labels.ranks")
        self._ranked = regex.compile(f"^[、，]?(?:{ranks})全[国省市区][^、，。；]{{0,8}}[、，]")
        self._given = regex.compile(f"^(?:{any_of('labels.givers')})下达(?:给)?(?=.{{3}})")
        self._outer = regex.compile(f"^(?:{any_of('labels.outer_words')})(?!{any_of('entities.level_not')})")
        self._comparison = regex.compile(rf"^(?P<head>.+?)(?:{any_of('labels.comparisons')})[^，；。\d]{{1,12}}$")
        self._baseline = regex.compile(_baseline(any_of("periods.base_words"), any_of("periods.base_modes")))
        self._stated_base = regex.compile(
            rf"(?:比|较|与|同)(?:{any_of('periods.base_words')}|\d{{4}}年(?:同期|末|底)?)的$"
        )
        self._together = regex.compile(rf".*?、.*?(?:共|累计|合计|共计)(?=(?:{any_of('labels.verbs')}))")

    def phrase(self, near: str, right: str = "") -> Phrase:
        """Reads the words before a figure; ``right`` are those behind it (下降 of 按5%压减)."""
        near = self._ranked.sub("", _ADDED.sub("", near))
        near = _RUN_IN.sub("", _MARKER.sub("", _TABLE_RUN.sub("", near)))
        among = "其中" in near[:8]
        text = self._own.sub("", self._periods.strip(self._baseline.sub("", _PROCEDURE.sub("", near))))
        text = self._given.sub("", _SCOPE.sub("", text))
        if text in self._relational:
            return Phrase(text, "", "level", 1, "", among, "")
        if self._comparison.match(text) and not self._tail_phrase.search(text):
            return Phrase(self._trimmed(text), "", "level", 1, "", among, "")
        text, tail, level = self._cut_phrases(text.removesuffix("的"))
        base = self._stated_base.search(near) is not None
        level = level or base
        if (origin := self._from.match(text)) and self._becomes.match(right):
            text, level = origin["head"], True
        tokens = words_of(text)
        tail = self._pop_tail(tokens) + tail
        word, sign = ("", 1) if level or self._ends_in_doing(tokens) else self._change(tokens, tail)
        if word and word not in self._indicators_end(tokens):
            self._pop_change(tokens, word)
            tail = self._pop_tail(tokens) + tail
        elif not level and (behind := self._change_behind.match(right)):
            word, sign = behind["word"], -1 if behind["word"] in self._fall else 1
        label = self._finished(tokens)
        return Phrase(label, self._verbs.leading(label), "change" if word else "level", sign, word, among, tail, base)

    def _indicators_end(self, tokens: list[str]) -> tuple[str, ...]:
        """The last word when it ends the name of a known indicator, so that it is no change: 自然增长率."""
        for count in (1, 2, 3):
            if self._indicators.lookup("".join(tokens[-count:])):
                return (tokens[-1],)
        return ()

    def _ends_in_doing(self, tokens: list[str]) -> bool:
        """Whether the last two words make a verb of doing, as 审减 does: what was done is no change."""
        return len(tokens) > 1 and len(tokens[-1]) == 1 and "".join(tokens[-2:]) in self._verbs

    def _trimmed(self, text: str) -> str:
        tokens = words_of(text)
        return self._finished(tokens)

    def _finished(self, tokens: list[str]) -> str:
        """The label that is left, without connectives in front and the words of a wider region."""
        self._pop_lead(tokens)
        label = self._outer.sub("", "".join(tokens).strip(EDGE))
        if "、" in label and (together := self._together.match(label)):
            label = label[together.end() :]
        label = label.strip(EDGE).removeprefix("的")
        for opening, closing in ("“”", "（）", "《》"):
            label += closing * (label.count(opening) - label.count(closing))
        return label

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
        levelled = tail[:1] in {"到", "至", "为", "的"}
        for word in (last, "".join(tokens[-2:])):
            if word in self._growth_nouns or (not levelled and word in self._rise | self._fall):
                return word, -1 if word in self._fall else 1
        if not levelled and len(last) > 2 and (ending := self._change_end.search(last)) and len(ending.group()) > 1:
            return ending.group(), -1 if ending.group() in self._fall else 1
        if levelled and tail[:1] != "的" and last in self._rise | self._fall and last not in self._growth_nouns:
            tokens.pop()
        return "", 1

    @staticmethod
    def _pop_change(tokens: list[str], word: str) -> None:
        """Takes the word of change off the end; 贡献率 stays, it names what is measured."""
        if word == _CONTRIBUTION:
            return
        text = "".join(tokens)
        tokens[:] = words_of(text[: len(text) - len(word)])

    def _pop_tail(self, tokens: list[str]) -> str:
        popped = ""
        while tokens and (tokens[-1] in self._tail or tokens[-1].strip(EDGE) == ""):
            if "".join(tokens[-2:]) in self._tail_keep:
                break
            popped = tokens.pop() + popped
        if "".join(tokens[-2:]) in self._tail:
            popped = tokens.pop() + popped
            popped = tokens.pop() + popped
        return popped

    def _pop_lead(self, tokens: list[str]) -> None:
        while tokens and (tokens[0] in self._lead or tokens[0].strip(EDGE) == ""):
            if "".join(tokens[:3]).startswith(self._keep_lead):
                return
            tokens.pop(0)

    def strip_light(self, phrase: Phrase) -> Phrase:
        """The phrase without verbs that add nothing to the name of an amount: 完成税收收入 → 税收收入."""
        tokens = words_of(phrase.label)
        while len(tokens) > 1 and tokens[0] in self._light and "".join(tokens) not in self._keep_lead:
            tokens.pop(0)
        label = "".join(tokens).strip(EDGE)
        return phrase if label == phrase.label else replace(phrase, label=label, verb=self._verbs.leading(label))


_BEFORE = ("ge", "le", "gt", "lt", "nearly", "about", "over")


def _baseline(words: str, modes: str) -> str:
    """A pattern for what a change is measured against: 比上年同期, 较2020年, 按可比价格计算, 同比."""
    year = r"\d{4}年(?:同期|末|底)?"
    plan = "“?十[一二三四五六]五”?(?:期)?末"
    counted = "(?:实际|快报数|完成数|决算数|执行数|口径)?(?:相比)?"
    against = rf"(?:(?<!占)比|较|与|同)(?:{plan}|[^，。；、\d]{{0,8}}?(?:{words})|{year}){counted}"
    return f"{against}|(?:{modes})(?!{_COUNTED_BY_CHANGE})|年均(?=增长|递增|下降)"
