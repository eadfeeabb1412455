"""R01: a rate whose numerator and denominator the report states too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval
from pipeline.audit.likeness import shared
from pipeline.audit.rates import per, rates
from pipeline.audit.relation import Relation, Verdict, agreement, in_scale, number, quoted
from pipeline.audit.report import Report
from pipeline.audit.slips import repair

OF_SHARES: Final = "(?:的?(?:words:portions)|比)?$"
"""How the name of a share may end behind that of its whole: 占Y|的比重."""
_SHARE: Final = f"占(?P<whole>.+?){OF_SHARES}"
REACH: Final = 6
"""How many figures around a rate its numerator and denominator may stand."""
ALIKE: Final = 4
MANY: Final = 5
"""Digits of whole and part from which one wrong digit explains more than chance would."""
NEAR: Final = 0.2
"""Share of a rate by which it may miss and still be meant."""
SIDE: Final = 4
_OF_WHAT: Final = re.compile("[，,、（(]?约?占(?:到|了)?[^，。；、（）()]{0,12}")
_WHAT: Final = "[^，。；、（）()]{0,14}的(?:words:portions)?[为达约]?"
"""Between part and whole, and between whole and share: 3.5万亩|，占全市|400万亩|耕地的|0.88%."""
_BARE: Final = "[，,、（(]?约?占(?:words:all_of_them)?的?(?:words:portions)?[为达约]?"
_OWN_RATE: Final = re.compile("[，,、（(](?P<done>[^，。；、（）()]{2,8})率(?:为|是|达到?|约)?")
"""The rate of what the part before it did: 其中合格388批次|，合格率|97%."""


@check("R01", "分子、分母与比率")
def stated(report: Report, tolerance: float) -> Iterator[Relation]:
    """Numerator and denominator of a rate by their names: 占Y says which, else the same noun on both sides.

    Example: 综合医院26家，已有20家设立老年病科，设立比例77%: 20/26=76.92%
    """
    for relation in _found(report):
        if relation.check == "R01":
            doubted = relation.verdict in ("inconsistent", "suspicious")
            made_to_close = doubted and closes_a_hundred(report, relation.figures[0])
            yield replace(relation, verdict="undecided") if made_to_close else relation


@check("R01N", "恰好相符的分子、分母与比率", severity="info", doubt="info")
def fitting(report: Report, tolerance: float) -> Iterator[Relation]:
    """Whole, part and rate of one noun that come out right: it confirms the figures, it never doubts.

    Example: 综合医院26家，已有20家设立老年病科，设立比例77%
    """
    yield from (relation for relation in _found(report) if relation.check == "R01N")


def closes_a_hundred(report: Report, rate: Figure) -> bool:
    """Whether a share is that of a division told elsewhere, one of which is made to close 100.

    Example: 占地区生产总值的46.1% beside 三次产业结构为9.0∶44.9∶46.1
    """
    for one in report.by_unit.get("", ()):
        if one.value == rate.value and one.decimals == rate.decimals:
            near = report.figures[max(0, one.number - SIDE) : one.number + SIDE]
            division = [other.value for other in near if other.sentence == one.sentence and other.label == one.label]
            if len(division) > 2 and round(sum(division), one.decimals) == 100:
                return True
    return False


def stated_in(report: Report) -> frozenset[str]:
    """The ids of the rates whose numerator and denominator were found and agree.

    Example: that of 77% behind 26家 and 20家
    """
    return frozenset(one.figures[0].id for one in _found(report) if one.verdict != "undecided")


@lru_cache(maxsize=2)
def _found(report: Report) -> tuple[Relation, ...]:
    exact = (rate for rate in rates(report) if rate.comparator in ("=", "about"))
    ways = (_of_told_whole, _share, _of_total, _by_noun)
    found = (next(filter(None, (way(report, rate) for way in ways)), None) for rate in exact)
    return tuple(relation for relation in found if relation is not None)


def _of_told_whole(report: Report, rate: Figure) -> Relation | None:
    """3.5万亩，占全市400万亩耕地的0.88%: the whole stands between the part and its share."""
    if rate.number < 2:
        return None
    count, whole = report.figures[rate.number - 2 : rate.number]
    told = (
        count.sentence == rate.sentence
        and _is_whole(whole, count)
        and count.is_level
        and _OF_WHAT.fullmatch(report.between(count, whole)) is not None
        and report.words.filled(_WHAT).fullmatch(report.between(whole, rate)) is not None
    )
    return _judged(ratio("R01", count, whole, rate), count, whole, rate) if told else None


def _of_total(report: Report, rate: Figure) -> Relation | None:
    """257家，其中工业企业163家，占63.4%: a share that names no whole is of the total, or of that one's total."""
    count = report.figures[rate.number - 1] if rate.number else rate
    if count.part_of == "" or count.is_ratio or not count.is_level or not _tells_share(report, count, rate):
        return None
    wholes: list[Figure] = []
    whole = report.by_id.get(count.part_of)
    while whole is not None and len(wholes) < ALIKE:
        if _is_whole(whole, count):
            wholes.append(whole)
        whole = report.by_id.get(whole.part_of)
    made = [ratio("R01", count, one, rate) for one in wholes]
    fitting = next((one for one in made if one.verdict != "inconsistent"), None)
    if fitting is not None or not made:
        return fitting
    sure = len(wholes) == 1 and report.words.pattern("part_words").search(report.between(wholes[0], count))
    return _judged(made[0], count, wholes[0], rate) if sure else None


