"""A Dask cluster to read on: one that is there, or worker processes of this machine for as long as a run takes."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipeline.errors import UsageError, ZhibiaoError
from pipeline.ingest.away import check_shared

if TYPE_CHECKING:
    from distributed import Client, Future

    from pipeline.ingest.model import Job
    from pipeline.settings import Settings

MISSING = "runner dask needs prefect-dask; pip install prefect-dask"
LOCAL = "local"
CONNECT, WAIT = 20.0, 60.0
"""Seconds for an answer, and those a cluster may be without a worker: before a run begins and while it is under way."""


def runner_options(settings: Settings, processes: int) -> dict[str, Any]:
    """What a task runner is made with: the address of a cluster, or how to make one here.

    Example: ``runner_options(load_settings(dask_address="tcp://10.0.0.1:8786"), 2)["address"]``
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if settings.dask_address not in (None, LOCAL):
        return {"address": settings.dask_address, "client_kwargs": {"timeout": CONNECT}}
    local = {"n_workers": processes, "threads_per_worker": 1, "dashboard_address": None}
    return {"cluster_kwargs": {**local, "silence_logs": logging.CRITICAL}}


@contextmanager
def reachable(address: str | None) -> Iterator[None]:
    """ZhibiaoError when the cluster does not answer, UsageError when the address is none.

    Example: ``with reachable("tcp://10.0.0.1:8786"): runner.client``
    """
    try:
        yield
    except OSError as error:
        raise ZhibiaoError(f"no Dask scheduler answers at {address}; start it or leave --dask out") from error
    except ValueError as error:
        raise UsageError(f"{address!r} is no address of a Dask scheduler; give it like tcp://host:8786") from error


def check_workers(client: Client, job: Job, address: str | None, api: str) -> None:
    """ZhibiaoError when the cluster has no worker, or one that cannot do its part: it would cost a night, not a row.

    Each needs zhibiao, the folders of the run, and the Prefect server, which it tells what it does.

    Example: ``check_workers(runner.client, run.job, "tcp://10.0.0.1:8786", "http://10.0.0.1:4200/api")``
    """
    try:
        client.wait_for_workers(1, timeout=WAIT)
    except TimeoutError:
        raise ZhibiaoError(f"the Dask cluster at {address} has no workers; start some with dask worker") from None
    url = urlsplit(api)
    answers = client.run(_reached, job, url.hostname, url.port, on_error="return")
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, ZhibiaoError):
            raise answer
        if answer is False:
            message = f"Dask worker {worker} cannot reach the Prefect server at {api}"
            raise ZhibiaoError(f"{message}; set PREFECT_API_URL to one that all machines reach")
        if isinstance(answer, BaseException) and not isinstance(answer, OSError):  # that one is gone; Dask will notice
            raise ZhibiaoError(f"Dask worker {worker} cannot run zhibiao: {answer}; install the same version there")


def _reached(job: Job, host: str, port: int | None) -> bool:
    """Whether Prefect answers, asked on a Dask worker."""
    check_shared(job)
    try:
        if port:
            socket.create_connection((host, port), timeout=CONNECT).close()
    except OSError:
        return False
    return True


@contextmanager
def given_up_when_deserted(client: Client, futures: Sequence[Future[Any]]) -> Iterator[None]:
    """Cancel what a cluster still has to do when all its workers are gone for a while: nobody else would end the wait.

    Example: ``with given_up_when_deserted(client, futures): ...``
    """
    done = threading.Event()

    def watch() -> None:
        deserted = 0
        while not done.wait(WAIT / 4):
            deserted = 0 if _workers(client) else deserted + 1
            if deserted >= 4:
                client.cancel(list(futures), force=True)  # type: ignore[no-untyped-call]
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _workers(client: Client) -> int:
    try:
        return len(client.scheduler_info()["workers"])
    except (OSError, RuntimeError):
        return 0
