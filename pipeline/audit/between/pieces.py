"""Pieces: the figures of keys that are told often enough, so many at a time that memory never holds a corpus.

The keys of a snapshot are looked through in ranges; the figures of those that count are written aside, split into
pieces of whole keys, and given back piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.audit.between.aside import Aside
from pipeline.audit.between.keys import Keys
from pipeline.audit.corpus import COLUMNS, SOURCE_COLUMNS
from pipeline.store import parts
from pipeline.store.files import KEYS, read_part

Grouping = Literal["series", "regions"]
Numbers = np.ndarray[Any, np.dtype[np.int64]]
LEAST = {"series": 2, "regions": 3}
"""Documents that must tell of a key of ``series``, figures that a key of ``regions`` must have, to be compared."""
KEYS_AT_ONCE = 8_000_000
PIECE = 20_000
"""Figures of a piece, when no single key has more."""
ORDER = ("key", "source_path", "char_start", "mention_id")


def pieces(snapshot: Path, grouping: Grouping, scratch: Path) -> Iterator[pa.Table]:
    """The figures of one grouping with the facts of their documents; all of a key are in one piece, ordered.

    ``scratch`` is an empty folder for what is written aside.

    Example: ``next(pieces(snapshot, "series", scratch))["source_path"]``
    """
    names = [path.name for path in parts(snapshot, "mentions")]
    rows = sum(pq.read_metadata(snapshot / KEYS / name).num_rows for name in names)
    ranges = max(1, -(-rows // KEYS_AT_ONCE))
    edges = [(number << 64) // ranges for number in range(ranges + 1)]
    for low, high in pairwise(edges):
        yield from _pieces_between(snapshot, grouping, names, (max(low, 1), high - 1), scratch)


def _pieces_between(
    snapshot: Path, grouping: Grouping, names: Sequence[str], bounds: tuple[int, int], scratch: Path
) -> Iterator[pa.Table]:
    told = _told_often(snapshot, grouping, names, bounds)
    if not told.keys.size:
        return
    with Aside(scratch, ORDER) as aside:
        for name in names:
            keys = _column(snapshot, grouping, name)
            chosen = np.flatnonzero(np.isin(keys, told.keys))
            if chosen.size:
                rows = _figures(snapshot, name, chosen).append_column("key", pa.array(keys[chosen]))
                aside.add(rows, told.piece_of(keys[chosen]))
        yield from aside.tables()


@dataclass(frozen=True, slots=True)
class _Told:
    """The keys that count, sorted, and the first key of every piece but the first."""

    keys: Keys
    cuts: Keys

    def piece_of(self, keys: Keys) -> Numbers:
        return np.searchsorted(self.cuts, keys, side="right")


def _told_often(snapshot: Path, grouping: Grouping, names: Sequence[str], bounds: tuple[int, int]) -> _Told:
    counted = [_counted(snapshot, grouping, name, bounds) for name in names]
    found, at = np.unique(np.concatenate([one[0] for one in counted]), return_inverse=True)
    documents, rows = (np.bincount(at, np.concatenate([one[column] for one in counted])) for column in (1, 2))
    often = (documents if grouping == "series" else rows) >= LEAST[grouping]
    before = np.cumsum(rows[often]) - rows[often]
    return _Told(found[often], found[often][1:][np.diff(before // PIECE) > 0])


def _counted(snapshot: Path, grouping: Grouping, name: str, bounds: tuple[int, int]) -> tuple[Keys, Numbers, Numbers]:
    """The keys of a part, and how many documents and figures each has."""
    keys, documents = _column(snapshot, grouping, name), _column(snapshot, "document", name)
    inside = np.flatnonzero((keys >= np.uint64(bounds[0])) & (keys <= np.uint64(bounds[1])))
    order = inside[np.lexsort((documents[inside], keys[inside]))]
    ordered, of = keys[order], documents[order]
    another = np.append(True, np.diff(ordered) != 0)[: len(ordered)]
    new = another | np.append(True, np.diff(of) != 0)[: len(of)]
    starts = np.flatnonzero(another)
    rows = np.diff(np.append(starts, len(ordered)))
    return ordered[starts], np.add.reduceat(new.astype(np.int64), starts) if starts.size else rows, rows


def _column(snapshot: Path, column: str, part: str) -> Keys:
    table = read_part(snapshot / KEYS / part, [column])
    return table[column].combine_chunks().to_numpy()  # type: ignore[no-any-return]


def _figures(snapshot: Path, part: str, rows: Numbers) -> pa.Table:
    """Rows of a part of mentions, each with what is known of its document."""
    chosen = read_part(snapshot / "mentions" / part, COLUMNS).take(pa.array(rows))
    documents = read_part(snapshot / "documents" / part, ["doc_id", *SOURCE_COLUMNS.values()])
    at = pc.index_in(chosen["doc_id"], value_set=documents["doc_id"])
    for name, column in SOURCE_COLUMNS.items():
        chosen = chosen.append_column(name, documents[column].take(at))
    return chosen
