"""Assembly: the rows of the shards and those carried over, put together as the tables of a snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.audit.words import Words
from pipeline.ingest.between import has_keys, write_keys
from pipeline.ingest.cursor import Cursor
from pipeline.ingest.groups import Group
from pipeline.ingest.shard import shard_file
from pipeline.store.files import KEYS, carry_part, part_writer
from pipeline.store.manifest import Entry, Manifest
from pipeline.store.part_files import note_damage, noted_damage
from pipeline.tables import GROUPED, SCHEMAS

STRETCH, STRETCH_BYTES = 128, 32 * 1024 * 1024
TABLES_AT_ONCE = 2
_NOTING = Lock()
"""Two tables that are written at once may both be damaged."""
ORDER = ("rank", "char_start", "char_end", "check", "mention_id", "sentence_id", "relation_id", "finding_id")


@dataclass(frozen=True, slots=True)
class Sources:
    """Where rows come from: the shard files of this run by doc_id, and the snapshot before with its manifest.

    Example: ``Sources({"9f…": "00000"}, work, before, manifest)``
    """

    shard_of: Mapping[str, str]
    work: Path
    snapshot: Path | None
    manifest: Manifest | None


def write_groups(
    groups: Iterable[Group], duplicate_of: Mapping[str, str], sources: Sources, folder: Path, words: Words
) -> None:
    """Write the parts of the tables that grow with the corpus; parts that did not change are carried over.

    Example: ``write_groups(groups, {}, sources, staging, words)``
    """
    known = {signature: part for part, signature in sources.manifest.signatures.items()} if sources.manifest else {}
    for group in groups:
        old = known.get(group.signature)
        if old and sources.snapshot:
            for name in GROUPED:
                carry_part(sources.snapshot, folder, name, old, group.part)
        else:
            _write_tables(group, duplicate_of, sources, folder)
        if old and sources.snapshot and has_keys(sources.snapshot, old):
            carry_part(sources.snapshot, folder, KEYS, old, group.part)
        else:
            write_keys(folder, group.part, words)


def _write_tables(group: Group, duplicate_of: Mapping[str, str], sources: Sources, folder: Path) -> None:
    """Two tables at a time: Arrow reads, sorts and compresses them without holding up Python."""
    with ThreadPoolExecutor(TABLES_AT_ONCE) as pool:
        written = [pool.submit(_write_group, name, group, duplicate_of, sources, folder) for name in GROUPED]
        try:
            for table in written:
                table.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _write_group(name: str, group: Group, duplicate_of: Mapping[str, str], sources: Sources, folder: Path) -> None:
    cursors = [*_cursors(name, group, sources)]
    try:
        with part_writer(folder, name, group.part) as writer:
            for first, last in _stretches(group.entries):
                pieces = [SCHEMAS[name].empty_table(), *(rows for cursor in cursors for rows in cursor.rows_to(last))]
                table = _ordered(pa.concat_tables(pieces), [entry.doc_id for entry in group.entries[first:last]])
                writer.write_table(_with_duplicates(table, duplicate_of) if name == "documents" else table)
    finally:
        for cursor in cursors:
            cursor.close()


def _stretches(entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """Where stretches of documents begin and end: what is held at a time, and a row group."""
    first, size = 0, 0
    for at, entry in enumerate(entries, 1):
        size += entry.size
        if at - first >= STRETCH or size >= STRETCH_BYTES or at == len(entries):
            yield first, at
            first, size = at, 0


def _cursors(name: str, group: Group, sources: Sources) -> Iterator[Cursor]:
    """A cursor a file that holds rows of the group: shards of this run, parts of the snapshot before."""
    files: dict[Path, dict[str, int]] = defaultdict(dict)
    for rank, entry in enumerate(group.entries):
        shard = sources.shard_of.get(entry.doc_id)
        if shard is not None:
            files[shard_file(sources.work, name, shard)][entry.doc_id] = rank
        elif sources.snapshot:
            files[sources.snapshot / name / entry.part][entry.doc_id] = rank
    return (Cursor(path, ranks, partial(_note, path, sources.snapshot)) for path, ranks in sorted(files.items()))


def _note(path: Path, snapshot: Path | None) -> None:
    """Write down that a part of the snapshot before is damaged, so that the next run reads its documents anew."""
    if snapshot and path.is_relative_to(snapshot):
        with _NOTING:
            note_damage(snapshot, {*noted_damage(snapshot), path.relative_to(snapshot).as_posix()})


def _with_duplicates(table: pa.Table, duplicate_of: Mapping[str, str]) -> pa.Table:
    firsts = pa.array([duplicate_of.get(id) for id in table["doc_id"].to_pylist()], pa.string())
    at = table.schema.get_field_index("duplicate_of")
    return table.set_column(at, table.schema.field(at), firsts)


def _ordered(table: pa.Table, ids: Sequence[str]) -> pa.Table:
    ranked = table.append_column("rank", pc.index_in(table["doc_id"], value_set=pa.array(ids, pa.string())))
    keys = [(key, "ascending") for key in ORDER if key in ranked.column_names]
    return ranked.sort_by(keys).drop_columns("rank")


def count_rows(folder: Path, name: str, groups: Sequence[Group]) -> int:
    """Number of rows of a table written in groups.

    Example: ``count_rows(staging, "mentions", groups)``
    """
    return sum(pq.read_metadata(folder / name / group.part).num_rows for group in groups)
