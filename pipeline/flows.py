"""The Prefect flow: records, retries and artifacts around the functions of ``pipeline.ingest``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed
from prefect.schedules import Cron, Schedule
from prefect.settings import (
    PREFECT_API_REQUEST_TIMEOUT,
    PREFECT_API_URL,
    PREFECT_LOGGING_TO_API_ENABLED,
    temporary_settings,
)
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from pipeline.audit.page import page
from pipeline.audit.store import findings_of
from pipeline.errors import UsageError, ZhibiaoError
from pipeline.ingest import Run, Summary, begin, finish, preflight, run_shard
from pipeline.ingest.model import Job, Outcome, Shard
from pipeline.ingest.progress import progress
from pipeline.server import own_server
from pipeline.settings import Settings, load_settings

ARTIFACT, DEPLOYMENT = "zhibiao-ingest", "nightly"
SHOWN = 50
"""Findings in the artifact of a run; the most severe come first."""
PATIENT = {PREFECT_API_REQUEST_TIMEOUT: 300.0, PREFECT_LOGGING_TO_API_ENABLED: False}
"""For a server of our own: its first start makes a database, and it does not outlive late log lines."""


@task(name="read shard", task_run_name="shard {shard.name}", retries=2, retry_delay_seconds=1,
      cache_policy=NO_CACHE, persist_result=False)  # fmt: skip
def read_shard(job: Job, shard: Shard) -> list[Outcome]:
    """Read a stretch of documents; only paths go in and only outcomes come out, rows stay on disk.

    Example: ``read_shard.fn(job, Shard("00000", (Work(source),)))``
    """
    return run_shard(job, shard)


@flow(name="zhibiao-ingest", persist_result=False, validate_parameters=False)
def ingest_flow(settings: dict[str, Any] | None = None) -> Summary:
    """Ingest a corpus; ``settings`` are those of ``pipeline.settings``, by name.

    Example: ``ingest_flow({"corpus": "报告", "out": "输出"})``
    """
    with begin(load_settings(**(settings or {}))) as run:
        summary = finish(run, _read_all(run))
    found = page(findings_of(summary.snapshot), title="## Findings", most=SHOWN)
    create_markdown_artifact(f"{summary.markdown()}\n{found}", key=ARTIFACT, description="What the run did")
    return summary


def run_ingest(settings: Settings) -> Summary:
    """Run the flow on the Prefect server that is configured, or on one of its own for as long as it takes.

    Whatever can be told beforehand is: a wrong path or a folder in use costs no start of a server.

    Example: ``run_ingest(load_settings(corpus=Path("报告"))).lines()``
    """
    preflight(settings)
    with _server():
        return ingest_flow(settings.parameters())


def serve(settings: Settings, cron: str, announce: Callable[[str], object] = print) -> None:
    """Ingest at the times of a cron expression until interrupted, as a Prefect deployment; one run at a time.

    ``announce`` is told what goes where, once nothing stands against it. UsageError when the expression cannot be
    read.

    Example: ``serve(load_settings(corpus=Path("报告")), "0 2 * * *")``
    """
    schedule = _schedule(cron)
    preflight(settings)
    announce(f"{settings.corpus} goes to {settings.out} at {cron}; Ctrl-C ends it")
    here = settings.model_copy(update={name: getattr(settings, name).resolve() for name in ("corpus", "out")})
    with _server(schedules=True):
        ingest_flow.serve(
            name=DEPLOYMENT,
            schedule=schedule,
            parameters={"settings": here.parameters()},
            limit=1,
            print_starting_message=False,
        )


@contextmanager
def _server(schedules: bool = False) -> Iterator[None]:
    configured = PREFECT_API_URL.value()
    try:
        if configured:
            yield
        else:
            with own_server(schedules) as url, temporary_settings({PREFECT_API_URL: url, **PATIENT}):
                yield
    except RuntimeError as error:
        if not str(error).startswith("Failed to reach API"):
            raise
        where = f"at {configured}; start it or unset PREFECT_API_URL" if configured else "of our own; see --debug"
        raise ZhibiaoError(f"no Prefect server answers {where}") from error


def _schedule(cron: str) -> Schedule:
    try:
        return Cron(cron)
    except ValueError:
        raise UsageError(f"{cron!r} is no cron expression; write it like '0 2 * * *'") from None


def _read_all(run: Run) -> list[Outcome]:
    outcomes: list[Outcome] = []
    if not run.shards:
        return outcomes
    with runner_of(run) as runner, progress(len(run.plan.todo)) as advance:
        futures = [runner.submit(read_shard, {"job": run.job, "shard": shard}) for shard in run.shards]
        for done in as_completed(futures):
            outcomes += done.result()
            advance(len(done.result()))
    return outcomes


def runner_of(run: Run) -> TaskRunner[Any]:
    """Where shards are run: threads that keep worker processes busy, or Dask; UsageError without it.

    Example: dask_address = "tcp://10.0.0.1:8786" with runner = "dask" in zhibiao.toml
    """
    if run.settings.runner == "local":
        return ThreadPoolTaskRunner(max_workers=max(1, run.job.processes))
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        raise UsageError("runner dask needs prefect-dask; pip install prefect-dask") from None
    runner: TaskRunner[Any] = DaskTaskRunner(address=run.settings.dask_address)
    return runner
