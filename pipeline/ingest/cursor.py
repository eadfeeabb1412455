"""Cursors: the rows of some documents taken from a Parquet file in its order, without ever holding the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.errors import StoreError
from pipeline.store.files import readable

ROWS_AT_ONCE = 16_384


class Cursor:
    """Goes through a file whose rows stand in the order of the documents' ranks; other documents are passed over.

    StoreError when they do not, or the file is damaged, which ``damaged`` is told.

    Example: ``Cursor(path, {"9f…": 0, "3c…": 1}).rows_to(1)`` → the rows of the first document
    """

    def __init__(self, path: Path, ranks: Mapping[str, int], damaged: Callable[[], object] = lambda: None) -> None:
        self._path, self._damaged = path, damaged
        with self._faults_told():
            self._file = pq.ParquetFile(path, page_checksum_verification=True, pre_buffer=False)
        self._batches = self._file.iter_batches(batch_size=ROWS_AT_ONCE)
        self._ids = pa.array(list(ranks), pa.string())
        self._ranks = np.fromiter(ranks.values(), np.int64, len(ranks))
        self._last = int(self._ranks.max()) + 1
        self._waiting: pa.Table | None = None
        self._reached = self._newest = 0

    def rows_to(self, rank: int) -> Iterator[pa.Table]:
        """The rows not taken yet of documents before that rank.

        Example: ``pa.concat_tables(cursor.rows_to(128))``
        """
        while self._reached < min(rank, self._last):
            table = self._waiting if self._waiting is not None else self._next()
            self._waiting = None
            if table is None:
                return
            ranks = table["rank"].to_numpy()
            inside = int(np.searchsorted(ranks, rank))
            if inside:
                yield table.slice(0, inside).drop_columns("rank")
            if inside < table.num_rows:
                self._waiting, self._reached = table.slice(inside), rank

    def close(self) -> None:
        """Close the file.

        Example: ``cursor.close()``
        """
        self._file.close()

    @contextmanager
    def _faults_told(self) -> Iterator[None]:
        try:
            with readable(self._path):
                yield
        except StoreError:
            self._damaged()
            raise

    def _next(self) -> pa.Table | None:
        with self._faults_told():
            batch = next(self._batches, None)
        if batch is None:
            self._reached = self._last
            return None
        table = pa.Table.from_batches([batch])
        at = pc.index_in(table["doc_id"], value_set=self._ids)
        wanted = pc.is_valid(at)
        ranks = self._ranks[at.filter(wanted).to_numpy()]
        if np.any(np.diff(ranks, prepend=self._newest) < 0):
            raise StoreError(f"the documents of {self._path} are out of order; remove the output folder and run again")
        self._newest = int(ranks[-1]) if ranks.size else self._newest
        return table.filter(wanted).append_column("rank", pa.array(ranks))
