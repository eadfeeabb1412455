"""Joins every figure of a sentence with the name of what it counts, and with the figure it depends on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from extractors.accounts import Accounts
from extractors.clauses import Slot
from extractors.label_rules import LabelRules
from extractors.labels import LabelJudge
from extractors.parts import is_more, level_before
from extractors.phrases import PhraseReader
from extractors.places import SAME_LIST, Link, Place, joined
from extractors.sharing import Distributor
from extractors.suffixes import SuffixReader
from extractors.together import (
    BORROWED,
    alike,
    closed,
    continues,
    groups_of,
    is_list,
    names_of_before,
    shared_out,
    spread_over_earlier,
    tells_first,
)
from extractors.totals import Totals
from extractors.verbs import Verbs
from extractors.words import alternation
from lexicons import Lexicons

_BY_CLASS: Final = re.compile("(?:^|[，；：])(?:按|分)[^，；：]{1,8}(?:分|看|划分|为)[，：]$")
_CLAUSES: Final = re.compile("[，；：。]")
_SHARED: Final = re.compile("[别各均依]")
"""What says that figures share a label, besides as many places: 分别, 各, 均."""
_PER: Final = re.compile("(?:^[由从自])?(?:每[人户月年亩头生床辆])*$")
"""What a norm is for, between 分别 and its figures: 低保标准分别由|每人每月|700元、600元."""
_AMONG: Final = re.compile("(?:^|[，；：])(?P<name>[^，；：]{2,20})(?<!其)中[，：]$")
_CLASSED, _IN = ("分，", "分：", "看，", "看：", "为："), ("中，", "中：")
"""How what these two find ends."""
_TOPIC: Final = re.compile(
    r"(?:\d{1,2}[、.．]|（?[一二三四五六七八九十\d]{1,3}[）、]|[①-⑳])?(?P<topic>[\u4e00-\u9fff]{2,8})："
)
_TOPIC_ENDS: Final = 14
_ALL_OF_THEM: Final = ("均", "都")
_ENCLOSING: Final = re.compile("[“”（）《》]")
_SHORT_NAME: Final = 4
_PLAIN: Final = frozenset({"label.named", "label.bare-verb", "label.relational", "label.list"})
_FEW: Final = 30
_RESPECTIVELY: Final = "label.respectively"


@dataclass(init=False, slots=True)
class Before:
    """What a sentence takes from the sentence before it in its paragraph.

    ``link`` is its last figure; ``said`` its text when it has none; ``account`` the texts
    before the sentence, and ``text`` those of it, in which the account of a balance may have been named.

    Example: 市本级一般公共预算平衡情况：… → account holds 一般公共预算
    """

    link: Link | None
    said: str
    account: Sequence[str]
    text: str

    def __init__(self, link: Link | None = None, said: str = "", account: Sequence[str] = (), text: str = "") -> None:
        self.link, self.said = link, said
        self.account, self.text = account, text


class Linker:
    """Labels the figures of one sentence, left to right; later ones lean on earlier ones.

    Example: 监督检查医疗机构40户次、公共场所191户次 → 监督检查医疗机构, 监督检查公共场所
    """

    def __init__(self, lexicons: Lexicons, phrases: PhraseReader, judge: LabelJudge, verbs: Verbs) -> None:
        self._verbs, self._judge = verbs, judge
        self._no_topic = re.compile(f"(?:{alternation(lexicons, 'labels.no_topics')})$")
        moved = alternation(lexicons, "roles.rise", "roles.fall")
        self._unmoved = re.compile(f"[、和及与](?:{alternation(lexicons, 'labels.unmoved')})")
        self._comparing = (*lexicons.words("labels.references"), *lexicons.words("labels.exceeding"))
        self._both_moved = re.compile(f"^，[^，]{{0,6}}“?[双三](?:{moved})”?，$")
        self._together = re.compile(f"(?P<what>.+?)(?:“?双|均|都)+(?:{moved})”?$")
        self._reasons = re.compile(alternation(lexicons, "labels.reasons"))
        self._phrases, self._suffixes = phrases, SuffixReader(lexicons, verbs)
        self._rules = LabelRules(lexicons, phrases, self._suffixes, judge, verbs)
        self._totals = Totals(lexicons, judge, self._suffixes)
        self._distributor, self._accounts = Distributor(lexicons), Accounts(lexicons)
        self._turns = frozenset((*lexicons.words("roles.rise"), *lexicons.words("roles.fall")))
        self._passed = lexicons.words("labels.passed_with_it")
        self._including = lexicons.words("labels.including")
        self._arrivals = lexicons.words("labels.level_verbs")
        self._modifiers = frozenset(lexicons.words("labels.modifiers"))
        self._falls = frozenset(lexicons.words("roles.fall"))

    def link(self, slots: Sequence[Slot], before: Before) -> list[Link]:
        """One link a slot, in their order."""
        links: list[Link] = []
        bearers = self._distributor.opening_places(before.text)
        groups = groups_of(slots, len(bearers), self._turns) if len(bearers) > 1 or _SHARED.search(before.text) else {}
        for index, slot in enumerate(slots):
            if len(links) > index:
                continue
            listed = index + 1 < len(slots) and slots[index + 1].joint in SAME_LIST
            if listed and index not in groups and (end := self._implied(slots, index, links)):
                groups[index] = end
            if index in groups:
                links.extend(self._respectively(slots[index : groups[index]], links, before, bearers))
                links.extend(self._arrived(slots, index, groups[index], links))
            else:
                links.append(self._one(slot, links, before))
        self._under_topic(links, before.text)
        return self._accounts.with_accounts(_same_whole(self._totals.completed(links)), before.account, before.text)

    def _under_topic(self, links: list[Link], text: str) -> None:
        """精神障碍：在册168人，在管165人: short names take the topic that the sentence opens with."""
        opening = _TOPIC.match(text) if "：" in text[:_TOPIC_ENDS] else None
        topic = opening["topic"] if opening else ""
        if not topic or self._no_topic.search(topic) or self._phrases.phrase(topic).label != topic:
            return
        for index, link in enumerate(links):
            label = link.label
            short = 1 < len(label) <= _SHORT_NAME and link.rule in _PLAIN and link.slot.parent is None
            if short and not self._judge.stands_alone(label) and not any(letter in topic for letter in label):
                links[index] = link.named(topic + label)

    def _one(self, slot: Slot, links: Sequence[Link], before: Before) -> Link:
        if slot.joint == "" and slot.previous is not None and "、" in slot.near:
            slot = self._told_besides(slot)
        previous = _leaning(slot, links, before.link, self._reasons)
        amount = slot.quantity.is_money or slot.quantity.is_ratio
        phrase = self._phrases.phrase(slot.near, slot.right, amount=amount)
        if slot.in_own_bracket:
            if not phrase.label:
                previous = links[-1] if links and not phrase.change_word else None
            if links and self._rules.tells_goal(slot.near):
                previous = links[-1]
        if phrase.label and slot.joint == "（" and slot.parent is None and not self._rules.is_feature(phrase.label):
            slot.earlier = ""
        among, classed = phrase.among or self._includes(slot, links), False
        if len(slot.earlier) > 1:
            among, classed, previous = self._opened(slot, among, previous, before)
        part_of = self._totals.part_of(slot, phrase.label, among, links)
        if (
            part_of is not None
            and phrase.measure == "change"
            and slot.quantity.unit != links[part_of].slot.quantity.unit
        ):
            part_of = None
        if classed and part_of is not None and links[part_of].part_of is not None:
            part_of = links[part_of].part_of
        level = level_before(links, slot.previous) if part_of is not None and among else None
        if part_of is not None and level is not None and _other_unit(links[level], links[part_of], slot):
            previous = links[part_of]
        place = Place(slot, phrase, self._suffixes.suffix(slot), previous, part_of, before.said)
        item = self._totals.item_before(slot, links, phrase.label)
        link = self._totals.within(self._rules.name(place), among, previous, item)
        return self._totals.beside_others(link, links)

    def _includes(self, slot: Slot, links: Sequence[Link]) -> bool:
        """Whether a figure is the first of those that the one before it is said to include: 3亿元，包括基建|2亿元."""
        if slot.previous is None or slot.joint != "，" or not slot.near.startswith(self._including):
            return False
        whole, own = links[slot.previous], slot.quantity
        of_it = whole.measure == "level" and not own.is_ratio and whole.slot.quantity.unit == own.unit
        return of_it and own.value <= whole.slot.quantity.value

    def _told_besides(self, slot: Slot) -> Slot:
        """A figure told beside what another counts has only its own words: 11处煤矿、新增产能|3万吨 → 新增产能."""
        counted, joint, own = slot.near.rpartition("、")
        if not counted or _ENCLOSING.search(slot.near) is not None:
            return slot
        measured = len(own) <= _SHORT_NAME and self._judge.is_measure(own)
        unnamed = slot.suffix == "" and self._phrases.phrase(own).label == ""
        if not (measured or unnamed or self._verbs.leading(own)):
            return slot
        return Slot(
            slot.quantity, own, slot.quantity.start - len(own), joint, counted, slot.right, slot.suffix, slot.previous,
            slot.parent,
        )  # fmt: skip

    def _opened(self, slot: Slot, among: bool, previous: Link | None, before: Before) -> tuple[bool, bool, Link | None]:
        """Whether the words before a figure's own say that it is among others, or of a class, and what it leans on."""
        earlier = slot.earlier
        among = among or earlier.rstrip("，：").endswith("其中")
        classed = earlier.endswith(_CLASSED) and _BY_CLASS.search(earlier) is not None
        if classed:
            previous = self._classed_under(slot, previous, before)
            among = previous is not None or slot.previous is None
        if earlier.endswith(_IN) and "分别" not in slot.near and (lead := _AMONG.search(earlier)):
            previous, among = self._lead_in(slot, lead["name"], previous), True
        return among, classed, previous

    def _classed_under(self, slot: Slot, previous: Link | None, before: Before) -> Link | None:
        """What 分行业看，… divides: what the sentence before is about; no rate is divided into things counted."""
        if slot.previous is not None:
            return None if is_more(slot, previous) else previous  # 移送公安机关5件；按领域分，食品类|143件
        if before.said:
            return self._lead_in(slot, _CLAUSES.split(before.said.rstrip("。"))[-1], previous)
        rate = previous is not None and _is_rate(previous) and slot.quantity.is_count
        return None if rate else previous

    def _lead_in(self, slot: Slot, name: str, previous: Link | None) -> Link | None:
        """商品零售额中，粮油类增长…: what the figures are parts of, where it has no figure of its own."""
        label = self._phrases.phrase(name.removeprefix("在")).label
        return Link(slot, label, "", "level", 1, "label.lead-in", None) if label else previous

    def _respectively(
        self, slots: Sequence[Slot], links: list[Link], before: Before, bearers: Sequence[str]
    ) -> list[Link]:
        """A和B分别达到x和y: each figure takes its own item of what was said once."""
        count = len(slots)
        first, own, items = self._shared(slots[0], count, links, before)
        if items is None and len(bearers) == count and not first.rule.endswith(BORROWED):
            own, items = [first.label] * count, bearers
        items = items or [""] * count
        said = self._phrases.phrase(slots[0].near).label
        if (names := names_of_before(first, own, links, count, said)) is not None:
            first, own, items = replace(first, subject=""), names, [""] * count
        elif own is None or (first.rule.endswith(BORROWED) and shared_out(links, count)):
            more = int(self._unmoved.match(slots[-1].right) is not None)  # 分别增长6%、下降2%和持平
            of_each = said if said.startswith(self._comparing) else ""
            own, items = (told[:count] for told in spread_over_earlier(first, links, count + more, of_each))
        own = self._of_whole_before(own, first, slots[0], links)
        if all(slot.quantity.is_ratio for slot in slots) and len(own) == count:
            own = self._distributor.rated(own)
        closing = slots[-1].right
        signs = [self._sign(slot, first.sign) for slot in slots]
        return [
            replace(first, slot=closed(slot, closing), label=name, sign=sign, rule=_RESPECTIVELY, share_of=item)
            for slot, name, sign, item in zip(slots, own, signs, items, strict=True)
        ]

    def _arrived(self, slots: Sequence[Slot], start: int, end: int, links: Sequence[Link]) -> list[Link]:
        """分别由209元、280元|提高到217元、290元: each figure of a group again, with what became of it."""
        last = end + end - start
        arriving = slots[end:last]
        if len(arriving) < end - start or not arriving[0].near.endswith(self._arrivals):
            return []
        if arriving[0].joint or not all(map(continues, arriving[1:])) or slots[start].near.endswith(self._arrivals):
            return []
        closing = arriving[-1].right
        return [
            replace(link, slot=closed(slot, closing), measure="level", sign=1)
            for link, slot in zip(links[start:end], arriving, strict=True)
        ]

    def _of_whole_before(self, own: list[str], first: Link, slot: Slot, links: Sequence[Link]) -> list[str]:
        """人均可支配收入2.8万元，城镇居民、农村居民分别为|3.7万元…: names of whom take the measure told before."""
        previous = links[slot.previous] if slot.previous is not None and slot.joint == "，" else None
        if previous is None or previous.measure != "level" or first.measure != "level" or first.rule != "label.named":
            return own
        same = previous.slot.quantity.unit == slot.quantity.unit
        if same and slot.quantity.is_count and self._modifiers.issuperset(own):
            return [name + previous.carried for name in own]  # 特困供养1924人，集中、分散分别为401人…
        same = same and not slot.quantity.is_count
        if not same or not self._judge.is_measure(previous.carried) or any(map(self._judge.is_measure, own)):
            return own
        return [joined(name, previous.carried) for name in own]

    def _sign(self, slot: Slot, shared: int) -> int:
        """-1 where a figure of a group fell; what it says itself goes before what was said for all."""
        turn = slot.near.removesuffix("了")
        return shared if turn not in self._turns else -1 if turn in self._falls else 1

    def _shared(
        self, slot: Slot, count: int, links: list[Link], before: Before
    ) -> tuple[Link, list[str] | None, Sequence[str] | None]:
        """The link of the first figure of a group, the label of each, and the item each belongs to (None: not said)."""
        who, said, rest = slot.near.partition("分别")
        if said and (per := _PER.search(rest)) is not None:  # 分别提高到每人每月
            rest = rest[: per.start()]
            slot = replace(slot, near=who + said + rest)
        who = self._distributor.uncounted(who) if slot.names_owner else who
        asked = self._phrases.phrase(who)
        listed = asked.label or self._told_together(slot.earlier, count)
        if not asked.label and listed and (names := self._distributor.distribute(listed, count)):
            return self._one(replace(slot, near=names[0] + slot.near), links, before), names, None
        if (placed := self._distributor.places(listed, count)) is not None:
            first = self._one(replace(slot, near=placed[1] + "分别" + rest), links, before)
            return first, [first.label] * count, placed[0]
        done = self._phrases.phrase(rest).label
        if done and done not in self._verbs and (bearers := self._distributor.items(listed, count)):
            first = self._one(replace(slot, near=rest), links, before)
            if first.rule == "label.compared" and (names := self._distributor.distribute(listed, count)):
                return first, [name + asked.change_word + rest for name in names], None
            return first, [first.label] * count, bearers
        first = self._one(slot, links, before)
        first.label = first.label.replace("分别", "", 1)
        label, divide = first.label, self._distributor
        return (
            first,
            self._classed(slot, links, label, count) or divide.distribute(label, count),
            divide.items(label, count),
        )

    def _told_together(self, earlier: str, count: int) -> str:
        """事故起数、死亡人数“双下降”，|分别减少4起、3人: what the clause before says of as many things; else ""."""
        said = self._together.match(_CLAUSES.split(earlier.rstrip("，"))[-1])
        label = self._phrases.phrase(said["what"]).label if said else ""
        return label if label and self._distributor.lists(label, count) else ""

    def _implied(self, slots: Sequence[Slot], index: int, links: Sequence[Link]) -> int:
        """Behind the last of as many figures as things: 床位数、医师数增至7.15张、3.24个; 0 where it is not so.

        The things may be the figures before: 事故27起、死亡30人，同比下降7.2%、6.6%.
        """
        slot, end = slots[index], index + 1
        while end < len(slots) and continues(slots[end]) and alike(slot, slots[end]):
            end += 1
        count = end - index
        arrived = any(after.near.endswith(self._passed) for after in slots[index + 1 : end])
        if count < 2 or (arrived and not slot.near.endswith(self._passed)):  # 城乡居民养老金提高25元、达到|173元
            return 0
        phrase = self._phrases.phrase(slot.near, slot.right)
        told = len(links) >= count and (slot.earlier == "，" or self._both_moved.match(slot.earlier) is not None)
        shared = told and all(link.rule == _RESPECTIVELY for link in links[-count:])
        if shared and slot.near.startswith(_ALL_OF_THEM):
            return end
        if phrase.label:
            label = phrase.label
            of_each = (shared and self._judge.is_generic(label)) or tells_first(label, count)
            of_each = of_each or (told and is_list(links[-count:]) and self._is_rate_of_all(label, links[-count:]))
            return end if of_each or self._distributor.lists(label, count) else 0
        listed = phrase.measure == "change" and told
        return end if listed and (shared or is_list(links[-count:])) else 0

    def _is_rate_of_all(self, label: str, links: Sequence[Link]) -> bool:
        """Whether a rate is that of each of some figures: 处置甲地9亩、乙地8亩，处置率为|31%、44%."""
        return all(self._judge.leans_on(label, link.label) for link in links)

    def _classed(self, slot: Slot, links: Sequence[Link], label: str, count: int) -> list[str] | None:
        """甲醛、苯和汞三项污染物浓度分别为: the names stand before the figure that counts them."""
        if slot.joint or slot.previous is None or not links:
            return None
        counted = links[slot.previous].slot
        if counted.quantity.value != count or not counted.quantity.is_count:
            return None
        return self._distributor.classed(self._phrases.phrase(counted.near).label, label, count)


