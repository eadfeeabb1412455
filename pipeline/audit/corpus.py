"""Corpora: figures of several reports that name one quantity, brought together by key, never by pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

from pipeline.audit.figure import Figure
from pipeline.audit.words import Words

COLUMNS: Final = (
    "mention_id", "doc_id", "char_start", "char_end", "text", "value", "value_max", "decimals", "scale", "unit",
    "unit_text", "dimension", "comparator", "status", "measure", "basis", "indicator", "indicator_id", "qualifier",
    "entity", "entity_id", "period", "period_start", "period_end", "period_from", "part_of", "rule", "confidence",
)  # fmt: skip
"""What of the table mentions the checks between reports need."""
SOURCE_COLUMNS: Final = {
    "source_path": "source_path",
    "source_title": "title",
    "source_period": "period",
    "source_published": "published",
}
"""What they need of the table documents, and how it is called beside the columns of mentions."""
SURE: Final = 0.85
"""Less certain figures are not compared with those of other reports."""
FEWEST_COPIES: Final = 5
"""Figures of one value below which two reports are no copies."""

Key = tuple[str, str, str, str, str]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A report as the checks between reports know it.

    Example: ``Source("9f…", "云川县/2023.txt", "云川县2023年工作总结", "2023", "2024-01-10")``
    """

    doc_id: str
    path: str
    title: str
    period: str
    published: str

    @property
    def name(self) -> str:
        """What people call it: its title, else its path."""
        return f"《{self.title}》" if self.title else self.path


@dataclass(frozen=True, slots=True)
class Point:
    """A figure and the report it stands in.

    Example: ``point.figure.value``, ``point.source.name``
    """

    figure: Figure
    source: Source


@dataclass(frozen=True, slots=True)
class Copies:
    """What two reports on different periods tell of the same: how many figures, and those with one value.

    Example: of 12 figures 9 are the same
    """

    first: Source
    second: Source
    compared: int
    same: tuple[tuple[Figure, Figure], ...]


@dataclass(frozen=True, eq=False)
class Corpus:
    """A piece of what several reports tell: quantities of an entity, an indicator of all regions, or copied reports.

    Each quantity, indicator and pair of reports is whole in one piece; which of the three a piece holds is left open.

    Example: ``corpus.series[("live_births", "云川县", "", "人", "level")]``
    """

    words: Words = field(repr=False)
    series: Mapping[Key, Sequence[Point]] = field(default_factory=dict)
    """The figures of one quantity of one entity, in the order of periods and reports."""
    by_indicator: Mapping[tuple[str, str, str], Mapping[str, Sequence[Point]]] = field(default_factory=dict)
    """The facts that are levels of an indicator, in one unit and period, by the code of the region."""
    copies: Sequence[Copies] = ()

    @cached_property
    def levels(self) -> Mapping[tuple[str, str, str], Sequence[Point]]:
        """The facts that are levels, in any unit, by indicator, entity and qualifier."""
        found: dict[tuple[str, str, str], list[Point]] = defaultdict(list)
        for (indicator, entity, qualifier, _, measure), points in self.series.items():
            if measure == "level":
                found[indicator, entity, qualifier] += [one for one in points if one.figure.status == "actual"]
        return found


def series_of(rows: Iterable[Row], words: Words) -> dict[Key, list[Point]]:
    """The figures of rows of mentions with the facts of their documents, by what they tell of whom.

    Example: ``series_of(rows, words)[("live_births", "云川县", "", "人", "level")]``
    """
    found: dict[Key, list[Point]] = defaultdict(list)
    for point in points_of(rows, words):
        figure = point.figure
        key = (figure.indicator_id or figure.label, figure.entity, figure.qualifier, figure.unit, figure.measure)
        found[key].append(point)
    return {key: sorted(points, key=_order) for key, points in found.items()}


def regions_of(rows: Iterable[Row], words: Words) -> dict[tuple[str, str, str], dict[str, list[Point]]]:
    """The figures of such rows by indicator, unit and period, and by region.

    Example: ``regions_of(rows, words)[("live_births", "人", "2023")]["640300"]``
    """
    found: dict[tuple[str, str, str], dict[str, list[Point]]] = defaultdict(lambda: defaultdict(list))
    for point in points_of(rows, words):
        figure = point.figure
        found[figure.indicator_id, figure.unit, figure.period][figure.entity_id].append(point)
    return {
        key: {code: sorted(points, key=_order) for code, points in by_code.items()} for key, by_code in found.items()
    }


def points_of(rows: Iterable[Row], words: Words) -> Iterator[Point]:
    """The figures of such rows, in their order.

    Example: ``next(points_of(rows, words)).source.name`` → ``《云川县2023年工作总结》``
    """
    sources: dict[str, Source] = {}
    for number, row in enumerate(rows):
        doc_id = row["doc_id"]
        if doc_id not in sources:
            sources[doc_id] = Source(doc_id, *(row[name] or "" for name in SOURCE_COLUMNS))
        yield Point(Figure(row, number, 0, 0, words.label(row["indicator"] or "")), sources[doc_id])


def _order(point: Point) -> tuple[str, str, str, int]:
    return (point.figure.period, point.source.published, point.source.path, point.figure.start)


def compared(series: Mapping[Key, Sequence[Point]]) -> Iterator[tuple[Point, Point]]:
    """Figures of one quantity that two reports tell of different periods, each with the next.

    Example: 活产数14703人 of 2023 in one report, 活产数14703人 of 2024 in another
    """
    for points in series.values():
        levels = [one for one in points if one.figure.is_level and one.figure.digits >= 3]
        for first, second in pairwise(one for one in levels if one.figure.status == "actual"):
            if first.source.doc_id != second.source.doc_id and first.figure.period != second.figure.period:
                yield first, second
