"""Figures without a name of their own: they have that of the figure before, or of the clauses before."""

from __future__ import annotations

import re
from typing import Final

from extractors.places import SAME_LIST, Link, Place
from extractors.topics import Topics
from extractors.words import alternation, filled
from lexicons import Lexicons

_PLAN_TOLD: Final = (
    "(?:words:labels.adjusted)|(?:年初)?(?:words:roles.budget)(?:words:labels.all_told)?$|"
    "(?:目标)?(?:words:roles.tasks)$"
)
"""In a name it says that the figure is planned: 改厕任务38283座，完成|38649座; 调整后的支出预算7亿元，完成|6亿元."""
_SIGNS: Final = frozenset({"", "+", "＋"})


class Carrying:
    """Carries names over.

    Example: 增长4.7% after 地区生产总值1052.3亿元 → 地区生产总值
    """

    def __init__(self, lexicons: Lexicons, topics: Topics) -> None:
        self._topics = topics
        self._carrying_out = lexicons.words("labels.carrying_out")
        self._plan_told = re.compile(filled(lexicons, _PLAN_TOLD))
        added, in_all, passed = (
            alternation(lexicons, f"labels.{key}") for key in ("newly_added", "in_all", "passed_with_it")
        )
        self._added, self._in_all = re.compile(f"^(?:{added})"), re.compile(in_all)
        self._all_told = re.compile(f"(?:{alternation(lexicons, 'labels.all_told')})[为达]?$")
        self._added_behind, self._passed = re.compile(f"(?<=..)(?:{added})$"), re.compile(f"[，、]?(?:{passed})$")

    def name(self, place: Place, rule: str) -> Link:
        """The link of a figure with the name of the one before, or of what the clauses before are about.

        Example: 突破2000公里 behind 公路里程新增300公里 → 公路里程
        """
        measure, sign, previous = place.phrase.measure, place.phrase.sign, place.previous
        if previous is None:
            topic = (
                self._topics.last(place.slot.earlier) or place.phrase.change_word or self._topics.heading(place.said)
            )
            return place.link(topic, rule, measure=measure, sign=sign)
        quantity = place.quantity
        if _is_signed(place, previous):
            measure = "change"
        both_ratios = quantity.is_ratio and previous.slot.quantity.is_ratio and measure == "level"
        whole = quantity.is_change_of_share or quantity.rule == "quantity.ratio-chain" or both_ratios
        label = previous.label if whole else previous.carried
        if previous.rule == "label.compared":
            label = label.removesuffix(previous.slot.near.strip("，"))
        if place.slot.near.startswith(self._carrying_out):
            label = self._plan_told.sub("", label)
        elif measure == previous.measure == "level" and self._in_all.match(place.slot.near):
            label = self._added.sub("", label)
        elif self._sums_up(place, previous):
            label = previous.object
        elif measure == previous.measure == "level" and self._passes(place, previous):
            label = self._added_behind.sub("", label)
        return place.link(label, rule, verb=previous.verb, measure=measure, sign=sign, subject=previous.subject)

    def _sums_up(self, place: Place, previous: Link) -> bool:
        """Whether a figure is the sum of what was done to one thing: 新建农田11万亩、改造提升7万亩，合计|18万亩."""
        quantity, before = place.quantity, previous.slot.quantity
        listed = previous.slot.joint in SAME_LIST and previous.verb and quantity.unit == before.unit
        return bool(listed) and quantity.value > before.value and self._all_told.match(place.slot.near) is not None

    def _passes(self, place: Place, previous: Link) -> bool:
        """Whether a figure tells what there is with what came to it: 里程新增300公里、突破|2000公里."""
        quantity, before = place.quantity, previous.slot.quantity
        return (
            quantity.unit == before.unit and quantity.value > before.value and bool(self._passed.match(place.slot.near))
        )


def _is_signed(place: Place, previous: Link) -> bool:
    """Whether a bracket holds by how much the figure before it changed: 水泥128万吨（|-6.3%）."""
    near, quantity = place.slot.near, place.quantity
    alone = place.slot.joint == "（" and near in _SIGNS and place.slot.right == ""
    return alone and quantity.is_share_like and (near != "" or quantity.value < 0) and previous.measure == "level"
