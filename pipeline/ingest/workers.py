"""The worker processes of a run: each reads a shard at a time; a file that kills one costs no other file its rows."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

from pipeline.ingest.away import check_shared
from pipeline.ingest.model import Job, Outcome, Shard
from pipeline.ingest.rescue import read_safely
from pipeline.ingest.shard import process_shard
from pipeline.ingest.worker import Task, Worker


@dataclass(slots=True)
class Workers:
    """A fixed number of worker processes, used by as many threads.

    Example: ``with workers(job): run_shard(job, shard)``
    """

    job: Job
    task: Task = process_shard
    pause: float = 1.0
    """Seconds before a document that died is tried again; four times as many before the next time."""
    _free: SimpleQueue[Worker] = field(default_factory=SimpleQueue, init=False)
    _all: list[Worker] = field(default_factory=list, init=False)

    def start(self) -> None:
        """Make ready; the processes come up with the first shards.

        Example: ``Workers(job).start()``
        """
        self._all = [Worker(self.job, self.task, self.pause) for _ in range(self.job.processes)]
        for worker in self._all:
            self._free.put(worker)

    def stop(self) -> None:
        """End the processes once all shards are back.

        Example: called by ``workers`` at its end
        """
        while not self._free.empty():
            self._free.get().stop()

    def abandon(self) -> None:
        """End the processes at once, in the middle of what they read.

        Example: after Ctrl-C
        """
        for worker in self._all:
            worker.abandon()

    def run(self, shard: Shard) -> list[Outcome]:
        """Read a shard in the next free process, and in others when that one dies.

        Example: ``run(Shard("00000", items))``
        """
        worker = self._free.get()
        try:
            return read_safely(worker, shard)
        finally:
            self._free.put(worker)


_running: dict[Path, Workers] = {}


@contextmanager
def workers(job: Job) -> Iterator[None]:
    """Keep the job's worker processes, if it wants any, while its shards are run.

    Example: ``with workers(job): run_shard(job, shard)``
    """
    if not job.processes:
        yield
        return
    pool = Workers(job)
    pool.start()
    _running[job.work] = pool
    try:
        yield
    finally:
        del _running[job.work]
        pool.stop()


def abandon(job: Job) -> None:
    """End the worker processes of a run at once: it failed or was interrupted, and nobody wants their rows any more.

    Example: ``abandon(run.job)``
    """
    if pool := _running.get(job.work):
        pool.abandon()


def run_shard(job: Job, shard: Shard) -> list[Outcome]:
    """Read a shard: in a worker process of this run, in one of its own where no run is (on Dask), or here.

    Example: ``run_shard(job, Shard("00000", (Work(source),)))``
    """
    pool = _running.get(job.work)
    if pool:
        return pool.run(shard)
    return _visiting(job, shard) if job.processes else process_shard(job, shard)


def _visiting(job: Job, shard: Shard) -> list[Outcome]:
    """Dask starts its workers as daemons, which may have no children as those would outlive them; ours do not."""
    check_shared(job)
    multiprocessing.current_process().daemon = False
    worker = Worker(job)
    try:
        return read_safely(worker, shard)
    finally:
        worker.stop()
