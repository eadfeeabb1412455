"""Exports are whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import StoreError, UsageError
from pipeline.export import Selection, Target, export, format_named


def listed(folder: Path) -> list[str]:
    """The names in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_gets_the_names_of_the_format(tmp_path: Path) -> None:
    (tmp_path / "别的.txt").write_text("留着", encoding="utf-8")
    with Target.at(str(tmp_path), "a.csv") as target:
        for name in (target.main, target.beside("structure.xml")):
            with target.text(name) as file:
                file.write("1")
        assert not (tmp_path / "a.csv").exists()
    assert listed(tmp_path) == ["a.csv", "structure.xml", "别的.txt"]
    assert target.written == [tmp_path / "a.csv", tmp_path / "structure.xml"]


def test_a_file_gives_its_name_to_what_lies_beside_it(tmp_path: Path) -> None:
    with Target.at(str(tmp_path / "gdp.csv"), "a.csv") as target:
        assert (target.main, target.beside("structure.xml")) == ("gdp.csv", "gdp-structure.xml")


@pytest.mark.parametrize("there", [True, False])
def test_a_failure_leaves_what_was_there(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "导出"
    if there:
        folder.mkdir()
        (folder / "a.csv").write_text("alt", encoding="utf-8")
    with pytest.raises(RuntimeError), Target.at(str(folder), "a.csv") as target, target.text("a.csv") as file:
        file.write("halb")
        raise RuntimeError
    assert folder.exists() is there
    assert not there or ((folder / "a.csv").read_text(encoding="utf-8"), listed(folder)) == ("alt", ["a.csv"])


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No space left"), Target.at(str(tmp_path / "导出"), "a.csv"):
        raise OSError(28, "No space left on device")
    assert listed(tmp_path) == []


def test_a_target_that_is_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="is not a folder"), Target.at(str(tmp_path / "a.txt"), "a.csv"):
        pass


@pytest.mark.parametrize("name", ["csv", "doccano", "jsonl", "label-studio", "sdmx", "xlsx"])
def test_the_same_rows_give_the_same_bytes(snapshot: Path, tmp_path: Path, name: str) -> None:
    made = [export(format_named(name), Selection(snapshot), str(tmp_path / one))[0] for one in ("一", "二")]
    first, second = ({path.name: path.read_bytes() for path in files} for files in made)
    assert first == second
    assert all(first.values())
