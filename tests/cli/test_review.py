"""``zhibiao review``: where the pages go, what is said, what is wrong usage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import StoreError, UsageError
from pipeline.ingest import ingest
from pipeline.settings import load_settings


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of two reports."""
    folder = tmp_path_factory.mktemp("核对")
    (folder / "报告").mkdir()
    for name, text in (("教育", "全县小学共12所。"), ("财政", "全年罚款3.8万元。")):
        (folder / "报告" / f"{name}.txt").write_text(f"云川县2024年工作总结\n\n{text}\n", encoding="utf-8")
    ingest(folder / "报告", folder / "输出", load_settings())
    return folder / "输出"


def review(*arguments: object) -> Any:
    """The command, in this process."""
    return CliRunner().invoke(app, ["review", *map(str, arguments)])


def test_pages_stand_beside_the_tables(out: Path) -> None:
    said = json.loads(review(out, "--json").stdout)
    folder = out / "review"
    assert said == {
        "folder": str(folder),
        "index": str(folder / "index.html"),
        "reports": 2,
        "changed": 2,
        "removed": 0,
        "without": 0,
    }
    assert len(list((folder / "reports").glob("*.html"))) == 2
    assert review(out).stdout.startswith("2 reports, 0 pages new or changed; open ")


def test_some_reports_and_another_folder(out: Path, tmp_path: Path) -> None:
    assert review(out, "--to", tmp_path / "页", "--document", "教育").stdout.startswith("1 reports, 1 pages")
    assert len(list((tmp_path / "页" / "reports").iterdir())) == 1


def test_open_shows_the_index(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr("typer.launch", shown.append)
    review(out, "--document", "教育", "--open")
    assert shown == [(out / "review" / "index.html").resolve().as_uri()]


def test_wrong_usage_says_what_to_do(out: Path, tmp_path: Path) -> None:
    nothing, missing = review(out, "--document", "没有").exception, review(tmp_path).exception
    assert isinstance(nothing, UsageError) and "no report is chosen" in nothing.message
    assert isinstance(missing, StoreError) and "run zhibiao ingest" in missing.message
