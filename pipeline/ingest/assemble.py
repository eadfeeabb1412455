"""Assembly: the rows of the shards and those carried over, put together as the tables of a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.audit.between import FOLDER
from pipeline.audit.words import Words
from pipeline.ingest.between import write_keys
from pipeline.ingest.groups import Group
from pipeline.ingest.shard import shard_file
from pipeline.store.files import carry_part, write_part
from pipeline.store.manifest import Manifest
from pipeline.tables import GROUPED, SCHEMAS

ROWS_AT_ONCE = 16_384
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
            for name in GROUPED:
                write_part(folder, name, _group_table(name, group, duplicate_of, sources), group.part)
        if old and sources.snapshot and (sources.snapshot / FOLDER / old).is_file():
            carry_part(sources.snapshot, folder, FOLDER, old, group.part)
        else:
            write_keys(folder, group.part, words)


def _group_table(name: str, group: Group, duplicate_of: Mapping[str, str], sources: Sources) -> pa.Table:
    ids = pa.array([entry.doc_id for entry in group.entries], pa.string())
    pieces = [SCHEMAS[name].empty_table()]
    pieces += [_rows_of(shard_file(sources.work, name, file), ids) for file in _shards(group, sources)]
    if sources.snapshot:
        carried = pa.array(
            [entry.doc_id for entry in group.entries if entry.doc_id not in sources.shard_of], pa.string()
        )
        pieces += [_rows_of(sources.snapshot / name / part, carried) for part in _parts(group, sources)]
    table = _ordered(pa.concat_tables(pieces), ids)
    return _with_duplicates(table, duplicate_of) if name == "documents" else table


def _shards(group: Group, sources: Sources) -> list[str]:
    return sorted({sources.shard_of[entry.doc_id] for entry in group.entries if entry.doc_id in sources.shard_of})


def _parts(group: Group, sources: Sources) -> list[str]:
    return sorted({entry.part for entry in group.entries if entry.doc_id not in sources.shard_of})


def _rows_of(path: Path, ids: pa.Array) -> pa.Table:
    """The rows of some documents, read a row group at a time: the others never fill the memory."""
    with pq.ParquetFile(path) as file:
        groups = (pa.Table.from_batches([batch]) for batch in file.iter_batches(batch_size=ROWS_AT_ONCE))
        chosen = [table.filter(pc.is_in(table["doc_id"], value_set=ids)) for table in groups]
        return pa.concat_tables(chosen) if chosen else file.schema_arrow.empty_table()


def _ordered(table: pa.Table, ids: pa.Array) -> pa.Table:
    ranked = table.append_column("rank", pc.index_in(table["doc_id"], value_set=ids))
    keys = [(key, "ascending") for key in ORDER if key in ranked.column_names]
    return ranked.sort_by(keys).drop_columns("rank")


def _with_duplicates(table: pa.Table, duplicate_of: Mapping[str, str]) -> pa.Table:
    firsts = pa.array([duplicate_of.get(id) for id in table["doc_id"].to_pylist()], pa.string())
    at = table.schema.get_field_index("duplicate_of")
    return table.set_column(at, table.schema.field(at), firsts)


def count_rows(folder: Path, name: str, groups: Sequence[Group]) -> int:
    """Number of rows of a table written in groups.

    Example: ``count_rows(staging, "mentions", groups)``
    """
    return sum(pq.read_metadata(folder / name / group.part).num_rows for group in groups)
