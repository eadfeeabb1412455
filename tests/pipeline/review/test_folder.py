"""A folder of pages is replaced whole, by one run at a time, wherever it lies."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from pipeline.errors import LockedError, StoreError
from pipeline.review.folder import replaced


def put(folder: Path, words: str) -> None:
    with replaced(folder) as (_, fresh):
        (fresh / "index.html").write_text(words, encoding="utf-8")


def test_one_run_at_a_time(tmp_path: Path) -> None:
    folder = tmp_path / "核对"
    with replaced(folder) as (_, fresh):
        (fresh / "index.html").write_text("先", encoding="utf-8")
        with pytest.raises(LockedError, match="another run"):
            put(folder, "后")
    assert (folder / "index.html").read_text(encoding="utf-8") == "先"
    put(folder, "后")
    assert (folder / "index.html").read_text(encoding="utf-8") == "后"
    assert [path.name for path in tmp_path.iterdir()] == ["核对"]


def test_what_a_killed_run_has_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".核对.new" / "reports").mkdir(parents=True)
    (tmp_path / ".核对.new" / "reports" / "旧.html").write_text("半", encoding="utf-8")
    put(tmp_path / "核对", "新")
    assert sorted(path.name for path in (tmp_path / "核对").iterdir()) == [".zhibiao-review", "index.html"]


def test_an_interrupted_run_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), replaced(tmp_path / "核对"):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be written .*No space left.*--to"), replaced(tmp_path / "核对"):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "核对").mkdir()
    monkeypatch.chdir(tmp_path / "核对")
    put(Path("."), "新")
    assert (tmp_path / "核对" / "index.html").exists()


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "大盘").mkdir()
    (tmp_path / "核对").symlink_to(tmp_path / "大盘")
    put(tmp_path / "核对", "新")
    assert (tmp_path / "核对").is_symlink() and (tmp_path / "大盘" / "index.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["大盘", "核对"]
