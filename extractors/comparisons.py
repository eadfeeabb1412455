"""Figures that say how another stands to a plan, a norm or someone else's: 完成预算的94.7%, 高于全国1.8个百分点."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from extractors.clauses import EACH
from extractors.hints import first_letters, last_letters
from extractors.phrases import PhraseReader
from extractors.places import Link, Place
from extractors.suffixes import SuffixReader
from extractors.words import alternation, filled
from lexicons import Lexicons

_BETTER: Final = (
    "(?:words:roles.rate_of_growth)?[比较](?![^，]{0,4}年)[^，]{1,10}"
    "(?:(?<!提)高|(?<!降)低|(?<!加)快|(?<![放减])慢|(?<!增)多|(?<!减)少)出?$"
)
_ASIDE: Final = re.compile("（[^（）]*）")
_OF_PLAN: Final = (
    "(?:words:labels.fulfilling)了?(?P<plan>[^，。；、]{0,8}(?:words:roles.plan_words)"
    "(?:words:roles.of_goals)?(?:调整)?数?)的?$"
)
_PLAN_NAMED: Final = "^(?P<plan>[^，。；、]{0,8}(?:words:roles.plan_words)(?:调整)?数?)的$"
_OF_BOUND: Final = r"为[^，。；、\d]{0,6}(?:words:labels.bounds)的"
"""余额687亿元，|为限额的|98.9%."""
_DONE: Final = re.compile("完成了?(?P<year>全年|年度|年|)(?:的)?$")
_PARALLEL: Final = frozenset({"，", "、", "和"})
_REFERENCE: Final = r"^，?(?:words:labels.also){0,2}(?:words:labels.references)(?P<other>[^，。；、\d]{0,8})$"
_THAN_PLAN: Final = r"^，?比(?P<other>[^，。；、\d]{0,8}?(?:words:roles.controls)[数值线标]?)$"
_SHARED: Final = "respectively"
_REFERENCE_LETTERS: Final = "，比"
"""What these two begin with, besides the words of references."""
_SHARE: Final = re.compile("^约?占(?:到|了)?(?:全[国省市县区州])?(?P<noun>[^，。；、]{0,14})$")
_WHOLE: Final = "^(?P<noun>[^，。；、]{1,14})的(?:words:labels.share_nouns)?$"
"""Before a whole, and between it and the share that something has of it: 占全市|400万亩|耕地的|0.88%."""
_COMPARING: Final = ("比", "较", "均", "都")
"""What comparisons begin with, besides words of the lexicons."""
_HOW_FAR: Final = frozenset("高低多少快慢")
_SHORT_OF: Final = "的?(?:words:roles.norms roles.goals_told)?[值数线]?(?P<word>(?:words:labels.lacking))$"
"""Behind a goal, before what lacks: 距全年45%|的目标还差|6.5个百分点."""
_GOAL_ASIDE: Final = (
    r"^，?(?:words:labels.also){0,2}(?:words:labels.references labels.fulfilling)"
    r"(?P<goal>[^，。；、\d]{0,8}?(?:words:roles.told_goals))$"
)
"""Before a bracket that holds the goal: 合格率89.4%，|高于省定要求|（85%）."""
_GOAL_BEHIND: Final = r"的(?P<goal>[^，。；、\d]{0,6}?(?:words:roles.told_goals))"
"""Between a goal and by how much it was passed: 高于县里|65%|的任务要求|9.1个百分点."""
_BEYOND_GOAL: Final = (
    r"^(?:words:labels.also)?(?:words:labels.comparisons)[^，。；、\d]{0,6}?(?:words:roles.told_goals)$"
)
"""Before an amount by which one passes a limit: 债务余额379亿元，|低于限额|6.7亿元."""
_HELD: Final = (
    "^，?(?:words:labels.also)?(?:words:labels.holding)在(?:[^，。；、\\d]{0,8}?(?:words:roles.told_goals))?$"
)
"""Before the bound of the figure before: 失业率3.1%，|控制在|4.5%以内."""
_HELD_AT: Final = "^，?(?:words:labels.also)?(?:words:labels.holding)在[^，。；、\\d]{0,8}的$"
"""Before a bound whose name stands behind it: 用水总量1.4亿立方米，|控制在市下达的|1.5亿立方米指标内."""
_WITHIN: Final = (
    "^，?(?:words:labels.also)?(?:words:labels.strictly)?(?:words:labels.holding)在"
    "(?P<limit>[^，。；、\\d]{0,16}?(?:words:labels.limits))$"
)
"""Before the limit of the debt before: 债务余额28亿元，|控制在债务限额|35亿元以内."""
_ACHIEVED: Final = (
    "^，?(?:words:labels.also){0,2}(?:words:labels.on_time)?(?:words:labels.achieving)了?[^，。；、\\d]{0,14}$"
)
_GOAL_RIGHT_BEHIND: Final = "的?(?:words:roles.goal_adjectives)?(?:words:roles.told_goals)(?=[，。；）]|$)"
"""Before a goal that was reached, and behind it: 支持83户，超额完成市局下达的|60户|年度任务."""
_SHORT_OF_GOAL: Final = (
    r"^，?(?:words:labels.references)[^，。；、\d]{0,10}?(?:words:roles.told_goals)的?"
    "(?P<word>(?:words:labels.lacking))$"
)
"""What lacks of a goal told in a bracket: |距市任务|（1.2件）|尚差|0.18件."""


class Comparisons:
    """The rules that name such figures by the one before; each gives None where it has nothing to say.

    Example: 新增就业9千人，完成年目标任务1万人的|90% → 新增就业完成年目标任务 (label.of-plan)
    """

    def __init__(self, lexicons: Lexicons, phrases: PhraseReader, suffixes: SuffixReader) -> None:
        self._phrases, self._suffixes = phrases, suffixes
        self._over = frozenset(lexicons.words("labels.exceeding"))
        self._above = re.compile(filled(lexicons, "^，?(?:均|都)?(?:words:labels.comparisons)"))
        self._better = re.compile(filled(lexicons, _BETTER))
        self._of_whole_behind = re.compile(filled(lexicons, _WHOLE))
        self._reference = re.compile(filled(lexicons, _REFERENCE))
        self._short_of = re.compile(filled(lexicons, _SHORT_OF))
        self._goal_aside = re.compile(filled(lexicons, _GOAL_ASIDE))
        self._short_of_goal = re.compile(filled(lexicons, _SHORT_OF_GOAL))
        self._goal_behind = re.compile(filled(lexicons, _GOAL_BEHIND))
        self._beyond_goal = re.compile(filled(lexicons, _BEYOND_GOAL))
        self._held_at = re.compile(filled(lexicons, _HELD_AT))
        self._achieved, self._goal_right_behind = (
            re.compile(filled(lexicons, one)) for one in (_ACHIEVED, _GOAL_RIGHT_BEHIND)
        )
        self._told_goal = re.compile(alternation(lexicons, "roles.told_goals"))
        self._held, self._within = (re.compile(filled(lexicons, one)) for one in (_HELD, _WITHIN))
        self._kinds, self._balance = lexicons.words("labels.kinds"), lexicons.words("labels.balances")
        self._lacking = frozenset(lexicons.words("labels.lacking"))
        self._than_plan = re.compile(filled(lexicons, _THAN_PLAN))
        openings = ("labels.references", "labels.also", "labels.on_time", "labels.achieving")
        self._reference_letters = first_letters(
            (*(word for key in openings for word in lexicons.words(key)), *_REFERENCE_LETTERS)
        )
        compared = ("references", "also", "comparisons", "exceeding", "lacking")
        growth = lexicons.words("roles.rate_of_growth")
        self._comparing_letters = first_letters(
            (*(word for key in compared for word in lexicons.words(f"labels.{key}")), *growth, *_COMPARING)
        )
        """What all begins with by which a figure is compared."""
        plans = alternation(lexicons, "roles.plan_words")
        self._planned, self._plan_told = re.compile(plans), re.compile(f"(?:{plans})数?$")
        self._of_plan, self._of_bound = (re.compile(filled(lexicons, one)) for one in (_OF_PLAN, _OF_BOUND))
        self._plan_named = re.compile(filled(lexicons, _PLAN_NAMED))
        of_goals = last_letters(lexicons.words("roles.of_goals"))
        self._plan_ends = ("整", "数", "的", *of_goals, *last_letters(lexicons.words("roles.plan_words")))

    def tells_goal(self, near: str) -> bool:
        """Whether the words before a bracket say that it holds the goal of the figure before: 高于省定要求（85%）."""
        return self._goal_aside.match(near) is not None

    def goal_aside(self, place: Place) -> Link | None:
        """高于省定要求（85%）: the goal of what the figure before measures."""
        previous = place.previous
        told = self._goal_aside.match(place.slot.near) if place.slot.in_own_bracket and previous is not None else None
        if told is None or previous is None:
            return None
        return place.link(previous.carried + told["goal"], "label.reference", subject=previous.carried)

    def compared(self, place: Place) -> Link | None:
        """增长7.9%，高于全国1.8个百分点: by how much the figure before is above another's."""
        previous, own = place.previous, place.slot.near.strip("，")
        if previous is None:
            return None
        if previous.rule == "label.reference" and (link := self._to_reference(place, previous)):
            return link
        if own[:1] not in self._comparing_letters:
            return None
        if link := self._to_goal(place, previous, own):
            return link
        if not place.quantity.is_change_of_share:
            return self._other_than(place, previous, own)
        if not self._above.match(own) and not self._better.match(own):
            return None
        of_rate = previous.slot.quantity.is_change_of_share
        growth = "增速" if previous.measure == "change" and not of_rate and not own.startswith("增") else ""
        of_plan = previous.slot.quantity.is_ratio and previous.subject and self._plan_told.search(previous.label)
        label = previous.carried if of_plan else previous.label
        if previous.rule == "label.compared":
            label = label.removesuffix(previous.slot.near.strip("，"))
        return place.link(label + growth + own, "label.compared", subject=previous.carried)

    def _to_reference(self, place: Place, previous: Link) -> Link | None:
        """低于全国2.86人的水平|0.3人, 距全年45%的目标还差|6.5个百分点: how far from the reference right before."""
        near = place.slot.near
        if near in _HOW_FAR:
            label = f"{previous.label}{near}于{previous.share_of}"
        elif short := self._short_of.match(near):
            label = previous.label + short["word"]
        elif place.quantity.is_change_of_share and (told := self._goal_behind.fullmatch(near)):
            label = previous.label + previous.slot.near.strip("，") + told["goal"]
        else:
            return None
        return place.link(label, "label.compared", subject=previous.carried)

    def _to_goal(self, place: Place, previous: Link, own: str) -> Link | None:
        """建成1512套，超|32套; 余额379亿元，低于限额|6.7亿元; 目标未能完成，相差|4.8个百分点: how far from a goal."""
        if not place.follows:
            return None
        quantity, before = place.quantity, previous.slot.quantity
        over = place.slot.near in self._over and before.unit == quantity.unit and place.slot.joint == "，"
        if over and previous.measure == "level":
            return place.link(previous.label + own, "label.compared", subject=previous.carried)
        far = quantity.is_money and 2 * quantity.value < before.value and not place.slot.right.startswith("的")
        short = self._short_of_goal.match(own)
        if short or own in self._lacking or (far and self._beyond_goal.match(own)):
            label = previous.carried + (short["word"] if short else own)
            return place.link(label, "label.compared", subject=previous.carried)
        return None

    def _other_than(self, place: Place, previous: Link, own: str) -> Link | None:
        """人均装备2.4万元，比国有企业低|1.5万元: how far an amount is from someone else's."""
        same = place.follows and previous.slot.quantity.unit == place.quantity.unit and previous.measure == "level"
        if not same or self._planned.search(own) or not self._better.match(own):
            return None
        label = previous.label.removesuffix(previous.slot.near) if previous.rule == "label.compared" else previous.label
        return place.link(label + own, "label.compared", subject=previous.carried)

    def reference(self, place: Place) -> Link | None:
        """低于青屿市2.86人的平均水平: another's level, or a norm, of what the figure before measures."""
        previous = place.previous
        if previous is None:
            return None
        near, right = place.slot.near, place.slot.right
        if near[:1] not in self._reference_letters:
            return None
        if self._achieved.match(near) and self._goal_right_behind.match(right):
            same = place.follows and place.quantity.unit == previous.slot.quantity.unit and previous.measure == "level"
            return place.link(previous.label, "label.reference", subject=previous.subject) if same else None
        than_plan = self._than_plan.match(near) if right in _HOW_FAR else None
        reference = than_plan or (self._reference.match(near) if self._suffixes.is_reference(right) else None)
        if reference is None:
            return self._bound(place, previous)
        label = previous.label if place.quantity.unit == previous.slot.quantity.unit else previous.carried
        return replace(place.link(label, "label.reference", subject=previous.subject), share_of=reference["other"])

    def _bound(self, place: Place, previous: Link) -> Link | None:
        """失业率3.1%，控制在4.5%以内: what the figure before was to stay within."""
        same = place.follows and place.quantity.unit == previous.slot.quantity.unit and previous.measure == "level"
        if not same or place.slot.joint != "，" or EACH in place.slot.near:
            return None
        behind = self._told_goal.match(place.slot.right) if self._held_at.match(place.slot.near) else None
        if behind is None and not self._held.match(place.slot.near):
            return None
        return place.link(previous.label + (behind[0] if behind else ""), "label.reference", subject=previous.subject)

    def limit(self, place: Place) -> Link | None:
        """债务余额28亿元，控制在限额35亿元以内: the limit, by its own name, or by that of what is to stay within it."""
        within = self._within.match(place.slot.near)
        if within is None:
            return None
        label, previous = self._phrases.phrase(within["limit"]).label, place.previous
        kind = next((kind for kind in self._kinds if previous is not None and kind in previous.label), "")
        if previous is None or not kind:
            return place.link(label, "label.reference")
        whose = previous.label[previous.label.index(kind) :] if _SHARED in previous.rule else previous.label
        bare = next((whose.removesuffix(word) for word in self._balance if whose.endswith(word)), whose)
        full = bare + label[-2:]
        return place.link(full if kind not in label or full.endswith(label) else label, "label.reference")

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
        behind = self._of_whole_behind.match(place.slot.right) if said else None
        noun = (said and said["noun"]) or (behind and behind["noun"])
        if said is None or not noun or not place.slot.right.endswith("的") or self._planned.search(noun):
            return None
        return place.link(noun, "label.counted", subject=previous.carried)

    def of_plan(self, place: Place) -> Link | None:
        """完成预算数的94.7%: how much of the plan the amount before it is; later figures lean on that amount."""
        near, previous = place.slot.near, place.previous
        if "（" in near:
            near = _ASIDE.sub("", near)
        planned = self._of_plan.search(near) if near.endswith(self._plan_ends) else None
        if planned is None:
            return self._of_plan_before(near, previous, place) if previous is not None and near[-1:] == "的" else None
        own = self._phrases.phrase(near[: planned.start()]).label
        if not own and not place.follows and not place.quantity.is_ratio:
            return None
        subject = own if len(own) > 2 or previous is None else previous.carried
        return place.link(f"{subject}完成{planned['plan']}", "label.of-plan", subject=subject)

    def _of_plan_before(self, near: str, previous: Link, place: Place) -> Link | None:
        """How much of a plan that the figure before tells of: 完成省任务的130%，市任务|的127%."""
        if previous.rule == "label.of-plan" and near == "的":
            return place.link(previous.label, "label.of-plan", subject=previous.subject)
        if (plan := self._plan_named.match(near)) is None:
            whole = self._of_bound.fullmatch(near) if place.follows and place.quantity.is_ratio else None
            subject = previous.carried
            return place.link(f"{subject}{whole[0][:-1]}", "label.share", subject=subject) if whole else None
        if previous.rule == "label.of-plan" and place.slot.joint in _PARALLEL:
            return place.link(f"{previous.subject}完成{plan['plan']}", "label.of-plan", subject=previous.subject)
        done = _DONE.search(previous.slot.near)
        if done is None or place.slot.joint:
            return None
        label = f"{previous.carried}完成{done['year']}{plan['plan']}"
        return place.link(label, "label.of-plan", subject=previous.carried)
