"""What is part of what: 其中, brackets, and the short names parts have under their total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractors.clauses import Slot
from extractors.hints import Endings
from extractors.labels import LabelJudge
from extractors.parts import (
    FEW,
    grown_item,
    is_among,
    is_divided,
    total_before,
    total_gone_on,
    total_of_items,
)
from extractors.places import SAME_LIST, Link, headed
from extractors.suffixes import SuffixReader
from extractors.words import alternation, filled
from lexicons import Lexicons

_COMPLETE: Final = ("carried", "part", "relational", "respectively")
_SHORT: Final = 5
_ITEM: Final = 10


class Totals:
    """Links parts with their totals and completes their names.

    Example: 医疗卫生机构2233个，其中市区765个 → 市区医疗卫生机构, part of the first
    """

    def __init__(self, lexicons: Lexicons, judge: LabelJudge, suffixes: SuffixReader) -> None:
        self._judge, self._suffixes = judge, suffixes
        self._modifiers = frozenset(lexicons.words("labels.modifiers"))
        self._levels = tuple(word for word in lexicons.words("labels.modifiers") if word.endswith("级"))
        self._heads = Endings(lexicons.words("labels.shared_heads"))
        self._added = (*lexicons.words("labels.added_to"), "减")
        self._kinds = lexicons.words("labels.kinds")
        self._made_of = [
            (part, whole)
            for whole, _, parts in (row.partition("=") for row in lexicons.words("labels.made_of"))
            for part in parts.split("|")
        ]
        self._markers = tuple(lexicons.words("labels.object_marker"))
        self._people = frozenset(lexicons.words("labels.degrees_of_people"))
        self._single_things = frozenset(lexicons.words("labels.single_things"))
        self._of_all = re.compile(f"^(?:{alternation(lexicons, 'labels.of_all')})")
        self._dwellers = lexicons.words("labels.town_and_country_dwellers")
        self._town_or_country = frozenset(lexicons.words("labels.town_or_country"))
        self._town_and_country = re.compile(f"^(?:{alternation(lexicons, 'labels.town_and_country')})")
        self._every_kind = re.compile(f"^(?:{alternation(lexicons, 'labels.of_every_kind')})")
        self._whole_verbs = frozenset(lexicons.words("labels.whole_verbs"))
        self._insured = lexicons.words("labels.insured_ones")
        self._insurance = re.compile(filled(lexicons, ".*(?:words:labels.insurances)"))
        self._goals = frozenset(lexicons.words("roles.told_goals"))
        self._account_items = frozenset(lexicons.words("labels.account_items"))

    def part_of(self, slot: Slot, label: str, among: bool, links: Sequence[Link]) -> int | None:
        """Index of the total a figure is a part of: opened by 其中 or a bracket, kept by the items that follow."""
        if slot.parent is not None and slot.previous is None:
            return slot.parent
        if among and slot.previous is not None:
            return total_before(links, slot)
        if is_among(slot, links) or is_divided(slot, links, label):
            return slot.previous
        if slot.previous is not None and slot.joint in _GOING_ON and (label or slot.names_owner):
            if slot.near.startswith(self._added) or self._is_beyond(slot, label, links):
                return None
            return total_gone_on(slot, label, links)
        return None

    def _is_beyond(self, slot: Slot, label: str, links: Sequence[Link]) -> bool:
        """Whether more than a whole was done than it holds: 造林148万亩、其中松林43万亩，修复退化草原|517万亩."""
        total = total_of_items(links, slot) if slot.joint == "，" and self._suffixes.doing(label) else None
        if total is None or slot.quantity.is_ratio:
            return False
        whole = links[total].slot.quantity
        return whole.unit == slot.quantity.unit and whole.value < slot.quantity.value

    @staticmethod
    def item_before(slot: Slot, links: Sequence[Link], label: str) -> Link | None:
        """The item before this one, where another figure of it stands between: 涉气320件，占48%；噪声|205件 → 320件.

        So also where items have two figures each: 其中城区20户、52人，农村|30户 → 20户, or have grown: 其中住宅9套，
        增长3%；商铺|5套 → 9套.
        """
        if slot.joint == "；" and (grown := grown_item(slot, label, links)) is not None:
            return grown
        between = None if slot.previous is None or slot.quantity.is_ratio else links[slot.previous]
        if between is None or between.slot.previous is None:
            return None
        share = slot.joint == "；" and between.rule == "label.share"
        second = slot.joint in _LISTED and between.rule == "label.carried" and not between.slot.near
        item = links[between.slot.previous]
        return item if (share or second) and item.slot.quantity.unit == slot.quantity.unit else None

    def within(self, link: Link, among: bool, previous: Link | None, item: Link | None = None) -> Link:
        """A part named too shortly takes the name of its total: 其中市区765个 → 市区医疗卫生机构.

        ``item`` is the part before it, where other figures stand between the two.
        """
        whole = self._whole(link, among, previous) or (item.whole if item else "")
        link.whole = whole
        if among and previous is not None and link.label == link.verb and not self._judge.is_measure(link.label):
            return link.named(link.label + previous.object, "label.part")
        if link.slot.parent is not None and link.slot.previous is None and (said := self._in_bracket(link, whole)):
            return link.named(said, "label.part")
        if not whole or link.rule.endswith(_COMPLETE):
            return link
        if link.verb and link.label not in self._modifiers and not self._judge.is_measure(link.label):
            return link
        if inside := self._inside(link, whole, None if among else previous):
            part = link.named(inside, "label.part")
            if whole.startswith(self._dwellers) and inside.startswith(self._dwellers):
                part.whole = inside  # behind 城镇居民人均工资性收入 their 经营净收入
            return part
        if link.verb:
            return link
        label, did = link.label, previous.verb if among and previous is not None else ""
        again = did[:1] == label[:1] and not label.startswith(did)  # 参加养老保险人数503万人，其中参保职工
        named = bool(did) and not again and (did not in label or label.startswith(did)) and len(label) <= _SHORT + 2
        quantity = link.slot.quantity
        same_thing = previous is not None and previous.slot.quantity.unit == quantity.unit and not quantity.is_money
        named = named and did not in self._whole_verbs and (same_thing or not self._suffixes.ends_in_verb(label))
        if named and previous is not None and previous.measure == "level":
            return link.named(did + label.removeprefix(did), "label.part", did)
        if (
            len(label) <= _SHORT
            and (len(label) == 1 or label not in whole)
            and label[-2:] not in (whole[-2:], whole[-3:-1])
            and not (self._judge.stands_alone(label) or (len(label) > 2 and self._judge.names_money(label)))
            and not (self._heads(label) or self._judge.is_measure(label) or label in self._account_items)
        ):
            doing = self._suffixes.happening(whole)
            return link.named(label + doing if doing else whole + label, "label.part")
        return link

    def _in_bracket(self, link: Link, whole: str) -> str:
        """The first figure in a bracket, if of the one before: 改造312户（任务数|300户） → 改造任务数; else ""."""
        if whole and link.label == link.verb and link.label in self._modifiers:
            return link.label + whole
        if not whole or link.rule.endswith(_COMPLETE):
            return ""
        return whole + link.label if link.label in self._goals else self._half(link.label, whole)

    def beside_others(self, link: Link, links: Sequence[Link]) -> Link:
        """The name of a figure where those before it tell more of it: see the three that are asked."""
        if link.rule == "label.carried":
            return self._beside(link, links)
        if link.rule == "label.bare-verb":
            return self._done_to(link, links)
        return self._again(link, links) if link.rule == "label.named" else link

    @staticmethod
    def _beside(link: Link, links: Sequence[Link]) -> Link:
        """The second figure of a part, as that of its total: 事故9起、死亡8人，其中道路5起、|4人 → 道路死亡."""
        at = link.slot.previous
        part = links[at] if at is not None and link.slot.quantity.is_count else None
        if part is None or part.part_of is None or link.slot.quantity.unit == part.slot.quantity.unit:
            return link
        whole, unit = links[part.part_of], link.slot.quantity.unit
        following = links[part.part_of + 1 : part.part_of + 2]
        if not following or following[0].slot.quantity.unit != unit or following[0].part_of is not None:
            return link
        link.part_of = part.part_of + 1
        added = following[0].label.removeprefix(whole.label)
        return link.named(part.label + added) if added != following[0].label else link

    def _done_to(self, link: Link, links: Sequence[Link]) -> Link:
        """A verb alone, with what was last measured in its unit: 新建农田4万亩，亩均投入2千元，建成|52万亩 → 农田."""
        quantity = link.slot.quantity
        alone = link.label == link.verb and link.label not in self._whole_verbs
        if not alone or not (quantity.dimension in _PHYSICAL or quantity.unit in self._single_things):
            return link
        same = (one for one in reversed(links[-FEW:]) if one.slot.quantity.unit == quantity.unit)
        last = next(same, None)
        return (
            link.named(link.verb + last.object) if last is not None and last.verb and last.object != last.verb else link
        )

    @staticmethod
    def _again(link: Link, links: Sequence[Link]) -> Link:
        """A name said before, now of a part: 发放补贴9万元，其中城区20户，发放补贴|3万元 → 城区发放补贴."""
        unit, first = link.slot.quantity.unit, max(0, len(links) - FEW)
        if all(one.part_of is None for one in links[first:]):
            return link
        near = range(first, len(links))
        same = [at for at in near if links[at].label == link.label and links[at].slot.quantity.unit == unit]
        part = next(at for at in reversed(near) if links[at].part_of is not None)
        if not same or part < same[-1] or links[part].slot.quantity.unit == unit:
            return link
        link.part_of, link.whole = same[-1], link.label
        return link.named(links[part].label.removeprefix(link.label) + link.label, "label.part")

    def _of_level(self, previous: Link | None) -> str:
        """规范化合作社 of 其中省级规范化合作社2家，市级|4家: what the item before has behind its level; else ""."""
        if previous is None or previous.part_of is None:
            return ""
        level = next((one for one in self._levels if previous.label.startswith(one)), "")
        rest = previous.label.removeprefix(level)
        return rest if level and not rest.startswith(("以上", "及以上")) else ""

    def _inside(self, link: Link, whole: str, previous: Link | None) -> str:
        """The name of a part that shares a head, a kind or 人均 with its total; "" where it does not."""
        label = link.label
        whole = self._every_kind.sub("", whole)
        if label.startswith(self._insured) and (insurance := self._insurance.match(whole)):
            return insurance[0].removeprefix(self._suffixes.doing(insurance[0])) + label
        if label in self._people:
            doing = self._suffixes.doing(whole)
            return doing + label if doing else label + whole
        if label in self._modifiers or label.endswith(("级", "型")):
            of_all = self._of_all.sub("", whole)
            if label in self._town_or_country:
                of_all = self._town_and_country.sub("", of_all)  # 城乡低保对象，其中城市|2.5万户
            thing = link.verb and of_all.removeprefix(self._suffixes.doing(of_all))
            return label + (self._of_level(previous) or thing or of_all)
        if inner := self._inner(label, whole):
            return inner
        head = self._heads.longest(whole, whole=False)
        own = self._judge.is_measure(label) or self._heads(label) or self._judge.names_money(label)
        if head and not own and len(label) <= _ITEM:
            return headed(label, head)
        bracketed = link.slot.parent is not None and len(label) <= _SHORT + 1
        if label.endswith(whole.rpartition("、")[2]):
            return ""
        if bracketed and whole.endswith(label[-2:]) and label not in whole:
            return self._kind_of(label, whole) or whole + label
        if (each := whole.find("人均") + 2) > 1 and "人均" not in label and link.slot.quantity.is_money:
            return self._each(label, whole[:each])
        return ""

    def _each(self, label: str, each: str) -> str:
        """农村居民人均工资性收入 of 农村居民人均 and 工资性收入; a label that says whose it is keeps that."""
        whose = next((word for word in self._dwellers if label.startswith(word)), "")
        return whose + each[-2:] + label.removeprefix(whose) if whose else each + label

    def _inner(self, label: str, whole: str) -> str:
        """一般债务 of 债务限额 → 一般债务限额: the kind takes the place of the word it is a kind of; else ""."""
        if half := self._half(label, whole):
            return half
        kind = next((word for word in self._kinds if label.endswith(word) and label != word), "")
        if not kind or label in whole or whole.endswith(kind) or whole.count(kind) != 1:
            return ""
        return whole.replace(kind, label)

    def _half(self, label: str, whole: str) -> str:
        """A part of the word that names both: 利息 of 偿还债务本息 → 偿还债务利息, 还本 of 债券还本付息 → 债券还本."""
        made = ((part, both) for part, both in self._made_of if label.endswith(part) and both in whole)
        return next((whole.replace(both, part) for part, both in made if label.removesuffix(part) in whole), "")

    def _kind_of(self, label: str, whole: str) -> str:
        """政府一般债务限额 for 政府债务限额（一般债务限额…）: a kind with the end of its total."""
        kind = next((word for word in self._kinds if word in whole and word in label), "")
        stem, _, rest = whole.rpartition(kind) if kind else ("", "", "")
        if not kind or not label.endswith(kind + rest):
            return ""
        return label if label.startswith(stem) else stem + label

    @staticmethod
    def _whole(link: Link, among: bool, previous: Link | None) -> str:
        slot = link.slot
        if previous is None:
            return ""
        if among or (slot.parent is not None and slot.previous is None):
            one_of_several = previous.rule == "label.respectively" and previous.measure == "change"
            other = slot.previous is None and slot.parent is None and previous.slot.quantity.unit != slot.quantity.unit
            changed = other and previous.measure == "change" and previous.slot.quantity.is_count
            told = previous.carried if among else _before_bracket(previous, slot)
            return "" if changed or (one_of_several and not slot.quantity.is_ratio) else told
        same = slot.quantity.unit == previous.slot.quantity.unit
        if link.part_of is not None and slot.joint == "：":
            return previous.carried
        continues = slot.previous is not None and (slot.joint in SAME_LIST or (slot.joint == "，" and same))
        return previous.whole if continues else ""

    def completed(self, links: Sequence[Link]) -> list[Link]:
        """Labels that end with what is said only behind a later figure of the list.

        173名个人和6个团队入选计划: what the last does, the items before it do too. 治理修复7个、549亩地块: the noun
        stands behind the last. 安排资金3亿元，办好20项实事: the purpose of the amount has a figure of its own.
        """
        done = list(links)
        for index in range(len(done) - 2, -1, -1):
            if done[index + 1].slot.previous == index:
                label = self._completed(done[index], done[index + 1])
                if label != done[index].label:
                    done[index] = done[index].named(label)
        return done

    def _completed(self, link: Link, following: Link) -> str:
        slot, counted = following.slot, following.rule.startswith("label.counted")
        if not counted and not link.rule.startswith("label.counted"):
            return link.label
        bare = slot.near.strip(_ABOUT) == ""
        if (
            link.rule == following.rule == "label.counted"
            and slot.joint in {"和", "及", "以及", "、"}
            and not link.verb
            and bare
            and not (slot.joint == "、" and self._suffixes.tells(link.label))
        ):
            told = self._suffixes.predicate(following.label)
            return link.label if told and link.label.endswith(told) else link.label + told
        if link.rule.startswith("label.counted") and slot.joint == "" and self._suffixes.ends_in_verb(link.label):
            return link.label + self._suffixes.suffix(slot)
        if link.rule == "label.bare-verb" and link.label == link.verb and counted and bare and slot.joint in SAME_LIST:
            return following.label
        if following.rule == "label.counted.adjacent" and not slot.joint and bare and self._leans_ahead(link):
            return link.label + following.label if link.label == link.verb else following.label
        said = _YEAR.sub("", link.label)  # 13个重点园区2025年营业收入突破|2.5万亿元
        if link.rule == "label.counted" and following.label and said.endswith(following.label):
            return self._without_measure(said)
        grown = following.measure == "change" and not slot.near[len(link.slot.suffix) :]
        if link.rule == "label.counted" and grown and following.label in link.label:
            return self._without_measure(link.label[: link.label.index(following.label) + len(following.label)])
        doing = counted and slot.earlier == "，" and not slot.near.endswith(_REACHED)
        if doing and self._suffixes.is_unnamed_money(link.label, link.verb):
            return link.label + following.label
        return link.label

    def _without_measure(self, label: str) -> str:
        """核心示范区 of 125万亩核心示范区平均单产达|520公斤: without the measure of the next figure."""
        counted, doing, _ = label.partition("实现")
        if doing or "占" in label:
            return counted if doing and len(counted) > 1 else label
        return label.removesuffix(self._heads.longest(label, whole=False)).removesuffix("增加")

    def _leans_ahead(self, link: Link) -> bool:
        """Whether only the words behind the next figure say what this one counts: 为|120户350人发放补贴."""
        topic = link.rule == "label.topic" and len(link.label) < _SHORT
        unnamed = link.label in {"", link.verb} or link.rule == "label.carried" or topic
        return unnamed or link.slot.near.endswith(self._markers)


_YEAR: Final = re.compile(r"\d{4}年")
_REACHED: Final = ("到", "至", "为")
_PHYSICAL: Final = frozenset({"area", "length", "mass", "volume", "power", "energy"})
"""Dimensions whose units measure things of few kinds, so that what a verb was done to can be told by them."""
_LISTED: Final = frozenset("，；")
_GOING_ON: Final = SAME_LIST | _LISTED
_ABOUT: Final = "约近超达到了"


def _before_bracket(whole: Link, slot: Slot) -> str:
    """水库 of 58座水库（中型|2座）全部达标: the name of a total up to the bracket that divides it."""
    suffix, name = whole.slot.suffix, whole.carried
    at = slot.quantity.start - len(slot.near) - 1 - whole.slot.quantity.end
    inside = slot.parent is not None and slot.previous is None and name.endswith(suffix) and 0 < at < len(suffix)
    return name.removesuffix(suffix[at:]) if inside else name
