"""C06N and X04: what is new is not more than all there is, and makes its growth."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.parts import at_most
from pipeline.audit.figure import Figure
from pipeline.audit.likeness import shared
from pipeline.audit.relation import Relation, Verdict, agreement, number, quoted
from pipeline.audit.report import Report

ALIKE: Final = 4
REACH: Final = 8


@check("C06N", "新增不大于总量", severity="warning", doubt="warning")
def new_and_all(report: Report, tolerance: float) -> Iterator[Relation]:
    """New ones and all of them, one behind the other in a sentence.

    Example: 新增创新平台10家，总量跃升至90家
    """
    for new, all_ in _pairs(report):
        holds = new.interval.low <= all_.interval.high
        verdict: Verdict = "consistent" if holds else "suspicious"
        yield at_most("C06N", ("new", new), ("all", all_), verdict, "新增数不应多于总量，请核对。")


@check("X04", "新增、总量与增速", doubt="warning")
def growth_of_all(report: Report, tolerance: float) -> Iterator[Relation]:
    """New ones divided by what there was before are the growth of all.

    Example: 新增10家，总量90家，同比增长12.5%: 10/(90-10)
    """
    for new, all_ in _pairs(report):
        growth = next((one for one in report.figures[all_.number + 1 : all_.number + 2]), None)
        if growth is None or growth.measure != "change" or growth.unit != "%" or growth.sentence != all_.sentence:
            continue
        if growth.label == all_.label and all_.value > new.value:
            expected = (new.interval / (all_.interval - new.interval)).scaled(100)
            value = 100 * new.value / (all_.value - new.value)
            agrees = agreement(growth, expected)
            verdict: Verdict = agrees if agrees != "inconsistent" else "undecided"
            formula = f"{number(new.value)}/({number(all_.value)}-{number(new.value)})={number(value, '%')}"
            message = f"{quoted(growth)}与{quoted(new)}、{quoted(all_)}：{formula}。"
            operands = (("growth", growth), ("new", new), ("all", all_))
            yield Relation("X04", operands, formula, verdict, growth.value, value, None, message)


@lru_cache(maxsize=2)
def _pairs(report: Report) -> tuple[tuple[Figure, Figure], ...]:
    return tuple(_found(report))


def _found(report: Report) -> Iterator[tuple[Figure, Figure]]:
    words = report.words
    openings = words.group("new_words")
    for new in report.levels:
        if new.is_ratio or not new.indicator.startswith(openings):
            continue
        for one in report.figures[new.number + 1 : new.number + 1 + REACH]:
            same = one.sentence == new.sentence and one.unit == new.unit and one.is_level and one.status == new.status
            if not same:
                continue
            opening = report.before(one, len(one.indicator) + 6)
            stock = words.pattern("stock_words").search(opening + one.indicator)
            stocked = bool(stock) and not one.indicator.startswith(openings)
            if stocked and not one.label.startswith("每") and shared(new.label, one.label) >= ALIKE:
                yield new, one
                break
