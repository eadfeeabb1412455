"""Ingestion without Prefect: for tests, notebooks and machines that need no record of runs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from pipeline.ingest.model import Outcome, Summary
from pipeline.ingest.progress import progress
from pipeline.ingest.publish import finish
from pipeline.ingest.run import Run, begin
from pipeline.ingest.workers import run_shard
from pipeline.settings import Settings, load_settings
from pipeline.sources import Address, address_of


def ingest(corpus: Address | Path, out: Path, settings: Settings | None = None) -> Summary:
    """Read what is new or changed of a corpus and publish the tables; the same as the flow does.

    Example: ``ingest(Path("报告"), Path("输出")).lines()[0]`` → ``172 documents: 172 new, …``
    """
    chosen = (settings or load_settings()).model_copy(update={"corpus": address_of(corpus), "out": out})
    with begin(chosen) as run:
        return finish(run, read_all(run))


def read_all(run: Run) -> list[Outcome]:
    """The outcomes of all shards of a run; the first error ends it.

    Example: ``finish(run, read_all(run))``
    """
    outcomes: list[Outcome] = []
    with progress(len(run.plan.todo)) as advance, ThreadPoolExecutor(max(1, run.job.processes)) as pool:
        try:
            for done in as_completed([pool.submit(run_shard, run.job, shard) for shard in run.shards]):
                outcomes += done.result()
                advance(len(done.result()))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return outcomes
