"""``zhibiao audit``: what it prints, filters, explains, accepts, and how it ends."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.store import read_table, required

from .conftest import Call


def lines(text: str) -> list[dict[str, object]]:
    """JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


def test_a_table_for_people(call: Call, sample_tables: Path) -> None:
    done = call("audit", sample_tables)
    assert done.returncode == 0
    assert "R02" in done.stdout
    assert "早孕建册率" in done.stdout
    assert "findings:" in done.stdout.splitlines()[-1]


def test_json_has_what_a_machine_needs(call: Call, sample_tables: Path) -> None:
    found = lines(call("audit", sample_tables, "--format", "json").stdout)
    assert [one["severity"] for one in found] == sorted(
        (one["severity"] for one in found), key="error warning info".find
    )
    one = next(one for one in found if one["check"] == "R02")
    assert (one["stated"], one["source_path"]) == (93.6, "yunchuan-health-2024h1.txt")
    assert round(float(str(one["expected"])), 2) == 88.98


def test_filters(call: Call, sample_tables: Path) -> None:
    def checks(*options: object) -> set[object]:
        found = lines(call("audit", sample_tables, "--format", "json", *options).stdout)
        return {(one["check"], one["severity"], one["source_path"]) for one in found}

    assert {check for check, _, _ in checks("--check", "R02", "--check", "A01")} == {"A01", "R02"}
    assert {severity for _, severity, _ in checks("--severity", "warning")} == {"error", "warning"}
    assert {path for _, _, path in checks("--document", "yunchuan")} == {"yunchuan-health-2024h1.txt"}
    assert {path for _, _, path in checks("--region", "云川县")} == {"yunchuan-health-2024h1.txt"}
    assert checks("--region", "没有的县") == set()


def test_csv_and_markdown(call: Call, sample_tables: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(call("audit", sample_tables, "--format", "csv").stdout)))
    assert {"finding_id", "message", "formula", "expected"} <= set(rows[0])
    page = call("audit", sample_tables, "--format", "markdown").stdout
    assert page.count("\n| ") == len(rows) + 1


def test_fail_on(call: Call, sample_tables: Path) -> None:
    assert call("audit", sample_tables, "--fail-on", "error").returncode == 1
    assert call("audit", sample_tables, "--check", "D03S", "--fail-on", "error").returncode == 0
    assert call("audit", sample_tables, "--check", "D03S", "--fail-on", "warning").returncode == 1


def test_all_is_read_of_one_snapshot(sample_tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that ends meanwhile puts another one in force."""
    found = [required(sample_tables)]
    monkeypatch.setattr("pipeline.store.required", lambda _: found.pop())
    id = read_table(found[0], "findings")["finding_id"][0].as_py()
    assert CliRunner().invoke(app, ["audit", str(sample_tables), "--explain", id]).exit_code == 0


def test_explain(call: Call, sample_tables: Path) -> None:
    (one,) = lines(call("audit", sample_tables, "--check", "R02", "--format", "json").stdout)
    said = call("audit", sample_tables, "--explain", str(one["finding_id"])[:8]).stdout
    assert "1058/1189×100=88.982%" in said
    assert "【93.6%】" in said
    assert "denominator" in said
    wrong = call("audit", sample_tables, "--explain", "zzzz")
    assert wrong.stderr.rstrip().endswith("see zhibiao audit --format json")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)


def test_a_baseline_leaves_only_what_is_new(call: Call, sample_tables: Path, tmp_path: Path) -> None:
    accepted = tmp_path / "accepted.txt"
    assert call("audit", sample_tables, "--severity", "error", "--accept", accepted).returncode == 0
    left = lines(call("audit", sample_tables, "--baseline", accepted, "--format", "json").stdout)
    assert left
    assert "error" not in {one["severity"] for one in left}
    assert call("audit", sample_tables, "--baseline", accepted, "--fail-on", "error").returncode == 0
    accepted.write_text("not an id\n", encoding="utf-8")
    done = call("audit", sample_tables, "--baseline", accepted)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "line 1" in done.stderr


def test_other_settings(call: Call, sample_tables: Path, tmp_path: Path) -> None:
    config = tmp_path / "audit.toml"
    config.write_text("[checks.R02]\nenabled = false\n[checks.T05]\nseverity = 'info'\n", encoding="utf-8")
    found = lines(call("audit", sample_tables, "--config", config, "--format", "json").stdout)
    by_check = {one["check"]: one["severity"] for one in found}
    assert "R02" not in by_check
    assert by_check["T05"] == "info"


def test_checks_are_listed(call: Call) -> None:
    said = call("audit", "--checks").stdout
    assert "A01" in said
    assert "合计与分项之和" in said


def test_without_tables(call: Call, tmp_path: Path) -> None:
    done = call("audit", tmp_path)
    assert (done.returncode, done.stderr) == (
        3,
        f"zhibiao: {tmp_path} has no tables yet; run zhibiao ingest --out {tmp_path}\n",
    )
