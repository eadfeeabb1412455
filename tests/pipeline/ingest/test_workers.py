"""A file that kills or hangs a worker process is rejected; its neighbours keep their rows, and so does who was killed
from outside."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import ZhibiaoError
from pipeline.ingest import worker
from pipeline.ingest.model import EngineSpec, Job, Outcome, Shard, SourceFile, Work
from pipeline.ingest.worker import Task
from pipeline.ingest.workers import Workers
from pipeline.readers.limits import Limits

DEADLY = '''
"""Shard tasks that end their process at a document of a telling name; they write down what they begin."""

import os
import time
from pathlib import Path

from pipeline.ingest.marks import mark_file, marking
from pipeline.ingest.model import Outcome
from pipeline.ingest.shard import watchdog


def task(job, shard):
    if (job.work / "no start").exists():
        os._exit(1)
    with marking(mark_file(job.work, shard.name)) as mark:
        return [_outcome(job, mark, at, work) for at, work in enumerate(shard.items)]


def _outcome(job, mark, at, work):
    name = work.source.relative
    mark(at)
    with watchdog(job.document_seconds), open(job.work / "log", "a") as log:
        before = Path(log.name).read_text().split().count(name)
        log.write(f"{os.getpid()} {name}\\n")
        log.flush()
        if "crash" in name or ("once" in name and not before):
            os._exit(1)
        if "hang" in name or ("late" in name and not before):
            time.sleep(600)
        if "memory" in name:
            raise MemoryError
        if "slow" in name:
            time.sleep(0.01)
    return Outcome(work.source, "read", str(os.getpid()), file="x")
'''


@pytest.fixture
def task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Task:
    """A task other processes can import."""
    (tmp_path / "deadly_tasks.py").write_text(DEADLY, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    found: Task = importlib.import_module("deadly_tasks").task
    return found


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """All the processes that were started."""
    started: list[object] = []
    start = worker.new_process

    def counted() -> object:
        started.append(start())
        return started[-1]

    monkeypatch.setattr(worker, "new_process", counted)
    return started


@pytest.fixture
def pool(tmp_path: Path, task: Task) -> Iterator[Workers]:
    """One worker process whose documents may take a second; the dead are tried again almost at once."""
    found = Workers(Job(EngineSpec("rjieba", None, Limits()), tmp_path, 1, 1), task, pause=0.01)
    found.start()
    yield found
    found.stop()


@pytest.fixture
def begun(tmp_path: Path) -> Callable[[], Counter[str]]:
    """How often each document was begun."""
    return lambda: Counter(line.split()[1] for line in (tmp_path / "log").read_text().splitlines())


def shard(*names: str) -> Shard:
    """A shard of files of those names."""
    return Shard("00000", tuple(Work(SourceFile(name, Path(name), name, 1, 1)) for name in names))


def states(outcomes: list[Outcome]) -> list[str]:
    """The reason of each, or what was done."""
    return [outcome.reason or outcome.state for outcome in outcomes]


def names(outcomes: list[Outcome]) -> list[str]:
    """Of which files the outcomes are."""
    return [outcome.source.relative for outcome in outcomes]


def is_worker(pid: int) -> bool:
    """Whether that process still is one of ours."""
    try:
        return b"forkserver" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def test_documents_of_a_shard_share_a_process(pool: Workers) -> None:
    outcomes = pool.run(shard("1", "2")) + pool.run(shard("3"))
    assert len({outcome.sha256 for outcome in outcomes}) == 1


@pytest.mark.parametrize(
    "files",
    [
        ("crash", "1", "2"),
        ("1", "crash", "2"),
        ("1", "2", "crash"),
        ("crash1", "1", "crash2", "crash3", "2", "crash4"),
        ("crash1", "crash2", "crash3"),
        ("crash",),
    ],
)
def test_a_crash_costs_only_its_own_document(
    pool: Workers, processes: list[object], begun: Callable[[], Counter[str]], files: tuple[str, ...]
) -> None:
    outcomes = pool.run(shard(*files))
    assert names(outcomes) == list(files)
    assert states(outcomes) == ["crashed" if "crash" in name else "read" for name in files]
    assert all("ended the process 3 times" in outcome.message for outcome in outcomes if outcome.reason)
    assert all(count == 3 if "crash" in name else count <= 2 for name, count in begun().items())
    assert len(processes) <= 2 + 3 * sum("crash" in name for name in files)
    assert states(pool.run(shard("3"))) == ["read"]


@pytest.mark.parametrize("seed", range(3))
def test_any_mixture_is_read_in_linear_time(
    pool: Workers, processes: list[object], begun: Callable[[], Counter[str]], seed: int
) -> None:
    kinds = random.Random(seed).choices(["", "crash", "once", "memory"], [30, 1, 1, 1], k=60)
    files = [f"{at}{kind}" for at, kind in enumerate(kinds)]
    outcomes = pool.run(shard(*files))
    assert names(outcomes) == files
    assert states(outcomes) == ["crashed" if kind in ("crash", "memory") else "read" for kind in kinds]
    deaths = sum({"": 0, "once": 1}.get(kind, 3) for kind in kinds)
    assert max(count for name, count in begun().items() if name.isdigit()) <= 2
    assert len(processes) <= 2 + deaths + kinds.count("once")


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")
def test_who_was_killed_from_outside_loses_nothing(pool: Workers, tmp_path: Path) -> None:
    """Killed with SIGKILL at documents nobody chose, again and again."""
    files = [f"{at}slow" for at in range(100)]
    done = threading.Event()

    def kill() -> None:
        chance, log = random.Random(), tmp_path / "log"
        for _ in range(3):
            done.wait(chance.uniform(0.1, 0.4))
            while not (log.exists() and log.stat().st_size) and not done.is_set():
                time.sleep(0.01)
            pid = int(log.read_text().splitlines()[-1].split()[0])
            if not done.is_set() and is_worker(pid):
                os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    outcomes = pool.run(shard(*files))
    done.set()
    killer.join()
    assert names(outcomes) == files
    assert set(states(outcomes)) == {"read"}


def test_an_idle_process_that_was_killed_is_replaced(pool: Workers) -> None:
    (first,) = pool.run(shard("1"))
    os.kill(int(first.sha256), signal.SIGKILL)
    time.sleep(0.1)
    (second,) = pool.run(shard("2"))
    assert second.state == "read" and second.sha256 != first.sha256


def test_a_document_that_hangs_is_given_up(pool: Workers, begun: Callable[[], Counter[str]]) -> None:
    first, second, third = pool.run(shard("1", "hang", "2"))
    assert states([first, second, third]) == ["read", "timeout", "read"]
    assert second.message == "not done after 1 s, tried 2 times; raise ZHIBIAO_DOCUMENT_SECONDS"
    assert begun() == {"1": 2, "hang": 2, "2": 1}


def test_a_document_that_was_late_once_is_kept(pool: Workers) -> None:
    assert states(pool.run(shard("1", "late", "2"))) == ["read", "read", "read"]


def test_a_document_that_takes_all_memory(pool: Workers) -> None:
    assert states(pool.run(shard("1", "memory", "2"))) == ["read", "crashed", "read"]


def test_no_retries_when_none_are_wanted(pool: Workers, begun: Callable[[], Counter[str]]) -> None:
    pool.stop()
    pool.job = replace(pool.job, crash_retries=0)
    pool.start()
    outcomes = pool.run(shard("once", "1", "hang"))
    assert states(outcomes) == ["crashed", "read", "timeout"]
    assert "ended the process once" in outcomes[0].message and "tried once" in outcomes[2].message
    assert begun() == {"once": 1, "1": 2, "hang": 1}


def test_processes_that_cannot_start_end_the_run(pool: Workers, tmp_path: Path, processes: list[object]) -> None:
    """Nothing is known of the documents then: to reject them all would empty the tables."""
    (tmp_path / "no start").touch()
    with pytest.raises(ZhibiaoError, match="4 worker processes died before they read anything"):
        pool.run(shard("1", "2"))
    assert len(processes) == 4
    (tmp_path / "no start").unlink()
    assert states(pool.run(shard("1", "2"))) == ["read", "read"]


def test_a_run_that_is_given_up_waits_for_nothing(tmp_path: Path, task: Task, processes: list[object]) -> None:
    """Its own processes end; others that the program has, a second run or a pool of a notebook, go on."""
    """A process in the middle of a document ends at once, and none takes its place."""
    pool = Workers(Job(EngineSpec("rjieba", None, Limits()), tmp_path, 1, 600), task)
    pool.start()
    with ThreadPoolExecutor(1) as thread:
        reading = thread.submit(pool.run, shard("hang"))
        while not (tmp_path / "log").exists() or not (tmp_path / "log").read_text():
            time.sleep(0.02)
        other = multiprocessing.get_context("forkserver").Process(target=time.sleep, args=(60,))
        other.start()
        pool.abandon()
        with pytest.raises(ZhibiaoError, match="the run was ended"):
            reading.result(timeout=20)
    assert len(processes) == 1
    pool.stop()
    other.join(0.2)
    assert other.is_alive()
    other.kill()
    other.join()
