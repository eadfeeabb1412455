"""Parquet files keep the exact schema, and the same rows give the same bytes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.store import read_table, table_of, write_part
from pipeline.tables import SCHEMAS

SENTENCES = [
    {
        "doc_id": "d",
        "sentence_id": f"{n:016x}",
        "char_start": n,
        "char_end": n + 1,
        "section": "一、投资",
        "tokens": ["全年", "投资", str(n)],
    }
    for n in range(500)
]


@pytest.mark.parametrize("name", SCHEMAS)
def test_an_empty_table_has_its_exact_schema(tmp_path: Path, name: str) -> None:
    write_part(tmp_path, name, table_of(name, []))
    assert read_table(tmp_path, name).schema.equals(SCHEMAS[name], check_metadata=True)
    assert pd.read_parquet(tmp_path / name).columns.tolist() == SCHEMAS[name].names


def test_bytes_do_not_depend_on_how_rows_came_together(tmp_path: Path) -> None:
    whole = table_of("sentences", SENTENCES)
    pieces = pa.concat_tables([table_of("sentences", SENTENCES[at : at + 7]) for at in range(0, 500, 7)])
    for name, table in (("whole", whole), ("pieces", pieces)):
        (tmp_path / name).mkdir()
        write_part(tmp_path / name, "sentences", table)
    first, second = ((tmp_path / name / "sentences" / "part-0.parquet").read_bytes() for name in ("whole", "pieces"))
    assert first == second


def test_files_are_compressed_with_zstd(tmp_path: Path) -> None:
    write_part(tmp_path, "sentences", table_of("sentences", SENTENCES))
    column = pq.read_metadata(tmp_path / "sentences" / "part-0.parquet").row_group(0).column(0)
    assert column.compression == "ZSTD"
