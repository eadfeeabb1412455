"""T01, T03, T04, P05: facts and goals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval
from pipeline.audit.likeness import namesakes
from pipeline.audit.relation import Operand, Relation, number, quoted
from pipeline.audit.report import Report
from pipeline.audit.words import Words

_BOTH: Final = re.compile("^[，、]?[均都]")
CORE: Final = 4
"""Characters that are left of a label without its verb."""
MOST: Final = 60
"""Figures of one name among which a plan is looked for."""
LIKE: Final = 6
"""Characters of a name from which on another that has a few more may be the same."""
MANY: Final = 60
"""Facts of one name that a plan is compared with."""
ONE_YEAR: Final = 366
"""Days."""
HUGE, TINY = 2.5, 0.3
"""A plan beyond these multiples of what was done asks for a word of explanation."""


@check("T01", "完成情况与目标")
def claims(report: Report, tolerance: float) -> Iterator[Relation]:
    """A fact and the goal it is said to reach, in one sentence: floors and ceilings by the words of the claim.

    Example: 报告患病率5.48‰，已达4.5‰的指标要求: 5.48≥4.5
    """
    for goal in report.targets:
        yield from filter(None, (_claim(report, fact, goal) for fact in _claimed(report, goal)))


def _claimed(report: Report, goal: Figure) -> Iterator[Figure]:
    """What is said to reach a goal: the figure before it, and with 均 the one before that: 甲683人、乙705人，均完成."""
    fact = report.figures[goal.number - 1] if goal.number else goal
    alike = fact.label == goal.label and fact.unit == goal.unit and fact.measure == goal.measure
    if fact.status != "actual" or fact.sentence != goal.sentence or not alike:
        return
    yield fact
    before = report.figures[fact.number - 1] if fact.number else fact
    both = before is not fact and before.sentence == fact.sentence and _BOTH.search(report.between(fact, goal))
    if both and (before.unit, before.measure, before.status) == (fact.unit, fact.measure, fact.status):
        yield before


def _claim(report: Report, fact: Figure, goal: Figure) -> Relation | None:
    words, around = report.words, report.between(fact, goal) + goal.text + report.behind(goal, 10)
    if words.pattern("not_reached").search(around):
        return None
    if not words.pattern("goal_words").search(report.behind(goal, 8)):
        return None
    under = bool(words.pattern("kept_under").search(around)) or goal.comparator in ("<=", "<")
    over = bool(words.pattern("reached").search(around)) or goal.comparator in (">=", ">")
    if under == over and not (over and goal.comparator in (">=", "<=", ">", "<")):
        return None
    floor = goal.comparator in (">=", ">") or (over and not under)
    allowed = Interval(goal.value, float("inf")) if floor else Interval(-float("inf"), goal.value)
    holds = allowed.overlaps(fact.interval)
    formula = f"{number(fact.value)}{'≥' if fact.value >= goal.value else '<'}{number(goal.value, goal.unit)}"
    message = f"{quoted(fact)}并未{'达到' if floor else '低于'}所称目标{goal.text}：{formula}。"
    return Relation("T01", (("actual", fact), ("target", goal)), formula, "consistent" if holds else "inconsistent",
                    fact.value, goal.value, None, message)  # fmt: skip


@check("T03", "目标与已达水平", severity="info")
def plans(report: Report, tolerance: float) -> Iterator[Relation]:
    """What was done and what is planned next of the same, whenever the two are of one size.

    Example: 城镇新增就业5.1万人 … 力争城镇新增就业5万人
    """
    for fact, goal in _planned(report):
        if not _jump(fact, goal):
            yield _compared("T03", fact, goal, "consistent")


@check("P05", "计划与实际相差悬殊", doubt="info")
def jumps(report: Report, tolerance: float) -> Iterator[Relation]:
    """A plan that is several times what was done, or a small part of it; bonds and carried-over money may be.

    Example: 财政补贴收入2269万元 … 财政补贴收入预算11211万元
    """
    flows, told_once = report.words.pattern("flows_that_jump"), report.words.group("told_once")
    told = set()
    for fact, goal in _planned(report):
        if fact.digits < 3 or _told_often(report, fact):
            continue
        if _over_years(fact) != _over_years(goal):
            continue
        same = goal.label in {fact.label} | {fact.label.removeprefix(name) for name in told_once}
        if _jump(fact, goal) and same and (fact.value, goal.value) not in told:
            told.add((fact.value, goal.value))
            yield _compared("P05", fact, goal, "undecided" if flows.search(goal.label) else "suspicious")


def _over_years(figure: Figure) -> bool:
    """Whether a figure sums up several years: 五年累计建成3167万亩, to which a plan of one year is no jump."""
    start, end = figure.period_start, figure.period_end
    return start is not None and end is not None and (end - start).days > ONE_YEAR


@lru_cache(maxsize=2)
def _planned(report: Report) -> tuple[tuple[Figure, Figure], ...]:
    return tuple(_pairs(report))


def _pairs(report: Report) -> Iterator[tuple[Figure, Figure]]:
    if not report.targets:
        return
    for figures in (*namesakes(report).values(), *_by_core(report), *_by_indicator(report), *_by_use(report),
                    *_by_likeness(report)):  # fmt: skip
        goals = [one for one in figures if one.status == "target"]
        facts = [one for one in figures if one.status == "actual"] if goals else []
        for goal in goals if facts else ():
            fact = next((one for one in facts if _earlier(one, goal)), None)
            if fact is not None:
                yield fact, goal


def _by_indicator(report: Report) -> Iterator[list[Figure]]:
    """Levels of one known indicator that is called otherwise in the plan: the rest of its name stands in between."""
    for figures in report.by_indicator.values():
        found: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for figure in figures:
            found[figure.entity, figure.unit].append(figure)
        for group in found.values():
            facts = [one for one in group if one.status == "actual"][:MOST]
            for goal in (one for one in group if one.status == "target"):
                yield [*[fact for fact in facts if _called_otherwise(fact, goal)][:1], goal]


def _by_use(report: Report) -> Iterator[list[Figure]]:
    """“三保”支出 and “三保”预算安排: what money is planned for is what it was spent on."""
    words = report.words.group("spent")
    for spent in report.ending(*words):
        bare = next(spent.label.removesuffix(word) for word in words if spent.label.endswith(word))
        plain = spent.status == "actual" and not bare.endswith(report.words.group("earned"))
        goals = report.named(bare)[:MOST] if plain else ()
        same = [one for one in goals if one.status == "target" and one.entity == spent.entity]
        same = [one for one in same if one.unit == spent.unit and one.measure == spent.measure]
        if same:
            yield [spent, *same[:1]]


def _called_otherwise(one: Figure, other: Figure) -> bool:
    """每千人口托位数 and 每千人口3岁以下婴幼儿托位数."""
    shorter, longer = sorted((one.label, other.label), key=len)
    characters = iter(longer)
    return shorter != longer and all(character in characters for character in shorter)


def _by_likeness(report: Report) -> Iterator[list[Figure]]:
    """A plan whose name is that of a fact but for a few words: 改造老旧小区13.7万户 … 开工改造老旧小区15万户."""
    if not report.targets:
        return
    slight = report.words.pattern("slight_words")
    facts: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for one in report.levels:
        if one.status == "actual" and _is_counted(one):
            facts[slight.sub("", one.label), one.unit, one.entity].append(one)
    for goal in report.targets:
        if goal.is_level and _is_counted(goal):
            near = facts.get((slight.sub("", goal.label), goal.unit, goal.entity), ())[:MANY]
            yield [*[one for one in near if _is_like(report.words, one.label, goal.label)][:1], goal]


def _is_counted(figure: Figure) -> bool:
    """Whether a figure may be told again by another name: budgets have too many names that differ in a word."""
    plain = not figure.is_ratio and not figure.in_table and figure.dimension != "money"
    return plain and len(figure.label) >= LIKE


def _is_like(words: Words, one: str, other: str) -> bool:
    """非化石能源发电装机 and 非化石能源装机: one name has a word more that does not narrow it."""
    shorter, longer = sorted((one, other), key=len)
    slight = (word for word in words.group("slight_words") if len(word) == len(longer) - len(shorter))
    return any(longer.replace(word, "", 1) == shorter for word in slight)


def _told_often(report: Report, figure: Figure) -> bool:
    """A label that stands for several levels of government cannot be compared by its name."""
    return len({one.value for one in report.named(figure.indicator) if one.is_level and one.unit == figure.unit}) > 2


def _by_core(report: Report) -> Iterator[list[Figure]]:
    """Figures whose labels differ in the verb they open with: 新建高原和美乡村, 建设高原和美乡村."""
    found: dict[tuple[str, str, str, str], list[Figure]] = defaultdict(list)
    verbs = report.words.group("doing")
    opening = re.compile(f"(?:{report.words.pattern('doing').pattern})+")
    opened = ((label, opening.match(label)) for label, _ in report.labels if label.startswith(verbs))
    cores = {label: label[verb.end() :] for label, verb in opened if verb and len(label) - verb.end() >= CORE}
    for figure in report.figures if cores else ():
        core = cores.get(figure.label)
        if core is not None:
            found[core, figure.entity, figure.unit, figure.measure].append(figure)
    for (core, *_), figures in found.items():
        plain = [one for one in report.named(core) if one.unit == figures[0].unit and one.measure == figures[0].measure]
        yield sorted((*figures, *plain), key=lambda one: one.number)


def _earlier(fact: Figure, goal: Figure) -> bool:
    if fact.period_end is None or goal.period_end is None:
        return fact.number < goal.number
    return fact.period_end <= goal.period_end and fact.sentence != goal.sentence


def _jump(fact: Figure, goal: Figure) -> bool:
    if not fact.is_level or fact.is_ratio or fact.value <= 0 or (fact.digits < 2 and fact.dimension == "count"):
        return False
    if not (_is_year(fact) and _is_year(goal)) or goal.period != str(int(fact.period) + 1):
        return False
    return not TINY <= goal.value / fact.value <= HUGE


def _is_year(figure: Figure) -> bool:
    return len(figure.period) == 4 and figure.period.isdigit()


def _compared(check: str, fact: Figure, goal: Figure, verdict: str) -> Relation:
    times = number(goal.value / fact.value) if fact.value else "—"
    stated = fact.text.replace(" ", "")
    formula = f"{goal.shown}/{stated}={times}"
    if goal.is_ratio and not goal.is_level:  # how many times a growth another is says nothing
        formula = f"{goal.shown}-{stated}={number(goal.value - fact.value)}个百分点"
    message = ""
    if verdict != "consistent":
        message = f"计划数{quoted(goal)}为实际数{quoted(fact)}的{times}倍，未见说明，请核对数字、单位和口径。"
    return Relation(check, (("actual", fact), ("target", goal)), formula, verdict, goal.value, fact.value, None,  # type: ignore[arg-type]
                    message)  # fmt: skip


@check("T04", "进度慢于时间", doubt="info")
def pace(report: Report, tolerance: float) -> Iterator[Relation]:
    """A rate of what was done of a year's task that is behind the months gone by.

    Example: 上半年完成率47.03% < 50%
    """
    done = report.words.pattern("rates_of_done")
    for figure in report.by_unit.get("%", ()):
        if not (figure.is_level and figure.status == "actual" and done.search(figure.indicator)):
            continue
        months = _months(figure)
        if months and months < 12 and figure.interval.high < 100 * months / 12:
            due = 100 * months / 12
            formula = f"{number(figure.value)}%<{months}/12={number(due, '%')}"
            message = f"{quoted(figure)}低于序时进度{number(due, '%')}（{months}个月）。"
            yield Relation(
                "T04",
                (("rate", figure), *_done(report, figure)),
                formula,
                "suspicious",
                figure.value,
                due,
                None,
                message,
            )


def _done(report: Report, rate: Figure) -> tuple[Operand, ...]:
    """What was done, where it stands right before its rate."""
    count = report.figures[rate.number - 1] if rate.number else rate
    beside = count is not rate and count.sentence == rate.sentence and count.is_level and not count.is_ratio
    return (("count", count),) if beside and count.status == "actual" else ()


def _months(figure: Figure) -> int:
    if figure.period_end is None or (figure.period_start and figure.period_start.month != 1):
        return 0
    return figure.period_end.month
