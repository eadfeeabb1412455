"""Rows written aside: more than the memory should hold, brought into pieces on disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa


@dataclass(slots=True)
class Aside:
    """Rows written aside into numbered pieces, and read back a piece at a time, sorted by the columns ``order``.

    Example: ``with Aside(scratch, ("key",)) as aside: aside.add(rows, numbers); next(aside.tables())``
    """

    folder: Path
    order: tuple[str, ...]
    _written: set[int] = field(default_factory=set)
    _files: dict[int, pa.ipc.RecordBatchStreamWriter] = field(default_factory=dict)

    def __enter__(self) -> Aside:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
        for number in self._written:
            self._path(number).unlink(missing_ok=True)

    def add(self, rows: pa.Table, piece: np.ndarray) -> None:
        """Put each row into the piece of that number.

        Example: ``aside.add(rows, np.array([0, 2]))``
        """
        order = np.argsort(piece, kind="stable")
        ordered, sorted_piece = rows.take(pa.array(order)), piece[order]
        for number, start in zip(*np.unique(sorted_piece, return_index=True), strict=True):
            end = np.searchsorted(sorted_piece, number, side="right")
            self._file(int(number), rows.schema).write_table(ordered.slice(start, end - start).combine_chunks())

    def tables(self) -> Iterator[pa.Table]:
        """The pieces that have rows, ordered, after the last was added.

        Example: ``for rows in aside.tables(): rows.num_rows``
        """
        self._close()
        for number in sorted(self._written):
            with pa.OSFile(str(self._path(number))) as file:
                yield pa.ipc.open_stream(file).read_all().sort_by([(name, "ascending") for name in self.order])

    def _file(self, number: int, schema: pa.Schema) -> pa.ipc.RecordBatchStreamWriter:
        if number not in self._files:
            self._files[number] = pa.ipc.new_stream(str(self._path(number)), schema)
            self._written.add(number)
        return self._files[number]

    def _path(self, number: int) -> Path:
        return self.folder / f"piece-{number:05d}.arrow"

    def _close(self) -> None:
        for file in self._files.values():
            file.close()
        self._files.clear()
