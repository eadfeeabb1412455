"""What can happen to an output folder: strange files, lost links, clocks, file systems that refuse."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import StoreError, UsageError
from pipeline.ingest import ingest
from pipeline.settings import load_settings
from pipeline.store import (
    current,
    new_run_id,
    prune,
    publish,
    ready,
    required,
    snapshots,
    staging,
    table_of,
    write_part,
)
from pipeline.store.snapshot import outdated, taken_at

NIGHT = datetime(2023, 7, 11, 2, tzinfo=UTC)


def put(out: Path, run_id: str) -> Path:
    """Publish a snapshot of an empty table."""
    with staging(out, run_id) as folder:
        write_part(folder, "rejects", table_of("rejects", []))
        return publish(out, folder)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """One report."""
    folder = tmp_path / "报告"
    folder.mkdir()
    (folder / "云川县.txt").write_text("云川县2024年工作总结\n\n全年完成投资3.2亿元。", encoding="utf-8")
    return folder


class TestNames:
    def test_two_runs_in_one_second(self, tmp_path: Path) -> None:
        first = put(tmp_path, new_run_id(tmp_path, NIGHT))
        second = put(tmp_path, new_run_id(tmp_path, NIGHT))
        assert (first.name, second.name) == ("20230711T020000Z", "20230711T020000Z-0002")
        assert current(tmp_path) == second

    def test_a_clock_put_back(self, tmp_path: Path) -> None:
        put(tmp_path, new_run_id(tmp_path, NIGHT))
        for _ in range(3):
            put(tmp_path, new_run_id(tmp_path, NIGHT - timedelta(days=900)))
        assert current(tmp_path) == snapshots(tmp_path)[-1]
        assert new_run_id(tmp_path, NIGHT + timedelta(seconds=1)) == "20230711T020001Z"

    def test_ten_thousand_runs_with_a_clock_that_stands(self, tmp_path: Path) -> None:
        for number in ("-9999", "-10000"):
            put(tmp_path, f"20230711T020000Z{number}")
        assert snapshots(tmp_path)[-1].name == "20230711T020000Z-10000"
        assert new_run_id(tmp_path, NIGHT) == "20230711T020000Z-10001"

    def test_a_name_that_something_else_has(self, tmp_path: Path) -> None:
        (tmp_path / "snapshots").mkdir()
        (tmp_path / "snapshots" / "20230711T020000Z").write_text("a file")
        assert put(tmp_path, new_run_id(tmp_path, NIGHT)).name == "20230711T020000Z-0002"


class TestForeignFiles:
    def test_are_no_snapshots_and_stay(self, tmp_path: Path) -> None:
        put(tmp_path, "20230711T020000Z")
        folder = tmp_path / "snapshots"
        (folder / "读我.txt").write_text("mine")
        (folder / "zzz").mkdir()
        (folder / "20990101T000000Z").write_text("a file")
        (folder / "20990101T000001Z").symlink_to("20230711T020000Z")
        assert [path.name for path in snapshots(tmp_path)] == ["20230711T020000Z"]
        put(tmp_path, new_run_id(tmp_path, NIGHT))
        assert prune(tmp_path, 1) == ["20230711T020000Z"]
        ready(tmp_path)
        assert sorted(path.name for path in folder.iterdir()) == [
            "20230711T020000Z-0002",
            "20990101T000000Z",
            "20990101T000001Z",
            "zzz",
            "读我.txt",
        ]


class TestAge:
    def test_is_that_of_the_name(self, tmp_path: Path) -> None:
        for day in range(1, 6):
            os.utime(put(tmp_path, f"2023071{day}T020000Z"), (0, 0))
        now = datetime(2023, 7, 15, 3, tzinfo=UTC)
        assert prune(tmp_path, 7, days=3, now=now) == ["20230711T020000Z", "20230712T020000Z"]
        assert prune(tmp_path, 2, days=30, now=now) == ["20230713T020000Z"]

    def test_a_clock_put_back_removes_nothing(self, tmp_path: Path) -> None:
        for day in range(1, 6):
            put(tmp_path, f"2023071{day}T020000Z")
        assert prune(tmp_path, 7, days=3, now=NIGHT - timedelta(days=900)) == []

    def test_the_one_in_force_stays(self, tmp_path: Path) -> None:
        put(tmp_path, "20230711T020000Z")
        assert prune(tmp_path, 7, days=1, now=NIGHT + timedelta(days=900)) == []
        assert outdated(tmp_path, None, NIGHT + timedelta(days=1)) == []

    def test_a_date_that_is_none_is_never_old(self) -> None:
        assert taken_at("20231399T020000Z-0002") == datetime.max.replace(tzinfo=UTC)
        assert taken_at("20230711T020000Z-0002") == NIGHT

    def test_an_age_before_all_calendars_is_refused_before_anything_is_read(self) -> None:
        with pytest.raises(UsageError, match="keep_days"):
            load_settings(keep_days=1_000_000)

    def test_the_setting(self, corpus: Path, tmp_path: Path) -> None:
        out = tmp_path / "输出"
        first = ingest(corpus, out, load_settings()).snapshot
        first.rename(first.with_name("20200101T000000Z"))
        (out / "current").unlink()
        (corpus / "新.txt").write_text("全年罚款1200元。", encoding="utf-8")
        assert ingest(corpus, out, load_settings()).new == 1
        assert len(snapshots(out)) == 2
        (corpus / "又.txt").write_text("全年罚款1300元。", encoding="utf-8")
        ingest(corpus, out, load_settings(keep_days=30))
        assert len(snapshots(out)) == 2
        assert "20200101T000000Z" not in [path.name for path in snapshots(out)]


class TestTheLink:
    def test_removed_by_hand_it_is_made_again(self, corpus: Path, tmp_path: Path) -> None:
        """Nothing is read anew, no run forgotten, and the tables are there again though nothing changed."""
        out = tmp_path / "输出"
        first = ingest(corpus, out, load_settings()).snapshot
        (out / "current").unlink()
        again = ingest(corpus, out, load_settings())
        assert (again.published, again.unchanged, required(out)) == (False, 1, first)

    def test_that_leads_nowhere_it_is_made_again(self, corpus: Path, tmp_path: Path) -> None:
        out = tmp_path / "输出"
        ingest(corpus, out, load_settings())
        (out / "current").unlink()
        (out / "current").symlink_to("snapshots/20230711T020000Z")
        assert current(out) is None
        assert not ingest(corpus, out, load_settings()).published
        assert required(out) == snapshots(out)[-1]

    def test_a_copy_in_its_place_is_refused_before_anything_is_read(
        self, corpus: Path, tmp_path: Path, monkeypatch: Any
    ) -> None:
        """As a copy without links makes it."""
        from pipeline.ingest import run

        out = tmp_path / "输出"
        (out / "current" / "mentions").mkdir(parents=True)
        monkeypatch.setattr(run, "discover", lambda *given: pytest.fail("the corpus was looked through"))
        with pytest.raises(UsageError, match="is not a link made by zhibiao; move it away"):
            ingest(corpus, out, load_settings())
        assert (out / "current" / "mentions").is_dir()

    def test_a_file_system_without_links(self, corpus: Path, tmp_path: Path, monkeypatch: Any) -> None:
        from pipeline.ingest import run

        monkeypatch.setattr(Path, "symlink_to", refusing(errno.EPERM))
        monkeypatch.setattr(run, "discover", lambda *given: pytest.fail("the corpus was looked through"))
        with pytest.raises(StoreError, match=r"takes no symbolic links .*choose an --out on a file system that has"):
            ingest(corpus, tmp_path / "输出", load_settings())

    @pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EROFS, errno.EACCES])
    def test_a_full_or_read_only_folder_is_called_so(
        self, corpus: Path, tmp_path: Path, monkeypatch: Any, reason: int
    ) -> None:
        monkeypatch.setattr(Path, "symlink_to", refusing(reason))
        with pytest.raises(StoreError, match=os.strerror(reason)) as error:
            ingest(corpus, tmp_path / "输出", load_settings())
        assert "nothing was published" in error.value.message


def refusing(number: int) -> Callable[..., None]:
    """A call that the file system refuses."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks Linux which file a handle is of")
