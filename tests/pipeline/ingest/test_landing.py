"""A folder that files are still being copied into: half of a file is never read."""

from __future__ import annotations

import os
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import Summary, earlier, landing, process
from pipeline.sources import Found, SourceError, State
from pipeline.store import read_manifest, read_table, required

Run = Callable[..., Summary]
WHOLE = "云川县2025年工作总结\n\n全年完成投资3.2亿元，同比增长5.6%。"


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses a run makes, none of which takes time."""
    made: list[float] = []
    monkeypatch.setattr(landing.time, "sleep", made.append)
    return made


def during_the_pause(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen while a run waits."""
    monkeypatch.setattr(landing.time, "sleep", lambda seconds: happens())


def texts(out: Path) -> dict[str, str]:
    """The texts in force by path."""
    return {row["source_path"]: row["text"] for row in read_table(required(out), "documents").to_pylist()}


def aged(path: Path, seconds: float) -> None:
    """Let a file be so old."""
    then = time.time_ns() - int(seconds * 10**9)
    os.utime(path, ns=(then, then))


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let so much time have passed since files came."""
    now = time.time_ns
    monkeypatch.setattr(landing.time, "time_ns", lambda: now() + int(seconds * 10**9))


def test_one_short_pause_for_all_young_files(
    run: Run, corpus: Path, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, 1)
    assert run(settle_seconds=20).documents == 3
    (pause,) = pauses
    assert 0 < pause <= 19
    pauses.clear()
    run(settle_seconds=20)
    run(settle_seconds=20)
    assert not pauses, "what was read already is not waited for, however young"


@pytest.mark.parametrize("seconds", [-86_400, -30, 3, 10**9])
def test_no_pause_for_old_files_nor_for_those_of_a_wrong_clock(
    run: Run, corpus: Path, pauses: list[float], monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    for path in corpus.rglob("*.txt"):
        aged(path, seconds)
    later(monkeypatch, 10)
    assert run(settle_seconds=2).documents == 3
    assert not pauses


def test_a_file_that_came_just_now_is_young_whatever_its_time(
    run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As copies over a network are: their size and time are set before their bytes are there."""
    path = corpus / "云川县" / "全年.txt"
    before = path.stat()

    def write() -> None:
        path.write_bytes(path.read_bytes()[::-1])
        os.utime(path, ns=(1, before.st_mtime_ns))

    during_the_pause(monkeypatch, write)
    assert run(settle_seconds=20).waiting == 1