def _tells_share(report: Report, count: Figure, rate: Figure) -> bool:
    """Whether the words between say only that the rate is the share of the count, or the rate of what it did."""
    words = report.between(count, rate)
    own = _OWN_RATE.fullmatch(words)
    if own is None:
        return report.words.filled(_BARE).fullmatch(words) is not None
    done = own["done"]
    said = report.before(count, len(done) + 1)
    return said.endswith(done) and said[0] not in ("不", "未")


def _share(report: Report, rate: Figure) -> Relation | None:
    """X占Y的比重: Y is named, X is what stands right before."""
    match = report.words.filled(_SHARE).search(rate.indicator)
    count = _count_before(report, rate) if match else None
    if match is None or count is None:
        return None
    wanted = report.words.label(match["whole"])
    if count.label == wanted:  # 收入突破200亿元，税收占收入的76%
        return None
    wholes = [one for one in _near(report, rate) if one.label == wanted and _is_whole(one, count, named=True)]
    if not wholes or shared(count.label, rate.label) < min(3, len(count.label)):
        return None
    made = [ratio("R01", count, whole, rate) for whole in wholes]
    fitting = next((one for one in made if one.verdict != "inconsistent"), None)
    if fitting is not None:
        return fitting
    own = [whole for whole in wholes if _scope(whole) == _scope(count)]
    if len({whole.value for whole in own}) != 1:
        return replace(made[0], verdict="undecided")
    return _judged(ratio("R01", count, own[0], rate), count, own[0], rate)


def _scope(figure: Figure) -> tuple[str, str, str]:
    return figure.entity, figure.period, figure.status


def _judged(relation: Relation, count: Figure, whole: Figure, rate: Figure) -> Relation:
    """A share that does not come out: a fault in one sentence, a doubt where one wrong digit explains it."""
    if whole.paragraph != rate.paragraph or abs(whole.number - rate.number) > REACH:
        return replace(relation, verdict="suspicious" if repairable(count, whole, rate) else "undecided")
    small = abs(rate.value - (relation.expected or 0.0)) <= NEAR * rate.value or repairable(count, whole, rate)
    if small and whole.sentence == rate.sentence == count.sentence and rate.number - whole.number <= SIDE:
        return relation
    return replace(relation, verdict="suspicious" if small else "undecided")


def repairable(count: Figure, whole: Figure, rate: Figure) -> bool:
    """Whether one wrong digit of one of the three explains that they do not agree.

    Example: 171.9万人 of 512.5万人 with 55.0%: 312.5 would do
    """
    share = rate.interval.scaled(1 / (per(rate) or 100.0))
    return (
        repair(count, whole.interval * share) is not None
        or repair(whole, count.interval / share) is not None
        or repair(rate, (count.interval / whole.interval).scaled(per(rate) or 100.0)) is not None
    )


