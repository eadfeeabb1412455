"""Pieces: the figures of keys that are told often enough, so many at a time that memory never holds a corpus.

The keys of a snapshot are looked through in ranges; the figures of those that count are written aside, split into
pieces of whole keys, and given back piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.audit.between.aside import Aside
from pipeline.audit.between.keys import Keys
from pipeline.audit.corpus import COLUMNS, SOURCE_COLUMNS
from pipeline.store import parts
from pipeline.store.files import KEYS, read_part, rows_at, rows_in
from pipeline.store.rows import dicts_of

Grouping = Literal["series", "regions"]
Numbers = np.ndarray[Any, np.dtype[np.int64]]
LEAST: Final[Mapping[Grouping, int]] = {"series": 2, "regions": 3}
"""Documents that must tell of a key of ``series``, figures that a key of ``regions`` must have, to be compared."""
KEYS_AT_ONCE = 8_000_000
PIECE = 20_000
"""Figures of a piece, when no single key has more."""
ORDER = ("key", "source_path", "char_start", "mention_id")


def pieces(snapshot: Path, grouping: Grouping, scratch: Path, only: Keys | None = None) -> Iterator[pa.Table]:
    """The figures of one grouping with the facts of their documents; all of a key are in one piece, ordered.

    ``scratch`` is an empty folder for what is written aside; ``only`` are the keys that are wanted, else all.

    Example: ``next(pieces(snapshot, "series", scratch))["source_path"]``
    """
    names = part_names(snapshot)
    rows = sum(rows_in(snapshot / KEYS / name) for name in names)
    ranges = max(1, -(-rows // KEYS_AT_ONCE))
    edges = [(number << 64) // ranges for number in range(ranges + 1)]
    for low, high in pairwise(edges):
        yield from _Range(snapshot, grouping, max(low, 1), high - 1, only).pieces(scratch)


def part_names(snapshot: Path) -> list[str]:
    """The names of the parts of mentions, which are those of their keys.

    Example: ``part_names(snapshot)`` → ``["part-0.parquet"]``
    """
    return [path.name for path in parts(snapshot, "mentions")]


@dataclass(frozen=True, slots=True)
class _Told:
    """The keys that count, sorted, and the first key of every piece but the first."""

    keys: Keys
    cuts: Keys

    def piece_of(self, keys: Keys) -> Numbers:
        return np.searchsorted(self.cuts, keys, side="right")


@dataclass(frozen=True, slots=True)
class _Range:
    """The keys of a grouping from ``low`` to ``high``, of ``only`` these when they are given."""

    snapshot: Path
    grouping: Grouping
    low: int
    high: int
    only: Keys | None

    def pieces(self, scratch: Path) -> Iterator[pa.Table]:
        names = part_names(self.snapshot)
        told = self._told_often(names)
        if not told.keys.size:
            return
        with Aside(scratch, ORDER) as aside:
            for name in names:
                (keys,) = key_columns(self.snapshot, name, self.grouping)
                chosen = np.flatnonzero(np.isin(keys, told.keys))
                if chosen.size:
                    rows = figures(self.snapshot, name, chosen).append_column("key", pa.array(keys[chosen]))
                    aside.add(rows, told.piece_of(keys[chosen]))
            yield from aside.tables()

    def _told_often(self, names: list[str]) -> _Told:
        counted = [self._counted(name) for name in names]
        found, at = np.unique(np.concatenate([one[0] for one in counted]), return_inverse=True)
        documents, rows = (np.bincount(at, np.concatenate([one[column] for one in counted])) for column in (1, 2))
        often = (documents if self.grouping == "series" else rows) >= LEAST[self.grouping]
        before = np.cumsum(rows[often]) - rows[often]
        return _Told(found[often], found[often][1:][np.diff(before // PIECE) > 0])

    def _counted(self, name: str) -> tuple[Keys, Numbers, Numbers]:
        """The keys of a part, and how many documents and figures each has."""
        keys, documents = key_columns(self.snapshot, name, self.grouping, "document")
        inside = np.flatnonzero(self._holds(keys))
        order = inside[np.lexsort((documents[inside], keys[inside]))]
        ordered, of = keys[order], documents[order]
        another = np.append(True, np.diff(ordered) != 0)[: len(ordered)]
        new = another | np.append(True, np.diff(of) != 0)[: len(of)]
        starts = np.flatnonzero(another)
        rows = np.diff(np.append(starts, len(ordered)))
        return ordered[starts], np.add.reduceat(new.astype(np.int64), starts) if starts.size else rows, rows

    def _holds(self, keys: Keys) -> np.ndarray[Any, np.dtype[np.bool_]]:
        inside = (keys >= np.uint64(self.low)) & (keys <= np.uint64(self.high))
        return inside if self.only is None else inside & np.isin(keys, self.only)


def key_columns(snapshot: Path, part: str, *columns: str) -> list[Keys]:
    """Columns of the keys of a part.

    Example: ``series, documents = key_columns(snapshot, "part-0.parquet", "series", "document")``
    """
    table = read_part(snapshot / KEYS / part, columns)
    return [table[column].combine_chunks().to_numpy() for column in columns]


def figures(snapshot: Path, part: str, rows: Numbers) -> pa.Table:
    """Rows of a part of mentions by their numbers, ascending, each with what is known of its document.

    Only the row groups that have such rows are read.

    Example: ``figures(snapshot, "part-0.parquet", np.array([0, 7]))["source_title"]``
    """
    chosen = rows_at(snapshot / "mentions" / part, rows, COLUMNS)
    documents = read_part(snapshot / "documents" / part, ["doc_id", *SOURCE_COLUMNS.values()])
    at = pc.index_in(chosen["doc_id"], value_set=documents["doc_id"])
    for name, column in SOURCE_COLUMNS.items():
        chosen = chosen.append_column(name, documents[column].take(at))
    return chosen


def figures_with_ids(snapshot: Path, ids: pa.Array) -> Iterator[dict[str, Any]]:
    """The rows of mentions that have those mention_ids, with what is known of their documents.

    Example: ``next(figures_with_ids(snapshot, pa.array(["9f86d081884c7d65"])))["source_path"]``
    """
    for name in part_names(snapshot):
        there = pc.is_in(read_part(snapshot / "mentions" / name, ["mention_id"])["mention_id"], value_set=ids)
        chosen = np.flatnonzero(there.to_numpy())
        if chosen.size:
            yield from dicts_of(figures(snapshot, name, chosen))
