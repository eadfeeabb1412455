"""Rows are taken from a file in its order, some documents at a time, however its batches are cut."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import StoreError
from pipeline.ingest import cursor
from pipeline.ingest.cursor import Cursor

DOCUMENTS = ("a", "b", "c", "d", "e")
ROWS = {"a": 3, "b": 0, "c": 5, "d": 1, "e": 2}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Five documents, one of them without rows."""
    ids = [doc_id for doc_id in DOCUMENTS for _ in range(ROWS[doc_id])]
    pq.write_table(pa.table({"doc_id": ids, "number": list(range(len(ids)))}), tmp_path / "x", row_group_size=2)
    return tmp_path / "x"


def taken(found: Cursor, rank: int) -> str:
    """The documents of the rows up to a rank."""
    return "".join(id for table in found.rows_to(rank) for id in table["doc_id"].to_pylist())


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
@pytest.mark.parametrize("step", [1, 2, 3, 9])
def test_all_rows_in_steps(path: Path, batch: int, step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cursor, "ROWS_AT_ONCE", batch)
    found = Cursor(path, {doc_id: rank for rank, doc_id in enumerate(DOCUMENTS)})
    steps = [taken(found, rank) for rank in range(step, 5 + step, step)]
    assert steps == [
        "".join(id * ROWS[id] for id in DOCUMENTS[rank - step : rank]) for rank in range(step, 5 + step, step)
    ]
    found.close()


def test_documents_that_are_not_wanted_are_passed_over(path: Path) -> None:
    found = Cursor(path, {"c": 7, "e": 9})
    assert taken(found, 7) == ""
    assert taken(found, 9) == "ccccc"
    assert taken(found, 20) == "ee"


def test_another_order_is_an_error(path: Path) -> None:
    with pytest.raises(StoreError, match="out of order"):
        taken(Cursor(path, {"c": 0, "a": 1}), 2)
