"""Whatever ends a run, readers keep the tables of the one before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import LockedError, StoreError
from pipeline.ingest import Summary, ingest, publish
from pipeline.settings import load_settings
from pipeline.store import snapshots

ROOT = Path(__file__).parents[3]
Run = Callable[..., Summary]

KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline.ingest import ingest, publish
from pipeline.settings import load_settings

def kill(*args):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(publish, sys.argv[3], kill)
ingest(Path(sys.argv[1]), Path(sys.argv[2]), load_settings())
"""

WAITING = """
import sys, time
from pathlib import Path
from pipeline.ingest import ingest, publish
from pipeline.settings import load_settings

def wait(*args):
    print("waiting", flush=True)
    time.sleep(600)

publish.publish = wait
ingest(Path(sys.argv[1]), Path(sys.argv[2]), load_settings())
"""


def documents(out: Path) -> int:
    """Number of documents in force, as any reader would see them."""
    return len(pd.read_parquet(out / "current" / "documents"))


@pytest.mark.parametrize("moment", ["take", "write_between", "seal", "publish"])
def test_killed_before_the_end(run: Run, corpus: Path, out: Path, moment: str) -> None:
    run()
    (corpus / "新.txt").write_text("全年罚款1200元。", encoding="utf-8")
    command = [sys.executable, "-c", KILLED, str(corpus), str(out), moment]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert documents(out) == 3
    assert run().documents == documents(out) == 4
    assert not list((out / "snapshots").glob(".*"))


def test_a_full_disk(run: Run, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    (corpus / "新.txt").write_text("全年罚款1200元。", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(publish, "seal", full)
        with pytest.raises(StoreError, match="No space left on device; nothing was published"):
            run()
    assert documents(out) == 3
    assert len(snapshots(out)) == 1
    assert run().documents == 4


def test_two_runs_cannot_write_one_folder(run: Run, corpus: Path, out: Path) -> None:
    command = [sys.executable, "-c", WAITING, str(corpus), str(out)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "waiting\n"
        with pytest.raises(LockedError, match=f"process {first.pid}"):
            run()
        assert not (out / "current").exists()
        first.kill()
    assert run().documents == 3


def test_readers_never_notice(corpus: Path, out: Path) -> None:
    """One reads all the time while others publish: every table read is one of those published."""
    settings = load_settings(keep_snapshots=3)
    ingest(corpus, out, settings)
    seen: set[tuple[str, ...]] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(tuple(pd.read_parquet(out / "current" / "documents").source_path))

    reader = threading.Thread(target=read)
    reader.start()
    published = {tuple(pd.read_parquet(out / "current" / "documents").source_path)}
    for number in range(6):
        (corpus / f"{number}.txt").write_text(f"全年罚款{number}元。", encoding="utf-8")
        ingest(corpus, out, settings)
        published.add(tuple(pd.read_parquet(out / "current" / "documents").source_path))
        time.sleep(0.02)
    done.set()
    reader.join()
    assert seen <= published
    assert len(seen) > 1


def test_workers_do_not_outlive_a_killed_run(corpus: Path, out: Path) -> None:
    code = WAITING.replace("load_settings()", "load_settings(workers=2, shard_size=1)")
    command = [sys.executable, "-c", code, str(corpus), str(out)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "waiting\n"
        below = children(first.pid)
        assert len(below) >= 2
        first.kill()
    deadline = time.monotonic() + 10
    while any(alive(pid) for pid in below) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in below if alive(pid)]


def children(pid: int) -> list[int]:
    """All processes below one."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, path.read_text().split()):
            found += [child, *children(child)]
    return found


def alive(pid: int) -> bool:
    """Whether a process runs, one that waits for its parent to notice its end left aside."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


if not Path(f"/proc/{os.getpid()}/task").is_dir():
    test_workers_do_not_outlive_a_killed_run = pytest.mark.skip("needs /proc")(test_workers_do_not_outlive_a_killed_run)
