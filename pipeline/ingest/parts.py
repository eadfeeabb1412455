"""Parts of tables while they are written: from which files the rows of documents come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path
from threading import Lock

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.ingest.blocks import Blocks
from pipeline.ingest.shard import shard_file
from pipeline.store.manifest import Entry, Manifest
from pipeline.store.part_files import note_damage, noted_damage
from pipeline.tables import SCHEMAS

_NOTING = Lock()
"""Two tables that are written at once may both be damaged."""

Item = tuple[Entry, str]
"""A document with the shard files its rows are in, or an empty string where they are in the snapshot before."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where rows come from: the folder with the shard files, the snapshot before with its manifest.

    Example: ``Sources(work, before, manifest)``
    """

    work: Path
    snapshot: Path | None
    manifest: Manifest | None

    @property
    def known(self) -> dict[str, str]:
        """The parts of the snapshot before by their signatures."""
        return {one: part for part, one in self.manifest.signatures.items()} if self.manifest else {}

    def path_of(self, name: str, item: Item) -> Path | None:
        """The file with the rows of a document for a table.

        Example: ``path_of("mentions", (entry, "00000"))`` → ``work/mentions-00000.arrow``
        """
        entry, shard = item
        if shard:
            return shard_file(self.work, name, shard)
        return self.snapshot / name / entry.part if self.snapshot else None

    def opened(self, path: Path) -> Blocks:
        """A file of rows, ready to be read; damage of the snapshot before is noted.

        Example: ``opened(work / "mentions-00000.arrow")``
        """
        return Blocks(path, partial(_note, path, self.snapshot))


@dataclass(slots=True)
class TablePart:
    """A part of a table while it is written.

    Example: ``TablePart("mentions", sources, writer).write([(entry, "00000")], {})``
    """

    name: str
    sources: Sources
    writer: pq.ParquetWriter
    files: dict[Path, Blocks] = field(default_factory=dict)

    def write(self, stretch: Sequence[Item], duplicate_of: Mapping[str, str]) -> pa.Table:
        """Write the rows of some documents; gives them.

        Example: ``write([(entry, "00000")], {"3c59dc048e885024": "9f86d081884c7d65"})``
        """
        pieces = [SCHEMAS[self.name].empty_table()]
        for path, run in groupby(stretch, partial(self.sources.path_of, self.name)):
            if path:
                pieces += self._file(path).of([entry.doc_id for entry, _ in run])
        rows = pa.concat_tables(pieces).combine_chunks()
        rows = _with_duplicates(rows, duplicate_of) if self.name == "documents" else rows
        self.writer.write_table(rows)
        return rows

    def _file(self, path: Path) -> Blocks:
        if path not in self.files:
            self.files[path] = self.sources.opened(path)
        return self.files[path]

    def close(self) -> None:
        """Close what was read from.

        Example: ``part.close()``
        """
        for file in self.files.values():
            file.close()


def _note(path: Path, snapshot: Path | None) -> None:
    """Write down that a part of the snapshot before is damaged, so that the next run reads its documents anew."""
    if snapshot and path.is_relative_to(snapshot):
        with _NOTING:
            note_damage(snapshot, {*noted_damage(snapshot), path.relative_to(snapshot).as_posix()})


def _with_duplicates(table: pa.Table, duplicate_of: Mapping[str, str]) -> pa.Table:
    firsts = pa.array([duplicate_of.get(id) for id in table["doc_id"].to_pylist()], pa.string())
    at = table.schema.get_field_index("duplicate_of")
    return table.set_column(at, table.schema.field(at), firsts)
