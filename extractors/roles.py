"""What a figure says: at least or about, fact or goal, and against what a change is measured."""

from __future__ import annotations

import regex

from extractors.clauses import Slot
from extractors.model import Basis, Comparator, Status
from extractors.words import alternation, without_names
from lexicons import Lexicons

_BEFORE: tuple[tuple[Comparator, str], ...] = (
    (">=", "ge"),
    ("<=", "le"),
    (">", "gt"),
    ("<", "lt"),
    ("nearly", "nearly"),
    ("about", "about"),
    ("over", "over"),
)
_AFTER: tuple[tuple[Comparator, str], ...] = ((">=", "ge"), ("<=", "le"), (">", "gt"), ("about", "about"))


_ABOUT_GOALS = frozenset({"label.of-plan", "label.compared"})
_ADJUSTED = regex.compile("(?:调整为|调增|调减)$")
_PLAN_STATED = regex.compile("(?:任务|目标|计划)$")
_ABOUT_SHARE = regex.compile("约占[^，。；]+$")
_SHARE_OF = regex.compile(r"的\d")


class Roles:
    """Reads comparator, status and basis off the words around a figure.

    Example: 达到90%以上的目标 → comparator >=, status target
    """

    def __init__(self, lexicons: Lexicons) -> None:
        before = "|".join(f"(?P<{key}>{alternation(lexicons, f'comparators.{key}_before')})" for _, key in _BEFORE)
        self._before = regex.compile(f"(?:{before})(?:达|达到|为|占|有|了|在|至|到|于)?$")
        after = "|".join(f"(?P<{key}>{alternation(lexicons, f'comparators.{key}_after')})" for _, key in _AFTER)
        self.after_words = regex.compile(f"(?:{after})")
        self._at_least = regex.compile(rf"(?:{alternation(lexicons, 'comparators.ge_early')})[^，]{{0,8}}$")
        self._after_norm = regex.compile(
            rf"的?[^，。；、\d]{{0,8}}?(?:目标|限额|标准|任务|指标|要求|控制数|水平)(?:{after})"
        )
        goal = alternation(lexicons, "roles.target_after")
        behind = alternation(lexicons, *(f"comparators.{key}_after" for _, key in _AFTER))
        self._goal_behind = regex.compile(
            rf"^(?:{behind})?(?:的[^，。；、]{{0,6}}?)?(?:{goal})(?=以内|以上|以下|[^\u4e00-\u9fff]|$)"
        )
        not_goals = alternation(lexicons, "roles.not_target")
        self._goal_before = regex.compile(
            rf"(?<![有■”])(?:{alternation(lexicons, 'roles.target_before')})(?!{not_goals})"
        )
        self._goal_near = regex.compile(rf"(?:{alternation(lexicons, 'roles.target_near')})(?!{not_goals})")
        self._goal_noun = regex.compile(
            r"(?:(?:目标|目标值|任务数|控制数|考核线|指标值|责任目标)(?:要求)?(?:为|是|值|：)?(?:[≥≤><])?"
            r"|(?<!完成)(?:预算|收入预算|支出预算)(?:数)?(?:调整|变更|变动)?(?:为|是)|(?:收入|支出|年初|调整)预算(?:数)?)$"
        )
        self._fact = regex.compile(alternation(lexicons, "roles.fact_words"))
        self._basis: tuple[tuple[Basis, regex.Pattern[str]], ...] = (
            ("mom", regex.compile(alternation(lexicons, "roles.mom"))),
            ("yoy", regex.compile(alternation(lexicons, "roles.yoy") + r"|[比较](?:19|20)\d{2}年")),
            ("plan", regex.compile(rf"[比较为](?:{alternation(lexicons, 'roles.plan')})")),
            ("previous", regex.compile(rf"{alternation(lexicons, 'roles.previous')}|[比较](?:\w{{1,6}})(?:时期|前)")),
        )  # fmt: skip

    def comparator(self, slot: Slot, tail: str) -> Comparator:
        """The comparator of a figure: the word behind it rules (近90%以上 is >=), then the one before, then 余.

        ``tail`` is what was cut off behind the label, so that 签约15万人 is not about 15万."""
        if (behind := self.after_words.match(slot.right)) or (behind := self._after_norm.match(slot.right)):
            return next(sign for sign, key in _AFTER if behind[key])
        if _ABOUT_SHARE.search(slot.near):
            return "about"
        if self._at_least.search(slot.near):
            return ">="
        if before := self._before.search(tail):
            return next(sign for sign, key in _BEFORE if before[key])
        return "over" if slot.quantity.over else "="

    def status(self, slot: Slot, clause: str, planned: bool, future: bool, rule: str) -> Status:
        """Fact or goal.

        ``clause`` is all that was said from the last ； or 。; ``planned``: the section plans; ``future``: the period
        lies behind the reporting period; ``rule`` named the figure: 完成目标的105% tells a fact about a goal.
        """
        if rule in _ABOUT_GOALS and slot.quantity.is_share_like and not (planned or future):
            return "actual"
        if (
            future
            or self._goal_noun.search(slot.near)
            or (_PLAN_STATED.search(slot.near) and _SHARE_OF.match(slot.right))
        ):
            return "target"
        if _ADJUSTED.search(slot.near) and "预算" in clause:
            return "target"
        if self._goal_near.search(without_names(slot.near)):
            return "target"
        if self._goal_behind.match(slot.right) and not slot.near.endswith(("完成", "完成了")):
            return "target"
        said = without_names(clause)
        if not planned and self._fact.search(slot.near):
            return "actual"
        if planned:
            return "actual" if self._fact.search(said) and not self._goal_before.search(said) else "target"
        return "target" if self._goal_before.search(said) else "actual"

    def basis(self, words: str) -> Basis:
        """What a change is measured against, by the words before it: 比上年, 环比, 为预算的."""
        for basis, pattern in self._basis:
            if pattern.search(words):
                return basis
        return "none"
