"""Names that say nothing alone, or little: they are read with the figure before, or the clause before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from extractors.hints import Endings
from extractors.labels import LabelJudge
from extractors.places import Link, Place, joined
from extractors.verbs import Verbs, words_of
from lexicons import Lexicons

_LONG_DOING: Final = 10
"""A longer name of what was done is not said again with what was found: 开展安全隐患拉网式排查3轮，查出隐患|9处."""
LONG_ITEM: Final = 16
"""Characters of a name that is taken over into another."""
SHORT_NOUN: Final = 8
_NOT: Final = ("不", "未", "非")
COUNTED: Final = frozenset({"count", "persons", "occasions"})
"""Dimensions of things, people and what happens."""


class Leaning:
    """The rules that add what was named before to a name; None where they do not fit.

    Example: 建立健康档案3万份，建档率|94.6% → 健康档案建档率 (label.relational)
    """

    def __init__(
        self,
        lexicons: Lexicons,
        judge: LabelJudge,
        verbs: Verbs,
        topic: Callable[[str], str],
    ) -> None:
        self._judge, self._verbs, self._topic = judge, verbs, topic
        self._features = frozenset(lexicons.words("labels.attribute"))
        self._account_items = frozenset(lexicons.words("labels.account_items"))
        self._staff, self._at_school = lexicons.words("labels.staff"), lexicons.words("labels.at_school")
        self._attribute_ends = Endings(self._features)
        families = [row.split("|") for row in lexicons.words("labels.siblings")]
        self._siblings = {name: [*_beside(name, families)] for row in families for name in row}

    def joined(self, whose: str, label: str) -> str:
        """A name with what it leans on, in which it takes the place of what is told beside it.

        Example: 建筑业总产值, 增加值 → 建筑业增加值; 问题整改, 整改率 → 问题整改率
        """
        sibling = next((one for one in self._siblings.get(label, ()) if one in whose), "")
        return whose.replace(sibling, label) if sibling else joined(whose, label)

    def is_feature(self, label: str) -> bool:
        """Whether a label names a property of what was named before it: 占地."""
        return label in self._features

    def attributed(self, place: Place) -> Link | None:
        """养老机构35个，床位815张: a property of what was counted before."""
        previous = place.previous
        if previous is None or not place.follows or (label := place.own) not in self._features:
            return self._aside(place)
        ended = place.slot.joint == "；" and bool(previous.whole)
        ending = self._attribute_ends.longest(previous.carried)
        again = bool(ending) and ending != label
        if ended or (place.in_list and (not again or previous.slot.quantity.dimension in COUNTED)):
            return None
        if not (again or previous.slot.quantity.is_count or previous.measure == "change"):
            return None
        if not again and label.endswith(self._staff) and previous.carried.endswith(self._staff):
            return None
        owner = previous.carried.removesuffix(ending).removeprefix(previous.verb)
        owner = next((owner[len(at) :] for at in self._at_school if owner.startswith(at)), owner)
        if len(owner) > LONG_ITEM or (again and not owner):
            return None
        return place.link(owner + label, "label.attribute")

    def _aside(self, place: Place) -> Link | None:
        """新院区（占地126亩，…）: a property of what stands before a bracket without a figure."""
        if place.slot.joint != "（" or place.slot.parent is not None or place.own not in self._features:
            return None
        owner = self._topic(place.slot.earlier)
        return place.link(owner + place.own, "label.attribute") if 0 < len(owner) <= LONG_ITEM else None

    def relation(self, place: Place) -> Link | None:
        """建档率94.57% after 建立健康档案: a name that says nothing alone."""
        previous = place.previous
        if previous is None or not place.follows or (label := place.own) in self._account_items:
            return None
        if previous.whole and label.startswith(previous.whole):
            return None
        first, stem, thing = words_of(label)[0], label[:2], previous.object
        if thing.endswith(stem) and thing.removesuffix(stem).endswith(_NOT):
            # 检出不合格11批次，合格率97%
            return place.link(joined(previous.subject, label), "label.relational") if previous.subject else None
        goes_on = len(first) >= 2 and thing.endswith(first) and self._judge.is_generic(label[len(first) :])
        beside = any(one in thing for one in self._siblings.get(label, ()))
        if not (goes_on or beside or self._judge.is_generic(label) or self._judge.leans_on(label, previous.label)):
            return None
        subject = previous.carried if place.quantity.is_ratio else ""
        if len(label) > 2 and thing.endswith(label[:-1] + thing[-1]):
            return place.link(label, "label.relational", subject=subject)  # 审减值4亿元，审减率16.9%
        if thing.startswith(stem) and self._judge.is_measure(thing):
            return place.link(label, "label.relational", subject=subject)  # 调减金额4亿元，调减率12%
        of_plan = "完成" in thing and previous.slot.quantity.is_ratio
        whose = thing.partition("完成")[0] if of_plan else thing
        return place.link(self.joined(whose, label), "label.relational", subject=subject)

    def result(self, place: Place) -> Link | None:
        """筛查640人、筛查出高危人群31例: found among what was counted before."""
        previous = place.previous
        if previous is None or not place.follows or place.slot.joint not in {"、", "，"}:
            return None
        label = place.own
        if not self._judge.is_result(label) or previous.label in self._verbs:
            return None
        found = self._judge.result_verb(label)
        if len(previous.label) > _LONG_DOING and label != found:
            return place.link(label, "label.result", verb=found, subject=previous.carried)
        return place.link(previous.label + label, "label.result", verb=previous.label + found, subject=previous.carried)

    def unknown_rate(self, place: Place) -> Link | None:
        """开展分级评价，绿码率98%: a rate too short to be a whole name is that of the clause before."""
        label = place.own
        if not (self._judge.is_unknown_rate(label) or self._judge.is_generic(label)):
            return None
        topic = self._topic(place.slot.earlier)
        named = topic and len(topic) <= LONG_ITEM + SHORT_NOUN
        return place.link(self._verbs.object_of(topic) + label, "label.topic") if named else None


def _beside(name: str, families: Sequence[Sequence[str]]) -> Iterator[str]:
    """What is told beside a name."""
    return (one for row in families if name in row for one in row if one != name)


def may_share_object(previous: Link, place: Place) -> bool:
    """Whether a bare verb may have the object of the figure before: people of anything, else the same unit.

    Occasions may too, but not behind a ；.

    Example: 抽样2万份，出动687人次 → the second may be of the first
    """
    if place.quantity.is_money or (
        place.slot.joint == "；" and previous.slot.quantity.is_ratio and previous.measure == "level"
    ):
        return False
    of_all = {"persons"} if place.slot.joint == "；" else {"persons", "occasions"}
    return place.quantity.dimension in of_all or place.quantity.unit == previous.slot.quantity.unit