def test_a_new_file_that_grows_is_read_the_next_night(
    run: Run, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = corpus / "新.txt"
    fresh.write_text(WHOLE[:20], encoding="utf-8")
    with monkeypatch.context() as patch:
        during_the_pause(patch, lambda: fresh.write_text(WHOLE, encoding="utf-8"))
        summary = run(settle_seconds=20)
    assert (summary.documents, summary.new, summary.waiting, summary.rejected) == (3, 3, 1, 0)
    assert "1 waiting: still being written, read next time" in summary.lines()
    assert "| waiting | 1 |" in summary.markdown()
    assert "新.txt" not in texts(out)
    later(monkeypatch, 60)
    summary = run(settle_seconds=20)
    assert (summary.new, summary.waiting) == (1, 0)
    assert texts(out)["新.txt"] == WHOLE


def test_rows_of_before_stay_while_a_file_is_written(
    run: Run, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    path, before = corpus / "云川县" / "全年.txt", texts(out)
    path.write_text(WHOLE[:10], encoding="utf-8")
    during_the_pause(monkeypatch, lambda: path.write_text(WHOLE, encoding="utf-8"))
    summary = run(settle_seconds=20)
    assert (summary.published, summary.documents, summary.gone, summary.waiting) == (False, 3, 0, 1)
    assert texts(out) == before
    assert run().changed == 1
    assert texts(out)["云川县/全年.txt"] == WHOLE


def test_rows_of_before_stay_when_all_else_is_read_anew(
    run: Run, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The night after an update, with another segmenter: all are read, but the one being written."""
    run()
    path, before = corpus / "云川县" / "全年.txt", texts(out)
    os.utime(path)
    during_the_pause(monkeypatch, lambda: os.utime(path, ns=(1, 1)))
    summary = run(segmenter="jieba", settle_seconds=20)
    assert (summary.documents, summary.changed, summary.waiting) == (3, 2, 1)
    assert texts(out) == before
    summary = run(segmenter="jieba")
    assert (summary.changed, summary.unchanged) == (1, 2), "though its bytes are the same"
    assert not run(segmenter="jieba").published


def test_half_an_archive_is_no_damaged_one(run: Run, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = corpus / "归档.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("县局.txt", WHOLE)
        archive.writestr("乡镇.txt", WHOLE)
    run()
    whole = path.read_bytes()
    path.write_bytes(whole[:40])
    during_the_pause(monkeypatch, lambda: path.write_bytes(whole))
    summary = run(settle_seconds=20)
    assert (summary.documents, summary.gone, summary.waiting, summary.rejected) == (5, 0, 1, 0)
    path.write_bytes(whole[:40])
    during_the_pause(monkeypatch, lambda: None)
    summary = run(settle_seconds=20)
    assert (summary.documents, summary.gone, summary.rejects) == (3, 2, {"damaged": 1})


def test_rejects_in_an_archive_that_waits_are_neither_gone_nor_new(
    run: Run, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = corpus / "归档.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("县局.txt", WHOLE)
        archive.writestr("空.txt", b"")
    assert run().rejects == {"empty": 1}
    with monkeypatch.context() as patch:
        during_the_pause(patch, lambda: path.write_bytes(path.read_bytes() + b"."))
        os.utime(path)
        summary = run(settle_seconds=20)
        assert (summary.published, summary.gone, summary.rejects) == (False, 0, {"empty": 1})
        during_the_pause(patch, lambda: path.write_bytes(path.read_bytes() + b"."))
        summary = run(settle_seconds=20, segmenter="jieba")
    assert (summary.waiting, summary.gone, summary.rejects, summary.new_rejects) == (1, 0, {"empty": 1}, ())
    read = read_manifest(required(out))
    assert read is not None and read.entries["归档.zip/空.txt"].outdated
    run(segmenter="jieba")
    read = read_manifest(required(out))
    assert read is not None and not read.entries["归档.zip/空.txt"].outdated, (
        "what it is to these versions is seen anew"
    )


def test_rejects_that_stay_are_not_all_there_is(
    run: Run, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an update that gave the tables other columns, when there is nothing but an archive being written."""
    path = corpus / "归档.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("县局.txt", WHOLE)
        archive.writestr("空.txt", b"")
    run()
    for report in corpus.rglob("*.txt"):
        report.unlink()
    os.utime(path)
    monkeypatch.setattr(earlier, "_fits", lambda snapshot: False)
    during_the_pause(monkeypatch, lambda: path.write_bytes(path.read_bytes() + b"."))
    with pytest.raises(SourceError, match="but the tables have 4 documents"):
        run(settle_seconds=20, segmenter="jieba")


def test_a_file_that_changes_while_it_is_read_waits(
    run: Run, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    path = corpus / "云川县" / "全年.txt"
    path.write_text(WHOLE[:10], encoding="utf-8")
    read_file = process.read_file

    def overtaken(which: Path, state: State) -> bytes | None:
        which.write_text(WHOLE, encoding="utf-8")
        return read_file(which, state)

    with monkeypatch.context() as patch:
        patch.setattr(process, "read_file", overtaken)
        summary = run()
    assert (summary.published, summary.documents, summary.waiting) == (False, 3, 1)
    assert run().changed == 1


def test_a_file_that_vanishes_while_it_is_waited_for(run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = corpus / "云川县" / "全年.txt"
    during_the_pause(monkeypatch, lambda: path.unlink(missing_ok=True))
    summary = run(settle_seconds=20)
    assert (summary.documents, summary.waiting, summary.rejected) == (2, 1, 0)
    assert (run().documents, run().waiting) == (2, 0)


def test_a_real_copy_that_takes_its_time(run: Run, corpus: Path, out: Path) -> None:
    path, done = corpus / "慢.txt", threading.Event()

    def copy() -> None:
        with path.open("w", encoding="utf-8") as file:
            for sign in WHOLE:
                file.write(sign)
                file.flush()
                done.wait(0.02)

    path.touch()
    copying = threading.Thread(target=copy)
    copying.start()
    assert run(settle_seconds=0.3).waiting == 1
    done.set()
    copying.join()
    assert run(settle_seconds=0.3).new == 1
    assert texts(out)["慢.txt"] == WHOLE


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        (State(3, 10**9 + 1), State(3, 10**9 + 1), False),
        (State(3, 10**9 + 1), State(3, 10**9 + 2), True),
        (State(3, 10**9 + 1), State(3, 10**9), False),
        (State(3, 10**9), State(3, 2 * 10**9), True),
        (State(3, 1), State(4, 1), True),
        (State(-1, 1), State(4, 1), False),
        (State(3, 1, "a"), State(3, 2 * 10**9, "a"), False),
        (State(3, 1, "a"), State(3, 1, "b"), True),
    ],
)
def test_when_a_file_is_another_one(before: State, after: State, moved: bool) -> None:
    assert before.moved(after) == moved


def test_nothing_is_asked_without_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landing, "state_of", lambda place: pytest.fail("asked"))
    files = [Found("1.txt", tmp_path / "1.txt", State(1, time.time_ns()))]

    def known(file: Any) -> bool:
        return False

    assert landing.settled(files, 0, known) == (files, [])