def _other_unit(level: Link, total: Link, slot: Slot) -> bool:
    """Whether a part has the unit of its total and not that of the level before it."""
    return total.slot.quantity.unit == slot.quantity.unit != level.slot.quantity.unit


def _is_rate(link: Link) -> bool:
    """Whether a figure is a rate or tells how a rate changed, so that no counted things are parts of it."""
    quantity = link.slot.quantity
    return quantity.is_change_of_share or (quantity.is_ratio and link.measure == "level")


def _same_whole(links: list[Link]) -> list[Link]:
    """第一产业占投资的比重为1.4%；…第三产业占37.6%: a share that leaves out its whole has that of the share before."""
    if "label.share" not in [link.rule for link in links]:
        return links
    done: list[Link] = []
    whole = ""
    for link in links:
        if link.rule == "label.share":
            if link.label.endswith("占") and whole:
                link = replace(link, label=link.label.removesuffix("占") + whole)
            elif (at := link.label.rfind("占")) > 0 and len(link.label) > at + 1:
                whole = link.label[at:]
        done.append(link)
    return done


def _explained(index: int, links: Sequence[Link], reasons: re.Pattern[str]) -> int | None:
    """The figure that those before a ； explain: 收入13亿元，主要是土地收入减少2亿元；|支出… → 13亿元; else None."""
    for _ in range(_FEW):
        slot = links[index].slot
        if reasons.search(slot.near):
            return slot.previous
        if slot.joint == "；" or slot.previous is None:
            return None
        index = slot.previous
    return None


def _leaning(slot: Slot, links: Sequence[Link], before: Link | None, reasons: re.Pattern[str]) -> Link | None:
    if slot.previous is not None:
        explained = _explained(slot.previous, links, reasons) if slot.joint == "；" else None
        return links[slot.previous if explained is None else explained]
    if slot.parent is not None:
        return links[slot.parent]
    return None if slot.joint == "（" and slot.earlier else before
