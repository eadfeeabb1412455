"""What a figure says: at least or about, fact or goal, and against what a change is measured."""

from __future__ import annotations

import re
from typing import Final

from extractors.clauses import Slot
from extractors.hints import first_letters, last_letters, one_of
from extractors.model import Basis, Comparator, Status
from extractors.numerals import HAN_NUMBER
from extractors.period_readings import PLAN
from extractors.words import alternation, any_of, filled, without_names
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


_ABOUT_GOALS: Final = frozenset({"label.of-plan", "label.compared"})
_SHARE_SAID: Final = "(?:(?:words:labels.fulfilling)|超)了?[^，。；、]{0,6}?(?:words:roles.goals_told)"
"""What was done of a plan: 占年计划21.5亿元的39.4%."""
_AWAY: Final = frozenset("距离")
"""How the words before a goal begin that was not reached: 距全年|45%|的目标."""
_NORM: Final = r"的?[^，。；、\d]{0,8}?(?:words:roles.norms roles.aims_behind)"
_HELD: Final = r"(?:words:labels.holding)在(?:[^，。；、\d]{0,8}?(?:(?:words:roles.told_goals)|的))?$"
"""Before the bound of the figure before: 控制在限额|9.5亿元内."""
_NORM_ENDS: Final = "，。；、"
_GOAL_NEAR: Final = "(?<!words:roles.goals_counted)(?<!超)(?:words:roles.target_near)(?!words:roles.not_target)"
_GOAL_NOUN: Final = (
    "(?:(?<!words:roles.goals_counted)(?<!超)(?:words:roles.goal_nouns)(?:要求)?(?:为|是|值|：)?[≥≤><]?"
    "|(?:words:roles.norms)[≥≤><]"
    "|(?<!完成)预算数?(?:words:roles.budget_changes)?(?:为|是)|(?:words:roles.budget_kinds)预算数?(?:words:labels.all_told)?)$"
)
_GOAL_NOUN_LETTERS: Final = "值数计求为是：≥≤><算"
"""What it ends with, besides the words of goals."""
_ABOUT_SHARE: Final = re.compile("约占[^，。；]+$")
_GOAL_DONE: Final = "(?:年度|全年|的)?(?:words:roles.goals_told roles.budget)(?:任务|数)?的"
"""Between a goal and how much of it is done: 完成全年900万人|目标的|73%."""
_DONE: Final = ("完成", "完成了")
"""Before a task that was done, however much it was: 完成|了总长度126公里的联检任务."""
_CLOSED: Final = re.compile("（[^（）]*）")
"""What a bracket said that is closed is over: 改造312户（任务300户），户均补贴|3000元."""
_SHARE_OF: Final = re.compile(r"的(?:\d|$)")


