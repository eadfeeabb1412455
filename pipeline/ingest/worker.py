"""A worker process: it reads stretches of documents, and another one takes its place when it dies."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from uuid import uuid4

import pyarrow as pa

from pipeline.errors import ZhibiaoError
from pipeline.ingest.marks import mark_file, marked
from pipeline.ingest.model import Job, Outcome, Shard, Work
from pipeline.ingest.server import forks, start_server
from pipeline.ingest.shard import process_shard
from pipeline.store.spare import spare_pandas

Task = Callable[[Job, Shard], list[Outcome]]

DEATHS = (BrokenProcessPool, MemoryError, EOFError, ConnectionError)
"""The last two: the server that forks workers was killed while it was to start one; another takes its place."""
STARTS = 4
"""How often in a row a process may die before it begins a document."""
LONGER = 4.0
"""How many times longer each pause is than the one before."""


@dataclass(frozen=True, slots=True)
class Death:
    """A process died while it read the document at a place, ``seconds`` after that was begun.

    Example: ``Death(3, 0.7)``
    """

    at: int
    seconds: float


@dataclass(slots=True)
class Worker:
    """One process at a time, used by one thread at a time; it comes up with the first stretch to be read.

    Example: ``Worker(job).read("00000", items)``
    """

    job: Job
    task: Task = process_shard
    pause: float = 1.0
    abandoned: bool = field(default=False, init=False)
    """Nobody waits for the rows any more: a process that dies is not replaced."""
    _executor: ProcessPoolExecutor | None = field(default=None, init=False)
    _used: bool = field(default=False, init=False)

    def read(self, name: str, items: Sequence[Work]) -> list[Outcome] | Death:
        """Read a stretch of documents, or say at which the process died; files are named after ``name``.

        A process that dies before it begins one is replaced, after a while; ZhibiaoError when all of them do.

        Example: ``read("00000-00012", items)``
        """
        for attempt in range(STARTS):
            if self.abandoned:
                raise ZhibiaoError("the run was ended")
            shard = Shard(f"{name}-{uuid4().hex[:8]}", tuple(items))
            try:
                return self._submitted(shard)
            except DEATHS:
                self.stop()
                place = marked(mark_file(self.job.work, shard.name))
                if place and not self.abandoned:
                    return Death(*place)
                time.sleep(self.pause * LONGER**attempt)
        raise ZhibiaoError(f"{STARTS} worker processes died before they read anything; see that there is memory enough")

    def fresh(self) -> None:
        """Let the next stretch have a process that has read nothing yet.

        Example: called before a suspect is read alone
        """
        if self._used:
            self.stop()

    def stop(self) -> None:
        """End the process, if there is one, when it is done.

        Example: ``Worker(job).stop()``
        """
        if self._executor:
            self._executor.shutdown(cancel_futures=True)
        self._executor, self._used = None, False

    def abandon(self) -> None:
        """End the process at once, in the middle of what it reads, and let none take its place.

        Example: after Ctrl-C
        """
        self.abandoned = True
        for process in list((getattr(self._executor, "_processes", None) or {}).values()):
            process.kill()

    def _submitted(self, shard: Shard) -> list[Outcome]:
        self._executor = self._executor or new_process()
        self._used = True
        reading = self._executor.submit(self.task, self.job, shard)
        if self.abandoned:  # while the process came up
            self.abandon()
        return reading.result()


def new_process(count: int = 1) -> ProcessPoolExecutor:
    """A process, or some, that run what is submitted; they come up with that, and do not outlive this one.

    Example: ``new_process().submit(process_shard, job, shard).result()``
    """
    start_server()
    return ProcessPoolExecutor(count, mp_context=forks(), initializer=_begin)


def _begin() -> None:
    """Arrow's own allocator keeps what was freed for later: twenty megabytes that the next document does not need."""
    die_with_parent()
    spare_pandas()
    pa.set_memory_pool(pa.system_memory_pool())


def die_with_parent() -> None:
    """End this process when the one that started it is gone; a worker of a killed run must not linger.

    Example: called first in what ``new_process`` gives
    """
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
