"""A wrong digit in a figure of a relation that holds is found, on the sample and on real reports."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.settings import load_settings
from tests.audit.planted import plant

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"
FOUND = 0.95
"""Share of the planted faults that a finding has to name."""
BY_HAND = {"consistent": 0.71, "truncation_only": 1.0, "suspicious_explainable": 0.60}
"""Least shares of the relations that statisticians found in real reports and that the audit judges like them."""


def _share(paths: list[Path], times: int) -> float:
    found = [one.found for one in plant(paths, times, seed=3)]
    assert len(found) == times
    return sum(found) / times


@pytest.mark.slow
def test_faults_planted_in_the_sample_are_found() -> None:
    assert _share(sorted(SAMPLE.glob("*.txt")), 120) >= FOUND


@pytest.mark.slow
def test_faults_planted_in_real_reports_are_found(shared: Path) -> None:
    reports = sorted((shared / "corpus" / "reports").glob("*budget*.txt"))[:12]
    if not reports:
        pytest.skip("needs real reports in shared/corpus/reports beside the repository")
    assert _share(reports, 60) >= FOUND


@pytest.mark.slow
def test_relations_found_by_hand(shared: Path, tmp_path: Path) -> None:
    audit = shared / "audit"
    if not (audit / "score.py").is_file():
        pytest.skip("needs relations found by hand in shared/audit beside the repository")
    ingest(shared / "gold" / "dev", tmp_path / "outputs", load_settings())
    given = [
        audit / "score.py",
        audit / "relations.jsonl",
        tmp_path / "outputs" / "current",
        "--json",
        tmp_path / "s.json",
    ]
    done = subprocess.run([sys.executable, *map(str, given)], capture_output=True, text=True, check=True)
    assert "error-level findings on relations that hold: none" in done.stdout
    scores = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["by_verdict"]
    assert {kind: right for kind, (all_, _, right) in scores.items() if right < BY_HAND.get(kind, 0) * all_} == {}
