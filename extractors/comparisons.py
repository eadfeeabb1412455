"""Figures that say how another stands to a plan, a norm or someone else's: 完成预算的94.7%, 高于全国1.8个百分点."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from extractors.phrases import PhraseReader
from extractors.places import Link, Place
from extractors.suffixes import SuffixReader
from extractors.words import alternation
from lexicons import Lexicons

_BETTER: Final = re.compile(
    "(?:增速|增幅|涨幅|降幅)?(?:比|较)(?![^，]{0,4}年)[^，]{1,10}(?:(?<!提)高|(?<!降)低|(?<!加)快|(?<![放减])慢|(?<!增)多|(?<!减)少)出?$"
)
_ASIDE: Final = re.compile("（[^（）]*）")
_OF_PLAN: Final = re.compile(
    "(?:完成|为|占|达到|达|相当于)了?(?P<plan>[^，。；、]{0,8}(?:预算数?|预算调整数?|调整预算数?|任务数?|目标|计划|预期))的?$"
)
_PLAN_NAMED: Final = re.compile("^(?P<plan>[^，。；、]{0,8}(?:预算数?|任务数?|目标|计划|预期))的$")
_DONE: Final = re.compile("完成了?(?P<year>全年|年度|年|)(?:的)?$")
_PARALLEL: Final = frozenset({"，", "、", "和"})
_PLAN_ENDS: Final = ("算", "数", "务", "标", "划", "期", "的")
"""How what it finds ends."""
_REFERENCE: Final = re.compile(
    r"^，?(?:均|都|已|分别|仍|还)?(?:距离?|离|低于|高于|超过|优于|达到|控制在|超出|好于)(?P<other>[^，。；、\d]{0,8})$"
)
_REFERENCE_LETTERS: Final = frozenset("，均都已分低高超优达控好比距离仍还")
"""What they begin with."""
_THAN_PLAN: Final = re.compile(r"^，?比(?P<other>[^，。；、\d]{0,8}?(?:目标|任务|计划|预期|控制)[数值线标]?)$")
_SHARE: Final = re.compile("^约?占(?:到|了)?(?:全[国省市县区州])?(?P<noun>[^，。；、]{0,14})$")
_WHOLE: Final = re.compile("^(?P<noun>[^，。；、]{1,14})的(?:比重|比例)?$")
"""Before a whole, and between it and the share that something has of it: 占全市|400万亩|耕地的|0.88%."""
_PLANNED: Final = re.compile("预算|任务|目标|计划|预期")
_HOW_FAR: Final = frozenset("高低多少快慢")
_SHORT_OF: Final = re.compile(r"的?(?:目标|任务|要求|标准)?(?:值|数|线)?(?P<word>(?:还|仍|尚|相)?差|还有差距)$")
"""Behind a goal, before what lacks: 距全年45%|的目标还差|6.5个百分点."""


class Comparisons:
    """The rules that name such figures by the one before; each gives None where it has nothing to say.

    Example: 新增就业9千人，完成年目标任务1万人的|90% → 新增就业完成年目标任务 (label.of-plan)
    """

    def __init__(self, lexicons: Lexicons, phrases: PhraseReader, suffixes: SuffixReader) -> None:
        self._phrases, self._suffixes = phrases, suffixes
        self._over = frozenset(lexicons.words("labels.exceeding"))
        self._above = re.compile(f"^，?(?:均|都)?(?:{alternation(lexicons, 'labels.comparisons')})")

    def compared(self, place: Place) -> Link | None:
        """增长7.9%，高于全国1.8个百分点: by how much the figure before is above another's."""
        previous = place.previous
        if previous is not None and previous.rule == "label.reference" and place.slot.near in _HOW_FAR:
            label = f"{previous.label}{place.slot.near}于{previous.share_of}"
            return place.link(label, "label.compared", subject=previous.carried)
        if previous is None:
            return None
        if previous.rule == "label.reference" and (short := _SHORT_OF.match(place.slot.near)):
            return place.link(previous.label + short["word"], "label.compared", subject=previous.carried)
        over = place.slot.near in self._over and place.follows and previous.slot.quantity.unit == place.quantity.unit
        if over and place.slot.joint == "，" and previous.measure == "level":
            return place.link(previous.label + place.slot.near, "label.compared", subject=previous.carried)
        own = place.slot.near.strip("，")
        if not place.quantity.is_change_of_share:
            return self._other_than(place, previous, own)
        if not self._above.match(own) and not _BETTER.match(own):
            return None
        of_rate = previous.slot.quantity.is_change_of_share
        growth = "增速" if previous.measure == "change" and not of_rate and not own.startswith("增") else ""
        label = previous.label
        if previous.rule == "label.compared":
            label = label.removesuffix(previous.slot.near.strip("，"))
        return place.link(label + growth + own, "label.compared", subject=previous.carried)

    @staticmethod
    def _other_than(place: Place, previous: Link, own: str) -> Link | None:
        """人均装备2.4万元，比国有企业低|1.5万元: how far an amount is from someone else's."""
        same = place.follows and previous.slot.quantity.unit == place.quantity.unit and previous.measure == "level"
        if not same or _PLANNED.search(own) or not _BETTER.match(own):
            return None
        label = previous.label.removesuffix(previous.slot.near) if previous.rule == "label.compared" else previous.label
        return place.link(label + own, "label.compared", subject=previous.carried)

    def reference(self, place: Place) -> Link | None:
        """低于青屿市2.86人的平均水平: another's level, or a norm, of what the figure before measures."""
        previous = place.previous
        if previous is None:
            return None
        near, right = place.slot.near, place.slot.right
        if near[:1] not in _REFERENCE_LETTERS:
            return None
        than_plan = _THAN_PLAN.match(near) if right in _HOW_FAR else None
        reference = than_plan or (_REFERENCE.match(near) if self._suffixes.is_reference(right) else None)
        if reference is None:
            return None
        label = previous.label if place.quantity.unit == previous.slot.quantity.unit else previous.carried
        return replace(place.link(label, "label.reference", subject=previous.subject), share_of=reference["other"])

    def of_whole(self, place: Place) -> Link | None:
        """法律服务所85个，占105个|乡镇的81%: the whole, named by its own noun, and then the share of it."""
        previous = place.previous
        if previous is None:
            return None
        if place.quantity.is_ratio:
            own = place.slot.near.endswith("的") and not place.slot.joint
            whole = own and previous.rule == "label.counted" and _SHARE.match(previous.slot.near) is not None
            return place.link(f"{previous.subject}占{previous.label}", "label.share") if whole else None
        said = _SHARE.match(place.slot.near) if place.slot.near[:2].startswith(("占", "约")) else None
        behind = _WHOLE.match(place.slot.right) if said else None
        noun = (said and said["noun"]) or (behind and behind["noun"])
        if said is None or not noun or not place.slot.right.endswith("的") or _PLANNED.search(noun):
            return None
        return place.link(noun, "label.counted", subject=previous.carried)

    def of_plan(self, place: Place) -> Link | None:
        """完成预算数的94.7%: how much of the plan the amount before it is; later figures lean on that amount."""
        near, previous = place.slot.near, place.previous
        if "（" in near:
            near = _ASIDE.sub("", near)
        planned = _OF_PLAN.search(near) if near.endswith(_PLAN_ENDS) else None
        if planned is None:
            return self._of_plan_before(near, previous, place) if previous is not None and near[-1:] == "的" else None
        own = self._phrases.phrase(near[: planned.start()]).label
        subject = own if len(own) > 2 or previous is None else previous.carried
        return place.link(f"{subject}完成{planned['plan']}", "label.of-plan", subject=subject)

    @staticmethod
    def _of_plan_before(near: str, previous: Link, place: Place) -> Link | None:
        """How much of a plan that the figure before tells of: 完成省任务的130%，市任务|的127%."""
        if previous.rule == "label.of-plan" and near == "的":
            return place.link(previous.label, "label.of-plan", subject=previous.subject)
        if (plan := _PLAN_NAMED.match(near)) is None:
            return None
        if previous.rule == "label.of-plan" and place.slot.joint in _PARALLEL:
            return place.link(f"{previous.subject}完成{plan['plan']}", "label.of-plan", subject=previous.subject)
        done = _DONE.search(previous.slot.near)
        if done is None or place.slot.joint:
            return None
        label = f"{previous.carried}完成{done['year']}{plan['plan']}"
        return place.link(label, "label.of-plan", subject=previous.carried)
