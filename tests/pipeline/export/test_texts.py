"""CSV and JSON lines: every value comes back, and none can do harm."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.errors import UsageError
from pipeline.export import Filter, Selection, export, format_named
from pipeline.export.cells import printable
from pipeline.tables import SCHEMAS

from .conftest import FORMULA, LONG, TEXT, mentions


def lines(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class TestCsv:
    def test_every_table_is_a_file_with_its_columns(self, snapshot: Path, tmp_path: Path) -> None:
        files, notes = export(format_named("csv"), Selection(snapshot), str(tmp_path))
        assert ([path.name for path in files], notes) == (
            [*(f"{name}.csv" for name in SCHEMAS), "datapackage.json"],
            [],
        )
        for name, schema in SCHEMAS.items():
            assert list(lines(tmp_path / f"{name}.csv")[0]) == schema.names

    def test_numbers_come_back_and_formulas_do_not_run(self, snapshot: Path, tmp_path: Path) -> None:
        export(format_named("csv"), Selection(snapshot), str(tmp_path))
        found = lines(tmp_path / "mentions.csv")
        assert [float(row["value"]) for row in found] == [row["value"] for row in mentions()]
        assert [row["comparator"] for row in found][:3] == ["=", "=", ">="]
        assert (found[4]["indicator"], found[4]["text"]) == (f"'{FORMULA}", "'-3元")
        assert (found[5]["indicator"], found[6]["indicator"]) == ("第一行\n第二行", LONG)
        documents = lines(tmp_path / "documents.csv")
        assert (documents[1]["source_path"], documents[1]["title"]) == ("'+云川.txt", f"'{FORMULA}")
        assert documents[0]["text"] == TEXT.replace("\x00", "\ufffd")

    def test_lists_are_json(self, snapshot: Path, tmp_path: Path) -> None:
        export(format_named("csv"), Selection(snapshot), str(tmp_path / "s.csv"), ["sentences"])
        assert json.loads(lines(tmp_path / "s.csv")[0]["tokens"]) == ["收入", '"引号"']

    def test_pandas_reads_it(self, snapshot: Path, tmp_path: Path) -> None:
        export(format_named("csv"), Selection(snapshot, Filter(status="target")), str(tmp_path / "目标.csv"), bom=True)
        frame = pd.read_csv(tmp_path / "目标.csv", dtype={"entity_id": str})
        assert frame[["entity_id", "value", "unit"]].to_numpy().tolist() == [["640323", 600_000.0, "元"]]
        assert (tmp_path / "目标.csv").read_bytes().startswith(b"\xef\xbb\xbfmention_id")


def test_lines_end_in_one_way_and_offsets_stay() -> None:
    assert printable("甲\r\n乙\r丙") == "甲 \n乙\n丙"


class TestJsonLines:
    def test_every_row_comes_back_as_it_was(self, snapshot: Path, tmp_path: Path) -> None:
        files, _ = export(format_named("jsonl"), Selection(snapshot), str(tmp_path))
        assert len(files) == len(SCHEMAS)
        found = [json.loads(line) for line in (tmp_path / "mentions.jsonl").read_text(encoding="utf-8").splitlines()]
        assert [(row["value"], row["value_max"], row["indicator"]) for row in found] == [
            (row["value"], row.get("value_max"), row["indicator"]) for row in mentions()
        ]
        assert found[0]["period_end"] == "2023-06-30"
        run = json.loads((tmp_path / "runs.jsonl").read_text(encoding="utf-8"))
        assert (run["started"], run["seconds"]) == ("2023-07-11T02:00:00Z", 1.5)


@pytest.mark.parametrize(
    ("format", "tables", "to", "said"),
    [
        ("csv", ["nothing"], "x", "no such table"),
        ("csv", ["mentions", "findings"], "x.csv", "several tables are several files"),
        ("sdmx", ["mentions"], "x", "no choice of tables"),
        ("xlsx", [], "-", "cannot go to standard output"),
    ],
)
def test_what_a_format_cannot_do_is_said(
    snapshot: Path, tmp_path: Path, format: str, tables: list[Any], to: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        export(format_named(format), Selection(snapshot), to if to == "-" else str(tmp_path / to), tables)
    assert not list(tmp_path.iterdir())
