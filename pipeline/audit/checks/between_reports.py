"""P01, P02R, P09: figures of one quantity that several reports tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.audit.check import corpus_check
from pipeline.audit.corpus import Corpus, Point
from pipeline.audit.interval import exactly
from pipeline.audit.likeness import Span, span
from pipeline.audit.relation import Relation, Severity, Verdict, agreement, in_scale, number, quoted

NEAR: Final = 0.1
"""Share by which two values of one quantity differ at most: beyond it they are of different scope."""
APART: Final = 3.0
"""Points by which a growth of the other direction must differ: levels are revised, growths are told comparably."""
Found = Iterator[tuple[str, Relation]]


@corpus_check("P01", "同一指标、地区、时期的两份报告", severity="error", doubt="warning")
def told_twice(corpus: Corpus, tolerance: float) -> Found:
    """The same indicator, entity and period in two reports: one value, or one of them is wrong or was revised.

    Reports on how a budget was carried out are told before the accounts are closed: they only ask for a word.

    Example: 2023年活产数 14703人 in one report and 14073人 in another
    """
    preliminary = corpus.words.pattern("preliminary_titles")
    for points in corpus.series.values():
        for group in _by_period(points):
            first = group[0]
            for again in group[1:]:
                if again.source.doc_id != first.source.doc_id:
                    early = any(preliminary.search(one.source.title) for one in (first, again))
                    yield again.source.doc_id, _same("P01", first, again, "info" if early else None)


def _by_period(points: Sequence[Point]) -> Iterator[list[Point]]:
    """The facts of one period, of each report the first, in the order of the reports; only known indicators."""
    found: dict[tuple[str, str], dict[str, Point]] = defaultdict(dict)
    for point in points:
        figure = point.figure
        plain = figure.comparator == "=" and figure.status == "actual" and not figure.part_of
        if plain and figure.period and figure.indicator_id:
            against = "yoy" if figure.basis == "none" else figure.basis
            found[figure.period, against].setdefault(point.source.doc_id, point)
    yield from (list(group.values()) for group in found.values() if len(group) > 1)


def _same(check: str, first: Point, again: Point, severity: Severity | None) -> Relation:
    one, other = first.figure, again.figure
    agrees = one.interval.overlaps(other.interval) or one.truncated.overlaps(other.truncated)
    near = abs(one.value - other.value) <= (NEAR if one.is_level else NEAR * 10 / max(abs(one.value), 1.0)) * abs(
        one.value
    )
    verdict: Verdict = "consistent" if agrees else "suspicious" if near else "undecided"
    formula = f"{other.text.replace(' ', '')}{'=' if agrees else '≠'}{one.shown}"
    message = (
        f"{other.entity}{other.period}{quoted(other)}，{first.source.name}作{one.shown}；如为修订或口径不同，请注明。"
    )
    operands = (("again", other), ("first", one))
    return Relation(
        check, operands, formula, verdict, other.value, one.value, None, message,
        severity=severity if verdict == "suspicious" else None,
    )  # fmt: skip


@corpus_check("P02R", "同比增速与上年报告", doubt="info")
def claimed_changes(corpus: Corpus, tolerance: float) -> Found:
    """A growth that one report claims, and the level of the year before in another report.

    Example: 2024年收入358775万元，增长2%; the report on 2023 told 351740万元
    """
    constant = corpus.words.pattern("constant_prices")
    for key, growths in corpus.series.items():
        if key[-1] != "change" or key[-2] != "%":
            continue
        levels = _Levels.of(corpus.levels.get((key[0], key[1], key[2]), ()))
        for growth in growths:
            if growth.figure.status == "actual" and growth.figure.basis in ("yoy", "none"):
                told = _claimed(levels, growth)
                yield from told if not constant.search(growth.figure.label) else _undoubted(told)


@dataclass(frozen=True, slots=True)
class _Levels:
    """The levels of one quantity by report and period, and by their unit and the period a year later."""

    told: Mapping[tuple[str, str], Sequence[Point]]
    a_year_before: Mapping[tuple[str, Span | None], Sequence[Point]]

    @classmethod
    def of(cls, points: Sequence[Point]) -> _Levels:
        told, a_year_before = defaultdict(list), defaultdict(list)
        for point in points:
            figure = point.figure
            if not figure.is_ratio:
                told[point.source.doc_id, figure.period].append(point)
                a_year_before[figure.unit, span(figure, 1)].append(point)
        return cls(told, a_year_before)

    def told_with(self, growth: Point) -> Point | None:
        """The level a report tells right before its growth."""
        figure = growth.figure
        told = self.told.get((growth.source.doc_id, figure.period), ())
        return next((one for one in told if 0 < figure.start - one.figure.end < 40), None)

    def year_before(self, level: Point) -> Point | None:
        """The level of the year before in another report."""
        period = span(level.figure)
        found = self.a_year_before.get((level.figure.unit, period), ()) if period else ()
        return next((one for one in found if one.source.doc_id != level.source.doc_id), None)


def _claimed(levels: _Levels, growth: Point) -> Found:
    level = levels.told_with(growth)
    before = levels.year_before(level) if level else None
    if level is not None and before is not None:
        yield growth.source.doc_id, _growth(growth, level, before)


def _undoubted(found: Found) -> Found:
    """Growths at constant prices say nothing against levels at those of the year."""
    for doc_id, relation in found:
        yield doc_id, replace(relation, verdict="undecided") if relation.verdict == "suspicious" else relation


def _growth(growth: Point, level: Point, before: Point) -> Relation:
    figure = growth.figure
    expected = (level.figure.interval / before.figure.interval - exactly(1)).scaled(100)
    value = 100 * (level.figure.value / before.figure.value - 1) if before.figure.value else expected.middle
    verdict: Verdict = agreement(figure, expected)
    if verdict == "inconsistent":
        opposite = value * figure.value < 0 and abs(value - figure.value) >= APART
        verdict = "suspicious" if opposite else "undecided"
    formula = (
        f"{in_scale(level.figure.value, level.figure)}/{in_scale(before.figure.value, level.figure)}-1="
        f"{number(value, '%')}"
    )
    message = (
        f"{quoted(figure)}与{before.source.name}所载上年数{before.figure.shown}不符：{formula}；"
        "如上年数已修订或按可比口径计算，请注明。"
    )
    operands = (("growth", figure), ("level", level.figure), ("before", before.figure))
    return Relation("P02R", operands, formula, verdict, figure.value, value, None, message)
