"""Columns are laid out by what is in them, and read as they were written."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.ingest import ingest
from pipeline.settings import load_settings
from pipeline.store import layout, read_table, required
from pipeline.store.layout import ENCODINGS, options
from pipeline.tables import GROUPED, SCHEMAS


def encodings(path: Path) -> dict[str, set[str]]:
    """The encodings of each column of a file."""
    about = pq.read_metadata(path).row_group(0)
    columns = (about.column(at) for at in range(about.num_columns))
    return {column.path_in_schema: set(column.encodings) for column in columns}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of a report in which something does not agree."""
    folder = tmp_path_factory.mktemp("layout")
    (folder / "报告").mkdir()
    report = "云川县2024年上半年工作总结\n早孕建册数1058例，活产数1189人，早孕建册率104.2%。\n"
    (folder / "报告" / "云川县.txt").write_text(report, encoding="utf-8")
    ingest(folder / "报告", folder / "out", load_settings())
    return required(folder / "out")


@pytest.mark.parametrize("name", GROUPED)
def test_the_tables_of_a_run_are_laid_out_by_column(snapshot: Path, name: str) -> None:
    for path in sorted((snapshot / name).glob("part-*.parquet")):
        found = encodings(path)
        chosen = options(SCHEMAS[name])["column_encoding"]
        assert {column: encoding for column, encoding in chosen.items() if encoding not in found[column]} == {}
        assert all("RLE_DICTIONARY" not in found[column] for column in chosen)
        assert found.keys() - chosen.keys() == set(options(SCHEMAS[name])["use_dictionary"])


def test_every_named_column_is_one_of_a_table() -> None:
    columns = {column for schema in SCHEMAS.values() for column in options(schema).get("column_encoding", {})}
    assert ENCODINGS.keys() - columns == {"series"}, "that of the keys"


def test_a_sentence_is_told_once_among_sentences_and_often_among_mentions() -> None:
    assert options(SCHEMAS["sentences"])["column_encoding"]["sentence_id"] == layout.LENGTHS_FIRST
    assert "sentence_id" in options(SCHEMAS["mentions"])["use_dictionary"]


def test_lists_and_structures_have_the_paths_of_parquet(tmp_path: Path, snapshot: Path) -> None:
    schema = SCHEMAS["documents"]
    found = {path for path in options(schema)["use_dictionary"] if path.startswith("places")}
    pq.write_table(read_table(snapshot, "documents"), tmp_path / "documents.parquet")
    assert found == {path for path in encodings(tmp_path / "documents.parquet") if path.startswith("places")}


def test_a_schema_without_such_columns_has_dictionaries_only() -> None:
    assert "column_encoding" not in options(pa.schema([("key", pa.uint64())]))
