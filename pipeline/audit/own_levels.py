"""Own levels: figures of what a region's own government keeps, beside those of the whole region."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final

from pipeline.audit.figure import Figure
from pipeline.audit.report import Report
from pipeline.audit.words import Words

Key = tuple[str, str, str, date | None, date | None, str]
"""The name without its level, the region, the qualifier, the period, done or planned."""
INCOME: Final = 2
"""Characters of the word for what a tax brings in."""
LIKE: Final = 0.99
"""The share of the greatest of several amounts from which another is the same one, rounded or of another day."""


@dataclass(frozen=True, slots=True)
class Named:
    """Whose a figure is: the region, whether of its own level only, and the label without the word that says so.

    Example: 市级政府债务限额 of 云川市 → 云川市, own, 政府债务限额
    """

    region: str
    own: bool
    label: str


def named(report: Report, figure: Figure) -> Named:
    """Whose a figure is, by its entity or else by how its label begins.

    Example: ``named(report, figure)`` → ``Named("云川市", True, "一般公共收入")`` for 云川市本级
    """
    entity, label = figure.entity, _done(report, figure.label)
    if word := report.words.end_of(entity, "own_level"):
        region = entity.removesuffix(word)
        return Named(region, True, _without(report, label, region) or label)
    bare = _without(report, label, entity)
    return Named(entity, bare is not None, label if bare is None else bare)


def _done(report: Report, label: str) -> str:
    """A label without what says that it is expected, or income of a tax: 契税收入预期 → 契税."""
    label = label.removesuffix(report.words.end_of(label, "plan_ends"))
    return label[:-INCOME] if report.words.end_of(label, "tax_incomes") else label


def _without(report: Report, label: str, region: str) -> str | None:
    """A label without 市级 or 市本级, which say in a city's report that its own level is meant; None without them."""
    openings = _openings(report.words, region[-1:])
    return next(label[len(one) :] for one in openings if label.startswith(one)) if label.startswith(openings) else None


@cache
def _openings(words: Words, kind: str) -> tuple[str, ...]:
    """What 市级 and 市本级 may be in a report on a 市; all such words where the kind of region is not known."""
    told = (opening for word in words.group("own_level_words") for opening in (word, kind + word))
    return tuple(opening for opening in told if not kind or opening[0] in (kind, "本"))


@lru_cache(maxsize=2)
def own_and_whole(report: Report) -> tuple[tuple[Figure, Figure], ...]:
    """Amounts of a region's own level, each with that of the whole region.

    Example: 120,860万元 of 云川市本级 with 654,233万元 of 云川市, both 一般公共预算收入 of 2025
    """
    own: dict[Key, list[Figure]] = defaultdict(list)
    wholes: dict[Key, list[Figure]] = defaultdict(list)
    for figure in report.levels:
        if figure.dimension == "money" and figure.comparator == "=" and not figure.in_table:
            name = named(report, figure)
            key = (name.label, name.region, figure.qualifier, figure.period_start, figure.period_end, figure.status)
            if name.label and figure.period_end is not None:
                (own if name.own else wholes)[key].append(figure)
    vague = re.compile(f"(?:{report.words.pattern('own_level_vague').pattern})*")
    keys = [key for key in own if key in wholes and not vague.fullmatch(key[0])]
    return tuple(pair for key in keys for pair in _pairs(own[key], wholes[key]))


def _pairs(own: Sequence[Figure], wholes: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """As many of both, as a name that each fund has: in their order; else the most there is, as the whole has it.

    What a zone below has stands often under the name of the whole.
    """
    if len(own) == len(wholes):
        yield from zip(own, wholes, strict=True)
        return
    most = max(one.value for one in wholes)
    for figure in own:
        told = [one for one in wholes if one.interval.high >= most * LIKE]
        before = [one for one in told if one.number < figure.number]
        yield figure, before[-1] if before else told[0]