def test_everything_is_on_the_disk_before_the_link_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a power cut the link must not lead to files that are not there: files, folders, rename, link, in order."""
    done: list[str] = []
    flush, rename, replace = os.fsync, os.rename, os.replace

    def flushed(handle: int) -> None:
        done.append(Path(os.readlink(f"/proc/self/fd/{handle}")).name)
        flush(handle)

    def renamed(old: Path, new: Path) -> None:
        done.append("rename")
        rename(old, new)

    def replaced(old: Path, new: Path) -> None:
        done.append("replace")
        replace(old, new)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(os, "rename", renamed)
    monkeypatch.setattr(os, "replace", replaced)
    put(tmp_path, "20230711T020000Z")
    before, after = done[: done.index("rename")], done[done.index("rename") + 1 :]
    assert {"part-0.parquet", "rejects", ".staging-20230711T020000Z"} <= set(before)
    assert after == ["snapshots", "replace", tmp_path.name]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks Linux which file a handle is of")
def test_folders_that_cannot_be_flushed_are_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network file systems refuse it."""
    flush = os.fsync

    def refuse(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):
            raise OSError(errno.EINVAL, "Invalid argument")
        flush(handle)

    monkeypatch.setattr(os, "fsync", refuse)
    assert current(tmp_path) != put(tmp_path, "20230711T020000Z")
    assert current(tmp_path) == snapshots(tmp_path)[0]


def test_the_output_on_another_file_system_than_the_temporary_files(
    corpus: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    """Everything is made inside the output folder: nothing has to be moved between file systems."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "没有"))
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", None)
    made = tempfile.mkdtemp

    def inside(suffix: Any = None, prefix: Any = None, dir: Any = None) -> str:
        assert dir and Path(dir).is_relative_to(tmp_path / "输出")
        return made(suffix, prefix, dir)

    monkeypatch.setattr(tempfile, "mkdtemp", inside)
    assert ingest(corpus, tmp_path / "输出", load_settings()).new == 1


def test_leftovers_of_a_killed_run_are_removed(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "输出"
    snapshot = ingest(corpus, out, load_settings()).snapshot
    for name in (".staging-20230711T020000Z", ".staging-20230711T020000Z.work", ".doomed-20200101T000000Z"):
        (out / "snapshots" / name / "mentions").mkdir(parents=True)
    (snapshot / "_manifest.parquet.new").write_bytes(b"PAR1")
    (out / ".current-4711").symlink_to("snapshots/20230711T020000Z")
    assert not ingest(corpus, out, load_settings()).published
    assert sorted(path.name for path in out.iterdir()) == [".lock", "current", "snapshots"]
    assert list((out / "snapshots").iterdir()) == [snapshot]
    assert not list(snapshot.glob("*.new"))
