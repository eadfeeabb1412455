"""Tables as Parquet files: the same rows always give the same bytes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import StoreError
from pipeline.store.sink import parquet_file
from pipeline.tables import SCHEMAS

ONLY_PART: Final = "part-0.parquet"
BETWEEN_PART: Final = "reports.parquet"
"""The part of relations and findings that holds those between reports; it comes behind those of the documents."""
REVISIONS_PART: Final = "revisions.parquet"
"""The part of relations and findings that holds figures re-published with another value; it comes last."""
KEYS: Final = "_keys"
"""Beside the tables, with a file for every part of the mentions: what the checks between reports look up."""
PLACED: Final = ("relations", "findings", "pairs")
"""What there is between reports whose places are beside the keys, so that the next run need not find it again."""
LAST_PARTS: Final = (BETWEEN_PART, REVISIONS_PART)
WRITER_VERSION: Final = f"pyarrow {pa.__version__}, page checksums, encodings by column"
ROW_GROUP: Final = 65_536


def place_part(name: str) -> str:
    """The file beside the keys that has the places of rows between reports.

    Example: ``place_part("findings")`` → ``places-of-findings.parquet``
    """
    return f"places-of-{name}.parquet"


def write_part(folder: Path, name: str, table: pa.Table, part: str = ONLY_PART) -> None:
    """Write a part of a table below a snapshot's folder.

    Example: ``write_part(staging, "rejects", table)`` → ``rejects/part-0.parquet``
    """
    path = folder / name / part
    path.parent.mkdir(exist_ok=True)
    whole = table.select(SCHEMAS[name].names).cast(SCHEMAS[name]).combine_chunks()
    with parquet_file(path, SCHEMAS[name]) as file:
        file.write_table(whole, row_group_size=ROW_GROUP)


@contextmanager
def part_writer(folder: Path, name: str, part: str) -> Iterator[pq.ParquetWriter]:
    """A part of a table that is written piece by piece; it has no rows when nothing is written.

    Example: ``with part_writer(staging, "findings", BETWEEN_PART) as part: part.write_table(table)``
    """
    path = folder / name / part
    path.parent.mkdir(exist_ok=True)
    with parquet_file(path, SCHEMAS[name]) as writer:
        yield writer


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
    return pa.concat_tables(each_part(snapshot, name, columns))


def each_part(snapshot: Path, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """A table of a snapshot, a part after the other: what grows with the corpus need not fit the memory.

    Example: ``sum(part.num_rows for part in each_part(required(out), "mentions", ["value"]))``
    """
    paths = parts(snapshot, name)
    if not paths:
        raise StoreError(f"{snapshot} has no table {name}; run zhibiao ingest again")
    yield from (read_part(path, columns) for path in paths)


def read_part(path: Path, columns: Sequence[str] | None = None, doc_ids: Sequence[str] | None = None) -> pa.Table:
    """A part of a table, of chosen documents only; StoreError when it is missing or its bytes are not those written.

    Example: ``read_part(snapshot / "mentions" / "part-0.parquet", ["value"], ["9f86d081884c7d65"])``
    """
    wanted = list(columns) if columns is not None else None
    with readable(path):
        if doc_ids is None:  # without a filter there is no need of a dataset, which is slow to begin
            with pq.ParquetFile(path, page_checksum_verification=True) as file:
                return file.read(wanted)
        chosen = [("doc_id", "in", list(doc_ids))]
        return pq.read_table(path, columns=wanted, filters=chosen, partitioning=None, page_checksum_verification=True)


def rows_in(path: Path) -> int:
    """How many rows a part has; StoreError when its end cannot be read.

    Example: ``rows_in(snapshot / "mentions" / "part-0.parquet")`` → 57880
    """
    with readable(path):
        return int(pq.read_metadata(path).num_rows)


def rows_at(path: Path, rows: Sequence[int] | np.ndarray[Any, Any], columns: Sequence[str]) -> pa.Table:
    """Rows of a part by their numbers, ascending; only the row groups that have such rows are read.

    Example: ``rows_at(snapshot / "mentions" / "part-0.parquet", [0, 7], ["text"])``
    """
    with readable(path), pq.ParquetFile(path, page_checksum_verification=True) as file:
        sizes = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
        ends = np.cumsum(sizes)
        groups = np.unique(np.searchsorted(ends, rows, side="right"))
        kept = np.concatenate([np.arange(ends[one] - sizes[one], ends[one]) for one in groups])
        table = file.read_row_groups(groups.tolist(), columns=list(columns))
        return table.take(pa.array(np.searchsorted(kept, rows)))


def each_batch(path: Path, columns: Sequence[str], rows: int) -> Iterator[pa.RecordBatch]:
    """A part of a table, so many rows at a time; StoreError as of ``read_part``.

    Example: ``sum(batch.num_rows for batch in each_batch(path, ["severity"], 8192))``
    """
    with readable(path), pq.ParquetFile(path, page_checksum_verification=True) as file:
        yield from file.iter_batches(rows, columns=list(columns))


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """StoreError when what is read from a part fails in the block.

    Example: ``with readable(path): pq.read_table(path)``
    """
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise StoreError(
            f"{path} cannot be read ({error}); see what zhibiao snapshots verify says, then run zhibiao ingest again"
        ) from None


def by_document(table: pa.Table) -> dict[str, pa.Table]:
    """The rows of a part, by document: they become Python objects one document at a time.

    Example: ``by_document(read_part(path))["9f86d081884c7d65"].to_pylist()``
    """
    found: dict[str, pa.Table] = {}
    first = 0
    for doc_id, run in groupby(table["doc_id"].to_pylist()):
        rows = table.slice(first, sum(1 for _ in run))
        found[doc_id] = pa.concat_tables([found[doc_id], rows]) if doc_id in found else rows
        first += rows.num_rows
    return found


def rows_of(found: Mapping[str, pa.Table], doc_id: str) -> list[Mapping[str, Any]]:
    """The rows of one document of those, none where it has none.

    Example: ``rows_of(by_document(read_part(path)), "9f86d081884c7d65")[0]["text"]``
    """
    rows: list[Mapping[str, Any]] = found[doc_id].to_pylist() if doc_id in found else []
    return rows
