"""A dead worker as a run sees it: whole tables, rejects that say why, no file of a shard that was not finished."""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline.errors import UsageError
from pipeline.ingest import shard as shards
from pipeline.ingest.discover import discover
from pipeline.ingest.earlier import Earlier
from pipeline.ingest.model import EngineSpec, Job, Outcome, Shard, Work
from pipeline.ingest.plan import SMALLEST_DASK_SHARD, plan, processes_for
from pipeline.ingest.plan import shards as cut
from pipeline.ingest.rescue import read_safely
from pipeline.ingest.shard import process_shard, shard_file
from pipeline.ingest.versions import versions_of
from pipeline.ingest.worker import Worker
from pipeline.ingest.workers import Workers, run_shard
from pipeline.readers.limits import Limits
from pipeline.settings import load_settings
from pipeline.store import read_manifest
from pipeline.tables import GROUPED

SPEC = EngineSpec("rjieba", None, Limits())


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A job with a worker process."""
    (tmp_path / "work").mkdir()
    return Job(SPEC, tmp_path / "work", 1, 60)


@pytest.fixture
def reports(corpus: Path) -> Shard:
    """The corpus as a shard."""
    return Shard("00000", tuple(Work(source) for source in discover(corpus).files))


def deadly(job: Job, shard: Shard) -> list[Outcome]:
    """Reads a shard as ever, but that 公报 ends the process in the middle of its rows."""
    add = shards.ShardWriter.add

    def added(writer: shards.ShardWriter, tables: shards.Tables) -> None:
        add(writer, tables)
        writer._flush()
        if "公报" in tables["documents"]["source_path"][0].as_py():
            os.kill(os.getpid(), signal.SIGKILL)

    shards.ShardWriter.add = added  # type: ignore[method-assign]
    return process_shard(job, shard)


def ceiling(job: Job, shard: Shard) -> list[Outcome]:
    """Dies at the first try; then says by how much the memory of its process is bounded."""
    outcomes = process_shard(job, shard)
    if len(shard.items) > 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return [replace(outcome, message=str(resource.getrlimit(resource.RLIMIT_DATA)[0])) for outcome in outcomes]


def rows(job: Job, outcome: Outcome) -> list[str]:
    """The documents in the file an outcome names."""
    table = pa.ipc.open_file(shard_file(job.work, "documents", outcome.file)).read_all()
    found: list[str] = table["source_path"].to_pylist()
    return found


@pytest.mark.slow
def test_only_whole_files_are_ever_named(job: Job, reports: Shard) -> None:
    worker = Worker(job, deadly, pause=0.01)
    outcomes = read_safely(worker, reports)
    worker.stop()
    assert [outcome.source.relative for outcome in outcomes] == [work.source.relative for work in reports.items]
    assert [outcome.reason for outcome in outcomes] == ["crashed", "", ""]
    assert all(outcome.source.relative in rows(job, outcome) for outcome in outcomes[1:])
    whole = {path.name for path in job.work.glob("*.arrow")}
    assert whole == {shard_file(job.work, table, outcome.file).name for table in GROUPED for outcome in outcomes[1:]}
    assert list(job.work.glob("*.unfinished"))


def test_an_error_leaves_no_file_that_looks_whole(job: Job, reports: Shard, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shards.ShardWriter, "_flush", full)
    monkeypatch.setattr(gc, "freeze", lambda: None)  # what a worker may do to its process is no good for this one
    with pytest.raises(OSError, match="No space left"):
        process_shard(job, reports)
    assert not list(job.work.glob("*.arrow"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process has")
def test_memory_is_bounded_for_who_is_tried_alone(job: Job, reports: Shard) -> None:
    worker = Worker(replace(job, document_memory=300), ceiling, pause=0.01)
    outcomes = read_safely(worker, Shard("00000", reports.items[:2]))
    worker.stop()
    assert [outcome.state for outcome in outcomes] == ["read", "read"]
    assert all(300 * 2**20 < int(outcome.message) < 3_000 * 2**20 for outcome in outcomes)


def test_a_shard_read_twice_at_the_same_time(job: Job, reports: Shard) -> None:
    """As when Dask takes a worker for dead that is not."""
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(lambda _: run_shard(job, reports), range(2))
    assert [outcome.state for outcome in first + second] == ["read"] * 6
    assert {outcome.file for outcome in first}.isdisjoint(outcome.file for outcome in second)
    assert rows(job, first[0]) == rows(job, second[0]) == [work.source.relative for work in reports.items]


def test_another_machine_must_see_the_folders(job: Job, reports: Shard, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"无 cannot be seen on .*; workers need the corpus and the output folder"):
        run_shard(replace(job, shared=(tmp_path / "无",)), reports)


def test_another_machine_must_read_with_the_same_code(job: Job, reports: Shard) -> None:
    versions = replace(versions_of(SPEC), lexicons="other ones")
    with pytest.raises(UsageError, match="has another version of zhibiao, its lexicons or its libraries"):
        run_shard(replace(job, versions=versions), reports)


@pytest.mark.parametrize(
    ("given", "count", "processes"),
    [
        ({"workers": 1}, 64, 0),
        ({"workers": 1}, 65, 1),
        ({"workers": 2}, 3, 2),
        ({"workers": 1, "runner": "dask"}, 1, 1),
    ],
)
def test_documents_are_read_in_other_processes(corpus: Path, given: dict[str, Any], count: int, processes: int) -> None:
    source = discover(corpus).files[0]
    assert processes_for([Work(source)] * count, load_settings(**given)) == processes


@pytest.mark.parametrize(("count", "size"), [(100, SMALLEST_DASK_SHARD), (40_000, 100), (1_000_000, 2_500)])
def test_shards_for_a_cluster_are_many(corpus: Path, count: int, size: int) -> None:
    todo = [Work(discover(corpus).files[0])] * count
    assert len(cut(todo, load_settings(runner="dask"), 1)[0].items) == size


def test_the_next_night_tries_it_again(run: Callable[..., Any], corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Workers, "__init__", _with_deadly_documents(Workers.__init__))
        summary = run(workers=2)
    assert (summary.documents, dict(summary.rejects)) == (2, {"crashed": 1})
    manifest = read_manifest(summary.snapshot)
    earlier = Earlier.of(manifest, manifest.versions, str(corpus), summary.snapshot)
    todo = plan(discover(corpus), earlier).todo
    assert "临溪市 公报.txt" in {work.source.relative for work in todo}
    assert (run(workers=2).documents, run(workers=2).rejected) == (3, 0)


def _with_deadly_documents(init: Callable[..., None]) -> Callable[..., None]:
    return lambda pool, job: init(pool, job, deadly, 0.01)
