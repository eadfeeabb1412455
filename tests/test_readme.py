"""What README.md shows works: its code runs on the sample's tables, its lexicon entries load, its commands exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from lexicons import load

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("code", blocks("python"), ids=lambda code: code.split()[1])
def test_queries(
    code: str, sample_tables: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(sample_tables.parent)
    exec(compile(code, "README.md", "exec"), {})
    shown = capsys.readouterr().out
    assert "地区生产总值" in shown or "率" in shown


def test_lexicon_entries(tmp_path: Path) -> None:
    for block in blocks("toml"):
        (tmp_path / block.splitlines()[0].removeprefix("# ")).write_text(block, encoding="utf-8")
    (table,) = blocks("csv")
    (tmp_path / "regions.csv").write_text(table, encoding="utf-8")
    words = load(tmp_path)
    unit, place = words.units.lookup("筏船"), words.regions.resolve("云川", None)
    assert unit is not None
    assert (unit.name, words.units["平方米"].name) == ("筏船", "平方米")
    assert "绝不低于" in words.words("comparators.ge_before")
    assert place is not None
    assert (place.name, place.parent) == ("云川县", "640300")


def test_commands_exist() -> None:
    from pipeline.cli import app

    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    shown = {shlex.split(line)[0] for line in re.findall(r"(?:^    \$ |`)zhibiao ([a-z][^\n`]*)", TEXT, re.MULTILINE)}
    assert shown
    assert shown <= known


def test_the_tour_prints_what_it_says(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from pipeline.cli import main

    (said,) = re.findall(r"\$ echo (\S+) > 报告.txt", TEXT)
    (tmp_path / "报告.txt").write_text(said, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["extract", str(tmp_path / "报告.txt"), "--format", "table"])
    assert ended.value.code == 0
    shown = TEXT.partition("--format table\n")[2].partition("\n\nIn a pipe")[0]
    rows = [line.split() for line in shown.splitlines() if "盐池县" in line]
    assert rows == [line.split() for line in capsys.readouterr().out.splitlines() if "盐池县" in line]
