"""P01, P02R, P09: figures of one quantity that several reports tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.audit.check import corpus_check
from pipeline.audit.corpus import Corpus, Point
from pipeline.audit.interval import exactly
from pipeline.audit.likeness import is_before
from pipeline.audit.relation import Relation, Verdict, agreement, in_scale, number, quoted

NEAR = 0.1
"""Share by which two values of one quantity differ at most: beyond it they are of different scope."""
APART = 3.0
"""Points by which a growth of the other direction must differ: levels are revised, growths are told comparably."""
Found = Iterator[tuple[str, Relation]]


@corpus_check("P01", "同一指标、地区、时期的两份报告", severity="error", doubt="warning")
def told_twice(corpus: Corpus, tolerance: float) -> Found:
    """The same indicator, entity and period in two reports: one value, or one of them is wrong or was revised.

    Example: 2023年活产数 14703人 in one report and 14073人 in another
    """
    for points in corpus.series.values():
        for group in _by_period(points):
            first = group[0]
            for again in group[1:]:
                if again.source.doc_id != first.source.doc_id:
                    yield again.source.doc_id, _same("P01", first, again)


def _by_period(points: Sequence[Point]) -> Iterator[list[Point]]:
    """The facts of one period, of each report the first, in the order of the reports; only known indicators."""
    found: dict[tuple[str, str], dict[str, Point]] = defaultdict(dict)
    for point in points:
        figure = point.figure
        plain = figure.comparator == "=" and figure.status == "actual" and not figure.part_of
        if plain and figure.period and figure.indicator_id:
            found[figure.period, figure.basis].setdefault(point.source.doc_id, point)
    yield from (list(group.values()) for group in found.values() if len(group) > 1)


def _same(check: str, first: Point, again: Point) -> Relation:
    one, other = first.figure, again.figure
    agrees = one.interval.overlaps(other.interval) or one.truncated.overlaps(other.truncated)
    near = abs(one.value - other.value) <= (NEAR if one.is_level else NEAR * 10 / max(abs(one.value), 1.0)) * abs(
        one.value
    )
    verdict: Verdict = "consistent" if agrees else "suspicious" if near else "undecided"
    formula = f"{other.text.replace(' ', '')}{'=' if agrees else '≠'}{one.text.replace(' ', '')}"
    message = (
        f"{other.entity}{other.period}{quoted(other)}，{first.source.name}作{one.text.replace(' ', '')}；"
        "如为修订或口径不同，请注明。"
    )
    return Relation(check, (("again", other), ("first", one)), formula, verdict, other.value, one.value, None, message)


@corpus_check("P02R", "同比增速与上年报告", doubt="info")
def claimed_changes(corpus: Corpus, tolerance: float) -> Found:
    """A growth that one report claims, and the level of the year before in another report.

    Example: 2024年收入358775万元，增长2%; the report on 2023 told 351740万元
    """
    for key, growths in corpus.series.items():
        if key[-1] != "change" or key[-2] != "%":
            continue
        for growth in growths:
            if growth.figure.status == "actual" and growth.figure.basis in ("yoy", "none"):
                yield from _claimed(corpus, (key[0], key[1], key[2]), growth)


def _claimed(corpus: Corpus, key: tuple[str, str, str], growth: Point) -> Found:
    levels = [point for point in corpus.levels.get(key, ()) if not point.figure.is_ratio]
    level = next((one for one in levels if _told_with(one, growth)), None)
    before = next((one for one in levels if level and _year_before(one, level)), None)
    if level is not None and before is not None:
        yield growth.source.doc_id, _growth(growth, level, before)


def _told_with(level: Point, growth: Point) -> bool:
    one, other = level.figure, growth.figure
    return level.source is growth.source and one.period == other.period and 0 < other.start - one.end < 40


def _year_before(before: Point, level: Point) -> bool:
    other = before.source.doc_id != level.source.doc_id and before.figure.unit == level.figure.unit
    return other and is_before(before.figure, level.figure)


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
        f"{quoted(figure)}与{before.source.name}所载上年数{before.figure.text.replace(' ', '')}不符：{formula}；"
        "如上年数已修订或按可比口径计算，请注明。"
    )
    operands = (("growth", figure), ("level", level.figure), ("before", before.figure))
    return Relation("P02R", operands, formula, verdict, figure.value, value, None, message)
