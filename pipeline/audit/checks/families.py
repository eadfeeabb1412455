"""X08F: growths of the branches of an economy, or indices of the classes of prices, and of their whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.growth_of_totals import grown
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict, listed, number, quoted
from pipeline.audit.report import Report
from pipeline.audit.words import Words

REACH: Final = 60
"""Figures behind a whole among which its parts may stand."""
NEAR: Final = 3
"""Paragraphs behind a whole in which its parts may stand, all in one sentence: a caption lies between."""
MOST: Final = 60
"""Figures of the name of a whole whose parts are looked for in all the report."""
LOOSE, ANYWHERE = "~", "@"
"""Marks of a family: its parts leave something out; its parts stand anywhere in the report."""


@dataclass(frozen=True, slots=True)
class Family:
    """A word in the name of a whole and the patterns of what stands there in the names of its parts.

    Example: 工业, with 采矿业, 制造业, 电力*供应业
    """

    word: str
    parts: tuple[re.Pattern[str], ...]
    any_part: re.Pattern[str]
    loose: bool
    anywhere: bool


@check("X08F", "总体增速应在各行业、各类别之间", severity="warning")
def families(report: Report, tolerance: float) -> Iterator[Relation]:
    """The growth of industry lies between those of mining, manufacturing and power; a price index between its classes.

    Example: 规模以上工业增加值增长5.2%，采矿业增长2.3%，制造业增长6.1%，电力、热力、燃气及水生产和供应业增长1.0%
    """
    judged = {growth.id for _, growth, _ in grown(report)}
    told = set()
    for family in all_families(report.words):
        for whole in report.holding(family.word)[: MOST if family.anywhere else None]:
            if not _moves(whole) or whole.id in judged or not is_whole(report.words, family, whole.label):
                continue
            parts = _parts(report, family, whole) or _below(report, family, whole)
            said = (whole.value, *(one.id for one in parts))
            if parts and said not in told:
                told.add(said)
                yield _relation(family, whole, parts)


@lru_cache(maxsize=2)
def all_families(words: Words) -> tuple[Family, ...]:
    """The families of the group growth_families.

    Example: ``all_families(words)[0].word`` → ``工业``
    """
    return tuple(_family(word, parts) for word, *parts in words.rows("growth_families"))


def _family(word: str, parts: Sequence[str]) -> Family:
    said = ["|".join(re.escape(one).replace(r"\*", ".*?") for one in part.split("/")) for part in parts]
    patterns, any_part = tuple(re.compile(part) for part in said), re.compile("|".join(said))
    return Family(word.lstrip(LOOSE + ANYWHERE), patterns, any_part, LOOSE in word[:2], ANYWHERE in word[:2])


def _moves(figure: Figure) -> bool:
    """A growth in percent, or an index."""
    growth = figure.measure == "change" and figure.unit == "%"
    index = figure.is_level and not figure.unit and "指数" in figure.label
    return (growth or index) and figure.comparator == "="


@lru_cache(maxsize=4096)
def is_whole(words: Words, family: Family, label: str) -> bool:
    """Whether a label with the word of a family names a whole of it: nothing narrows it.

    Example: 规模以上工业增加值, not 园区工业增加值 and not 轻工业增加值
    """
    if family.any_part.search(label):
        return False
    return not words.pattern("family_words").sub("", label.replace(family.word, "", 1))


@lru_cache(maxsize=16384)
def _rest(words: Words, part: re.Pattern[str], label: str, whole: str) -> str | None:
    """What a label says besides the part; None when that is not what the label of the whole says, too."""
    match = part.search(label)
    if match is None:
        return None
    rest = label[: match.start()] + label[match.end() :]
    plain = words.pattern("family_endings").sub("", rest)
    return rest if set(plain) <= set(whole) else None


def names_part(words: Words, part: re.Pattern[str], one: Figure, whole: Figure) -> bool:
    """Whether the label of a figure says the part of what the label of another says of the whole.

    Example: 工业增加值 of 第二产业增加值
    """
    return _rest(words, part, one.label, whole.label) is not None


def _parts(report: Report, family: Family, whole: Figure) -> tuple[Figure, ...]:
    """The first figure of each part; nothing when one is missing."""
    found: dict[int, Figure] = {}
    for one in _candidates(report, family, whole):
        for at, part in enumerate(family.parts):
            if at not in found and _is_part(report, part, one, whole, family.anywhere):
                found[at] = one
                break
        if len(found) == len(family.parts):
            return tuple(found[at] for at in sorted(found))
    return ()


def _below(report: Report, family: Family, whole: Figure) -> tuple[Figure, ...]:
    """The parts that one sentence tells all, some paragraphs behind their whole and without its name."""
    by_sentence: dict[int, dict[int, Figure]] = defaultdict(dict)
    for one in _candidates(report, family, whole) if not (family.anywhere or family.loose) else ():
        far = one.paragraph - whole.paragraph > NEAR or report.sections[one.sentence] != report.sections[whole.sentence]
        if far or whole.in_table:
            continue
        found = by_sentence[one.sentence]
        for at, part in enumerate(family.parts):
            if at not in found and part.fullmatch(one.label):
                found[at] = one
        if len(found) == len(family.parts):
            return tuple(found[at] for at in sorted(found))
    return ()


def _candidates(report: Report, family: Family, whole: Figure) -> Iterator[Figure]:
    """The figures that may be parts: those behind the whole, up to the next whole of the family."""
    behind = report.growths if family.anywhere else report.figures[whole.number + 1 : whole.number + 1 + REACH]
    for one in behind:
        if one.measure != whole.measure or one.unit != whole.unit:
            continue
        if family.word in one.label and is_whole(report.words, family, one.label):
            if family.anywhere or one.value == whole.value:
                continue
            return
        if family.any_part.search(one.label) and _comparable(one, whole):
            yield one


def _comparable(one: Figure, whole: Figure) -> bool:
    same = one.period == whole.period and one.entity == whole.entity and one.in_table == whole.in_table
    if not same or one.comparator != "=" or one.status != whole.status:
        return False
    return one.basis == whole.basis or "none" in (one.basis, whole.basis)


def _is_part(report: Report, part: re.Pattern[str], one: Figure, whole: Figure, anywhere: bool) -> bool:
    rest = _rest(report.words, part, one.label, whole.label)
    if rest is None:
        return False
    if _half(report.words, rest) != _half(report.words, whole.label):
        return not rest and one.sentence == whole.sentence
    return bool(rest) or anywhere or one.in_table or one.paragraph == whole.paragraph


def _half(words: Words, label: str) -> str:
    """Whose growth it is: 城镇 or 农村; empty where it is everybody's."""
    match = words.pattern("halves").search(label)
    return match[0] if match else ""


def _relation(family: Family, whole: Figure, parts: tuple[Figure, ...]) -> Relation:
    low, high = min(one.interval.low for one in parts), max(one.interval.high for one in parts)
    holds = whole.interval.high >= low and whole.interval.low <= high
    least, most = min(one.value for one in parts), max(one.value for one in parts)
    unit = whole.unit
    formula = f"{number(least)}≤{number(whole.value)}≤{number(most)}" + (f"（{unit}）" if unit else "")
    message = ""
    if not holds:
        message = f"{quoted(whole)}应在{listed(parts)}之间（{number(least, unit)}至{number(most, unit)}）。"
    verdict: Verdict = "consistent" if holds else "undecided" if family.loose else "suspicious"
    operands = (("growth", whole), *(("part_growth", one) for one in parts))
    return Relation("X08F", operands, formula, verdict, whole.value, None, None, message)
