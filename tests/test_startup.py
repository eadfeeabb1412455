"""Quick commands stay quick: they import nothing heavy, and ``--help`` does not even read the lexicons."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "corpus" / "sample" / "yunchuan-health-2024h1.txt"
HEAVY = {"pandas", "prefect", "spacy", "duckdb", "trafilatura", "pyarrow", "numpy", "pydantic", "jieba", "lxml", "rich"}
ENGINE = {"extractors", "lexicons", "regex", "rjieba", "tomli"}

WATCH = """
import sys
from pipeline.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert not end.code, end.code
print("imported:", *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def environment(cache: Path) -> dict[str, str]:
    """Of a user: byte code is kept (here, in a folder of the test's own)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZHIBIAO_", "PYTHON"))}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(cache), "ZHIBIAO_SETTLE_SECONDS": "0"}


def imported(folder: Path, *arguments: str) -> set[str]:
    """The top-level modules in memory after a command."""
    command = [sys.executable, "-c", WATCH, *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=folder, env=environment(folder / "cache"), timeout=120, check=True
    )
    return set(done.stderr.rpartition("imported:")[2].split())


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "--help"], ["--version"]], ids=" ".join)
def test_help_imports_neither_the_engine_nor_anything_heavy(tmp_path: Path, arguments: list[str]) -> None:
    assert imported(tmp_path, *arguments) & (HEAVY | ENGINE) == set()


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_extract_imports_nothing_heavy(tmp_path: Path, format: str) -> None:
    found = imported(tmp_path, "extract", str(REPORT), "--format", format)
    assert "extractors" in found
    assert found & HEAVY == set()


@pytest.mark.parametrize("arguments", [["lexicons", "check"], ["lexicons", "explain", "早孕建卡率"]], ids=" ".join)
def test_lexicons_imports_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    assert imported(tmp_path, *arguments) & HEAVY == set()


def test_ingest_imports_no_more_than_it_needs(tmp_path: Path) -> None:
    (tmp_path / "报告").mkdir()
    shutil.copy(REPORT, tmp_path / "报告")
    found = imported(tmp_path, "ingest", "报告", "--no-prefect")
    assert "pyarrow" in found
    assert found & (HEAVY | {"asyncio"}) == {"pyarrow", "numpy", "pydantic", "rich"}


COMMAND = ["-m", "pipeline.cli"]
BARS = {
    "help": ([*COMMAND, "--help"], 0.2),
    "import": (["-c", "import json, pipeline.cli, pipeline.analyse, pipeline.readers"], 0.4),
    "extract": ([*COMMAND, "extract", str(REPORT)], 0.8),
}
"""What is promised of a quiet machine, in seconds."""
MARGIN = 1.6


@pytest.mark.slow
@pytest.mark.parametrize("name", BARS)
def test_seconds(tmp_path: Path, name: str) -> None:
    """The best of some calls in processor time, with a margin: machines differ, and this one may be busy."""
    arguments, seconds = BARS[name]
    taken = []
    for _ in range(5):
        before = os.times()
        command = [sys.executable, *arguments]
        subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment(tmp_path / "cache"), check=True)
        after = os.times()
        taken.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(taken) < seconds * MARGIN
