"""Tables as Parquet files: the same rows always give the same bytes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import StoreError
from pipeline.store.sink import parquet_file
from pipeline.tables import SCHEMAS

ONLY_PART: Final = "part-0.parquet"
BETWEEN_PART: Final = "reports.parquet"
"""The part of relations and findings that holds those between reports; it comes last."""
WRITER_VERSION: Final = f"pyarrow {pa.__version__}"
ROW_GROUP: Final = 65_536


def table_of(name: str, rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Rows as a table of its exact schema; pyarrow's error when a value does not fit.

    Example: ``table_of("rejects", [{"source_path": "报告.pdf", "reason": "encrypted", …}])``
    """
    return pa.Table.from_pylist(list(rows), schema=SCHEMAS[name])


def write_part(folder: Path, name: str, table: pa.Table, part: str = ONLY_PART) -> None:
    """Write a part of a table below a snapshot's folder.

    Example: ``write_part(staging, "rejects", table)`` → ``rejects/part-0.parquet``
    """
    path = folder / name / part
    path.parent.mkdir(exist_ok=True)
    whole = table.select(SCHEMAS[name].names).cast(SCHEMAS[name]).combine_chunks()
    with parquet_file(path, whole.schema, compression="zstd", store_schema=True) as file:
        file.write_table(whole, row_group_size=ROW_GROUP)


def carry_part(source: Path, target: Path, name: str, part: str, new_part: str) -> None:
    """Take a part over from another snapshot, by hard link where the file system has them.

    Example: ``carry_part(before, staging, "mentions", "part-0.parquet", "part-0.parquet")``
    """
    old, new = source / name / part, target / name / new_part
    new.parent.mkdir(exist_ok=True)
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def parts(snapshot: Path, name: str) -> list[Path]:
    """The part files of a table, in the order of their rows.

    Example: ``parts(current(out), "mentions")`` → ``[…/mentions/part-0.parquet]``
    """
    return sorted((snapshot / name).glob("*.parquet"))


def read_table(snapshot: Path, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """A table of a snapshot; StoreError when it is missing or damaged.

    Example: ``read_table(required(out), "mentions", ["indicator", "value"])``
    """
    wanted = list(columns) if columns is not None else None
    try:
        tables = [pq.read_table(path, columns=wanted, partitioning=None) for path in parts(snapshot, name)]
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"table {name} of {snapshot} cannot be read ({error}); run zhibiao ingest again") from None
    if not tables:
        raise StoreError(f"{snapshot} has no table {name}; run zhibiao ingest again")
    return pa.concat_tables(tables)
