"""Joins every figure of a sentence with the name of what it counts, and with the figure it depends on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from extractors.clauses import Slot
from extractors.labels import LabelReader, Phrase
from extractors.model import Measure
from extractors.sharing import Distributor
from lexicons import Lexicons

_SAME_LIST = frozenset({"、", "和", "及", "以及", "与", "或"})


@dataclass(frozen=True, slots=True)
class Link:
    """A figure with its label and the figure it leans on.

    Example: 增长4.7% after 地区生产总值1052.3亿元 → label 地区生产总值, measure change, rule label.change.carried
    """

    slot: Slot
    label: str
    verb: str
    measure: Measure
    sign: int
    rule: str
    part_of: int | None
    tail: str = ""
    """The words between label and number: 均达到, 增长约."""
    subject: str = ""
    """The label later figures lean on, where it is not this one: of 占…比重 what has the share."""
    whole: str = ""
    """The label of the total it was named under (其中), also where that total is a change."""
    share_of: str = ""
    """The item of an enumeration this figure belongs to (分别): 桐庐县 of 桐庐县、淳安县分别为."""

    @property
    def object(self) -> str:
        """The label without the verb of doing it began with."""
        return self.label[len(self.verb) :] or self.label

    @property
    def carried(self) -> str:
        """What a figure without a label of its own takes from this one."""
        return self.subject or self.label


class Linker:
    """Labels the figures of one sentence, left to right; later ones lean on earlier ones.

    Example: 监督检查医疗机构40户次、公共场所191户次 → 监督检查医疗机构, 监督检查公共场所
    """

    def __init__(self, lexicons: Lexicons, reader: LabelReader) -> None:
        self._reader = reader
        self._distributor = Distributor(lexicons)
        self._relational = frozenset(lexicons.words("labels.relational"))
        self._attribute = frozenset(lexicons.words("labels.attribute"))
        self._modifiers = frozenset(lexicons.words("labels.modifiers"))

    def link(self, slots: Sequence[Slot], before: Link | None) -> list[Link]:
        """One link a slot; ``before`` is the last figure of the sentence before, if it belongs to the paragraph."""
        links: list[Link] = []
        groups = self._groups(slots)
        for index, slot in enumerate(slots):
            if len(links) > index:
                continue
            if index in groups:
                links.extend(self._respectively(slots[index : groups[index]], links, before))
            else:
                links.append(self._one(slot, links, before))
        return links

    def _groups(self, slots: Sequence[Slot]) -> dict[int, int]:
        """Where figures share a label by 分别: first index → index behind the last."""
        groups: dict[int, int] = {}
        for index, slot in enumerate(slots):
            if "分别" not in slot.near and not slot.near.endswith("各"):
                continue
            end = index + 1
            while (
                end < len(slots)
                and slots[end].near.strip("约近超达到为") == ""
                and slots[end].joint in {*_SAME_LIST, "，"}
            ):
                end += 1
            if end - index > 1:
                groups[index] = end
        return groups

    def _respectively(self, slots: Sequence[Slot], links: list[Link], before: Link | None) -> list[Link]:
        first = self._one(slots[0], links, before)
        label, count = first.label, len(slots)
        own = self._distributor.distribute(label, count)
        items = self._distributor.items(label, count) or [""] * count
        if own is None:
            own, items = self._spread_over_earlier(first, links, count)
        closing = slots[-1].right
        return [
            replace(
                first,
                slot=replace(slot, right=self._closed(slot.right, closing)),
                label=name,
                rule="label.respectively",
                share_of=item,
            )
            for slot, name, item in zip(slots, own, items, strict=True)
        ]

    @staticmethod
    def _closed(right: str, closing: str) -> str:
        """What stands behind a figure of a group, with what closes the group: 99.91%和99.23%以上."""
        return (
            closing
            if right.startswith(("、", "和", "及", "与", "，")) and closing.startswith(("以上", "以下", "以内", "左右"))
            else right
        )

    def _spread_over_earlier(self, first: Link, links: Sequence[Link], count: int) -> tuple[list[str], list[str]]:
        """参保职工…人，离退休人员…人，分别增加x和y: the labels of the last figures, one each."""
        earlier: list[str] = []
        for link in reversed(links):
            if link.carried not in earlier and link.measure == "level" or (link.share_of and link.label not in earlier):
                earlier.insert(0, link.carried)
            if len(earlier) == count:
                break
        items = [link.share_of for link in links[-count:]] if len(links) >= count else []
        if len(items) == count and all(items):
            return [first.label] * count, items
        own_words = first.label[len(earlier[-1]) :] if earlier and first.label.startswith(earlier[-1]) else ""
        if len(earlier) == count and first.rule in {"label.change.carried", "label.share", "label.carried"}:
            return [name + own_words for name in earlier], [""] * count
        return [first.label] * count, [""] * count

    def _leaning(self, slot: Slot, links: Sequence[Link], before: Link | None) -> Link | None:
        if slot.previous is not None:
            return links[slot.previous]
        if slot.parent is not None:
            return links[slot.parent]
        return before

    def _one(self, slot: Slot, links: Sequence[Link], before: Link | None) -> Link:
        previous = self._leaning(slot, links, before)
        quantity = slot.quantity
        phrase = self._reader.phrase(slot.near, slot.right)
        if quantity.is_money or quantity.is_ratio:
            phrase = self._reader.strip_light(phrase)
        among = phrase.among or slot.earlier.rstrip("，：").endswith("其中")
        part_of = self._part_of(slot, phrase.label, among, links)
        suffix = self._reader.suffix(slot)
        link = self._linked(slot, phrase, suffix, previous, part_of)
        whole = self._whole(slot, phrase.label, among, previous)
        return replace(self._within(link, whole, previous), tail=phrase.tail)

    @staticmethod
    def _whole(slot: Slot, label: str, among: bool, previous: Link | None) -> str:
        """The label of the total a figure is named under: opened by 其中 or a bracket, kept by the items that follow."""
        if previous is None:
            return ""
        if among or (slot.parent is not None and slot.previous is None):
            return previous.carried
        return previous.whole if label or not previous.whole else previous.whole

    def _linked(self, slot: Slot, phrase: Phrase, suffix: str, previous: Link | None, part_of: int | None) -> Link:
        quantity = slot.quantity
        if phrase.measure == "change" and not suffix.startswith("覆盖"):
            return self._change(slot, phrase, suffix, previous, part_of)
        if (share := self._reader.share(phrase.label)) >= 0:
            return self._share(slot, phrase, share, previous, part_of)
        if slot.near.endswith("预算数的") or slot.near.endswith("预算的"):
            return self._of_budget(slot, phrase, previous, part_of)
        bare = phrase.label in {"", phrase.verb} or self._reader.is_marker(phrase.label)
        if suffix and (bare or not (quantity.is_money or quantity.is_ratio or quantity.is_change_of_share)):
            return self._counted(slot, phrase, suffix, previous, part_of)
        return self._named(slot, phrase, previous, part_of)

    def _of_budget(self, slot: Slot, phrase: Phrase, previous: Link | None, part_of: int | None) -> Link:
        """完成预算数的94.7%: how much of the plan the amount before it is; later figures lean on that amount."""
        subject = previous.carried if previous else phrase.label
        return Link(slot, subject + "完成预算数", "", "level", 1, "label.of-budget", part_of, subject=subject)

    @staticmethod
    def _part_of(slot: Slot, label: str, among: bool, links: Sequence[Link]) -> int | None:
        if slot.parent is not None and slot.previous is None:
            return slot.parent
        if among and slot.previous is not None:
            return _level_before(links, slot.previous)
        if slot.previous is not None and slot.joint in {*_SAME_LIST, "；", "，"} and label:
            return links[slot.previous].part_of
        return None

    def _within(self, link: Link, whole: str, previous: Link | None) -> Link:
        """A part named too shortly takes the name of its total: 其中市区765个 → 市区医疗卫生机构."""
        link = replace(link, whole=whole)
        if not whole or link.verb or link.rule.endswith(("carried", "part", "relational", "respectively")):
            return link
        label = link.label
        if label in self._modifiers or label.endswith("级"):
            return replace(link, label=label + whole, rule="label.part")
        if len(label) <= 5 and label[-2:] != whole[-2:] and not self._reader.stands_alone(label):
            return replace(link, label=whole + label, rule="label.part")
        return link

    def _carried(self, slot: Slot, phrase: Phrase, previous: Link | None, part_of: int | None, rule: str) -> Link:
        if previous is None:
            return Link(slot, self._topic(slot.earlier), "", phrase.measure, phrase.sign, rule, part_of)
        label = previous.label if slot.quantity.is_change_of_share else previous.carried
        return Link(slot, label, previous.verb, phrase.measure, phrase.sign, rule, part_of, subject=previous.subject)

    def _topic(self, earlier: str) -> str:
        """The label of the last clause without a figure that has one."""
        for clause in reversed([part for part in _CLAUSE.split(earlier) if part]):
            label = self._reader.phrase(clause).label
            if label:
                return label
        return ""

    def _change(self, slot: Slot, phrase: Phrase, suffix: str, previous: Link | None, part_of: int | None) -> Link:
        quantity = slot.quantity
        counts = not (quantity.is_money or quantity.is_ratio or quantity.is_change_of_share)
        if suffix and counts and not phrase.label:
            return Link(slot, phrase.change_word + suffix, phrase.change_word, "level", 1, "label.counted", part_of)
        if not phrase.label:
            return self._carried(slot, phrase, previous, part_of, "label.change.carried")
        label = phrase.label
        if previous is not None and (label in self._relational or label in {"增幅", "降幅", "增速", "涨幅"}):
            return Link(
                slot,
                previous.carried + label,
                "",
                "change",
                phrase.sign,
                "label.change",
                part_of,
                subject=previous.carried,
            )
        if previous is not None and label.startswith("对") and phrase.change_word == "贡献率":
            label = previous.carried + label
        return Link(slot, label, phrase.verb, "change", phrase.sign, "label.change", part_of)

    def _share(self, slot: Slot, phrase: Phrase, at: int, previous: Link | None, part_of: int | None) -> Link:
        label = phrase.label
        subject = label[:at]
        if at == 0 and previous is not None:
            subject = previous.carried
            label = subject + label
        return Link(slot, label, phrase.verb, "level", 1, "label.share", part_of, subject=subject or label)

    def _counted(self, slot: Slot, phrase: Phrase, suffix: str, previous: Link | None, part_of: int | None) -> Link:
        label = phrase.label
        adjacent = slot.joint == "" and slot.previous is not None
        verb = phrase.verb or self._reader.trailing_verb(label)
        if adjacent and not verb and not self._reader.is_marker(label):
            return Link(slot, suffix, "", "level", 1, "label.counted.adjacent", part_of)
        if not label:
            verb = previous.verb if previous is not None and slot.joint in _SAME_LIST else ""
            return Link(slot, verb + suffix, verb, "level", 1, "label.counted", part_of)
        listed = self._reader.named_list(label)
        head = label if listed is None else listed
        return Link(
            slot, head + suffix, verb if (head + suffix).startswith(verb) else "", "level", 1, "label.counted", part_of
        )

    def _named(self, slot: Slot, phrase: Phrase, previous: Link | None, part_of: int | None) -> Link:
        label = self._reader.without_names(phrase.label)
        if not label:
            topic = self._topic(slot.earlier) if previous is None or slot.previous is None else ""
            if topic:
                return Link(slot, topic, "", "level", 1, "label.topic", part_of)
            return self._carried(slot, phrase, previous, part_of, "label.carried")
        if label == phrase.verb and slot.quantity.is_count:
            return self._bare_verb(slot, phrase, previous, part_of)
        if previous is not None and slot.previous is not None:
            return self._leaning_name(slot, replace(phrase, label=label), previous, part_of)
        return Link(slot, label, phrase.verb, "level", 1, "label.named", part_of)

    def _bare_verb(self, slot: Slot, phrase: Phrase, previous: Link | None, part_of: int | None) -> Link:
        """签约15.2万人, 受益2.5万人: the verb alone; its object was named before."""
        topic = self._topic(slot.earlier)
        if slot.joint in _SAME_LIST and previous is not None and previous.verb:
            return Link(slot, previous.verb + phrase.label, previous.verb, "level", 1, "label.list", part_of)
        if not topic and previous is not None:
            topic = previous.object
        label = topic if topic.endswith(phrase.label) else topic + phrase.label
        return Link(slot, label, "", "level", 1, "label.bare-verb", part_of)

    def _leaning_name(self, slot: Slot, phrase: Phrase, previous: Link, part_of: int | None) -> Link:
        label = phrase.label
        counted = previous.slot.quantity.is_count or previous.measure == "change"
        if label in self._attribute and counted:
            owner = previous.carried.removesuffix(self._last_attribute(previous.carried))
            return Link(slot, owner[len(previous.verb) :] + label, "", "level", 1, "label.attribute", part_of)
        if not phrase.verb and self._reader.is_generic(label):
            return Link(
                slot, previous.object + label, "", "level", 1, "label.relational", part_of, subject=previous.carried
            )
        if parallel := self._parallel(label, previous.carried):
            return Link(slot, parallel, phrase.verb, "level", 1, "label.parallel", part_of)
        same_unit = slot.quantity.unit == previous.slot.quantity.unit or previous.rule == "label.list"
        listed = slot.joint in _SAME_LIST or (slot.joint == "，" and slot.earlier == "，" and same_unit)
        if not phrase.verb and previous.verb and slot.quantity.is_count and listed:
            return Link(slot, previous.verb + label, previous.verb, "level", 1, "label.list", part_of)
        return Link(slot, label, phrase.verb, "level", 1, "label.named", part_of)

    def _parallel(self, label: str, earlier: str) -> str:
        """社会保险基金收入…，基金支出…: the second takes what stands before the word both share, "" if none."""
        first = self._reader.first_word(label)
        at = earlier.rfind(first) if len(first) >= 2 and len(first) < len(label) else -1
        if at <= 0 or len(earlier) - at - len(first) > 4 or earlier[at:] == label:
            return ""
        return earlier[:at] + label

    def _last_attribute(self, label: str) -> str:
        return max((word for word in self._attribute if label.endswith(word)), key=len, default="")


_CLAUSE = regex.compile("[，；：。！？]")


def _level_before(links: Sequence[Link], index: int | None) -> int | None:
    """The nearest level at or before ``index`` in its bracket: changes have no parts."""
    while index is not None and links[index].measure == "change":
        index = links[index].slot.previous
    return index
