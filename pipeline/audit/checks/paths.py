"""X09, X10, X11: what growths imply about each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.likeness import shared
from pipeline.audit.moves import Move, moves
from pipeline.audit.rates import per
from pipeline.audit.relation import Relation, Verdict, number, quoted
from pipeline.audit.report import Report

FALL: Final = 1.5
"""Points by which a cumulative growth may change from three quarters to the year without a remark."""
_MEAN: Final = "(?:words:yearly)(?!浓度)[^，。；、]{0,4}$"
EXTREME: Final = (-60.0, 150.0)


@check("X09", "累计增速的走势", doubt="info", tolerance=FALL)
def quarters(report: Report, tolerance: float) -> Iterator[Relation]:
    """Cumulative growths of one year: what the last quarter must have been, if it weighs about a quarter.

    Example: 前三季度增长6.6%，全年增长4.7%: 四季度约-1.0%
    """
    growths = [one for one in report.growths if one.period_end]
    nines: dict[tuple[str, str, int], Figure] = {}
    for one in growths:
        if _months(one) == 9:
            nines.setdefault(_what(one), one)
    for whole in growths:
        if _months(whole) != 12:
            continue
        earlier = nines.get(_what(whole))
        if earlier is not None:
            last = 4 * whole.value - 3 * earlier.value
            jump = abs(whole.value - earlier.value) > tolerance
            formula = f"(4×{number(whole.value)}-3×{number(earlier.value)})={number(last, '%')}"
            message = (
                f"{quoted(whole)}（全年）与{quoted(earlier)}（前三季度）相比，四季度约为{number(last, '%')}，请核对。"
            )
            verdict: Verdict = "suspicious" if jump else "consistent"
            yield Relation("X09", (("year", whole), ("three_quarters", earlier)), formula, verdict, whole.value, None,
                           None, message)  # fmt: skip


def _what(figure: Figure) -> tuple[str, str, int]:
    return figure.label, figure.entity, _year(figure)


def _year(figure: Figure) -> int:
    return figure.period_end.year if figure.period_end else 0


def _months(figure: Figure) -> int:
    if figure.period_start is None or figure.period_end is None or figure.period_start.month != 1:
        return 0
    return figure.period_end.month if figure.period_start.year == figure.period_end.year else 0


@check("X10", "由两个增速推算均值的变化", doubt="info")
def means(report: Report, tolerance: float) -> Iterator[Relation]:
    """Two neighbours that both grew, of which one is spread over the other: money a head, beds a home.

    Example: 养老机构增长4.7%，床位增长3.1%: 平均床位下降1.5%
    """
    for first, second in pairwise(moves(report)):
        if not _spread(first, second) or first.growth is None or second.growth is None:
            continue
        value = 100 * ((1 + second.growth.value / 100) / (1 + first.growth.value / 100) - 1)
        low, high = EXTREME
        verdict: Verdict = "consistent" if low <= value <= high else "suspicious"
        formula = f"(1{second.growth.value / 100:+.4g})/(1{first.growth.value / 100:+.4g})-1={number(value, '%')}"
        message = f"由{quoted(second.growth)}和{quoted(first.growth)}推算，均值变动{number(value, '%')}，请核对。"
        operands = (
            ("growth", second.growth),
            ("growth", first.growth),
            ("level", second.level),
            ("level", first.level),
        )
        yield Relation("X10", operands, formula, verdict, value, None, None, message)


def _spread(first: Move, second: Move) -> bool:
    one, other = first.level, second.level
    near = one.sentence == other.sentence and one.entity == other.entity and one.status == other.status
    stem = shared(one.label, other.label) >= 2
    usual = first.growth is not None and first.growth.value > -100
    return near and stem and usual and one.unit != other.unit and not one.is_ratio and not other.is_ratio


@check("X11", "数量增速与比率变动", doubt="info")
def counts_and_rates(report: Report, tolerance: float) -> Iterator[Relation]:
    """A count and its rate per head both changed: while people stay as many, in the same proportion.

    Example: 结婚764.3万对，下降6.1%；结婚率5.4‰，下降0.4个千分点: -6.9%
    """
    for first, second in pairwise(moves(report)):
        count, rate = first.level, second.level
        if first.growth is None or second.points is None or per(rate) is None or count.is_ratio:
            continue
        if count.paragraph != rate.paragraph or shared(count.label, rate.label) < 2:
            continue
        before = rate.interval - second.points.interval
        expected = (second.points.interval / before).scaled(100)
        verdict: Verdict = "consistent" if expected.wider(0.05).overlaps(first.growth.interval) else "suspicious"
        if rate.unit == "%":
            verdict = "consistent" if verdict == "consistent" else "undecided"
        formula = (
            f"{number(second.points.value)}/({number(rate.value)}-({number(second.points.value)}))="
            f"{number(expected.middle, '%')}"
        )
        message = (
            f"{quoted(first.growth)}与{quoted(rate)}的变动{quoted(second.points)}"
            f"（约{number(expected.middle, '%')}）方向或幅度不一，请核对。"
        )
        operands = (("growth", first.growth), ("count", count), ("rate", rate), ("points", second.points))
        yield Relation("X11", operands, formula, verdict, first.growth.value, expected.middle, None, message)


@check("X09M", "年均增速与末年增速", doubt="info", tolerance=15.0)
def mean_growths(report: Report, tolerance: float) -> Iterator[Relation]:
    """The mean growth of five years and that of the last: what the other four must have been, in points apart.

    Example: 年均增长6.3%，上年增长7%: 前四年年均6.13%
    """
    growths = [one for one in report.growths if one.status == "actual"]
    for mean in growths:
        if not report.words.filled(_MEAN).search(report.before(mean, 8)):
            continue
        last = next((one for one in growths if one is not mean and _ends_with(mean, one)), None)
        if last is not None:
            rest = 100 * (((1 + mean.value / 100) ** 5 / (1 + last.value / 100)) ** 0.25 - 1)
            verdict: Verdict = "consistent" if abs(rest - last.value) <= tolerance else "suspicious"
            formula = f"((1{mean.value / 100:+.4g})^5/(1{last.value / 100:+.4g}))^(1/4)-1={number(rest, '%')}"
            message = f"{quoted(mean)}（年均）与{quoted(last)}（末年）推算，其余四年年均{number(rest, '%')}，请核对。"
            yield Relation("X09M", (("mean", mean), ("last", last)), formula, verdict, mean.value, None, None, message)


def _ends_with(mean: Figure, one: Figure) -> bool:
    return (one.label, one.entity) == (mean.label, mean.entity) and _months(one) == 12
