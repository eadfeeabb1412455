"""Snapshots are published whole or not at all, and readers never see a mixture."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import StoreError, UsageError
from pipeline.store import (
    ONLY_PART,
    clean,
    current,
    new_run_id,
    prune,
    publish,
    read_table,
    required,
    snapshot,
    snapshots,
    staging,
    table_of,
    write_part,
)
from pipeline.store.files import carry_part
from pipeline.tables import SCHEMAS

ROOT = Path(__file__).parents[3]
NIGHT = datetime(2023, 7, 11, 2, tzinfo=UTC)


def reject(path: str) -> dict[str, str | None]:
    """A row of the smallest table."""
    return {"source_path": path, "sha256": None, "reason": "empty", "message": "空文件"}


def put(out: Path, run_id: str, *paths: str) -> Path:
    """Publish a snapshot of rejects."""
    with staging(out, run_id) as folder:
        write_part(folder, "rejects", table_of("rejects", [reject(path) for path in paths]))
        return publish(out, folder)


def names(out: Path) -> list[str]:
    """Who is in the table in force, as any reader would see it."""
    return pd.read_parquet(out / "current" / "rejects").source_path.tolist()


def test_current_points_to_what_was_published(tmp_path: Path) -> None:
    assert current(tmp_path) is None
    first = put(tmp_path, "20230711T020000Z", "甲.txt")
    assert current(tmp_path) == first
    assert not Path(os.readlink(tmp_path / "current")).is_absolute()
    put(tmp_path, "20230712T020000Z", "甲.txt", "乙.txt")
    assert names(tmp_path) == ["甲.txt", "乙.txt"]
    assert read_table(first, "rejects").num_rows == 1


def test_readers_see_the_old_one_while_the_new_one_is_written(tmp_path: Path) -> None:
    put(tmp_path, "20230711T020000Z", "甲.txt")
    with staging(tmp_path, "20230712T020000Z") as folder:
        write_part(folder, "rejects", table_of("rejects", [reject("乙.txt")]))
        assert names(tmp_path) == ["甲.txt"]
        assert [path.name for path in snapshots(tmp_path)] == ["20230711T020000Z"]
        publish(tmp_path, folder)
    assert names(tmp_path) == ["乙.txt"]


def test_an_error_leaves_the_old_one_and_no_trace(tmp_path: Path) -> None:
    put(tmp_path, "20230711T020000Z", "甲.txt")
    with pytest.raises(OSError, match="No space left"), staging(tmp_path, "20230712T020000Z"):
        raise OSError(28, "No space left on device")
    assert names(tmp_path) == ["甲.txt"]
    assert [path.name for path in (tmp_path / "snapshots").iterdir()] == ["20230711T020000Z"]


def test_a_killed_run_leaves_the_old_one_and_is_cleaned_up_after(tmp_path: Path) -> None:
    put(tmp_path, "20230711T020000Z", "甲.txt")
    code = (
        "import os, signal, sys; from pathlib import Path; from pipeline.store import staging\n"
        "with staging(Path(sys.argv[1]), '20230712T020000Z') as folder:\n"
        "    (folder / 'rejects').mkdir(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=False).returncode == -9
    (tmp_path / ".current-4711").symlink_to("snapshots/20230712T020000Z")
    assert names(tmp_path) == ["甲.txt"]
    assert len(list((tmp_path / "snapshots").iterdir())) == 2
    clean(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current", "snapshots"]
    assert [path.name for path in (tmp_path / "snapshots").iterdir()] == ["20230711T020000Z"]


def test_the_oldest_are_pruned_but_never_the_one_in_force(tmp_path: Path) -> None:
    runs = [put(tmp_path, f"2023071{day}T020000Z", f"{day}.txt") for day in range(4)]
    assert prune(tmp_path, 3) == [runs[0].name]
    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to(Path("snapshots") / runs[1].name)
    assert prune(tmp_path, 1) == [runs[2].name]
    assert names(tmp_path) == ["1.txt"]
    assert snapshots(tmp_path) == [runs[1], runs[3]]


def test_run_ids_always_come_later(tmp_path: Path) -> None:
    assert new_run_id(tmp_path, NIGHT) == "20230711T020000Z"
    for _ in range(3):
        put(tmp_path, new_run_id(tmp_path, NIGHT))
    put(tmp_path, new_run_id(tmp_path, datetime(2020, 1, 1, tzinfo=UTC)))
    found = [path.name for path in snapshots(tmp_path)]
    assert found == ["20230711T020000Z", *(f"20230711T020000Z-000{n}" for n in (2, 3, 4))]
    assert current(tmp_path) == snapshots(tmp_path)[-1]


def test_something_else_called_current_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "current").mkdir()
    with pytest.raises(UsageError, match="is not a link made by zhibiao"):
        put(tmp_path, "20230711T020000Z")


def test_no_tables_yet(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="has no tables yet; run zhibiao ingest"):
        required(tmp_path)


def test_a_damaged_or_missing_table_is_named(tmp_path: Path) -> None:
    snapshot = put(tmp_path, "20230711T020000Z", "甲.txt")
    with pytest.raises(StoreError, match="has no table runs"):
        read_table(snapshot, "runs")
    (snapshot / "rejects" / "part-0.parquet").write_bytes(b"PAR1")
    with pytest.raises(StoreError, match=r"rejects/part-0.parquet cannot be read"):
        read_table(snapshot, "rejects")


def test_what_an_earlier_snapshot_has_is_not_flushed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = put(tmp_path, "20230711T020000Z", "甲.txt")
    flushed: list[Path] = []
    monkeypatch.setattr(snapshot, "_flush_one", flushed.append)
    with staging(tmp_path, "20230712T020000Z") as folder:
        carry_part(first, folder, "rejects", ONLY_PART, ONLY_PART)
        write_part(folder, "runs", SCHEMAS["runs"].empty_table())
        publish(tmp_path, folder)
        assert {folder / "runs" / ONLY_PART, folder / "runs", folder / "rejects", folder} <= set(flushed)
    assert folder / "rejects" / ONLY_PART not in flushed
