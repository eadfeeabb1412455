"""Keeps the tables: snapshots of Parquet files that are published whole or not at all.

Nothing is imported before it is used: a worker makes rows without what reads and writes Parquet.

Example: ``read_table(required(Path("输出")), "mentions").num_rows``
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pipeline.store.files import ONLY_PART, each_part, part_writer, parts, read_table, write_part
    from pipeline.store.lock import locked
    from pipeline.store.manifest import Entry, Manifest, Versions, read_manifest, write_manifest
    from pipeline.store.rows import table_of
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

_HOMES: Final = {
    "files": ("ONLY_PART", "each_part", "part_writer", "parts", "read_table", "write_part"),
    "lock": ("locked",),
    "manifest": ("Entry", "Manifest", "Versions", "read_manifest", "write_manifest"),
    "rows": ("table_of",),
    "snapshot": (
        "clean", "current", "new_run_id", "point", "prune", "publish", "ready", "required", "snapshots", "staging",
    ),
    "verify": ("seal", "verified"),
}  # fmt: skip
_HOME: Final = {name: module for module, names in _HOMES.items() for name in names}

if not TYPE_CHECKING:  # so that type checkers know a name that is none

    def __getattr__(name: str) -> Any:
        """A public name, imported when it is first asked for."""
        if name not in _HOME:
            raise AttributeError(f"module 'pipeline.store' has no attribute {name!r}")
        value = getattr(import_module(f"pipeline.store.{_HOME[name]}"), name)
        globals()[name] = value
        return value
