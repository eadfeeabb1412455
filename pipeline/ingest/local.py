"""Ingestion without Prefect: for tests, notebooks and machines that need no record of runs."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextvars import copy_context
from pathlib import Path
from threading import Event

from pipeline.ingest.model import Job, Outcome, Shard
from pipeline.ingest.progress import progress
from pipeline.ingest.publish import finish, make_ready, take
from pipeline.ingest.run import Run, begin
from pipeline.ingest.summary import Summary
from pipeline.ingest.workers import abandon, run_shard
from pipeline.settings import Settings, load_settings
from pipeline.sources import Address, address_of


def ingest(corpus: Address | Path, out: Path, settings: Settings | None = None) -> Summary:
    """Read what is new or changed of a corpus and publish the tables; the same as the flow does.

    Example: ``ingest(Path("报告"), Path("输出")).lines()[0]`` → ``172 documents: 172 new, …``
    """
    chosen = (settings or load_settings()).model_copy(update={"corpus": address_of(corpus), "out": out})
    with begin(chosen) as run:
        return finish(run, read_all(run))


def read_all(run: Run, shards: Sequence[Shard] | None = None) -> list[Outcome]:
    """The outcomes of all shards of a run, or of some; the first error ends it.

    Example: ``finish(run, read_all(run))``
    """
    wanted = run.shards if shards is None else shards
    outcomes: list[Outcome] = []
    total = sum(len(shard.items) for shard in wanted)
    with progress(total) as advance, ThreadPoolExecutor(max(1, run.job.processes)) as pool:
        try:
            failed = Event()
            reading = [pool.submit(copy_context().run, _read, run.job, shard, failed) for shard in wanted]
            if run.job.processes:
                make_ready(run)
            for done in as_completed(reading):
                outcomes += done.result()
                advance(len(done.result()))
                take(run, done.result())
        except BaseException:
            abandon(run.job)
            pool.shutdown(cancel_futures=True)
            raise
    return outcomes


def _read(job: Job, shard: Shard, failed: Event) -> list[Outcome]:
    """The outcomes of a shard; none once another failed, which ends the run before it can tell this thread so."""
    if failed.is_set():
        return []
    try:
        return run_shard(job, shard)
    except BaseException:
        failed.set()
        raise
