"""datapackage.json: valid by the specification, and true of the tables it lies beside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from frictionless import Package, validate
from frictionless.system import system

from pipeline.datapackage import ENUMS, FILE, FOREIGN_KEYS, PRIMARY_KEYS
from pipeline.export import Filter, Selection, export, format_named
from pipeline.store import required
from pipeline.tables import SCHEMAS, describe
from pipeline.titles import title, titles


def problems(folder: Path) -> list[str]:
    """What frictionless says of a package and the data in it."""
    with system.use_context(trusted=True):
        report = validate(str(folder / FILE))
    found = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    return [error.message for error in found]


@pytest.mark.parametrize("wanted", [Filter(), Filter(measure="level", indicators=("税收",))], ids=["whole", "chosen"])
def test_the_csv_files_are_as_described(snapshot: Path, tmp_path: Path, wanted: Filter) -> None:
    export(format_named("csv"), Selection(snapshot, wanted), str(tmp_path))
    assert problems(tmp_path) == []


def test_frictionless_would_find_a_wrong_cell(snapshot: Path, tmp_path: Path) -> None:
    export(format_named("csv"), Selection(snapshot), str(tmp_path))
    path = tmp_path / "mentions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",actual,", ",maybe,"), encoding="utf-8")
    assert "maybe" in problems(tmp_path)[0]


@pytest.mark.slow
def test_the_sample_as_csv_is_as_described(sample_tables: Path, tmp_path: Path) -> None:
    export(format_named("csv"), Selection(required(sample_tables)), str(tmp_path))
    assert problems(tmp_path) == []


def test_beside_a_snapshot_it_names_every_part_file(sample_tables: Path) -> None:
    snapshot = required(sample_tables)
    described = json.loads((snapshot / FILE).read_text(encoding="utf-8"))
    assert [error.message for error in Package.validate_descriptor(described).errors] == []
    paths = [one["path"] for one in described["resources"]]
    listed = {path for one in paths for path in ([one] if isinstance(one, str) else one)}
    assert listed == {path.relative_to(snapshot).as_posix() for name in SCHEMAS for path in (snapshot / name).iterdir()}
    assert str(sample_tables) not in json.dumps(described)


def test_it_says_of_every_column_what_the_schema_says(sample_tables: Path) -> None:
    described = json.loads((required(sample_tables) / FILE).read_text(encoding="utf-8"))
    for one in described["resources"]:
        fields = {field["name"]: field for field in one["schema"]["fields"]}
        assert list(fields) == SCHEMAS[one["name"]].names
        for field in SCHEMAS[one["name"]]:
            assert fields[field.name]["description"] == describe(field)
            assert fields[field.name]["title"] == title(one["name"], field.name)
    mentions = described["resources"][list(SCHEMAS).index("mentions")]["schema"]
    assert mentions["primaryKey"] == ["mention_id"]
    assert {"fields": ["doc_id"], "reference": {"resource": "documents", "fields": ["doc_id"]}} in mentions[
        "foreignKeys"
    ]


def test_keys_values_and_names_are_those_of_columns() -> None:
    for table, column in PRIMARY_KEYS.items():
        assert column in SCHEMAS[table].names
    for table, keys in FOREIGN_KEYS.items():
        assert set(keys) < set(SCHEMAS[table].names)
    assert all(column in SCHEMAS[table].names for table, column in ENUMS)
    assert {name: list(titles()[name]) for name in SCHEMAS} == {name: one.names for name, one in SCHEMAS.items()}
    for table, meanings in titles()["meanings"].items():
        assert [name for name in SCHEMAS[table].names if name not in meanings] in ([], ["text", "places"])
    for (_, column), values in ENUMS.items():
        assert set(titles()["values"].get(column, values)) == set(values)
