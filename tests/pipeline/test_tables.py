"""The tables have exactly the columns that are promised, and every column says what it is."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.tables import GROUPED, SCHEMAS, describe, markdown

COLUMNS = {
    "documents": "doc_id source_path sha256 bytes media_type encoding reader title issuer region region_code"
    " published period text duplicate_of figures_kept places",
    "sentences": "doc_id sentence_id char_start char_end section tokens",
    "mentions": "mention_id doc_id sentence_id char_start char_end text value value_max value_text decimals unit"
    " unit_text scale dimension comparator status measure basis indicator indicator_id qualifier entity entity_id"
    " entity_kind period period_start period_end period_text period_from part_of rule confidence",
    "indicators": "indicator_id name aliases unit numerator denominator multiplier plausible_min plausible_max"
    " direction definition source",
    "entities": "entity_id name short_names kind code parent",
    "relations": "relation_id check doc_id mention_ids roles formula stated expected difference verdict",
    "findings": "finding_id relation_id check severity doc_id mention_ids char_start char_end message formula"
    " expected stated tolerance",
    "rejects": "source_path sha256 reason message",
    "runs": "run_id started finished seconds corpus version engine_version lexicon_version segmenter documents new"
    " changed unchanged gone mentions rejects",
}
DOCS = Path(__file__).parents[2] / "docs" / "tables.md"


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_those_promised(name: str) -> None:
    assert " ".join(SCHEMAS[name].names) == COLUMNS[name]


def test_there_are_no_other_tables() -> None:
    assert list(SCHEMAS) == list(COLUMNS)
    assert set(GROUPED) < set(SCHEMAS)


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("documents", "bytes", pa.int64()),
        ("sentences", "tokens", pa.list_(pa.string())),
        ("mentions", "value", pa.float64()),
        ("mentions", "char_start", pa.int32()),
        ("mentions", "period_end", pa.date32()),
        ("relations", "roles", pa.list_(pa.string())),
        ("findings", "tolerance", pa.float64()),
        ("runs", "started", pa.timestamp("us", tz="UTC")),
    ],
)
def test_types(table: str, column: str, kind: pa.DataType) -> None:
    assert SCHEMAS[table].field(column).type == kind


@pytest.mark.parametrize("name", COLUMNS)
def test_every_table_and_column_is_described(name: str) -> None:
    assert describe(SCHEMAS[name])
    assert all(describe(field).endswith(".") for field in SCHEMAS[name])


def test_the_page_about_the_tables_is_up_to_date() -> None:
    assert DOCS.read_text(encoding="utf-8") == markdown(), "run python -m pipeline.tables > docs/tables.md"
