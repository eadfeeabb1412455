"""D01, D02, D03: a figure told twice, told rounded, told otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.cores import core
from pipeline.audit.figure import Figure
from pipeline.audit.likeness import namesakes, shared
from pipeline.audit.openings import opposed
from pipeline.audit.relation import Relation, Verdict, in_scale, quoted
from pipeline.audit.report import Report
from pipeline.audit.slips import is_slip

FEW_DIGITS, MANY_DIGITS = 5, 2
"""Characters two labels must share: more where the number itself could agree by chance."""
SOME_DIGITS: Final = 3
"""Digits of an amount from which it agrees with another by chance but seldom, where one name ends like the other."""
OWN: Final = "本级"
"""Behind the name of a region: what its own government keeps."""
MOSTLY: Final = 0.6
"""The part of the shorter name that numbers of few digits must share."""
FINE: Final = 2
"""Decimals of a growth that agree by chance but seldom."""
MOST_SAID: Final = 100
"""Figures of one value that another is compared with."""
COARSER: Final = 9
"""A figure told rounded has a last digit that many times that of the exact one."""
CORE: Final = 4
"""Characters behind the word that narrows a label."""


@check("D01", "同一数字重复出现", severity="info")
def repeated(report: Report, tolerance: float) -> Iterator[Relation]:
    """The same number of the same thing, told twice.

    Example: 一般公共预算收入351,740万元, in the headline and in the balance
    """
    for figures in _alike(report.by_value, _what):
        said: list[Figure] = []
        for again in figures:
            first = next((one for one in said if _told_again(report, one, again)), None)
            if first is not None:
                yield _twice("D01", first, again)
            if not again.in_table and len(said) < MOST_SAID:
                said.append(again)


def _alike(numbers: Iterable[Sequence[Figure]], key: Callable[[Figure], Hashable]) -> Iterator[list[Figure]]:
    """The figures of one number that have a key in common, where there are several."""
    for told in numbers:
        if len(told) == 2:
            if key(told[0]) == key(told[1]):
                yield [*told]
            continue
        groups: dict[Hashable, list[Figure]] = defaultdict(list)
        for figure in told:
            groups[key(figure)].append(figure)
        yield from (figures for figures in groups.values() if len(figures) > 1)


def _what(figure: Figure) -> tuple[str, str, str]:
    return figure.unit, figure.measure, figure.entity.removesuffix(OWN)


def _told_again(report: Report, one: Figure, other: Figure) -> bool:
    if one.label != other.label and _are_siblings(report, one, other):
        return False
    if one.entity != other.entity:
        narrow, wide = (one, other) if one.entity.endswith(OWN) else (other, one)
        if (
            one.period != other.period
            or narrow.label == wide.label
            or not report.words.pattern("own_level_words").search(wide.label)
        ):
            return False
    return (
        _same_thing(one, other)
        or _one_core(report, one, other)
        or _one_growth(one, other, report.words.pattern("generic_ends"))
    )


def _same_thing(one: Figure, other: Figure) -> bool:
    if one.period and other.period and one.sentence == other.sentence and one.label == other.label:
        return False
    if one.label == other.label:
        return True
    if one.digits < SOME_DIGITS and one.dimension != "money" and not _much_alike(one.label, other.label):
        return False
    return shared(one.label, other.label) >= (MANY_DIGITS if one.digits >= 4 else FEW_DIGITS)


def _are_siblings(report: Report, one: Figure, other: Figure) -> bool:
    """Whether figures of different names may be those of two things of a list, which agree by chance: both 增长0.3%."""
    if one.dimension == "money" or (one.digits >= SOME_DIGITS and not one.is_ratio):
        return False
    return one.sentence == other.sentence or opposed(report, one, other)


def _much_alike(one: str, other: str) -> bool:
    return shared(one, other) >= MOSTLY * min(len(one), len(other))


def _one_core(report: Report, one: Figure, other: Figure) -> bool:
    """新增债券21.9亿元 … 获得政府新增债券资金21.9亿元: an amount of one time, under a name and a longer one."""
    if one.dimension != "money" or one.digits < SOME_DIGITS or one.period != other.period or not one.is_level:
        return False
    shorter, longer = sorted((core(report.words, one.label), core(report.words, other.label)), key=len)
    return len(shorter) >= CORE and longer.endswith(shorter) and one.sentence != other.sentence


def _one_growth(one: Figure, other: Figure, generic: re.Pattern[str]) -> bool:
    """税收收入增长3.02% … 税收实现3.02%正增长: few digits, but two growths seldom agree in the second decimal."""
    if one.is_level or one.decimals < FINE or one.digits < FINE + 1 or one.sentence == other.sentence:
        return False
    shorter, longer = sorted((one.label, other.label), key=len)
    core = generic.sub("", shorter)
    at = longer.find(core) if len(core) >= FINE else -1
    return at >= 0 and longer[at - 1 : at] != "非"


def _twice(check: str, first: Figure, again: Figure) -> Relation:
    formula = f"{first.text.replace(' ', '')}={again.text.replace(' ', '')}"
    return Relation(check, (("first", first), ("again", again)), formula, "consistent", again.value, first.value)


@check("D02", "约数与精确数", severity="warning")
def rounded(report: Report, tolerance: float) -> Iterator[Relation]:
    """A figure told with fewer digits, and the exact one of the same name.

    Example: 96593份“防疫健康包” and 9.6万份: rounded it would be 9.7万
    """
    yield from _passed(report)
    for alike in report.by_unit.values():
        if not _some_coarse(alike):
            continue
        by_entity: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for figure in alike:
            if figure.label and figure.comparator in ("=", "about", "over", ">"):
                by_entity[figure.entity, figure.measure].append(figure)
        for figures in by_entity.values():
            for one, other in pairwise(sorted(figures, key=attrgetter("value"))):
                coarse, fine = (one, other) if one.step >= other.step else (other, one)
                if coarse.step >= COARSER * fine.step and _near(coarse, fine):
                    yield _rounding(coarse, fine)


def _some_coarse(figures: Sequence[Figure]) -> bool:
    """Whether any of some figures is written less exactly than another."""
    steps = {figure.step for figure in figures}
    return max(steps) >= COARSER * min(steps)


def _passed(report: Report) -> Iterator[Relation]:
    """突破300家，达到309家: what was passed is less than what was reached."""
    for first in report.bounded:
        if first.comparator != ">" or first is report.figures[-1]:
            continue
        second = report.figures[first.number + 1]
        if second.comparator != "=" or not (first.is_level and second.is_level):
            continue
        alike = first.label == second.label and first.unit == second.unit and first.sentence == second.sentence
        if alike and "达" in report.between(first, second) and len(report.between(first, second)) < 12:
            verdict: Verdict = "consistent" if second.interval.high > first.value else "inconsistent"
            formula = f"{second.text}>{first.text}"
            message = f"称突破{first.text}，{quoted(second)}却不大于它。"
            yield Relation("D02", (("exact", second), ("passed", first)), formula, verdict, second.value, first.value,
                           None, message)  # fmt: skip


def _near(coarse: Figure, fine: Figure) -> bool:
    one_time = coarse.period == fine.period or coarse.sentence == fine.sentence
    if abs(coarse.value - fine.value) >= coarse.step or not one_time or (coarse.in_table and fine.in_table):
        return False
    enough = 3 if coarse.sentence == fine.sentence else FEW_DIGITS
    alike = coarse.label == fine.label or shared(coarse.label, fine.label) >= enough
    return alike and coarse.digits >= 2 and fine.value != coarse.value


def _rounding(coarse: Figure, fine: Figure) -> Relation:
    verdict: Verdict
    if coarse.interval.overlaps(fine.interval):
        verdict = "consistent"
    else:
        verdict = "truncated" if coarse.truncated.overlaps(fine.interval) else "undecided"
    meant = in_scale(round(fine.value / coarse.step) * coarse.step, coarse)
    formula = f"{in_scale(fine.value, fine)}{fine.suffix}≈{meant}{coarse.suffix}"
    message = (
        f"{quoted(coarse)}与{quoted(fine)}应为同一数：四舍五入应为{meant}{coarse.suffix}，写为{coarse.text}"
        "（似为截尾）。"
    )
    return Relation("D02", (("rounded", coarse), ("exact", fine)), formula, verdict, coarse.value, fine.value,
                    coarse.step / 2, message)  # fmt: skip


@check("D03", "同一指标前后不一", severity="warning")
def different(report: Report, tolerance: float) -> Iterator[Relation]:
    """Two values of one indicator, entity and period that rounding cannot explain.

    Example: 活产数14703人 … 活产数13744人
    """
    for (label, *_), figures in namesakes(report).items():
        facts = [one for one in figures if _comparable(one, label)]
        for at, again in enumerate(facts):
            first = facts[0]
            same = at and (first.period, first.status, first.basis) == (again.period, again.status, again.basis)
            if same and _apart(first, again) and is_slip(again, first.value):
                message = f"同一指标前后不一：{quoted(first)}，又作{quoted(again)}，请核对口径或更正。"
                yield _doubted("D03", first, again, f"{first.text}≠{again.text}", message)


@check("D03S", "前后数字颠倒", severity="warning")
def swapped(report: Report, tolerance: float) -> Iterator[Relation]:
    """Two counts of one thing, of one period, whose digits changed places.

    Example: 破案317起 … 在破获的371起刑事案件中
    """
    by_digits: dict[tuple[str, str, str, str], list[Figure]] = defaultdict(list)
    for figure in report.figures:
        if figure.is_exact_count and figure.digits >= 3 and figure.comparator == "=" and figure.is_level:
            digits = "".join(sorted(f"{figure.value:.0f}"))
            by_digits[digits, figure.unit, figure.entity, figure.period].append(figure)
    for figures in by_digits.values():
        for first, again in pairwise(figures):
            if first.value != again.value and is_slip(again, first.value) and _one_thing(first, again):
                message = f"{quoted(first)}，又作{quoted(again)}，疑为数字颠倒，请核对。"
                yield _doubted("D03S", first, again, f"{first.text}≠{again.text}", message)


@check("D03E", "部分与总体同数", doubt="info")
def part_is_all(report: Report, tolerance: float) -> Iterator[Relation]:
    """A part that is as large as the whole: nothing is left for the rest, or one of the two names is wrong.

    Example: 新增债券额度226亿元 … 新增专项债券额度226亿元
    """
    narrow = {figure.value for figure in report.telling("narrower")}
    numbers = (told for told in report.by_value if told[0].value in narrow)
    for told in _alike(numbers, attrgetter("unit", "entity", "period")):
        figures = [one for one in told if one.is_level and not one.is_ratio and one.status == "actual"]
        figures = [one for one in figures if one.digits >= 3]
        for first, again in pairwise(figures):
            if first.in_table and again.in_table:
                continue
            if any(_narrows(word, first.label, again.label) for word in report.words.group("narrower")):
                formula = f"{first.text.replace(' ', '')}={again.text.replace(' ', '')}"
                message = f"{quoted(first)}与{quoted(again)}数值相同，范围却不同，请核对名称或数字。"
                yield _doubted("D03E", first, again, formula, message)


def _doubted(check: str, first: Figure, again: Figure, formula: str, message: str) -> Relation:
    operands = (("first", first), ("again", again))
    return Relation(check, operands, formula, "suspicious", again.value, first.value, None, message)


def _narrows(word: str, one: str, other: str) -> bool:
    """Whether two labels end alike but for a word that narrows one of them: 债券额度, 专项债券额度."""
    narrow, wide = (one, other) if word in one else (other, one)
    core = narrow.partition(word)[2]
    return word in narrow and word not in wide and len(core) >= CORE and wide.endswith(core)


def _one_thing(one: Figure, other: Figure) -> bool:
    shorter, longer = sorted((one.label, other.label), key=len)
    return len(shorter) > 1 and set(shorter) <= set(longer)


def _comparable(figure: Figure, label: str) -> bool:
    plain = figure.comparator == "=" and figure.is_level and not figure.part_of
    return plain and bool(figure.indicator_id) and figure.dimension != "none" and figure.confidence >= 0.9


def _apart(one: Figure, other: Figure) -> bool:
    return (
        one.sentence != other.sentence
        and not one.interval.overlaps(other.interval)
        and not one.truncated.overlaps(other.truncated)
    )
