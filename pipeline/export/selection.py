"""Which rows of a snapshot are exported, read a piece at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property, reduce
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

import lexicons
from pipeline.edtf import edtf_bounds
from pipeline.errors import StoreError, UsageError
from pipeline.store.files import by_document, each_batch, parts, read_part, read_table, rows_of
from pipeline.tables import SCHEMAS

ROWS: Final = 8192
"""Rows that are Python objects at a time."""
MASKED: Final = ("doc_id", "mention_id", "indicator", "indicator_id", "entity_id", "entity_kind", "period",
                 "period_start", "period_end", "status", "measure")  # fmt: skip
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which mentions are wanted; an empty field wants all, several values of a field want any of them.

    A region stands for itself and all that lies in it; an indicator is a label, an id or an alias; a period (EDTF)
    wants the figures of periods that lie in it; a document is part of its path or title, or its id.

    Example: ``Filter(regions=("宁夏",), indicators=("早孕建册率",), periods=("2024",))``
    """

    regions: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    status: str = ""
    measure: str = ""


@dataclass(frozen=True)
class Selection:
    """Rows of the tables of a snapshot: all, or those that belong to the mentions a filter wants.

    Findings and relations are kept with any of their figures, documents and sentences with their documents'
    figures; the other tables are always whole.

    Example: ``for table in Selection(snapshot, Filter(status="target")).pieces("mentions"): ...``
    """

    snapshot: Path
    filter: Filter = Filter()
    overlay: Path | None = None
    read: Callable[[str, int], None] = field(default=lambda name, rows: None, compare=False)
    """Is told how many rows of which table were read."""

    @property
    def whole(self) -> bool:
        """Whether all rows are selected."""
        return not any(getattr(self.filter, one.name) for one in fields(Filter))

    def pieces(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The selected rows of a table, some thousands at a time.

        Example: ``sum(piece.num_rows for piece in selection.pieces("mentions", ["value"]))``
        """
        wanted = list(columns or SCHEMAS[name].names)
        read = wanted if self.whole else [*wanted, *(one for one in self._needed(name) if one not in wanted)]
        for path in self._parts(name):
            for batch in each_batch(path, read, ROWS):
                table = pa.Table.from_batches([batch])
                self.read(name, batch.num_rows)
                yield table if self.whole else self._kept(name, table).select(wanted)

    def rows(self, name: str, columns: Sequence[str] | None = None) -> Iterator[Row]:
        """The selected rows of a table as dictionaries.

        Example: ``next(selection.rows("mentions"))["indicator"]``
        """
        for piece in self.pieces(name, columns):
            yield from piece.to_pylist()

    def count(self, *names: str) -> int:
        """How many rows the parts of tables have, before any are left out: for a progress bar.

        Example: ``selection.count("mentions", "findings")``
        """
        import pyarrow.parquet as pq

        return sum(pq.read_metadata(path).num_rows for name in names for path in self._parts(name))

    def reports(self, columns: Sequence[str]) -> Iterator[tuple[Row, list[Row]]]:
        """The selected documents, each with its selected mentions in the order of the text.

        Example: ``for document, mentions in selection.reports(["doc_id", "text"]): ...``
        """
        for path in self._parts("documents"):
            mentions = by_document(self._masked("mentions", read_part(self.snapshot / "mentions" / path.name)))
            for batch in each_batch(path, list(columns), 64):
                for document in self._masked("documents", pa.Table.from_batches([batch])).to_pylist():
                    found = rows_of(mentions, document["doc_id"])
                    self.read("mentions", len(found))
                    yield document, sorted(found, key=lambda one: (one["char_start"], one["char_end"]))

    @cached_property
    def mentions(self) -> pa.Array:
        """The ids of the selected mentions; only asked for where a filter is given."""
        found = [piece["mention_id"] for piece in self.pieces("mentions", ["mention_id"])]
        return _joined(found, SCHEMAS["mentions"].field("mention_id").type)

    @cached_property
    def documents(self) -> pa.Array:
        """The ids of the documents with selected mentions."""
        found = [piece["doc_id"].unique() for piece in self.pieces("mentions", ["doc_id"])]
        return _joined(found, SCHEMAS["mentions"].field("doc_id").type).unique()

    def _parts(self, name: str) -> list[Path]:
        found = parts(self.snapshot, name)
        if not found:
            raise StoreError(f"{self.snapshot} has no table {name}; run zhibiao ingest again")
        return found

    def _needed(self, name: str) -> Sequence[str]:
        """The columns that decide whether a row is selected."""
        return {
            "mentions": MASKED,
            "findings": ("mention_ids",),
            "relations": ("mention_ids",),
            "documents": ("doc_id",),
            "sentences": ("doc_id",),
        }.get(name, ())

    def _masked(self, name: str, table: pa.Table) -> pa.Table:
        return table if self.whole else self._kept(name, table)

    def _kept(self, name: str, table: pa.Table) -> pa.Table:
        if name == "mentions":
            return table.filter(self._wanted(table))
        if name in ("findings", "relations"):
            lists = table["mention_ids"].combine_chunks()
            hit = pc.is_in(lists.flatten(), value_set=self.mentions)
            return table.take(pc.unique(pc.list_parent_indices(lists).filter(hit)))
        if name in ("documents", "sentences"):
            return table.filter(pc.is_in(table["doc_id"], value_set=self.documents))
        return table

    def _wanted(self, table: pa.Table) -> pa.ChunkedArray:
        """Which mentions of a table the filter wants."""
        one, masks = self.filter, []
        if one.regions:
            masks.append(self._of_region(table))
        if one.indicators:
            ids, labels = self._indicators
            masks.append(pc.or_(_in(table["indicator"], labels), _in(table["indicator_id"], ids)))
        if one.periods:
            masks.append(reduce(pc.or_, (_lies_in(table, period) for period in one.periods)))
        if one.documents:
            masks.append(_in(table["doc_id"], self._named))
        masks += [pc.equal(table[name], value) for name in ("status", "measure") if (value := getattr(one, name))]
        return reduce(pc.and_, masks)

    def _of_region(self, table: pa.Table) -> pa.ChunkedArray:
        """By the figure's own region; by the report's where the figure is an organization's, or of a place unknown."""
        own = pc.and_(pc.equal(table["entity_kind"], "region"), pc.is_valid(table["entity_id"]))
        by_own, by_report = _in(table["entity_id"], self._codes), _in(table["doc_id"], self._about)
        return pc.if_else(pc.fill_null(own, False), by_own, by_report)

    @cached_property
    def _codes(self) -> list[str]:
        known = lexicons.load(self.overlay).regions
        found: set[str] = set()
        for name in self.filter.regions:
            region = known.by_code(name) or known.resolve(name, None)
            if region is None:
                raise UsageError(f"--region {name}: no region, or several, have this name; give its code or full name")
            found |= {one.code for one in known if known.is_within(one.code, region.code)}
        return sorted(found)

    @cached_property
    def _about(self) -> list[str]:
        codes = set(self._codes)
        return [row["doc_id"] for row in self._reports if row["region_code"] in codes]

    @cached_property
    def _named(self) -> list[str]:
        return [row["doc_id"] for row in self._reports if any(_is_of(row, one) for one in self.filter.documents)]

    @cached_property
    def _reports(self) -> list[Row]:
        columns = ["doc_id", "source_path", "title", "region_code"]
        return [row for path in self._parts("documents") for row in read_part(path, columns).to_pylist()]

    @cached_property
    def _indicators(self) -> tuple[list[str], list[str]]:
        """The ids and the labels that are meant by the indicators asked for."""
        ids, labels = set[str](), set(self.filter.indicators)
        for row in read_table(self.snapshot, "indicators", ["indicator_id", "name", "aliases"]).to_pylist():
            names = {row["name"], *row["aliases"]}
            if labels & {row["indicator_id"], *names}:
                ids.add(row["indicator_id"])
        return sorted(ids), sorted(labels)


def _is_of(document: Row, said: str) -> bool:
    return said == document["doc_id"] or said in document["source_path"] or said in (document["title"] or "")


def _in(column: pa.ChunkedArray, values: Sequence[str]) -> pa.ChunkedArray:
    return pc.is_in(column, value_set=pa.array(values, pa.string()))


def _joined(found: list[pa.ChunkedArray], kind: pa.DataType) -> pa.Array:
    chunks = [chunk for one in found for chunk in (one.chunks if isinstance(one, pa.ChunkedArray) else [one])]
    return pa.chunked_array(chunks, kind).combine_chunks()


def _lies_in(table: pa.Table, period: str) -> pa.ChunkedArray:
    """Periods said exactly so, or with both days (or the last, of a period that is open before) in it."""
    first, last = edtf_bounds(period)
    said = pc.fill_null(pc.equal(table["period"], period), False)
    if first is None or last is None:
        if not set(period) & set("X/"):
            raise UsageError(f"--period {period}: not EDTF; write 2023, 2023-06 or 2023-01/2023-06")
        return said
    ends = pc.and_(pc.greater_equal(table["period_end"], first), pc.less_equal(table["period_end"], last))
    begins = pc.or_(pc.is_null(table["period_start"]), pc.greater_equal(table["period_start"], first))
    return pc.or_(said, pc.fill_null(pc.and_kleene(ends, begins), False))
