"""The figures of a few keys, as of a night in which few reports changed: looked up in all parts, nothing written aside.

Two parts are read at a time, as Arrow reads without holding up Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from pipeline.audit.between import pieces
from pipeline.audit.between.keys import Keys
from pipeline.audit.between.pieces import LEAST, ORDER, Grouping, Numbers, figures, key_columns, part_names

PARTS_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class _Hits:
    """Figures of a part that have some keys: their rows, ascending, their keys and the rows of their documents."""

    rows: Numbers
    keys: Keys
    documents: Numbers

    def with_keys(self, keys: Keys) -> _Hits:
        inside = np.isin(self.keys, keys)
        return _Hits(self.rows[inside], self.keys[inside], self.documents[inside])


_Found: TypeAlias = Mapping[Grouping, _Hits]


def all_pieces(snapshot: Path, scratch: Path, only: Mapping[Grouping, Keys]) -> Iterator[tuple[Grouping, pa.Table]]:
    """The pieces of both groupings, each with its name; of ``only`` those keys where it names any.

    When the figures of the keys are no more than a piece, every part is read once for both groupings.

    Example: ``for grouping, rows in all_pieces(snapshot, scratch, {}): rows["key"]``
    """
    with ThreadPoolExecutor(PARTS_AT_ONCE) as pool:
        found = _looked_up(snapshot, only, pool)
        if found is not None:
            yield from _pieces_of_few(snapshot, found, pool)
            return
    for name in LEAST:
        yield from ((name, rows) for rows in pieces.pieces(snapshot, name, scratch, only.get(name)))


def _looked_up(snapshot: Path, only: Mapping[Grouping, Keys], pool: ThreadPoolExecutor) -> dict[str, _Found] | None:
    """The figures of some keys that are told often enough, by part; None when there are more than a piece."""
    if len(only) < len(LEAST) or sum(keys.size for keys in only.values()) > pieces.PIECE:
        return None
    found: dict[str, _Found] = {}
    rows = 0
    names = part_names(snapshot)
    for part, hits in zip(names, pool.map(partial(_hits, snapshot, only), names), strict=True):
        found[part] = hits
        rows += sum(of.rows.size for of in hits.values())
        if rows > pieces.PIECE:
            return None
    often = {name: _told_often(name, [hits[name] for hits in found.values()]) for name in only}
    return {part: {name: of.with_keys(often[name]) for name, of in hits.items()} for part, hits in found.items()}


def _hits(snapshot: Path, only: Mapping[Grouping, Keys], part: str) -> _Found:
    documents, *columns = key_columns(snapshot, part, "document", *only)
    found = {}
    for (name, wanted), keys in zip(only.items(), columns, strict=True):
        rows = np.flatnonzero(np.isin(keys, wanted))
        found[name] = _Hits(rows, keys[rows], documents[rows].astype(np.int64))
    return found


def _told_often(grouping: Grouping, parts: list[_Hits]) -> Keys:
    """The keys that enough documents, or figures, have."""
    keys = np.concatenate([part.keys for part in parts])
    if grouping == "series":  # each document once
        of = np.concatenate([part.documents + (number << 32) for number, part in enumerate(parts)])
        order = np.lexsort((of, keys))
        keys, of = keys[order], of[order]
        keys = keys[np.append(True, (np.diff(keys) != 0) | (np.diff(of) != 0))[: keys.size]]
    told, times = np.unique(keys, return_counts=True)
    return told[times >= LEAST[grouping]]


def _pieces_of_few(
    snapshot: Path, found: Mapping[str, _Found], pool: ThreadPoolExecutor
) -> Iterator[tuple[Grouping, pa.Table]]:
    """One piece of each grouping that has figures."""
    wanted = [part for part, hits in found.items() if any(of.rows.size for of in hits.values())]
    read = [*pool.map(lambda part: _with_keys(snapshot, part, found[part]), wanted)]
    for name in LEAST:
        if tables := [tables[name] for tables in read if tables[name].num_rows]:
            yield name, pa.concat_tables(tables).sort_by([(column, "ascending") for column in ORDER])


def _with_keys(snapshot: Path, part: str, hits: _Found) -> dict[Grouping, pa.Table]:
    """The figures of a part, by grouping, each with its key."""
    rows = np.unique(np.concatenate([of.rows for of in hits.values()]))
    table = figures(snapshot, part, rows)
    return {
        name: table.take(pa.array(np.searchsorted(rows, of.rows))).append_column("key", pa.array(of.keys))
        for name, of in hits.items()
    }
