"""Names that share words with the one before: 基金收入…，支出…; 上涨的城市23个，持平的为4个."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Final

from extractors.hints import Endings
from extractors.labels import LabelJudge
from extractors.phrases import PhraseReader
from extractors.places import SAME_LIST, Link, Place
from extractors.verbs import Verbs, words_of
from extractors.words import alternation, filled
from lexicons import Lexicons

_INSTEAD: Final = re.compile("(?P<what>[\u4e00-\u9fff]{1,4}(?<!的))的(?:为|有|占|达|共)?")
_DUE, _DONE = "应", "实"
"""What there was to do, and what was done of it: 应检9家，实检8家."""
_SHORT: Final = 4
_ALL: Final = "总"
"""Before the head of a sum, it is said of that alone: 基金总收入9亿元，当期结余|2亿元."""


class Parallels:
    """The rules that put a figure's own words into the name of the figure before; None where they do not fit.

    Example: 社会保险基金收入3亿元，基金支出|2亿元 → 社会保险基金支出 (label.parallel)
    """

    def __init__(self, lexicons: Lexicons, phrases: PhraseReader, judge: LabelJudge, verbs: Verbs) -> None:
        self._judge, self._verbs, self._phrases = judge, verbs, phrases
        budgets, added = (alternation(lexicons, key) for key in ("entities.zone_budgets", "labels.added_to"))
        self._summed = re.compile(f"[^，；。]{{0,12}}?(?P<what>(?:{budgets})[^，；。]{{0,16}}?)(?:{added})")
        self._degrees = frozenset(lexicons.words("labels.degrees"))
        accounts, items = (alternation(lexicons, key) for key in ("labels.accounts", "labels.account_items"))
        self._account_item = re.compile(f"(?P<account>(?:{accounts})?)(?:{items})")
        self._adjusted = re.compile(f"^(?:{alternation(lexicons, 'labels.adjusted')})")
        self._rests = lexicons.words("labels.rests")
        self._opposites = frozenset(lexicons.words("labels.opposites"))
        self._planned_heads = frozenset(lexicons.words("labels.opposite_ends"))
        self._opposite_ends = Endings((*self._opposites, *self._planned_heads))
        self._planned = re.compile(f"(?:{alternation(lexicons, 'labels.planned_sums')})$")
        """收入|预算安排|7亿元，支出|预算安排|6亿元: how both end, which keep all words."""
        remainders, classes, adjusting = (
            frozenset(lexicons.words(f"labels.{key}")) for key in ("remainders", "classes_of_diseases", "adjusting")
        )
        self._remainders, self._classes, self._adjusting = remainders, classes, adjusting
        self._extreme = re.compile(
            filled(lexicons, "(?P<said>(?:words:labels.extremes)(?:words:roles.rate_of_growth))(?:words:labels.tail)*$")
        )

    def instead(self, place: Place) -> Link | None:
        """价格上涨的城市23个，持平的为4个: another word before 的 in the name of the figure before."""
        previous = place.previous
        told = _INSTEAD.fullmatch(place.slot.near) if "的" in place.slot.near else None
        if told is None or previous is None or previous.slot.quantity.unit != place.quantity.unit:
            return None
        stem, of, rest = previous.label.rpartition("的")
        words = [*words_of(stem)][:-1]
        if words and words[-1] in self._degrees:
            words.pop()
        elif len(words) > 1 and words[-1] in SAME_LIST:
            del words[-2:]
        return place.link("".join(words) + told["what"] + of + rest, "label.parallel") if words and rest else None

    def of_same(self, place: Place) -> Link | None:
        """Of the things counted before: 应种9剂，实种|8剂; 整改7处，其余|2处; 乙类|5种; 调整9项，调增|6项."""
        previous, label = place.previous, place.own
        if previous is None or not place.follows or not place.quantity.is_count:
            return None
        same = previous.slot.quantity.unit == place.quantity.unit
        if place.phrase.change_word in self._adjusting and same and not label:
            done = place.phrase.change_word
            return place.link(done + previous.object, "label.bare-verb", verb=done)
        if label[:1] == _DONE and previous.carried.endswith(_DUE + label[1:]) and len(label) > 1:
            return place.link(previous.carried.removesuffix(_DUE + label[1:]) + label, "label.parallel")
        if label in self._remainders and (same or previous.subject):
            whose = previous.object if same else self._verbs.object_of(previous.subject)
            return place.link(label + whose.removesuffix(self._verbs.trailing(whose)), "label.relational")
        if label in self._classes:
            whose = previous.object
            return place.link(label + (whose[2:] if whose[:2] in self._classes else whose), "label.parallel")
        return None

    def after_measure(self, place: Place) -> Link | None:
        """近视率小学38.6%、|初中64.9%: whose a measure is, told behind it, in the place of the one before."""
        previous, label = place.previous, place.own
        if previous is None or not place.in_list or previous.slot.quantity.unit != place.quantity.unit:
            return None
        if len(label) > _SHORT or place.quantity.is_count or self._judge.is_measure(label) or place.phrase.verb:
            return None
        earlier = previous.label
        for at in range(len(earlier) - 2, max(1, len(earlier) - _SHORT - 1), -1):
            if self._judge.is_measure(earlier[:at]) and not self._judge.is_measure(earlier):
                return place.link(earlier[:at] + label, "label.parallel")
        return None

    def extreme(self, place: Place) -> Link | None:
        """集采药品14批，平均降幅|52.7%: which of the changes of what was told before."""
        previous = place.previous
        said = self._extreme.search(place.slot.near) if place.follows and place.phrase.change_word else None
        if said is None or previous is None or place.phrase.label:
            return None
        earlier = self._extreme.sub("", previous.label)
        return place.link(earlier + said["said"], "label.change", measure="change", sign=place.phrase.sign)

    def opposite(self, place: Place) -> Link | None:
        """基金收入…，支出…，滚存结余…: what stands before the head that the new one replaces.

        Where a sum without a figure is told first, it is its head: 基金收入加上结转，收入共计|3亿元.
        """
        previous = place.previous
        if previous is None or (head := place.own.replace("预算", "").removesuffix("数")) not in self._opposites:
            return None
        summed = self._summed.match(place.slot.earlier)
        if previous.part_of is not None and place.slot.previous is None and not summed:
            return None
        told = self._phrases.phrase(summed["what"]).label if summed else _told_of_all(place, previous)
        planned, before = (self._planned.search(name) for name in (place.own, told))
        if head in self._planned_heads and not (planned and before):
            return None
        earlier = told[: before.start()] if before else told.removesuffix("数")
        earlier = earlier.removesuffix("预算")
        earlier = self._adjusted.sub("", earlier)
        ending = self._opposite_ends.longest(earlier)
        if head.startswith(_ALL) and not (ending.startswith(_ALL) and head == place.own):
            return None
        together = place.phrase.tail if summed and len(place.phrase.tail) == len("共计") else ""
        stem = earlier.removesuffix(ending)
        stem = stem if head.startswith(_ALL) else stem.removesuffix(_ALL)
        if head.endswith(self._rests) and (item := self._account_item.fullmatch(earlier)):
            stem = item["account"]
        name = stem + (place.own if planned else head) + together
        return place.link(name, "label.parallel") if ending else None

    def parallel(self, place: Place) -> Link | None:
        """社会保险基金收入…，基金支出…: takes what stands before the word both share."""
        previous = place.previous
        if previous is None or not place.follows or (previous.rule == "label.bare-verb" and place.quantity.is_ratio):
            return None
        label, earlier = place.own, _told_of_all(place, previous)
        first = words_of(label)[0]
        at = earlier.rfind(first) if 2 <= len(first) < len(label) <= len(first) + 4 else -1
        if (
            at <= 0
            or (place.phrase.verb == first and not self._judge.is_measure(label))
            or earlier.count("（", 0, at) != earlier.count("）", 0, at)
            or "的" in earlier[:at]
            or not self._is_word_at(earlier, at, first, label)
            or (earlier != previous.carried and not _begins_word(earlier, at))
            or not 0 < len(earlier) - at - len(first) <= 4
            or earlier[at:] == label
        ):
            return None
        return place.link(earlier[:at] + label, "label.parallel", verb=place.phrase.verb)

    def _is_word_at(self, label: str, at: int, word: str, name: str) -> bool:
        """Whether a word that both names have is one in the first: 货物 of 货物运输量, not 农业 of 工农业."""
        start = 0
        for token in words_of(label):
            if start + len(token) > at:
                break
            start += len(token)
        if start == at:
            kind_of = len(token) == len(word) + 1 and word not in self._verbs and not self._judge.is_measure(name)
            return token == word or word.startswith(token) or kind_of or self._judge.is_measure(token)
        return at - start > 1 and token.endswith(word)


def _told_of_all(place: Place, previous: Link) -> str:
    """What the item before is carried on as: behind a ； its total, of which the part before was told."""
    return previous.whole if place.slot.joint == "；" and previous.whole else previous.carried


def _begins_word(name: str, at: int) -> bool:
    """Whether a word of a name begins at a place: 基金 of 社会保险|基金收入, not 渔业 of 农林牧|渔业产值."""
    return at in accumulate(map(len, words_of(name)))
