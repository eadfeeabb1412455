"""P05C, X12, X05R: changes that ask for a word of explanation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.moves import Move, move_of, moves
from pipeline.audit.relation import Relation, Verdict, listed, number, quoted
from pipeline.audit.report import Report
from pipeline.audit.whole import alike

TIMES: Final = 3.0
REACH: Final = 12
FEW: Final = 1000
APART: Final = 6.0
"""Percentage points between the growth of output and that of value added."""
REST: Final = 15.0
"""Growth of what is not named, in percent, from which it asks for a word."""


@check("P05C", "变动幅度异常", doubt="info")
def great_changes(report: Report, tolerance: float) -> Iterator[Relation]:
    """A count that became three times what it was, or a third of it.

    Example: 死亡52843人，比上年增加38057人: 3.57倍
    """
    for move in moves(report):
        level, amount = move.level, move.amount
        if amount is None or not _moved(report, level, amount):
            continue
        if level.scale != 1 or level.value < FEW or level.dimension == "money":
            continue
        before = level.value - amount.value
        if before > 0 and not 1 / TIMES <= level.value / before <= TIMES:
            times = number(level.value / before)
            formula = f"{number(level.value)}/({number(level.value)}-({number(amount.value)}))={times}"
            message = f"{quoted(level)}较上期变动{number(amount.value)}，为上期的{times}倍，请核对或说明原因。"
            yield Relation("P05C", (("level", level), ("change", amount)), formula, "suspicious", level.value, before,
                           None, message)  # fmt: skip


def _moved(report: Report, level: Figure, amount: Figure) -> bool:
    """Words of rise or fall stand before the amount: without them it is the level of the year before."""
    words, between = report.words, report.between(level, amount)
    return bool(words.pattern("rises").search(between) or words.pattern("falls").search(between))


@check("X12", "产值与增加值增速相差悬殊", doubt="info", tolerance=APART)
def twins(report: Report, tolerance: float) -> Iterator[Relation]:
    """Output at current prices and value added at constant prices of one industry grow alike; tolerance in points.

    Example: 规模以上工业产值增长0.4%，增加值增长7.8%
    """
    for output, added in report.words.rows("twins"):
        first = next((one for one in report.ending(output) if _is_growth(one)), None)
        second = next((one for one in report.ending(added) if _is_growth(one) and _fits(first, one)), None)
        if first is not None and second is not None:
            verdict: Verdict = "consistent" if abs(first.value - second.value) <= tolerance else "suspicious"
            formula = f"{number(second.value)}-({number(first.value)})={number(second.value - first.value)}个百分点"
            message = (
                f"{quoted(first)}与{quoted(second)}相差{number(abs(second.value - first.value))}个百分点，请核对。"
            )
            yield Relation("X12", (("output", first), ("added", second)), formula, verdict, second.value, first.value,
                           tolerance, message)  # fmt: skip


def _is_growth(figure: Figure) -> bool:
    return figure.measure == "change" and figure.unit == "%"


def _fits(first: Figure | None, one: Figure) -> bool:
    return first is not None and (one.entity, one.period) == (first.entity, first.period)


@check("X05R", "未列部分的增速", doubt="info", tolerance=REST)
def rests(report: Report, tolerance: float) -> Iterator[Relation]:
    """A total that grows while every part that is named falls: what is not named must have grown a lot.

    Example: 税收收入31.5亿元，增长7.1%；增值税8.4亿元，下降3.7%；企业所得税3.4亿元，下降14.5%
    """
    nested: dict[str, list[str]] = defaultdict(list)
    for narrow, wide in report.words.rows("nested"):
        nested[wide].append(narrow)
    for total in moves(report):
        names = nested.get(total.level.label)
        if names and total.growth is not None:
            near = report.figures[total.level.number + 1 : total.level.number + REACH]
            parts = [move for one in near if (move := _part(report, total.level, one, names)) is not None]
            relation = _rest(total, parts, tolerance) if len(parts) > 1 else None
            if relation is not None:
                yield relation


def _part(report: Report, total: Figure, one: Figure, names: list[str]) -> Move | None:
    """The move of a figure that is a part of the total by its name, in the total's paragraph."""
    named = any(name in one.label for name in names) and alike(total, one) and one.paragraph == total.paragraph
    move = move_of(report, one) if named and one.value < total.value else None
    return move if move is not None and move.growth is not None else None


def _rest(total: Move, parts: list[Move], tolerance: float) -> Relation | None:
    growth, growths = total.growth, [one.growth for one in parts if one.growth is not None]
    now = total.level.value - sum(one.level.value for one in parts)
    before = _before(total) - sum(_before(one) for one in parts)
    if growth is None or now <= 0 or before <= 0 or growth.value <= 0 or any(one.value > 0 for one in growths):
        return None
    value = 100 * (now / before - 1)
    verdict: Verdict = "suspicious" if value > tolerance else "consistent"
    scale = total.level.scale
    formula = f"{number(now / scale)}/{number(before / scale)}-1={number(value, '%')}"
    message = f"{quoted(growth)}为增长，所列各项{listed(growths)}均为下降，未列部分须增长{number(value, '%')}，请核对。"
    operands = (("growth", growth), ("total", total.level), *(("part_growth", one) for one in growths))
    return Relation("X05R", operands, formula, verdict, growth.value, value, None, message)


def _before(move: Move) -> float:
    before = move.before
    return before.middle if before is not None else move.level.value
