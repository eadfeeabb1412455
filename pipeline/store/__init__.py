"""Keeps the tables: snapshots of Parquet files that are published whole or not at all.

Example: ``read_table(required(Path("输出")), "mentions").num_rows``
"""

from __future__ import annotations

from pipeline.store.files import ONLY_PART, each_part, part_writer, parts, read_table, table_of, write_part
from pipeline.store.lock import locked
from pipeline.store.manifest import Entry, Manifest, Versions, read_manifest, write_manifest
from pipeline.store.snapshot import (
    clean,
    current,
    new_run_id,
    point,
    prune,
    publish,
    ready,
    required,
    snapshots,
    staging,
)
from pipeline.store.verify import seal, verified

__all__ = [
    "ONLY_PART",
    "Entry",
    "Manifest",
    "Versions",
    "clean",
    "current",
    "each_part",
    "locked",
    "new_run_id",
    "part_writer",
    "parts",
    "point",
    "prune",
    "publish",
    "read_manifest",
    "read_table",
    "ready",
    "required",
    "seal",
    "snapshots",
    "staging",
    "table_of",
    "verified",
    "write_manifest",
    "write_part",
]
