"""Labels said once for several figures: A和B分别达到x和y, 食品、石化、医药等产业增加值分别增长…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractors.hints import Endings
from extractors.numerals import HAN_NUMBER, han_value
from extractors.verbs import words_of
from extractors.words import alternation, filled
from lexicons import Lexicons

_AND: Final = re.compile("以及|、|和|及|与")
_HEADS: Final = "率数值额量次费长入出比度价"
_RATE: Final = 3
"""Characters of the name of a rate that things of several kinds may have: 普及率."""
_HEADLESS: Final = 4
"""Characters of a name that may lack what the first of a list begins with: 事故起数、|死亡人数."""
_PLACE: Final = "[^，。；：、（）和与及各全本该其我辖下属市县区对向在往]{2,8}?(?:[省市县区州旗镇乡]|(?<![东欧联结])盟)"
_PLACES: Final = re.compile(f"{_PLACE}(?:(?:以及|、|和|及|与){_PLACE}){{1,20}}")
_PLACES_COUNTED: Final = re.compile(f"{HAN_NUMBER}个?[县市区州家地]{{1,2}}的?")
"""Behind the names of places it says how many they are: 甲县、乙县|两地|新增就业."""
_VILLAGES: Final = re.compile("[^，。；：、（）和与及]{2,8}村(?:(?:、|和|及|与)[^，。；：、（）和与及]{2,8}村){1,20}")
_TAKEN_OUT: Final = re.compile(f"(?:{_AND.pattern})+{_PLACES_COUNTED.pattern}")
_OPENING: Final = re.compile(rf"(?:其中[，：]?+)?+(?:\d{{4}}年[末底]?+，?+)?+(?P<places>{_PLACES.pattern})")
_COUNTED: Final = re.compile(f"(?<=[^、])(?P<number>{HAN_NUMBER})(?:项|种|类|个|大)(?=[\u4e00-\u9fff])")

_Pair = tuple[str, tuple[str, ...]]
"""A word, and the things it stands for."""


class Distributor:
    """Gives each of n figures its own part of a shared label.

    Example: 国家级、部级创新平台, 2 → 国家级创新平台, 部级创新平台
    """

    def __init__(self, lexicons: Lexicons) -> None:
        own = alternation(lexicons, "entities.own_level")
        self._places = re.compile(f"(?:(?:{own})、)?{_PLACES.pattern}")
        self._nouns = lexicons.words("labels.shared_nouns")
        self._insured = re.compile(
            filled(lexicons, "(?P<who>words:labels.insured)(?P<kind>words:labels.insured_kinds)")
        )
        measures = lexicons.words("labels.measures")
        self._measures = frozenset(
            (*lexicons.words("labels.shared_heads"), *(word for word in measures if len(word) > 1))
        )
        self._measured, self._measuring = Endings(self._measures), Endings(measures)
        self._kinds = lexicons.words("labels.shared_kinds")
        self._class_nouns = frozenset(lexicons.words("labels.class_nouns"))
        self._class_modifiers = frozenset(lexicons.words("labels.class_modifiers"))
        self._unbroken = re.compile(f"（[^（）]*）|{alternation(lexicons, 'labels.compounds')}")
        pairs = [word.partition("=") for word in lexicons.words("labels.pairs")]
        self._pairs: list[_Pair] = [(whole, tuple(parts.split("|"))) for whole, _, parts in pairs]
        self._both = [pair for pair in self._pairs if pair[0] in lexicons.words("labels.both")]
        self._listed = [pair for pair in self._pairs if "、" in pair[0]]

    def distribute(self, label: str, count: int) -> list[str] | None:
        """The ``count`` labels ``label`` stands for, in order; None where it does not divide so."""
        if (paired := self._paired(label, self._listed, count)) is not None:
            return paired
        names, behind = self._counted(label, count)
        if behind:
            return self.classed(names, behind, count)
        items = self._items(label, count)
        return self._paired(label, self._pairs, count) if items is None else self._completed(items)

    @staticmethod
    def _counted(label: str, count: int) -> tuple[str, str]:
        """A list that is counted, and what is said of it: 甲醛和苯两项污染物浓度 → 甲醛和苯, 污染物浓度."""
        counted = _COUNTED.search(label)
        if counted is None or han_value(counted["number"]) != count:
            return label, ""
        return label[: counted.start()], label[counted.end() :]

    @staticmethod
    def _paired(label: str, pairs: Sequence[_Pair], count: int) -> list[str] | None:
        """One word for several things: 城乡居民收入 → 城镇居民收入, 农村居民收入."""
        for whole, parts in pairs:
            if whole in label and len(parts) == count:
                return [label.replace(whole, part, 1) for part in parts]
        return None

    def lists(self, label: str, count: int) -> bool:
        """Whether a label names ``count`` things, one by one or in a word that means several (城乡居民收入, 2)."""
        both = any(pair[0] in label and len(pair[1]) == count for pair in self._both)
        return both or self._items(label, count) is not None

    def items(self, label: str, count: int) -> list[str] | None:
        """The bare items of an enumeration of exactly ``count``: 甲县、乙县和丙县的收入 → 甲县, 乙县, 丙县的收入."""
        return self._items(self._counted(label, count)[0], count)

    def classed(self, names: str, label: str, count: int) -> list[str] | None:
        """甲醛、苯和汞 and 主要污染物年均浓度 (of 三项主要污染物年均浓度), 3 → 甲醛年均浓度, 苯年均浓度, 汞年均浓度."""
        items = self._items(names, count)
        if items is None:
            return None
        words = words_of(label)
        at = next((at for at, word in enumerate(words) if word not in self._class_modifiers), len(words)) + 1
        while at < len(words) and words[at] in self._class_nouns:
            at += 1
        return [item + "".join(words[at:]) for item in items]

    def places(self, label: str, count: int) -> tuple[list[str], str] | None:
        """甲县、乙县和丙县收入, 3 → the three places, and 收入; None where there are not as many."""
        listed = self._places.match(label) or _VILLAGES.fullmatch(label)
        if listed is None:
            return None
        named, counted = _AND.split(listed.group()), _PLACES_COUNTED.match(label, listed.end())
        return (named, label[counted.end() if counted else listed.end() :]) if len(named) == count else None

    @staticmethod
    def uncounted(text: str) -> str:
        """新增就业 of 、两地新增就业, where the names of the places were taken out."""
        return _TAKEN_OUT.sub("", text, count=1)

    @staticmethod
    def opening_places(text: str) -> list[str]:
        """The places a sentence begins with: 甲县、乙县和丙县首要污染物为臭氧，… → 甲县, 乙县, 丙县."""
        listed = _OPENING.match(text)
        return _AND.split(listed["places"]) if listed else []

    def _items(self, label: str, count: int) -> list[str] | None:
        masked = self._unbroken.sub(lambda match: "■" * len(match.group()), label)
        cuts = [match.span() for match in _AND.finditer(masked)]
        commas = [cut for cut in cuts if masked[cut[0]] == "、"]
        ands = [cut for cut in cuts if masked[cut[0]] != "、"]
        strong = [cut for cut in ands if masked[cut[0]] in "和与"]
        for chosen in (cuts, commas, commas + strong[-1:], commas + ands[-1:], strong, ands):
            spans = sorted(set(chosen))
            if len(spans) != count - 1:
                continue
            edges = [0, *(edge for span in spans for edge in span), len(label)]
            items = [label[edges[i] : edges[i + 1]] for i in range(0, len(edges), 2)]
            if all(items):
                return items
        return None

    def _completed(self, items: list[str]) -> list[str]:
        """Adds what the first item shares from its front and the last from its end."""
        items = self._of_insured(items)
        first, last = items[0], items[-1]
        if self._unbroken.fullmatch(last):
            return items
        if head := self._measure_before(items):
            return [first, *(head + item for item in items[1:])]
        tail = (
            self._kind_shared(first, self._words(last))
            or _shared_tail(items, self._words(last), self._nouns)
            or self._measure_of(first, last)
        )
        if first + tail == last:
            tail = self._words(last)[-1]  # 工业、制造业、工业技改|投资
        if tail and any(item.endswith(tail) for item in items[1:-1]):
            tail = ""
        if tail:
            items = [item + tail for item in items[:-1]] + [items[-1]]
            if "等" in items[-1] and not items[0].endswith("等" + tail):
                items[-1] = items[-1].replace("等", "", 1)
        head = "" if tail else self._bearer(items) or _shared_head(items)
        return [items[0], *(item if item.startswith(head) else head + item for item in items[1:])]

    def _words(self, item: str) -> tuple[str, ...]:
        """The words of an item, in which a name that holds together is one: 农业农村|投入."""
        kept = self._unbroken.match(item)
        return (kept.group(), *words_of(item[kept.end() :])) if kept else words_of(item)

    def rated(self, names: Sequence[str]) -> list[str]:
        """The names of rates, with the rate that only the last says: 自来水, 卫生户厕普及率 → 自来水普及率, …."""
        rate = "".join(words_of(names[-1])[-1:])
        if len(rate) < _RATE or rate[-1] != "率" or rate == names[-1] or any(map(self._measuring, names[:-1])):
            return [*names]
        return [*(name + rate for name in names[:-1]), names[-1]]

    def _of_insured(self, items: list[str]) -> list[str]:
        """职工基本养老, 基本医疗 → 职工基本养老, 职工基本医疗: whose insurance it is, said once."""
        if (whose := self._insured.match(items[0])) is None:
            return items
        return [items[0], *(whose["who"] + one if one.startswith(whose["kind"]) else one for one in items[1:])]

    def _measure_before(self, items: Sequence[str]) -> str:
        """报销比例 of 报销比例职工、居民: a measure before the first of those whose it is; else ""."""
        words = words_of(items[0])
        head = "".join(words[:-1])
        own = len(words) > 1 and self._measuring.longest(head, whole=False) and not self._measuring(items[0])
        short = all(len(item) <= len(words[-1]) + 2 and not self._measuring(item) for item in items[1:])
        return head if own and short and len(words[-1]) > 1 else ""

    def _measure_of(self, first: str, last: str) -> str:
        """对中亚、东盟|进出口: the measure at the end of the last item, where the first ends with none; else ""."""
        own = self._measured(first) or first[-1] in _HEADS or first.isascii()
        return "" if own else self._measured.longest(last, whole=False)

    def _bearer(self, items: Sequence[str]) -> str:
        """市属企业 of 市属企业营业收入、利润: whose all is, where the others are nothing but measures; else ""."""
        if not self._measures.issuperset(items[1:]) or items[0] in self._measures:
            return ""
        return items[0].removesuffix(self._measured.longest(items[0], whole=False))

    def _kind_shared(self, first: str, tokens: Sequence[str]) -> str:
        """城乡居民、企业|养老保险, 基本养老、医疗|保险: the kind that ends a word of the last item."""
        at = next((at for at in range(len(tokens)) if tokens[at].endswith(self._kinds)), -1)
        kind = next((kind for kind in self._kinds if at >= 0 and tokens[at].endswith(kind)), "")
        if not kind or any(kind in first for kind in self._kinds):
            return ""
        if at == 0:
            return kind + "".join(tokens[1:]) if tokens[0] != kind else ""
        said = len(words_of(words_of(first)[-1] + kind)) == 1
        return (kind if said else tokens[at]) + "".join(tokens[at + 1 :])


def _shared_tail(items: list[str], tokens: Sequence[str], nouns: tuple[str, ...]) -> str:
    first, last = items[0], items[-1]
    for mark, keep in (("等", ""), ("的", "的")):
        if mark in last and mark not in first:
            return keep + last.partition(mark)[2]
    if first[-1] in _HEADS:
        return ""
    at = last.find(first[-1])
    rest = last[at + 1 :] if at >= 0 else ""
    if len(rest) > 1 or (rest and (rest in _HEADS or rest == tokens[-1])):
        return rest.removeprefix("”")
    if inner := _inner_tail(first, tokens, nouns):
        return inner
    shared = next((at for at in range(1, len(tokens)) if tokens[at] in nouns and tokens[at] not in first), 0)
    if shared:
        return "".join(tokens[shared:])
    whole = len(words_of(first.strip("“”"))) == 1 and not set(first[-2:]) & set(tokens[-1])  # 文明城市、文化|名城
    if whole and not first.isascii() and len(tokens) > 1 and len(last) > len(first):
        return "".join(tokens[1:])
    return next((noun for noun in nouns if last.endswith(noun) and noun not in first and last != noun), "")


def _inner_tail(first: str, tokens: Sequence[str], nouns: tuple[str, ...]) -> str:
    """刑事、治安|案件, 城镇、农村|居民人均收入: a noun inside a word, behind as much as the first item is."""
    own = tokens[0][: len(first)]
    noun = tokens[0][len(own) :]
    return noun + "".join(tokens[1:]) if noun in nouns and len(words_of(first)) == len(words_of(own)) == 1 else ""


def _shared_head(items: list[str]) -> str:
    """生产安全事故起数, 死亡人数 → 生产安全事故: a longer first item whose head noun has the same ending."""
    first = words_of(items[0])
    if len(items[0]) <= len(items[-1]) or items[0][-1] != items[-1][-1] or len(first) < 2:
        return ""
    longest = len(items[0]) if items[0].startswith("每") else _HEADLESS
    whole = any(item.startswith(first[0]) or len(item) > longest for item in items[1:])
    if whole or items[0][-2:] == items[-1][-2:]:
        return ""
    return "".join(first[:-1])
