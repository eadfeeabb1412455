"""Which figures are others than in the snapshot before: only what reports tell of the same is compared anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.audit.between import Former
from pipeline.audit.between.keys import Keys
from pipeline.audit.between.pieces import key_columns
from pipeline.audit.between.placed import Kind
from pipeline.ingest.groups import Group
from pipeline.ingest.run import Run
from pipeline.store.files import BETWEEN_PART, KEYS, PLACED, place_part, read_part
from pipeline.store.manifest import Manifest
from pipeline.tables import BETWEEN


@dataclass(frozen=True, slots=True)
class _Told:
    """The documents of some parts and the keys of their figures, a row a figure."""

    documents: dict[str, bool]
    """Whether a document is compared: it is the first with its bytes."""
    ids: pa.ChunkedArray
    series: Keys
    regions: Keys


def former_comparison(run: Run, groups: Sequence[Group], fresh: Collection[str], folder: Path) -> Former | None:
    """The comparison of the snapshot before, with the keys of figures that came, went or are others now.

    ``fresh`` are the doc_ids that were read by this run. None when there is none to build on: no snapshot, one of
    another version, a damaged one, or findings between reports without figures, of which nothing says when they end.

    Example: ``former_comparison(run, groups, {"9f86d081884c7d65"}, staging)``
    """
    before, manifest = run.before, run.manifest
    if before is None or manifest is None or manifest.versions != run.versions or not _usable(before, manifest):
        return None
    now = {group.signature for group in groups}
    old = _told(before, (part for part, signature in manifest.signatures.items() if signature not in now))
    known = set(manifest.signatures.values())
    new = _told(folder, (group.part for group in groups if group.signature not in known))
    both = old.documents.keys() | new.documents.keys()
    other = pa.array([id for id in both if id in fresh or old.documents.get(id) != new.documents.get(id)], pa.string())
    changed = {Kind.SERIES: _keys(other, old, new, "series"), Kind.REGIONS: _keys(other, old, new, "regions")}
    return Former(changed, before)


def _keys(documents: pa.Array, old: _Told, new: _Told, column: str) -> Keys:
    """The keys of all figures of documents."""
    found = [getattr(one, column)[pc.is_in(one.ids, value_set=documents).to_numpy()] for one in (old, new)]
    return np.setdiff1d(np.concatenate(found), np.array([0], np.uint64))


def _told(snapshot: Path, parts: Iterable[str]) -> _Told:
    documents: dict[str, bool] = {}
    ids: list[pa.ChunkedArray] = [pa.chunked_array([], pa.string())]
    keys: dict[str, list[Keys]] = {"series": [np.array([], np.uint64)], "regions": [np.array([], np.uint64)]}
    for part in parts:
        rows = read_part(snapshot / "documents" / part, ["doc_id", "duplicate_of"])
        documents |= dict(zip(rows["doc_id"].to_pylist(), pc.is_null(rows["duplicate_of"]).to_pylist(), strict=True))
        of, *told = key_columns(snapshot, part, "document", *keys)
        ids.append(rows["doc_id"].take(pa.array(of)))
        for found, column in zip(keys.values(), told, strict=True):
            found.append(column)
    return _Told(documents, _chained(ids), np.concatenate(keys["series"]), np.concatenate(keys["regions"]))


def _chained(arrays: Iterable[pa.ChunkedArray]) -> pa.ChunkedArray:
    return pa.chunked_array([chunk for array in arrays for chunk in array.chunks], pa.string())


def _usable(snapshot: Path, manifest: Manifest) -> bool:
    needed = [f"{KEYS}/{place_part(name)}" for name in PLACED]
    needed += [f"{KEYS}/{part}" for part in manifest.signatures]
    needed += [f"{name}/{BETWEEN_PART}" for name in BETWEEN]
    if set(needed) & set(manifest.damaged) or not all((snapshot / name).exists() for name in needed):
        return False
    return all(_least_key(snapshot / KEYS / place_part(name)) != 0 for name in BETWEEN)


def _least_key(path: Path) -> int | None:
    """The least key of a file of places; None when it has no rows."""
    file = pq.read_metadata(path)
    at = file.schema.names.index("key")
    found = [file.row_group(number).column(at).statistics.min for number in range(file.num_row_groups)]
    return min(found, default=None)
