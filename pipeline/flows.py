"""The Prefect flow: records, retries and artifacts around the functions of ``pipeline.ingest``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture, as_completed
from prefect.schedules import Cron, Schedule
from prefect.settings import (
    PREFECT_API_REQUEST_TIMEOUT,
    PREFECT_API_URL,
    PREFECT_LOGGING_TO_API_ENABLED,
    temporary_settings,
)
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task, exponential_backoff

from pipeline import cluster
from pipeline.audit.page import page
from pipeline.audit.store import findings_of
from pipeline.errors import UsageError, ZhibiaoError
from pipeline.ingest import Run, Summary, begin, finish, preflight, run_shard
from pipeline.ingest.local import read_all
from pipeline.ingest.model import UNREADABLE, Job, Outcome, Shard
from pipeline.ingest.process import one_line
from pipeline.ingest.progress import progress
from pipeline.server import own_server
from pipeline.settings import Settings, load_settings

ARTIFACT, DEPLOYMENT = "zhibiao-ingest", "nightly"
SHOWN = 50
"""Findings in the artifact of a run; the most severe come first."""
PATIENT = {PREFECT_API_REQUEST_TIMEOUT: 300.0, PREFECT_LOGGING_TO_API_ENABLED: False}
"""For a server of our own: its first start makes a database, and it does not outlive late log lines."""


def _worth_another_try(task: Task[..., Any], run: TaskRun, state: State[Any]) -> bool:
    """A wrong setting stays wrong; documents that kill processes were tried again already (``ingest.rescue``)."""
    return not isinstance(state.result(raise_on_failure=False), ZhibiaoError)


@task(name="read shard", task_run_name="shard {shard.name}", retries=3, retry_delay_seconds=exponential_backoff(2),
      retry_condition_fn=_worth_another_try, cache_policy=NO_CACHE, persist_result=False)  # fmt: skip
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
        return ingest_flow(settings.model_dump(mode="json"))


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
            parameters={"settings": here.model_dump(mode="json")},
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
    """The outcomes of all shards; those that Dask could not read are read here, and so are files it could not open."""
    outcomes: list[Outcome] = []
    lost: list[Shard] = []
    if not run.shards:
        return outcomes
    with _started(run) as runner, progress(len(run.plan.todo)) as advance:
        futures = {runner.submit(read_shard, {"job": run.job, "shard": shard}): shard for shard in run.shards}
        with _watched(runner, list(futures)):
            for future in as_completed(list(futures)):
                found = _result(run, future, futures[future], lost)
                outcomes += found
                advance(len(found))
    return outcomes + read_all(run, lost) if lost else outcomes


def _result(run: Run, future: PrefectFuture[list[Outcome]], shard: Shard, lost: list[Shard]) -> list[Outcome]:
    """What became of a shard; what another machine failed at is added to ``lost``, but not what the user did wrong."""
    elsewhere = run.settings.runner == "dask"
    try:
        found = future.result()
    except ZhibiaoError:
        raise
    except Exception as error:
        if not elsewhere:
            raise
        why = one_line(f"{type(error).__name__}: {error}")
        get_run_logger().warning("Dask lost shard %s, it is read here: %s", shard.name, why)
        lost.append(shard)
        return []
    unopened = {one.source for one in found if elsewhere and one.reason == UNREADABLE}
    if unopened:
        lost.append(Shard(f"{shard.name}-here", tuple(work for work in shard.items if work.source in unopened)))
    return [one for one in found if one.source not in unopened]


@contextmanager
def _started(run: Run) -> Iterator[TaskRunner[Any]]:
    address = run.settings.dask_address
    with runner_of(run) as runner:
        if run.settings.runner == "dask":
            with cluster.reachable(address):
                client = runner.client  # type: ignore[attr-defined]
            cluster.check_workers(client, run.job, address, PREFECT_API_URL.value() or "")
        yield runner


@contextmanager
def _watched(runner: TaskRunner[Any], futures: Sequence[PrefectFuture[Any]]) -> Iterator[None]:
    if isinstance(runner, ThreadPoolTaskRunner):
        yield
        return
    wrapped = [future.wrapped_future for future in futures]  # type: ignore[attr-defined]
    with cluster.given_up_when_deserted(runner.client, wrapped):  # type: ignore[attr-defined]
        yield


def runner_of(run: Run) -> TaskRunner[Any]:
    """Where shards are run: threads that keep worker processes busy, or Dask; UsageError without it.

    Example: dask_address = "tcp://10.0.0.1:8786" with runner = "dask" in zhibiao.toml
    """
    if run.settings.runner == "local":
        return ThreadPoolTaskRunner(max_workers=max(1, run.job.processes))
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        raise UsageError(cluster.MISSING) from None
    runner: TaskRunner[Any] = DaskTaskRunner(**cluster.runner_options(run.settings, run.job.processes))
    return runner
