"""``zhibiao ingest`` and, on its tables, ``zhibiao evaluate``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Call


@pytest.fixture
def corpus(report: Path, tmp_path: Path) -> Path:
    """A folder of one good and one bad file."""
    folder = tmp_path / "报告"
    folder.mkdir()
    report.rename(folder / report.name)
    (folder / "空.txt").write_bytes(b"")
    return folder


def test_tables_for_people(call: Call, corpus: Path) -> None:
    done = call("ingest", corpus, "--no-prefect")
    assert done.returncode == 0, done.stderr
    assert "1 documents: 1 new" in done.stdout
    assert "2 mentions" in done.stdout
    assert "云川县.txt" in done.stdout
    assert "empty" in done.stdout
    assert "3.8万元" in done.stdout
    assert "outputs/snapshots/" in done.stdout


def test_json_and_the_second_run(call: Call, corpus: Path) -> None:
    first = json.loads(call("ingest", corpus, "--no-prefect", "--json", "--out", "表").stdout)
    second = json.loads(call("ingest", corpus, "--no-prefect", "--json", "--out", "表").stdout)
    assert (first["published"], first["new"], first["mentions"]) == (True, 1, 2)
    assert (second["published"], second["unchanged"]) == (False, 1)
    assert first["rejects"] == {"empty": 1}


def test_strict(call: Call, corpus: Path) -> None:
    assert call("ingest", corpus, "--no-prefect", "--strict").returncode == 1


WRONG = "云川县2024年工作总结\n\n1—6月，全县活产数1189人，早孕建册数1058例，早孕建册率93.6%。"


def test_new_findings_fail_once(call: Call, corpus: Path) -> None:
    (corpus / "错.txt").write_text(WRONG, encoding="utf-8")
    night = ("ingest", corpus, "--no-prefect", "--json", "--fail-on", "error")
    first, second = call(*night), call(*night)
    found = json.loads(first.stdout)["new_findings"]
    assert first.returncode == 1 and found["error"]
    assert first.stderr == f"zhibiao: {found['error']} new findings at or above error (--fail-on error)\n"
    assert (second.returncode, second.stderr) == (0, "")


def test_less_severe_findings_do_not_fail(call: Call, corpus: Path) -> None:
    done = call("ingest", corpus, "--no-prefect", "--fail-on", "info", "--strict", "--log", "json")
    assert done.returncode == 1
    *told, last = done.stderr.splitlines()
    assert last == "zhibiao: 1 files rejected (--strict)"
    assert {json.loads(line)["event"] for line in told} >= {"started", "finished"}


def test_a_dry_run_makes_nothing(call: Call, corpus: Path, tmp_path: Path) -> None:
    done = call("ingest", corpus, "--dry-run", "--json")
    assert json.loads(done.stdout)["new"] == ["云川县.txt", "空.txt"]
    shown = call("ingest", corpus, "--dry-run").stdout
    assert shown.splitlines()[0] == "new: 云川县.txt"
    assert not (tmp_path / "outputs").exists()


def test_an_empty_folder(call: Call, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    done = call("ingest", "空", "--no-prefect")
    assert done.returncode == 0, done.stderr
    assert "0 mentions" in done.stdout


@pytest.mark.slow
def test_with_prefect(call: Call, corpus: Path) -> None:
    done = call("ingest", corpus, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["mentions"] == 2


def test_evaluate(call: Call, corpus: Path, tmp_path: Path) -> None:
    call("ingest", corpus, "--no-prefect")
    text = (corpus / "云川县.txt").read_text(encoding="utf-8")
    start = text.index("3.8万元")
    row = {
        "start": start,
        "end": start + 5,
        "text": "3.8万元",
        "value": 38000.0,
        "unit": "元",
        "comparator": "=",
        "indicator_core": ["罚款"],
        "indicator_full": "罚款",
        "entity": "云川县",
        "period": "2023",
        "status": "actual",
        "measure": "level",
    }
    gold = tmp_path / "金标"
    gold.mkdir()
    for name in ("云川县", "石桥县"):
        (gold / f"{name}.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    done = call("evaluate", gold, "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["documents"]["云川县"]["detected"]["r"] == 1.0
    assert figures["absent"] == ["石桥县"]
    assert "石桥县" in done.stderr
    shown = call("evaluate", gold, "outputs", "--errors", "2").stdout
    assert "by rule" in shown
    assert "missed: 1" in shown
    assert "【40户次】" in shown


def test_evaluate_without_tables(call: Call, tmp_path: Path) -> None:
    (tmp_path / "云川县.jsonl").write_text("", encoding="utf-8")
    done = call("evaluate", tmp_path)
    assert done.returncode == 3
    assert "run zhibiao ingest" in done.stderr
