"""C10, C10G: the mean of all inhabitants, and what it grew, between that of the towns and that of the countryside."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.moves import move_of
from pipeline.audit.relation import Relation, Verdict, in_scale, number, quoted
from pipeline.audit.report import Report

MOST: Final = 60
"""Figures of one name that are looked at."""


@check("C10", "全体居民的均值在城乡之间")
def halves(report: Report, tolerance: float) -> Iterator[Relation]:
    """Income and spending a head of all inhabitants, between those of townspeople and of country people.

    Example: 居民人均可支配收入35120元, 城镇44270元, 农村23860元
    """
    for whole, urban, rural in _triples(report):
        yield _relation(whole, urban, rural)


@check("C10G", "全体居民均值的增长在城乡之间", severity="info", doubt="info")
def growths(report: Report, tolerance: float) -> Iterator[Relation]:
    """What these means grew: between the two, unless many moved to the towns, which is no fault.

    Example: 居民人均可支配收入增长5.1%, 城镇4.6%, 农村5.5%
    """
    for triple in _triples(report):
        moves = [move_of(report, one) for one in triple]
        grown = [move.growth for move in moves if move is not None and move.growth is not None]
        if len(grown) == len(triple) and len({one.basis for one in grown}) == 1:
            yield _growth(*grown)


@lru_cache(maxsize=2)
def _triples(report: Report) -> tuple[tuple[Figure, Figure, Figure], ...]:
    """The means of everybody, of townspeople and of country people that belong together."""
    return tuple(_told(report))


def _told(report: Report) -> Iterator[tuple[Figure, Figure, Figure]]:
    words = report.words
    for head in words.group("townspeople"):
        for urban in report.holding(head):
            rest = urban.label.removeprefix(head)
            if rest == urban.label or not urban.is_level or not words.pattern("means_of_people").search(rest):
                continue
            rural = _first(report, [word + rest for word in words.group("country_people")], urban)
            whole = _first(report, [*(word + rest for word in words.group("everybody")), rest], urban)
            if rural is not None and whole is not None:
                yield whole, urban, rural


def _first(report: Report, labels: list[str], like: Figure) -> Figure | None:
    fitting = (one for label in labels for one in report.named(label)[:MOST])
    return next((one for one in fitting if _alike(one, like)), None)


def _alike(one: Figure, other: Figure) -> bool:
    same = (one.unit, one.entity, one.period, one.status) == (other.unit, other.entity, other.period, other.status)
    return same and one.is_level and one.comparator == other.comparator


def _relation(whole: Figure, urban: Figure, rural: Figure) -> Relation:
    low, high = sorted((urban, rural), key=lambda one: one.value)
    holds = whole.interval.high >= low.interval.low and whole.interval.low <= high.interval.high
    verdict: Verdict = "consistent" if holds else "inconsistent"
    least, value, most = (in_scale(one.value, whole) for one in (low, whole, high))
    formula = f"{least}≤{value}≤{most}{whole.suffix}"
    message = f"{quoted(whole)}应在{quoted(urban)}与{quoted(rural)}之间。"
    operands = (("mean", whole), ("urban", urban), ("rural", rural))
    return Relation("C10", operands, formula, verdict, whole.value, None, None, message)


def _growth(whole: Figure, urban: Figure, rural: Figure) -> Relation:
    low, high = sorted((urban, rural), key=lambda one: one.value)
    holds = whole.interval.high >= low.interval.low and whole.interval.low <= high.interval.high
    formula = "≤".join(f"{number(one.value)}{one.suffix}" for one in (low, whole, high))
    operands = (("growth", whole), ("part_growth", urban), ("part_growth", rural))
    return Relation("C10G", operands, formula, "consistent" if holds else "undecided", whole.value, None, None, "")
