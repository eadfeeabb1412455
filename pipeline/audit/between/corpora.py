"""The reports of a snapshot as pieces of a corpus, for the checks between reports."""

from __future__ import annotations

import pickle
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.audit.between.aside import Aside
from pipeline.audit.between.pieces import pieces
from pipeline.audit.corpus import (
    FEWEST_COPIES,
    Copies,
    Corpus,
    Point,
    Row,
    compared,
    copies_of,
    regions_of,
    series_of,
)
from pipeline.audit.words import Words

BUCKETS = 64
"""Pieces that pairs of reports are put into."""
_PAIRS = pa.schema(
    [
        pa.field("first", pa.string()),
        pa.field("again", pa.string()),
        pa.field("number", pa.int64()),
        pa.field("same", pa.binary()),
    ]
)


def corpora(snapshot: Path, words: Words, folder: Path | None = None) -> Iterator[Corpus]:
    """The corpus of a snapshot's folder in pieces, in an order that its tables decide.

    What does not fit the memory is written aside below ``folder``, the system's folder for such files by default.

    Example: ``for corpus in corpora(required(Path("outputs")), words): len(corpus.series)``
    """
    with tempfile.TemporaryDirectory(dir=folder, prefix=".between-") as name:
        scratch = Path(name)
        with Pairs(scratch / "pairs") as pairs:
            for rows in pieces(snapshot, "series", scratch):
                series = series_of(rows.to_pylist(), words)
                pairs.add(compared(series))
                yield Corpus(words, series=series)
            for rows in pieces(snapshot, "regions", scratch):
                yield Corpus(words, by_indicator=regions_of(rows.to_pylist(), words))
            for copies in pairs.copies():
                yield Corpus(words, copies=copies)


@dataclass(slots=True)
class Pairs:
    """Pairs of figures of two reports, brought together by the pair of reports.

    Example: ``with Pairs(scratch) as pairs: pairs.add(compared(series)); next(pairs.copies())``
    """

    folder: Path
    _aside: Aside = field(init=False)
    _count: int = 0

    def __enter__(self) -> Pairs:
        self.folder.mkdir()
        self._aside = Aside(self.folder, ("first", "again", "number"))
        return self

    def __exit__(self, *_: object) -> None:
        self._aside.__exit__()

    def add(self, pairs: Iterable[tuple[Point, Point]]) -> None:
        """Take pairs of figures that were compared; those of one value are kept whole.

        Example: ``pairs.add(compared(series))``
        """
        rows = [_pair_row(pair, number) for number, pair in enumerate(pairs, self._count)]
        if rows:
            self._count += len(rows)
            buckets = [zlib.crc32(f"{row['first']}{row['again']}".encode()) % BUCKETS for row in rows]
            self._aside.add(pa.Table.from_pylist(rows, schema=_PAIRS), np.array(buckets))

    def copies(self) -> Iterator[list[Copies]]:
        """Reports that tell enough of the same.

        Example: ``next(pairs.copies())[0].same``
        """
        for rows in self._aside.tables():
            compared = rows.group_by(["first", "again"]).aggregate([([], "count_all"), ("same", "count")])
            often = compared.filter(pc.greater_equal(compared["same_count"], FEWEST_COPIES))
            counts = {(row["first"], row["again"]): row["count_all"] for row in often.to_pylist()}
            same = rows.filter(pc.is_valid(rows["same"])).select(["first", "again", "same"]).to_pylist()
            pairs = (pickle.loads(row["same"]) for row in same if (row["first"], row["again"]) in counts)
            yield copies_of(pairs, counts)


def _pair_row(pair: tuple[Point, Point], number: int) -> Row:
    first, again = pair
    same = pickle.dumps(pair) if first.figure.value == again.figure.value else None
    return {"first": first.source.doc_id, "again": again.source.doc_id, "number": number, "same": same}
