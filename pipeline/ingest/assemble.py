"""Assembly: the rows of the shards and those carried over, put together as the tables of a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.ingest.groups import Group
from pipeline.ingest.shard import shard_file
from pipeline.store.files import carry_part, read_part, write_part
from pipeline.store.manifest import Manifest
from pipeline.store.part_files import kept_part
from pipeline.tables import GROUPED, SCHEMAS

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


def write_groups(groups: Iterable[Group], duplicate_of: Mapping[str, str], sources: Sources, folder: Path) -> None:
    """Write the parts of the tables that grow with the corpus; parts that did not change are carried over.

    Example: ``write_groups(groups, {}, sources, staging)``
    """
    known = {signature: part for part, signature in sources.manifest.signatures.items()} if sources.manifest else {}
    for group in groups:
        for name in GROUPED:
            old = known.get(group.signature)
            if old and sources.snapshot:
                carry_part(sources.snapshot, folder, name, old, group.part)
            else:
                write_part(folder, name, _group_table(name, group, duplicate_of, sources), group.part)


def _group_table(name: str, group: Group, duplicate_of: Mapping[str, str], sources: Sources) -> pa.Table:
    ids = pa.array([entry.doc_id for entry in group.entries], pa.string())
    pieces = [SCHEMAS[name].empty_table()]
    pieces += [_rows_of(read_part(shard_file(sources.work, name, file)), ids) for file in _shards(group, sources)]
    if sources.snapshot:
        carried = pa.array(
            [entry.doc_id for entry in group.entries if entry.doc_id not in sources.shard_of], pa.string()
        )
        kept = (kept_part(sources.snapshot, f"{name}/{part}") for part in _parts(group, sources))
        pieces += [_rows_of(table, carried) for table in kept]
    table = _ordered(pa.concat_tables(pieces), ids)
    return _with_duplicates(table, duplicate_of) if name == "documents" else table


def _shards(group: Group, sources: Sources) -> list[str]:
    return sorted({sources.shard_of[entry.doc_id] for entry in group.entries if entry.doc_id in sources.shard_of})


def _parts(group: Group, sources: Sources) -> list[str]:
    return sorted({entry.part for entry in group.entries if entry.doc_id not in sources.shard_of})


def _rows_of(table: pa.Table, ids: pa.Array) -> pa.Table:
    return table.filter(pc.is_in(table["doc_id"], value_set=ids))


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