def _by_noun(report: Report, rate: Figure) -> Relation | None:
    """N家 …, 已有M家 …, 比例R%: only where it comes out right does it prove to be meant."""
    count = _count_before(report, rate) or _count_of_sentence_before(report, rate)
    if count is None or not report.words.pattern("share_words").search(rate.label + report.before(rate, 8)):
        return None
    for whole in _near(report, rate):
        fits = _is_whole(whole, count) and whole.digits >= 2
        named = whole.sentence == rate.sentence or shared(whole.label, rate.label) >= ALIKE
        if fits and named:
            relation = ratio("R01", count, whole, rate)
            if relation.verdict != "inconsistent":
                return replace(relation, check="R01N") if relation.verdict == "consistent" else relation
    return _in_a_row(report, count, rate)


def _in_a_row(report: Report, count: Figure, rate: Figure) -> Relation | None:
    """Whole, part and rate one behind the other that miss by one digit were meant to agree."""
    whole = report.figures[count.number - 1] if count.number else count
    done = rate.label == f"{count.label}率"  # 在管患者14236人，规范管理11087人，规范管理率77.88%
    bare = report.words.filled(_BARE).fullmatch(report.between(count, rate)) is not None
    beside = (
        rate.number - count.number == 1 and whole.sentence == rate.sentence and "；" not in report.between(whole, rate)
    )
    if (
        not beside
        or whole.digits + count.digits < MANY
        or (shared(whole.label, count.label) < 2 and not bare and not done)
        or whole.unit != count.unit
        or not whole.is_level
        or not count.value
        or not whole.value
    ):
        return None
    named = (bare or done or report.words.pattern("share_names").search(rate.label)) and not report.words.pattern(
        "rates_of_done"
    ).search(rate.indicator)
    relation = ratio("R01", count, whole, rate)
    doubt = bool(named) and relation.verdict == "inconsistent" and repairable(count, whole, rate)
    return replace(relation, verdict="suspicious") if doubt else None


def _count_before(report: Report, rate: Figure) -> Figure | None:
    for one in reversed(report.figures[max(0, rate.number - 2) : rate.number]):
        if one.sentence == rate.sentence and one.is_level and not one.is_ratio:
            return one
    return None


def _count_of_sentence_before(report: Report, rate: Figure) -> Figure | None:
    """The last count of the sentence before, where its noun is that of the rate."""
    one = report.figures[rate.number - 1] if rate.number else rate
    near = one.paragraph == rate.paragraph and rate.sentence - one.sentence == 1
    return one if near and one.is_level and not one.is_ratio and shared(one.label, rate.label) >= ALIKE else None


def _near(report: Report, rate: Figure) -> Iterator[Figure]:
    """The figures of the paragraph, the nearest before the rate first, then those behind, then those of the report
    with a name of their own."""
    before = report.figures[max(0, rate.number - REACH) : rate.number]
    behind = report.figures[rate.number + 1 : rate.number + 1 + REACH]
    near = [one for one in (*reversed(before), *behind) if one.paragraph == rate.paragraph]
    yield from near
    match = report.words.filled(_SHARE).search(rate.indicator)
    if match:
        yield from (one for one in report.named(match["whole"]) if one not in near)


def _is_whole(whole: Figure, count: Figure, named: bool = False) -> bool:
    same = whole.unit == count.unit and whole.is_level and whole.status == count.status
    return (
        same
        and whole is not count
        and whole.value > 0
        and (named or whole.value >= count.value > 0)
        and whole.comparator in ("=", "about")
    )


def ratio(check: str, count: Figure, whole: Figure, rate: Figure, note: str = "") -> Relation:
    """The relation of a rate with its numerator and denominator.

    Example: ``ratio("R01", count, whole, rate).formula`` → ``20/26×100=76.923%``
    """
    factor = per(rate) or 100.0
    expected: Interval = (count.interval / whole.interval).scaled(factor)
    middle = factor * count.value / whole.value
    verdict: Verdict = agreement(rate, expected)
    formula = (
        f"{in_scale(count.value, count)}/{in_scale(whole.value, count)}×{number(factor)}={number(middle, rate.unit)}"
    )
    message = ""
    if verdict == "inconsistent":
        message = f"{quoted(rate)}与{quoted(count)}、{quoted(whole)}不符：{formula}，写为{rate.shown}。{note}"
    elif verdict == "truncated":
        message = (
            f"{quoted(rate)}按四舍五入应为{number(round(middle, rate.decimals), rate.unit)}，似为截尾：{formula}。"
        )
    operands = (("rate", rate), ("numerator", count), ("denominator", whole))
    return Relation(check, operands, formula, verdict, rate.value, middle, rate.step / 2, message)
