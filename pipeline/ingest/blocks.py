"""Files of rows by document: those of shards and the parts of a snapshot, of which a block is held at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.errors import StoreError
from pipeline.store.files import readable

SHARD: Final = ".arrow"
"""Ending of files that a shard's rows are in; all others are parts of a snapshot."""


class Place(NamedTuple):
    """Where rows of a document are: in which block, from which row on, how many."""

    block: int
    first: int
    rows: int


class Blocks:
    """The rows of a file, by document; those of documents that follow each other are given as one table.

    StoreError when the file is damaged, which ``damaged`` is told.

    Example: ``pa.concat_tables(Blocks(path).of(["9f86d081884c7d65", "3c59dc048e885024"]))``
    """

    def __init__(self, path: Path, damaged: Callable[[], object] = lambda: None) -> None:
        self._path, self._damaged = path, damaged
        self._held: tuple[int, pa.Table] | None = None
        with self._faults_told():
            self._file: _File = _Shard(path) if path.suffix == SHARD else _Part(path)
            self._places = _places(self._file)

    def of(self, ids: Sequence[str]) -> Iterator[pa.Table]:
        """The rows of documents, in their order; none of a document that is not there.

        Example: ``sum(table.num_rows for table in blocks.of(["9f86d081884c7d65"]))``
        """
        run: Place | None = None
        for place in (place for id in ids for place in self._places.get(id, ())):
            if run and (run.block, run.first + run.rows) == place[:2]:
                run = Place(run.block, run.first, run.rows + place.rows)
                continue
            if run:
                yield self._rows(run)
            run = place
        if run:
            yield self._rows(run)

    def close(self) -> None:
        """Close the file.

        Example: ``blocks.close()``
        """
        self._held = None
        self._file.close()

    def _rows(self, place: Place) -> pa.Table:
        if self._held is None or self._held[0] != place.block:
            self._held = None
            with self._faults_told():
                self._held = (place.block, self._file.block(place.block))
        return self._held[1].slice(place.first, place.rows)

    @contextmanager
    def _faults_told(self) -> Iterator[None]:
        try:
            with readable(self._path):
                yield
        except StoreError:
            self._damaged()
            raise


class _File(Protocol):
    def ids(self) -> Iterator[pa.ChunkedArray]:
        """The doc_ids of each block."""

    def block(self, number: int) -> pa.Table:
        """A block."""

    def close(self) -> None:
        """Close the file."""


class _Shard:
    """Record batches as they lie in the file: nothing is copied or unpacked to read them."""

    def __init__(self, path: Path) -> None:
        self._map = pa.memory_map(str(path))
        try:
            self._file = pa.ipc.open_file(self._map)
        except BaseException:
            self._map.close()
            raise

    def ids(self) -> Iterator[pa.ChunkedArray]:
        return (self.block(number)["doc_id"] for number in range(self._file.num_record_batches))

    def block(self, number: int) -> pa.Table:
        return pa.Table.from_batches([self._file.get_batch(number)])

    def close(self) -> None:
        self._map.close()


class _Part:
    """Row groups of a Parquet file."""

    def __init__(self, path: Path) -> None:
        self._file = pq.ParquetFile(path, page_checksum_verification=True, pre_buffer=False)

    def ids(self) -> Iterator[pa.ChunkedArray]:
        return (self._file.read_row_group(number, ["doc_id"])["doc_id"] for number in range(self._file.num_row_groups))

    def block(self, number: int) -> pa.Table:
        return self._file.read_row_group(number)

    def close(self) -> None:
        self._file.close()


def _places(file: _File) -> dict[str, list[Place]]:
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for block, ids in enumerate(file.ids()):
        first = 0
        runs = pc.run_end_encode(ids.combine_chunks())
        for id, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
            found[id].append(Place(block, first, end - first))
            first = end
    return found
