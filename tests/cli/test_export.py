"""``zhibiao export`` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.export import names


def run(*arguments: str) -> int:
    """The exit code of a command line."""
    with pytest.raises(SystemExit) as ended:
        main(["export", *arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_it_prints_the_files_it_wrote(
    sample_tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("jsonl", str(sample_tables), "--table", "findings", "--table", "rejects") == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines() == ["exports/jsonl/findings.jsonl", "exports/jsonl/rejects.jsonl"]
    assert shown.err == ""
    assert all(Path(line).is_file() for line in shown.out.splitlines())


def test_filters_and_standard_output(sample_tables: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = ("--status", "target", "--year", "2025", "--document", "chengyang", "--indicator", "城镇登记失业率")
    assert run("jsonl", str(sample_tables), "--to", "-", *chosen) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(row["status"], row["period"][-4:], row["indicator"]) for row in rows} == {
        ("target", "2025", "城镇登记失业率")
    }


def test_nothing_that_fits_is_said(sample_tables: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("csv", str(sample_tables), "--to", "-", "--indicator", "没有这个指标") == 0
    shown = capsys.readouterr()
    assert (shown.out.count("\n"), shown.err) == (1, "zhibiao: no figure fits what was asked for\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["csv", "没有"], "没有 has no tables yet"),
        (["csv", "{out}", "--table", "figures"], "--table figures: no such table"),
        (["csv", "{out}", "--region", "没有县"], "--region 没有县"),
        (["xlsx", "{out}", "--to", "-"], "standard output"),
        (["csv", "{out}", "--snapshot", "19990101"], "no snapshot of this name"),
    ],
)
def test_mistakes_are_one_line(
    sample_tables: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*(one.replace("{out}", str(sample_tables)) for one in arguments)) in (2, 3)
    shown = capsys.readouterr().err
    assert shown.startswith("zhibiao: ")
    assert said in shown
    assert shown.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_the_help_names_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in names())
