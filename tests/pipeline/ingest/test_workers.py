"""A file that kills or hangs a worker process is rejected; its neighbours keep their rows."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.ingest.model import EngineSpec, Job, Outcome, Shard, SourceFile, Work
from pipeline.ingest.workers import Task, Workers
from pipeline.readers.limits import Limits

DEADLY = '''
"""Shard tasks that end their process at a document of a telling name."""

import os
import time

from pipeline.ingest.model import Outcome
from pipeline.ingest.shard import watchdog


def task(job, shard):
    return [_outcome(job, work) for work in shard.items]


def _outcome(job, work):
    with watchdog(job.document_seconds):
        if "crash" in work.source.relative:
            os._exit(1)
        if "hang" in work.source.relative:
            time.sleep(600)
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
def pool(tmp_path: Path, task: Task) -> Iterator[Workers]:
    """One worker process whose documents may take a second."""
    found = Workers(Job(EngineSpec("rjieba", None, Limits()), tmp_path, 1, 1), task)
    found.start()
    yield found
    found.stop()


def shard(*names: str) -> Shard:
    """A shard of files of those names."""
    return Shard("00000", tuple(Work(SourceFile(name, Path(name), name, 1, 1)) for name in names))


def states(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    """State and reason of each."""
    return [(outcome.state, outcome.reason) for outcome in outcomes]


def test_documents_of_a_shard_share_a_process(pool: Workers) -> None:
    outcomes = pool.run(shard("1", "2")) + pool.run(shard("3"))
    assert len({outcome.sha256 for outcome in outcomes}) == 1


def test_a_crash_costs_only_its_own_document(pool: Workers) -> None:
    assert states(pool.run(shard("1", "crash", "2"))) == [("read", ""), ("rejected", "crashed"), ("read", "")]
    assert states(pool.run(shard("3"))) == [("read", "")]


def test_a_document_that_hangs_is_given_up(pool: Workers) -> None:
    (first, second) = pool.run(shard("hang", "1"))
    assert (first.state, first.reason) == ("rejected", "timeout")
    assert "not done after 1 s" in first.message
    assert second.state == "read"
