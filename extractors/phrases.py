"""What the words before a figure say: the name of what is measured, and whether it rose or fell."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from extractors.hints import MOST_REMEMBERED, Removals, first_letters, last_letters, one_of
from extractors.model import Measure
from extractors.numerals import HAN_NUMBER
from extractors.period_readings import PLAN
from extractors.periods import PeriodScanner
from extractors.verbs import Verbs, words_of
from extractors.words import alternation, behind_no_subject, filled
from extractors.words import any_of as words_joined
from lexicons import Lexicons

EDGE: Final = " |\t、，：；。-·的■●◆▲★※～~/+"
_MARKER: Final = (
    r"^(?:（?[一二三四五六七八九十]{1,3}）?[是、要]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、](?!\d)|[①-⑳])",
    "是、要（.①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
)
_ADDED: Final = (
    "^.*(?:加上(?![年级解缴述])[^，。；]*后(?=[收支总])|(?:加上(?![年级解缴述])|减去)(?=[\u4e00-\u9fff]{3}))",
    "加减",
)
"""What a figure is added to: 一般公共预算收入加上上划收入."""
_SCOPE: Final = ("^（(?:不?含|包括)[^）]*）", "含包")
"""Whom an entity includes, told behind its name: 市本级（含东山新区）."""
_RUN_IN: Final = (
    r"^[一二三四五六七八九十]{1,3}、[^，。；：\d]{4,20}?(?=(?:words:labels.run_in_openings)[^，])"
    r"|^.{4,}(?=(?:年末|全年|截至[^，]{0,8})全[市县区州省](?:共有|拥有|实现|完成))"
)
_BEGUN: Final = re.compile("(?<=.{2})已经?(?=.{2}$)")
"""保障性安居工程|已|开工."""
_LASTED: Final = (r"^.*\d(?:天|个月|小时|分钟)(?:（[^）]*）)?、(?=.{2})", "天月时钟")
"""A duration in front, which is no figure: 汛期长达50天、降水量."""
_CHART: Final = (r"^(?=(?:\D*\d){12}).*\d\D*?(?=全年|年末|全[市县区州省]|截至)", "全末截")
"""The scale and the points of a diagram, which ran into a sentence: 0 20 40 2024年 2025年 货运量."""
_TABLE_RUN: Final = (r"^.*\d\.\d.*\d\.\d+\s*(?=[^\d，]{3,}$)", ".")
_PROCEDURE: Final = (
    r"^.*(?:words:labels.assemblies)(?:审议|审查)?(?:words:labels.approving)的|执行中|连续[一二三四五六七八九十\d]+年"
    r"|^加(?=上(?:年|级|解))|(?:^|(?<=[初度省市县区]))(?:words:labels.setting)的(?=.{3})"
    r"|按[^，]{0,12}?(?:words:labels.converting)[为成]?|[为是]?1[^，。；\d]{1,3}兑(?:人民币)?$"
    r"|按照?(?:法定|有关|相关)?(?:程序|规定)|按[月季年](?=[\u4e00-\u9fff]{2})|[均各]?为(?=每[人户生亩床])"
    r"|^[^，。；]*(?:words:labels.causes)(?=.{2})|^[^，。；]{4,}(?:words:labels.run_in_headings)(?=.{2})|（见?表[^）]{0,6}）"
)
_PROCEDURE_LETTERS: Final = "执续加按表兑每况"
"""What it holds one of, if nothing was approved."""
_YEAR: Final = r"\d{4}年(?:同期|末|底)?"
_PLAN: Final = rf"“?{PLAN}”?(?:规划)?(?:时期|期间|期)?末?(?:{_YEAR})?"
_BASE_ENDS: Final = "的年期末底五”间"
"""How the words end that say what the next figure is compared with: 比上年的, 比“十三五”, 较2020年."""
_THAN: Final = "(?:比|较于?|与|同)"
_YEARS_BEHIND: Final = re.compile(rf"(?<=..)(?:\d{{1,2}}|{HAN_NUMBER})年$")
"""产量|五年|增长29倍."""
_YEARS_LONG: Final = re.compile(r"\d{1,2}年[来间内]?")
"""How long something took, which is no name: 收入累计3.7万亿元，|5年|增长18.7%."""
_MORE_OR_LESS: Final = ("多", "少")
_NUMBERS: Final = ("数", "量", "额")
"""How the names of numbers end: 受伤人数|多|1人."""
_CONTRIBUTION: Final = "贡献率"
_TO_GROWTH: Final = ("对", "增")
"""In what a thing contributes to: 对经济增长的贡献率 is part of a change, 科技进步贡献率 is a level."""


@dataclass(init=False, slots=True)
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
    base: bool
    """Whether the figure is what another is compared with: 较2024年的300万元."""

    def __init__(
        self, label: str, verb: str, measure: Measure, sign: int, change_word: str, among: bool, tail: str,
        base: bool = False,
    ) -> None:  # fmt: skip
        self.label, self.verb, self.measure = label, verb, measure
        self.sign, self.change_word, self.among = sign, change_word, among
        self.tail, self.base = tail, base

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
        self._no_names = frozenset(words("labels.no_names"))
        self._light = frozenset(words("labels.light_verbs"))
        self._relational = frozenset(words("labels.relational"))
        self._fall = frozenset(words("roles.fall"))
        self._falling = self._fall.union(words("roles.lower"))
        self._changes = self._fall.union(words("roles.rise"))
        self._growth_nouns = frozenset(words("roles.rate_of_growth"))
        self._compile_removals(lexicons)
        self._compile_changes(lexicons)
        self._compile_ends(lexicons)
        self._known = lru_cache(MOST_REMEMBERED)(self._read)

    def _compile_removals(self, lexicons: Lexicons) -> None:
        """What is cut out of the words before a figure, in this order; the words of time between the last two."""
        words = lexicons.words
        ranked = f"^[、，]?(?:{alternation(lexicons, 'labels.ranks')})全[国省市区][^、，。；]{{0,8}}[、，]"
        picked = words("labels.picked")
        self._opening = Removals(
            _ADDED,
            (ranked, "全"),
            _told_beside_others(lexicons),
            _CHART,
            _TABLE_RUN,
            _LASTED,
            (filled(lexicons, _RUN_IN), first_letters((*words("labels.run_in_openings"), "全"))),
            _MARKER,
            (words_joined(picked), first_letters(picked)),
        )
        modes = words("periods.base_modes")
        base, counts = alternation(lexicons, "periods.base_words"), alternation(lexicons, "periods.base_counts")
        plans, moved = alternation(lexicons, "periods.base_plans"), alternation(lexicons, "roles.rise", "roles.fall")
        counts = f"(?:{counts}|(?:{plans})(?={moved}))?"
        baseline = _baseline(base, words_joined(modes), counts, alternation(lexicons, "periods.no_bases"), moved)
        approved = last_letters(words("labels.approving"))
        setting, causes = (first_letters(lexicons.words(f"labels.{key}")) for key in ("setting", "causes"))
        procedure = (filled(lexicons, _PROCEDURE), approved.union(_PROCEDURE_LETTERS, setting, causes))
        self._compared = Removals(_SCOPE, procedure, (baseline, first_letters((*modes, *"相比较与同年"))))
        own = words("labels.own_words")
        given = f"^(?:{alternation(lexicons, 'labels.givers')})(?:{alternation(lexicons, 'labels.giving')})(?=.{{3}})"
        giving = last_letters(lexicons.words("labels.giving"))
        self._owner = Removals((f"(?:{words_joined(own)})(?:的)?", first_letters(own)), (given, giving))
        self._outer_words = words("labels.outer_words")
        every = [
            word.removeprefix(outer)
            for word in words("labels.of_every_kind")
            for outer in self._outer_words
            if word.startswith(outer)
        ]
        not_outer = f"{behind_no_subject(lexicons)}|{words_joined(every)}"
        doing, all_told = alternation(lexicons, "labels.verbs"), alternation(lexicons, "labels.all_told")
        self._likewise = re.compile(f"[，、；]?(?:{alternation(lexicons, 'labels.likewise')})(?=）|$)")
        self._outer = re.compile(f"^(?:{words_joined(self._outer_words)})(?!{not_outer})(?:(?:{all_told})(?={doing}))?")

    def _compile_changes(self, lexicons: Lexicons) -> None:
        changes = alternation(lexicons, "roles.rise", "roles.fall")
        self._scopes = tuple(f"（{word}" for word in lexicons.words("labels.scopes"))
        self._campaign = re.compile(filled(lexicons, "“[^“”]{2,16}”(?:words:labels.campaigns)"))
        self._change_end = re.compile(f"(?:{changes})$")
        self._change_behind = re.compile(rf"(?:的)?(?:速度)?(?P<word>{changes})(?=[，。；、）]|到位|了|$)")
        self._behind_letters = first_letters((*self._changes, "的", "速度"))
        levels = alternation(lexicons, "labels.level_verbs")
        self._becomes = re.compile(rf"[^，。；]{{0,12}}?(?:{levels}|{changes})")
        self._from = re.compile(r"^(?P<head>.{2,}?)(?:由|从)[^，]*$")
        base = alternation(lexicons, "periods.base_words")
        then = rf"(?:{base}|{_YEAR})的|(?:{_PLAN})的?|{_YEAR}"
        self._stated_base = re.compile(f"{_THAN}(?:{then})$")
        counts = alternation(lexicons, "periods.base_counts", "periods.base_plans")
        self._bare_base = re.compile(rf"{_THAN}(?:{base}|{_YEAR})(?:{counts})?$")
        than = alternation(lexicons, "roles.higher", "roles.lower")
        against = rf"(?:比|较|同|与)[^，。；、\d]{{0,6}}?(?:{base}|{_YEAR})(?:同期|实际|平均)*"
        self._than_then = re.compile(rf"{against}(?P<word>{than})了?$")
        self._than_letters = last_letters((*lexicons.words("roles.higher"), *lexicons.words("roles.lower"), "了"))

    def _compile_ends(self, lexicons: Lexicons) -> None:
        held = f"(?:{alternation(lexicons, 'labels.holding')})在[^，；。]{{1,10}}"
        bounds = (word for key in ("ge", "le", "gt", "lt") for word in lexicons.words(f"comparators.{key}_before"))
        tails = (*lexicons.words("labels.tail_phrases"), *(word for word in bounds if len(word) > 1))
        each = lexicons.words("labels.each_time")
        self._tail_phrase = re.compile(f"(?:{words_joined(tails)}|{held}|(?<=[到至为])(?:{words_joined(each)}))$")
        self._tail_letters = last_letters((*tails, *each))
        self._level_verb = re.compile(f"(?:{alternation(lexicons, 'labels.level_verbs')})$")
        self._level_letters = last_letters(lexicons.words("labels.level_verbs"))
        comparisons = lexicons.words("labels.comparisons")
        self._comparison = re.compile(rf"^(?P<head>.+?)(?:{words_joined(comparisons)})[^，；。\d]{{1,12}}$")
        self._comparison_letter = one_of(first_letters(comparisons))
        self._together = re.compile(filled(lexicons, ".*?、.*?(?:words:labels.all_told)(?=words:labels.verbs)"))

    def phrase(self, near: str, right: str = "", *, amount: bool = False) -> Phrase:
        """Reads the words before a figure; ``right`` are those behind it (下降 of 按5%压减).

        The name of an ``amount`` has no verbs that add nothing to it: 完成税收收入 → 税收收入.
        """
        becomes = ("由" in near or "从" in near) and self._becomes.match(right) is not None
        behind = self._change_behind.match(right) if right[:1] in self._behind_letters else None
        return self._known(near, becomes, behind["word"] if behind else "", amount)

    def _read(self, near: str, becomes: bool, behind: str, amount: bool) -> Phrase:
        phrase = self._plain(near, becomes, behind)
        return self._without_light_verbs(phrase) if amount else phrase

    def _plain(self, near: str, becomes: bool, behind: str) -> Phrase:
        """Of the words behind it counts whether they say that the figure is a level, and their word of change."""
        near = self._opening.off(near)
        among = "其中" in near[:8]
        text = self._owner.off(self._periods.strip(self._compared.off(near)))
        if near[-1:] in self._than_letters and (then := self._than_then.search(near)):
            behind = then["word"]
            text = text.removesuffix("了").removesuffix(behind)
        if text in self._relational:
            return Phrase(text, "", "level", 1, "", among, "")
        if self._compares(text):
            tokens = [*words_of(text)]
            tail = self._pop_tail(tokens)
            return Phrase(self._finished(tokens), "", "level", 1, "", among, tail)
        text, tail, level = self._cut_phrases(text.removesuffix("的"))
        base = near[-1:] in _BASE_ENDS and self._stated_base.search(near) is not None
        base = base or (bool(behind) and self._bare_base.search(near) is not None)
        level = level or base
        if becomes and (origin := self._from.match(text)):
            text, level = origin["head"], True
        tokens = [*words_of(text)]
        tail = self._pop_tail(tokens) + tail
        word = (
            ""
            if level or self._ends_in_doing(tokens)
            else self._change(tokens, tail, "比" in near or "较" in near or tail == "了")
        )
        if word and word not in self._indicators_end(tokens):
            self._pop_change(tokens, word)
            tail = self._pop_tail(tokens) + tail
        elif not level and behind:
            word = behind
        label = self._finished(tokens)
        if label[-1:] == "年":
            label = _YEARS_BEHIND.sub("", label)
        sign = -1 if word in self._falling or word == _MORE_OR_LESS[1] else 1
        return Phrase(label, self._verbs.leading(label), "change" if word else "level", sign, word, among, tail, base)

    def _compares(self, text: str) -> bool:
        """Whether the words say how far something is above another: 增幅高于全国."""
        if self._comparison_letter.search(text) is None or self._comparison.match(text) is None:
            return False
        return self._ending_phrase(text) is None

    def _indicators_end(self, tokens: list[str]) -> tuple[str, ...]:
        """The last word when it ends the name of a known indicator, so that it is no change: 自然增长率."""
        for count in (1, 2, 3):
            if self._indicators.lookup("".join(tokens[-count:])):
                return (tokens[-1],)
        return ()

    def _ends_in_doing(self, tokens: list[str]) -> bool:
        """Whether the last two words make a verb of doing, as 审减 and 改造提升 do: what was done is no change."""
        return len(tokens) > 1 and "".join(tokens[-2:]) in self._verbs

    def _finished(self, tokens: list[str]) -> str:
        """The label that is left, without connectives in front and the words of a wider region."""
        self._pop_lead(tokens)
        label = "".join(tokens).strip(EDGE)
        if label.startswith(self._outer_words):
            label = self._outer.sub("", label)
        if "、" in label and (together := self._together.match(label)):
            label = label[together.end() :]
        if "同" in label:
            label = self._likewise.sub("", label)
        if (
            label[:1] == "“"
            and (campaign := self._campaign.match(label))
            and self._verbs.leading(label[campaign.end() :])
        ):
            label = label[campaign.end() :]
        if label[:1] == "（" and not label.startswith(self._scopes) and (behind := label.partition("）")[2]):
            label = behind  # （详见附表）|转移支付
        label = label.strip(EDGE).removeprefix("的").replace("（）", "").removesuffix("年均")
        if (len(label) == 1 and label in self._no_names) or _YEARS_LONG.fullmatch(label):
            return ""
        if "已" in label and label[-2:] in self._verbs:
            label = _BEGUN.sub("", label)
        for opening, closing in ("“”", "（）", "《》"):
            if opening in label:
                label += closing * (label.count(opening) - label.count(closing))
        return label

    def _cut_phrases(self, text: str) -> tuple[str, str, bool]:
        """Cuts 控制在, 提高到 … off the end: what is left, what was cut, whether it says that a level follows."""
        tail, level = "", False
        while cut := self._ending_phrase(text) or self._ending_verb(text):
            level = level or self._ending_verb(text) is not None
            tail, text = text[cut.start() :] + tail, text[: cut.start()]
        return text, tail, level

    def _ending_phrase(self, text: str) -> re.Match[str] | None:
        """The phrase a text ends with that parts a label from its figure: 控制在, 不低于, 稳定在合理."""
        return self._tail_phrase.search(text) if text[-1:] in self._tail_letters or "在" in text else None

    def _ending_verb(self, text: str) -> re.Match[str] | None:
        """The verb of change a text ends with that says that a level follows: 增至."""
        return self._level_verb.search(text) if text[-1:] in self._level_letters else None

    def _change(self, tokens: list[str], tail: str, compared: bool) -> str:
        """The word of change the tokens end with; "" when a level follows (提高到)."""
        if not tokens:
            return ""
        last = tokens[-1]
        if last in _MORE_OR_LESS and (tokens[-2][-1] in _NUMBERS if len(tokens) > 1 else compared):
            return last
        levelled = tail[:1] in {"到", "至", "为", "的"}
        for word in (last, "".join(tokens[-2:])):
            if word == _CONTRIBUTION and not any(map("".join(tokens).__contains__, _TO_GROWTH)):
                return ""
            if word in self._growth_nouns or (not levelled and word in self._changes):
                return word
        if not levelled and len(last) > 2 and (ending := self._change_end.search(last)) and len(ending.group()) > 1:
            return ending.group()
        if levelled and tail[:1] != "的" and last in self._changes and last not in self._growth_nouns:
            tokens.pop()
        return ""

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
        while tokens:
            count = 1 if tokens[0] in self._lead or tokens[0].strip(EDGE) == "" else 2
            if count == 2 and "".join(tokens[:2]) not in self._lead:
                return
            if "".join(tokens[:3]).startswith(self._keep_lead):
                return
            del tokens[:count]

    def _without_light_verbs(self, phrase: Phrase) -> Phrase:
        tokens = [*words_of(phrase.label)]
        while len(tokens) > 1 and tokens[0] in self._light and "".join(tokens) not in self._keep_lead:
            if tokens[1] == "或":
                break  # 达到或好于Ⅲ类水体的比例
            tokens.pop(0)
        label = "".join(tokens).strip(EDGE)
        return phrase if label == phrase.label else replace(phrase, label=label, verb=self._verbs.leading(label))


_BEFORE: Final = ("ge", "le", "gt", "lt", "nearly", "about", "over")


def _told_beside_others(lexicons: Lexicons) -> tuple[str, frozenset[str]]:
    """How fast a thing grew beside others, told before its figure: 人均可支配收入|增速高于经济增速、|突破3万元."""
    growth = lexicons.words("roles.rate_of_growth")
    others = alternation(lexicons, "labels.comparisons", "labels.ranks")
    return f"(?:{words_joined(growth)})(?:{others})[^，、。；\\d]{{2,14}}、", last_letters(growth)


def _baseline(words: str, modes: str, counts: str, names: str, moved: str) -> str:
    """A pattern for what a change is measured against: 比上年同期, 较2020年, 比上年完成数, 同比."""
    counted = f"{counts}(?:相比)?"
    base = rf"{_PLAN}|[^，。；、（）\d]{{0,8}}?(?:{words})(?!{names})|{_YEAR}"
    against = rf"(?:相(?=[比较]))?(?:(?<!占)比|较于?|与|同)(?:{base}){counted}"
    return f"{against}|(?:{modes})(?![^，。；]{{0,3}}?(?:{moved}|持平)的)|年均(?=增长|递增|下降)"
