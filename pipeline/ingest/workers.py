"""Worker processes: each reads a shard at a time; a file that kills one costs no other file its rows."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path
from queue import SimpleQueue

from pipeline.ingest.model import CRASHED, TIMEOUT, Job, Outcome, Shard, Work
from pipeline.ingest.shard import process_shard

Task = Callable[[Job, Shard], list[Outcome]]


@dataclass(slots=True)
class Workers:
    """A fixed number of worker processes, used by as many threads.

    Example: ``with workers(job): run_shard(job, shard)``
    """

    job: Job
    task: Task = process_shard
    _free: SimpleQueue[ProcessPoolExecutor] = field(default_factory=SimpleQueue)

    def start(self) -> None:
        """Make the processes; they come up with the first shard.

        Example: ``Workers(job).start()``
        """
        for _ in range(self.job.processes):
            self._free.put(_executor())

    def stop(self) -> None:
        """End the processes once all shards are back.

        Example: called by ``workers`` at its end
        """
        while not self._free.empty():
            self._free.get().shutdown(cancel_futures=True)

    def run(self, shard: Shard) -> list[Outcome]:
        """Read a shard in the next free process; when it dies, read the files one by one.

        Example: ``run(Shard("00000", items))``
        """
        executor = self._free.get()
        try:
            return executor.submit(self.task, self.job, shard).result()
        except BrokenProcessPool:
            executor = _executor()
            return self._one_by_one(shard)
        finally:
            self._free.put(executor)

    def _one_by_one(self, shard: Shard) -> list[Outcome]:
        return [self._alone(Shard(f"{shard.name}-{at:05d}", (work,))) for at, work in enumerate(shard.items)]

    def _alone(self, shard: Shard) -> Outcome:
        began = time.monotonic()
        with _executor() as executor:
            try:
                return executor.submit(self.task, self.job, shard).result()[0]
            except BrokenProcessPool:
                return self._casualty(shard.items[0], time.monotonic() - began)

    def _casualty(self, work: Work, seconds: float) -> Outcome:
        reason, message = CRASHED, "reading it ended the process (not enough memory, or a damaged file)"
        if seconds >= self.job.document_seconds:
            reason, message = (
                TIMEOUT,
                f"not done after {self.job.document_seconds} s; raise ZHIBIAO_DOCUMENT_SECONDS",
            )
        return Outcome(work.source, "rejected", "", reason=reason, message=message)


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


def run_shard(job: Job, shard: Shard) -> list[Outcome]:
    """Read a shard: in a worker process of this one, or here when there are none.

    Example: ``run_shard(job, Shard("00000", (Work(source),)))``
    """
    pool = _running.get(job.work)
    return pool.run(shard) if pool else process_shard(job, shard)


def _executor() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.ingest.shard"])
    return ProcessPoolExecutor(1, mp_context=context, initializer=_die_with_parent)


def _die_with_parent() -> None:
    """A worker of a killed run must not linger."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
