"""The server that forks worker processes: it comes up while this process still imports and plans.

It has the engine of most runs open before it forks (``ingest.warm``), which workers then share and need not make.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from itertools import islice
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Final

from pipeline.sources import Address

WORTH_A_PROCESS: Final = 64
"""So many plain texts are read faster without a worker."""


def forks() -> ForkServerContext:
    """Where worker processes come from.

    Example: ``ProcessPoolExecutor(1, mp_context=forks())``
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.ingest.warm"])
    return context


def start_server() -> None:
    """Let the server come up, unless it is there; an interruption of the run does not reach it while it does.

    Example: ``start_server()``
    """
    forks()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start_early(corpus: Address, out: Path) -> None:
    """Let the server come up before anything is planned, where a look tells that workers will have to read.

    It does where nothing is in force yet and a folder has many files; else the plan decides.

    Example: ``start_early(Address("报告"), Path("输出"))``
    """
    if not corpus.protocol and not (out / "current").exists() and _many(corpus.path):
        start_server()


def _many(folder: Path) -> bool:
    return sum(1 for _ in islice(_files(folder), WORTH_A_PROCESS + 1)) > WORTH_A_PROCESS


def _files(folder: Path) -> Iterator[str]:
    for _, _, names in os.walk(folder):
        yield from names
