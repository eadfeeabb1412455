"""Rows are taken from a file by document, however its blocks are cut."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import StoreError
from pipeline.ingest.blocks import SHARD, Blocks

DOCUMENTS = ("a", "b", "c", "d", "e")
ROWS = {"a": 3, "b": 0, "c": 5, "d": 1, "e": 2}


@pytest.fixture(params=[1, 2, 3, 100])
def block(request: pytest.FixtureRequest) -> int:
    """How many rows a block has."""
    return int(request.param)


@pytest.fixture(params=[SHARD, ".parquet"])
def path(request: pytest.FixtureRequest, tmp_path: Path, block: int) -> Path:
    """Five documents, one of them without rows, in a shard's file and in a part."""
    ids = [doc_id for doc_id in DOCUMENTS for _ in range(ROWS[doc_id])]
    table, path = pa.table({"doc_id": ids, "number": range(len(ids))}), tmp_path / f"x{request.param}"
    if path.suffix == SHARD:
        with pa.ipc.new_file(str(path), table.schema) as file:
            file.write_table(table, max_chunksize=block)
    else:
        pq.write_table(table, path, row_group_size=block)
    return path


def taken(found: Blocks, ids: str) -> str:
    """The documents of the rows that are given for some."""
    return "".join(id for table in found.of([*ids]) for id in table["doc_id"].to_pylist())


@pytest.mark.parametrize("steps", ["abcde", "a bcde", "ab c de", "ce", "b", "x c", "e a"])
def test_rows_in_the_order_that_is_asked_for(path: Path, steps: str) -> None:
    found = Blocks(path)
    assert [taken(found, ids) for ids in steps.split()] == [
        "".join(id * ROWS.get(id, 0) for id in ids) for ids in steps.split()
    ]
    found.close()


def test_documents_of_one_block_that_follow_each_other_are_one_table(path: Path, block: int) -> None:
    assert len([*Blocks(path).of("abcde")]) == -(-sum(ROWS.values()) // block)


def test_damage_is_told(tmp_path: Path) -> None:
    told: list[bool] = []
    (tmp_path / "x.parquet").write_bytes(b"PAR1")
    with pytest.raises(StoreError, match="cannot be read"):
        Blocks(tmp_path / "x.parquet", lambda: told.append(True))
    assert told == [True]
