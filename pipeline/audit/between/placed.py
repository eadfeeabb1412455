"""Rows with a place: what the comparison of reports gives is kept in the order of the keys it was found by.

A place is a ``kind`` (series, regions or copies) and a ``key``. Rows of keys that did not change stay from one night to
the next; the others are put between them, so that the tables are those of a comparison of everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.store.files import BETWEEN_PART, KEYS, ROW_GROUP, place_part, readable
from pipeline.tables import BETWEEN

KIND: Final = pa.field("kind", pa.int8())
KEY: Final = pa.field("key", pa.uint64())
PLACE: Final = pa.schema([KIND, KEY])

Keys: TypeAlias = np.ndarray[Any, np.dtype[np.uint64]]
Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]


class Kind(IntEnum):
    """What was brought together: a quantity of an entity, an indicator of all regions, two reports."""

    SERIES = 0
    REGIONS = 1
    COPIES = 2


Changed: TypeAlias = Mapping[Kind, Keys]
"""The keys whose rows are to be found anew, by kind."""


def with_places(rows: pa.Table, kind: Kind, keys: Keys) -> pa.Table:
    """Rows with their places, in the order of the keys; rows of one key keep theirs.

    Example: ``with_places(relations, Kind.SERIES, keys).column_names[-2:]`` → ``["kind", "key"]``
    """
    order = np.argsort(keys, kind="stable")
    kinds = pa.array(np.full(len(order), kind, np.int8))
    return rows.take(pa.array(order)).append_column(KIND, kinds).append_column(KEY, pa.array(keys[order]))


def unaffected(rows: pa.Table, changed: Changed) -> pa.Table:
    """The rows whose key did not change.

    Example: ``unaffected(before, {Kind.SERIES: keys}).num_rows``
    """
    kinds, keys = _place(rows)
    stays: Flags = np.ones(len(keys), np.bool_)
    for kind, affected in changed.items():
        stays &= ~((kinds == kind) & np.isin(keys, affected))
    return rows.filter(pa.array(stays))


def merged(old: Iterator[pa.Table], new: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Two streams of placed rows, each in order and without a key of the other, as one; held is a table of each.

    Example: ``pa.concat_tables(merged(iter([before]), iter([found])))``
    """
    first, second = _next(old), _next(new)
    while first is not None and second is not None:
        last = min(_last(first), _last(second))
        heads, tails = zip(_cut(first, last), _cut(second, last), strict=True)
        yield _ordered(pa.concat_tables(heads))
        first, second = (
            tail if tail.num_rows else _next(stream) for tail, stream in zip(tails, (old, new), strict=True)
        )
    for left, stream in ((first, old), (second, new)):
        if left is not None:
            yield left
        yield from stream


def evenly(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The rows of tables cut to row groups of one size, so that the same rows always give the same bytes.

    Example: ``for rows in evenly(merged(old, new)): part.write_table(rows)``
    """
    waiting: list[pa.Table] = []
    for table in tables:
        waiting.append(table)
        while sum(one.num_rows for one in waiting) >= ROW_GROUP:
            whole = pa.concat_tables(waiting)
            yield whole.slice(0, ROW_GROUP).combine_chunks()
            waiting = [whole.slice(ROW_GROUP)]
    if any(one.num_rows for one in waiting):
        yield pa.concat_tables(waiting).combine_chunks()


def placed_rows(snapshot: Path, name: str) -> Iterator[pa.Table]:
    """The rows between reports that a snapshot has, with their places; StoreError when they cannot be read.

    Example: ``next(placed_rows(snapshot, "relations"))["key"]``
    """
    places = _batches(snapshot / KEYS / place_part(name))
    if name not in BETWEEN:
        yield from places
        return
    for rows, place in zip(_batches(snapshot / name / BETWEEN_PART), places, strict=True):
        yield rows.append_column(KIND, place["kind"]).append_column(KEY, place["key"])


def _batches(path: Path) -> Iterator[pa.Table]:
    with readable(path), pq.ParquetFile(path, page_checksum_verification=True) as file:
        for batch in file.iter_batches(ROW_GROUP):
            yield pa.Table.from_batches([batch])


@dataclass(slots=True)
class Spool:
    """Tables of one schema written to a file one after the other and read back in that order.

    Example: ``spool = Spool(scratch / "pairs.arrow", schema); spool.add(table); next(spool.tables())``
    """

    path: Path
    schema: pa.Schema
    _file: pa.ipc.RecordBatchStreamWriter | None = None

    def add(self, table: pa.Table) -> None:
        """Write a table behind those there are.

        Example: ``spool.add(table)``
        """
        if self._file is None:
            self._file = pa.ipc.new_stream(str(self.path), self.schema)
        self._file.write_table(table.cast(self.schema).combine_chunks())

    def tables(self) -> Iterator[pa.Table]:
        """The tables in the order they were added, none held once it was given.

        Example: ``sum(table.num_rows for table in spool.tables())``
        """
        if self._file is None:
            return
        self._file.close()
        with pa.OSFile(str(self.path)) as file:
            for batch in pa.ipc.open_stream(file):
                yield pa.Table.from_batches([batch])


def _place(rows: pa.Table) -> tuple[np.ndarray[Any, np.dtype[np.int8]], Keys]:
    return rows["kind"].to_numpy(), rows["key"].to_numpy()


def _last(rows: pa.Table) -> tuple[int, int]:
    return rows["kind"][-1].as_py(), rows["key"][-1].as_py()


def _cut(rows: pa.Table, last: tuple[int, int]) -> tuple[pa.Table, pa.Table]:
    """What stands up to a place, and what stands behind it."""
    kinds, keys = _place(rows)
    count = int(np.count_nonzero((kinds < last[0]) | ((kinds == last[0]) & (keys <= np.uint64(last[1])))))
    return rows.slice(0, count), rows.slice(count)


def _ordered(rows: pa.Table) -> pa.Table:
    kinds, keys = _place(rows)
    return rows.take(pa.array(np.lexsort((keys, kinds))))


def _next(stream: Iterator[pa.Table]) -> pa.Table | None:
    return next((table for table in stream if table.num_rows), None)
