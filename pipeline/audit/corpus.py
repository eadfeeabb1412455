"""Corpora: figures of several reports that name one quantity, brought together by key, never by pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.audit.figure import Figure, figure_of
from pipeline.audit.words import Words

COLUMNS: Final = (
    "mention_id", "doc_id", "char_start", "char_end", "text", "value", "value_max", "decimals", "scale", "unit",
    "unit_text", "dimension", "comparator", "status", "measure", "basis", "indicator", "indicator_id", "qualifier",
    "entity", "entity_id", "period", "period_start", "period_end", "period_from", "part_of", "rule", "confidence",
)  # fmt: skip
"""What of the table mentions the checks between reports need."""
DOCUMENT_COLUMNS: Final = ("doc_id", "source_path", "title", "region_code", "period", "published", "duplicate_of")
SURE = 0.85
"""Less certain figures are not compared with those of other reports."""

Key = tuple[str, str, str, str, str]


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
    """The figures that several reports tell of one quantity of one entity.

    ``series`` holds them by indicator, entity, qualifier, unit and measure, in the order of periods and reports.

    Example: ``corpus.series[("live_births", "云川县", "", "人", "level")]``
    """

    series: Mapping[Key, Sequence[Point]]
    copies: Sequence[Copies]
    words: Words = field(repr=False)

    @cached_property
    def levels(self) -> Mapping[tuple[str, str, str], Sequence[Point]]:
        """The facts that are levels, in any unit, by indicator, entity and qualifier."""
        found: dict[tuple[str, str, str], list[Point]] = defaultdict(list)
        for (indicator, entity, qualifier, _, measure), points in self.series.items():
            if measure == "level":
                found[indicator, entity, qualifier] += [one for one in points if one.figure.status == "actual"]
        return found

    @cached_property
    def by_indicator(self) -> Mapping[tuple[str, str, str], Mapping[str, Sequence[Point]]]:
        """The levels of each indicator, unit and period, by the code of the region."""
        found: dict[tuple[str, str, str], dict[str, list[Point]]] = defaultdict(lambda: defaultdict(list))
        for points in self.series.values():
            for point in points:
                figure = point.figure
                if figure.is_level and figure.status == "actual" and figure.entity_id and not figure.qualifier:
                    found[figure.indicator_id or figure.label, figure.unit, figure.period][figure.entity_id].append(
                        point
                    )
        return found


def corpus_of(documents: pa.Table, mentions: pa.Table, words: Words) -> Corpus:
    """The corpus of the tables documents and mentions; copies of the same bytes count once.

    Example: ``corpus_of(documents, mentions, words).series``
    """
    sources = {row["doc_id"]: _source(row) for row in documents.to_pylist() if not row["duplicate_of"]}
    rows = _candidates(mentions, pa.array(list(sources), pa.string()))
    found: dict[Key, list[Point]] = defaultdict(list)
    for number, row in enumerate(rows.to_pylist()):
        label = words.label(row["indicator"] or "")
        figure = figure_of(row, number, 0, 0, label)
        key = (figure.indicator_id or label, figure.entity, figure.qualifier, figure.unit, figure.measure)
        found[key].append(Point(figure, sources[row["doc_id"]]))
    series = {key: sorted(points, key=_order) for key, points in found.items()}
    return Corpus(series, tuple(_copies(series)), words)


def _source(row: Mapping[str, Any]) -> Source:
    texts = {name: row[name] or "" for name in ("title", "period", "published")}
    return Source(row["doc_id"], row["source_path"], **texts)


def _order(point: Point) -> tuple[str, str, str, int]:
    return (point.figure.period, point.source.published, point.source.path, point.figure.start)


def _candidates(mentions: pa.Table, documents: pa.Array) -> pa.Table:
    """The figures whose indicator and entity more than one report names."""
    table = mentions.select(list(COLUMNS))
    known = pc.and_(pc.is_valid(table["indicator"]), pc.is_valid(table["entity"]))
    sure = pc.and_(pc.greater_equal(table["confidence"], SURE), pc.is_in(table["doc_id"], value_set=documents))
    table = table.filter(pc.and_(known, sure))
    keys = ["indicator", "entity", "unit"]
    counts = table.group_by(keys).aggregate([("doc_id", "count_distinct")])
    shared = counts.filter(pc.greater(counts["doc_id_count_distinct"], 1)).select(keys)
    by_id = table.group_by(["indicator_id", "entity"]).aggregate([("doc_id", "count_distinct")])
    by_id = by_id.filter(pc.and_(pc.greater(by_id["doc_id_count_distinct"], 1), pc.is_valid(by_id["indicator_id"])))
    levels = ["indicator_id", "unit", "period"]
    regions = table.filter(pc.and_(pc.is_valid(table["indicator_id"]), pc.is_valid(table["entity_id"])))
    by_level = regions.group_by(levels).aggregate([("entity_id", "count_distinct")])
    by_level = by_level.filter(pc.greater(by_level["entity_id_count_distinct"], 2)).select(levels)
    pieces = [
        table.join(shared, keys, join_type="left semi"),
        table.join(by_id.select(["indicator_id", "entity"]), ["indicator_id", "entity"], join_type="left semi"),
        regions.join(by_level, levels, join_type="left semi"),
    ]
    both = pa.concat_tables(pieces)
    seen = pc.index_in(both["mention_id"], value_set=pc.unique(both["mention_id"]))
    return both.take(_firsts(seen.to_pylist())).sort_by([("doc_id", "ascending"), ("char_start", "ascending")])


def _firsts(numbers: Iterable[int]) -> pa.Array:
    found: dict[int, int] = {}
    for at, number in enumerate(numbers):
        found.setdefault(number, at)
    return pa.array(list(found.values()), pa.int64())


def _copies(series: Mapping[Key, Sequence[Point]]) -> Iterator[Copies]:
    """Reports on different periods, with the figures of which they tell the same value."""
    compared: Counter[tuple[Source, Source]] = Counter()
    same: dict[tuple[Source, Source], list[tuple[Figure, Figure]]] = defaultdict(list)
    for points in series.values():
        levels = [one for one in points if one.figure.is_level and one.figure.digits >= 3]
        for first, second in pairwise(one for one in levels if one.figure.status == "actual"):
            if first.source.doc_id != second.source.doc_id and first.figure.period != second.figure.period:
                compared[first.source, second.source] += 1
                if first.figure.value == second.figure.value:
                    same[first.source, second.source].append((first.figure, second.figure))
    for pair, figures in same.items():
        yield Copies(*pair, compared[pair], tuple(figures))