class Roles:
    """Reads comparator, status and basis off the words around a figure.

    Example: 达到90%以上的目标 → comparator >=, status target
    """

    def __init__(self, lexicons: Lexicons) -> None:
        before = "|".join(f"(?P<{key}>{alternation(lexicons, f'comparators.{key}_before')})" for _, key in _BEFORE)
        self._before = re.compile(f"(?:{before})(?:达|达到|为|占|有|了|在|至|到|于)?$")
        after = "|".join(f"(?P<{key}>{alternation(lexicons, f'comparators.{key}_after')})" for _, key in _AFTER)
        self.after_words, self.grown = re.compile(f"(?:{after})"), _grown(lexicons)
        self.behind_figures = re.compile(f"(?:{after})?(?:{alternation(lexicons, 'labels.milestones')})?")
        self._marks = re.compile(f"{HAN_NUMBER}.*(?:{alternation(lexicons, 'labels.milestones')})$")
        """How many marks were passed: 跨过3个|千亿元关口."""
        said_behind = [word for _, key in _AFTER for word in lexicons.words(f"comparators.{key}_after")]
        self._after_letters = first_letters(said_behind)
        self._early_letter = one_of(first_letters(lexicons.words("comparators.ge_early")))
        self._at_least = re.compile(rf"(?:{alternation(lexicons, 'comparators.ge_early')})[^，]{{0,8}}$")
        self._after_norm = re.compile(rf"{filled(lexicons, _NORM)}(?:{after})")
        goals = lexicons.words("roles.target_after")
        goal, behind, missed = any_of(goals), any_of(said_behind), any_of(lexicons.words("roles.missed"))
        self._goal_behind_letters = first_letters((*said_behind, *goals, "的"))
        self._goal_behind = re.compile(
            rf"^(?:{behind})?(?:的(?P<what>[^，。；、]{{0,6}}?))?(?:{goal})(?=[以之]内|以上|以下|{missed}|[^\u4e00-\u9fff]|$)"
        )
        aims, self._programmes = lexicons.words("roles.target_before"), lexicons.words("roles.programmes")
        not_goals = alternation(lexicons, "roles.not_target")
        self._goal_before = re.compile(
            rf"(?={any_of(first_letters(aims))})(?<![有■”])(?:{any_of(aims)})(?!{not_goals})"
        )
        self._goal_word = re.compile(any_of((*aims, *self._programmes)))
        self._goal_near_letter = one_of(first_letters(lexicons.words("roles.target_near")))
        carried_out, listed_in = (alternation(lexicons, f"roles.{key}") for key in ("carried_out", "listed_in"))
        making = f"[^，；]{{0,20}}(?:{alternation(lexicons, 'roles.making_plans')})"
        self._programme = re.compile(
            rf"(?:(?:{carried_out})[^，。；]{{2,16}}|(?:^|[，；])(?!{making})[^，；\d]{{6,24}})计划(?=[，；])"
            rf"|计划[^，；]{{0,2}}(?:{carried_out})(?=[，；])"
            rf"|(?:{listed_in})[^，。；\d]{{0,10}}计划|{alternation(lexicons, 'roles.no_aims')}"
        )
        self._note_goals(lexicons)
        self._fact = re.compile(alternation(lexicons, "roles.fact_words"))
        self._fact_told = re.compile(f"(?<![较比与同])(?:{self._fact.pattern})")
        self._done = re.compile(alternation(lexicons, "roles.done_words"))
        self._basis = _bases(lexicons)

    def _note_goals(self, lexicons: Lexicons) -> None:
        """The words by which plans, tasks and what is done of them are told apart."""
        self._units_of_programmes = frozenset(lexicons.words("roles.units_of_programmes"))
        self._goal_near = re.compile(filled(lexicons, _GOAL_NEAR))
        self._shares_of_goals = lexicons.words("roles.shares_of_goals")
        self._tasks = lexicons.words("roles.tasks")
        self._own_plans = lexicons.words("roles.own_plans")
        self._review_openings = lexicons.words("roles.review_openings")
        self._adjusted = lexicons.words("roles.adjusted")
        self._goal_told = re.compile(filled(lexicons, "(?:words:roles.goals_told)(?:words:roles.of_goals)?数?$"))
        self._held = re.compile(filled(lexicons, _HELD))
        self._share_said = re.compile(filled(lexicons, _SHARE_SAID))
        self._goal_done = re.compile(filled(lexicons, _GOAL_DONE))
        self._goal_noun = re.compile(filled(lexicons, _GOAL_NOUN))
        self._goal_noun_letters = last_letters((*lexicons.words("roles.goal_nouns"), *_GOAL_NOUN_LETTERS))

    def comparator(self, slot: Slot, tail: str) -> Comparator:
        """The comparator of a figure: the word behind it rules (近90%以上 is >=), then the one before, then 余.

        ``tail`` is what was cut off behind the label, so that 签约15万人 is not about 15万."""
        near = slot.near
        if behind := self._behind(slot.right):
            return next(sign for sign, key in _AFTER if behind[key])
        if "约占" in near and _ABOUT_SHARE.search(near):
            return "about"
        if self._early_letter.search(near) and self._at_least.search(near):
            return ">="
        if tail and not self._marks.match(slot.suffix) and (before := self._before.search(tail)):
            return next(sign for sign, key in _BEFORE if before[key])
        return "over" if slot.quantity.over else "="

    def _behind(self, right: str) -> re.Match[str] | None:
        """What belongs to a figure behind it: 以上, or 的目标以上."""
        opening = right[:1]
        if opening in self._after_letters and (after := self.after_words.match(right)):
            return after
        return None if opening in _NORM_ENDS else self._after_norm.match(right)

    def may_aim(self, text: str) -> bool:
        """Whether a sentence has a word of purpose, whatever it means there: asked once for all its figures."""
        return self._goal_word.search(text) is not None

    def status(self, slot: Slot, clause: str, planned: bool, future: bool, rule: str, aims: bool = True) -> Status:
        """Fact or goal.

        ``clause`` is all that was said from the last ； or 。; ``planned``: the section plans; ``future``: the period
        lies behind the reporting period; ``rule`` named the figure: 完成目标的105% tells a fact about a goal.
        ``aims`` tells whether the sentence has a word of purpose.
        """
        near, right = slot.near, slot.right
        about_goal = slot.quantity.is_share_like and (rule in _ABOUT_GOALS or near.endswith(self._shares_of_goals))
        if about_goal and not (planned or future):
            return "actual"
        if rule == "label.of-plan" and not slot.quantity.is_share_like and right[:1] == "的":
            return "target"  # 收入9亿元，完成预算12亿元|的77%
        if rule == "label.reference" and (near.strip("，仍还")[:1] in _AWAY or "比" in near or self._held.search(near)):
            return "target"
        if future or self._is_stated_goal(near, right) or (near.endswith(self._adjusted) and "预算" in clause):
            return "target"
        if self._goal_near_letter.search(near) and self._goal_near.search(without_names(near)):
            return "target"
        aimed = self._goal_behind.match(right) if right[:1] in self._goal_behind_letters else None
        task = near.endswith(_DONE) or (aimed is not None and aimed["what"] and near.startswith(_DONE))
        if aimed is not None and (rule == "label.reference" or not task):
            return "target"
        if not planned and (not aims or self._fact.search(near)):
            return "actual"
        said = _CLOSED.sub("", without_names(clause)) if "）" in clause else without_names(clause)
        if (
            slot.quantity.unit in self._units_of_programmes
            and near.endswith("计划")
            and not near.endswith(self._own_plans)
        ):
            said = said.removesuffix("计划")  # 科技伙伴计划2项
        if any(word in said for word in self._programmes):
            said = self._programme.sub("", said)
        if planned:
            return "actual" if self._fact_told.search(said) and not self._goal_before.search(said) else "target"
        said = self._share_said.sub("", said)
        aim = max((match.end() for match in self._goal_before.finditer(said)), default=-1)
        return "target" if aim >= 0 and self._done.search(said, aim) is None else "actual"

    def reviews(self, opening: str) -> bool:
        """Whether a paragraph looks back, by its first sentence, wherever it stands: 一年来，民生支出….

        Example: under 三、落实决议及下一步工作
        """
        return opening.startswith(self._review_openings)

    def is_done(self, near: str) -> bool:
        """Whether the words right before a figure say that it is a fact: 其中已完成."""
        return self._fact.search(near) is not None or self._done.search(near) is not None

    def _is_stated_goal(self, near: str, right: str) -> bool:
        """Whether the words before a figure call it a goal: 目标值为|95%, 完成目标|的95%."""
        if near[-1:] in self._goal_noun_letters and self._goal_noun.search(near):
            return True
        if "完成" in near[-6:] and self._goal_done.fullmatch(right):
            return True
        if near == "任务" or (near.endswith(self._tasks) and right.startswith("，完成")):
            return True
        return right[:1] == "的" and _SHARE_OF.match(right) is not None and self._goal_told.search(near) is not None

    def basis(self, words: str) -> Basis:
        """What a change is measured against, by the words before it: 比上年, 环比, 比预算 (not 为预算的97%，增长3%)."""
        for basis, pattern in self._basis:
            if pattern.search(words):
                return basis
        return "none"


def _bases(lexicons: Lexicons) -> tuple[tuple[Basis, re.Pattern[str]], ...]:
    """What a change may be measured against, and the words that say so; the first that is said is meant."""
    earlier = rf"{alternation(lexicons, 'roles.previous')}|[比较](?:\w{{1,6}}(?:时期|前)|“?{PLAN})"
    plans = alternation(lexicons, "roles.plan")
    return (
        ("plan", re.compile(rf"[比较超](?:[^，。；、\d]{{0,4}}?|\d{{4}}年)(?:{plans})(?!执行|完成|收入|支出)")),
        ("mom", re.compile(alternation(lexicons, "roles.mom"))),
        ("yoy", re.compile(alternation(lexicons, "roles.yoy") + r"|[比较](?:19|20)\d{2}年")),
        ("previous", re.compile(earlier)),
    )


def _grown(lexicons: Lexicons) -> re.Pattern[str]:
    """Words that say nothing but that something rose or fell: 同比增长."""
    yoy, moved = alternation(lexicons, "roles.yoy"), alternation(lexicons, "roles.rise", "roles.fall")
    return re.compile(f"(?:{yoy})?(?:{moved})")
