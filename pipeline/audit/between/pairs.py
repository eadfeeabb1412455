"""Pairs: figures of one quantity that two reports on different periods tell, to find reports that copy others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.audit.between.aside import Aside
from pipeline.audit.between.pieces import PIECE, figures_with_ids
from pipeline.audit.between.placed import KEY, KIND, Keys, Kind
from pipeline.audit.corpus import FEWEST_COPIES, Copies, Point, points_of
from pipeline.audit.words import Words

BUCKETS_AS_BITS: Final = 6
"""Pairs of reports are counted in 64 pieces."""
PAIRS: Final = pa.schema(
    [KIND, KEY, pa.field("pair", pa.uint64()), pa.field("first", pa.string()), pa.field("again", pa.string())]
)
"""``pair`` is a number for the two reports; ``first`` and ``again`` are the mention_ids of figures of one value."""


def pair_rows(pairs: Iterable[tuple[Point, Point]], keys: Mapping[str, int]) -> pa.Table:
    """Pairs of figures that were compared as rows, ``keys`` being those of their mention_ids.

    Example: ``pair_rows(compared(series), keys)["pair"]``
    """
    return pa.Table.from_pylist([_row(*pair, keys) for pair in pairs], schema=PAIRS)


def _row(first: Point, again: Point, keys: Mapping[str, int]) -> dict[str, Any]:
    same = first.figure.value == again.figure.value
    return {
        "kind": int(Kind.SERIES),
        "key": keys[first.figure.id],
        "pair": pair_key(first.source.doc_id, again.source.doc_id),
        "first": first.figure.id if same else None,
        "again": again.figure.id if same else None,
    }


def pair_key(first: str, again: str) -> int:
    """The number of two reports.

    Example: ``pair_key("9f86d081884c7d65", "3c59dc048e885024")``
    """
    return int.from_bytes(hashlib.blake2b(f"{first} {again}".encode(), digest_size=8).digest())


@dataclass(slots=True)
class Counted:
    """Pairs counted by the two reports, in pieces on disk; of ``only`` those reports when it is given.

    Example: ``with Counted(scratch) as pairs: pairs.add(rows); next(pairs.copies(snapshot, words))``
    """

    scratch: Path
    only: Keys | None = None
    _aside: Aside = field(init=False)

    def __enter__(self) -> Counted:
        self.scratch.mkdir()
        self._aside = Aside(self.scratch, ("pair",))
        return self

    def __exit__(self, *_: object) -> None:
        self._aside.__exit__()

    def add(self, rows: pa.Table) -> None:
        """Take rows of pairs.

        Example: ``pairs.add(pair_rows(compared(series), keys))``
        """
        pairs = rows["pair"].to_numpy()
        if self.only is not None:
            chosen = np.isin(pairs, self.only)
            rows, pairs = rows.filter(pa.array(chosen)), pairs[chosen]
        if rows.num_rows:
            self._aside.add(rows, (pairs >> np.uint64(64 - BUCKETS_AS_BITS)).astype(np.int64))

    def copies(self, snapshot: Path, words: Words) -> Iterator[tuple[int, Copies]]:
        """Reports that tell enough of the same, in the order of the numbers of their pairs, which come with them.

        Example: ``next(pairs.copies(snapshot, words))[1].same``
        """
        waiting: list[pa.Table] = []
        for rows in self._aside.tables():
            waiting.append(_often(rows))
            if sum(one.num_rows for one in waiting) >= PIECE:
                yield from _copies(pa.concat_tables(waiting), snapshot, words)
                waiting = []
        if any(one.num_rows for one in waiting):
            yield from _copies(pa.concat_tables(waiting), snapshot, words)


def _often(rows: pa.Table) -> pa.Table:
    """The figures of one value of reports that have enough of them, with how many figures were compared."""
    counts = rows.group_by(["pair"]).aggregate([([], "count_all"), ("first", "count")])
    enough = counts.filter(pc.greater_equal(counts["first_count"], FEWEST_COPIES))
    at = pc.index_in(rows["pair"], value_set=enough["pair"])
    same = pc.and_(pc.is_valid(at), pc.is_valid(rows["first"]))
    chosen = rows.select(["pair", "first", "again"]).append_column("compared", enough["count_all"].take(at))
    return chosen.filter(same)


def _copies(rows: pa.Table, snapshot: Path, words: Words) -> Iterator[tuple[int, Copies]]:
    wanted = pa.chunked_array([*rows["first"].chunks, *rows["again"].chunks]).unique()
    points = {point.figure.id: point for point in points_of(figures_with_ids(snapshot, wanted), words)}
    by_pair: dict[int, list[dict[str, Any]]] = {}
    for row in rows.to_pylist():
        by_pair.setdefault(row["pair"], []).append(row)
    for pair, found in sorted(by_pair.items()):
        same = sorted(((points[row["first"]], points[row["again"]]) for row in found), key=_order)
        yield pair, _of_reports(same, found[0]["compared"])


def _order(pair: tuple[Point, Point]) -> tuple[int, str, str]:
    first, again = pair
    return (again.figure.start, again.figure.id, first.figure.id)


def _of_reports(same: Sequence[tuple[Point, Point]], compared: int) -> Copies:
    first, again = same[0]
    return Copies(first.source, again.source, compared, tuple((one.figure, two.figure) for one, two in same))
