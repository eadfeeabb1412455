"""The Prefect flow: records, retries and artifacts around the functions of ``pipeline.ingest``."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")

from prefect import flow, get_run_logger, runtime, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType, TaskRun
from prefect.futures import PrefectFuture, as_completed
from prefect.logging.handlers import APILogHandler
from prefect.runner import Runner
from prefect.schedules import Cron, Schedule
from prefect.settings import (
    PREFECT_API_REQUEST_TIMEOUT,
    PREFECT_API_URL,
    PREFECT_LOGGING_TO_API_ENABLED,
    temporary_settings,
)
from prefect.states import Cancelled, Completed, Crashed, Failed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task, exponential_backoff
from prefect.types import DateTime
from tzlocal import get_localzone_name

from pipeline import cluster
from pipeline.errors import UsageError, ZhibiaoError
from pipeline.ingest import Run, Summary, abandon, begin, check, finish, preflight, run_shard
from pipeline.ingest.local import read_all
from pipeline.ingest.model import UNREADABLE, Job, Outcome, Shard
from pipeline.ingest.process import one_line
from pipeline.ingest.progress import progress
from pipeline.ingest.publish import take
from pipeline.ingest.worker import die_with_parent
from pipeline.logs import Fields, Message, handled_by, logging_to
from pipeline.server import own_server
from pipeline.settings import Settings, load_settings

log = logging.getLogger(__name__)

ARTIFACT, DEPLOYMENT = "zhibiao-ingest", "nightly"
PATHS = ("corpus", "out", "lexicons", "audit")
"""Settings that a run in another working folder must find."""
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


def _is_news(record: logging.LogRecord) -> bool:
    """Prefect repeats, with a traceback, what a run failed of; our errors have been said in a line by then."""
    return not (record.exc_info and isinstance(record.exc_info[1], ZhibiaoError))


for _name in ("prefect.flow_runs", "prefect.engine"):
    logging.getLogger(_name).addFilter(_is_news)


def _run_name() -> str:
    """What the list of runs shows: the corpus and when, instead of two random words."""
    given = runtime.flow_run.parameters.get("settings") or {}
    start = runtime.flow_run.scheduled_start_time.astimezone()
    return f"{Path(given.get('corpus', '')).name or 'corpus'} {start:%Y-%m-%d %H:%M}"


@flow(name="zhibiao-ingest", flow_run_name=_run_name, persist_result=False, validate_parameters=False)
def ingest_flow(settings: dict[str, Any] | None = None) -> Summary | State[Any]:
    """Reads what is new or changed of a corpus of reports, publishes its tables, audits them.

    `settings` are those of zhibiao.toml, by name. The artifact zhibiao-ingest says what a run did and found.

    Example: ``ingest_flow({"corpus": "报告", "out": "输出"})``
    """
    die_with_parent()  # which is `zhibiao serve`, where there is one
    try:
        chosen = load_settings(**(settings or {}))
        with logging_to(chosen.log), handled_by(_run_log()), begin(chosen) as run:
            _settle()
            summary = finish(run, _read_all(run))
    except ZhibiaoError as error:  # one line that says what to do, where Prefect would log a traceback
        return Failed(data=error, message=error.message)
    create_markdown_artifact(summary.markdown(), key=ARTIFACT, description=". ".join(summary.lines()[:-1]))
    return Completed(data=summary, message=". ".join(summary.lines()[:-1]))


def _settle() -> None:
    """Say of other runs of the deployment what became of them, now that this one holds the output folder.

    Nights that are overdue, after downtime or a long run, need no run each: this one reads all there is. A run that
    is said to go on with the same settings died with its machine.
    """
    deployment, mine = runtime.deployment.id, str(runtime.flow_run.id)
    if not deployment:
        return
    with get_client(sync_client=True) as client:
        for one in _runs(client, deployment, StateType.SCHEDULED):
            if one.auto_scheduled:
                client.set_flow_run_state(one.id, Cancelled(message="a later run read what was due"), force=True)
                log.info("skipped %s", Fields(due=one.expected_start_time))
        for one in _runs(client, deployment, StateType.RUNNING):
            if str(one.id) != mine and one.parameters == runtime.flow_run.parameters:
                client.set_flow_run_state(one.id, Crashed(message="it died; a later run took its place"), force=True)


def _mark_stopped(deployment: UUID) -> None:
    with get_client(sync_client=True) as client:
        for one in _runs(client, deployment, StateType.RUNNING, StateType.PENDING):
            message = "zhibiao serve was stopped; the tables of the run before stay in force"
            client.set_flow_run_state(one.id, Crashed(message=message), force=True)


def _runs(client: SyncPrefectClient, deployment: UUID | str, *types: StateType) -> list[FlowRun]:
    """The runs of a deployment that are in some states and were due already."""
    wanted = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=[UUID(str(deployment))]),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(types))),
        expected_start_time=FlowRunFilterExpectedStartTime(before_=DateTime.now("UTC")),
    )
    return client.read_flow_runs(flow_run_filter=wanted)


def _run_log() -> logging.Handler:
    """What carries our events to the run's log at the server, where there is one that outlives the run."""
    handler, run = APILogHandler(), runtime.flow_run.id

    def of_this_run(record: logging.LogRecord) -> bool:
        record.flow_run_id = run
        return bool(run)

    handler.addFilter(of_this_run)
    handler.setFormatter(Message())
    return handler


def run_ingest(settings: Settings) -> Summary:
    """Run the flow on the Prefect server that is configured, or on one of its own for as long as it takes.

    Whatever can be told beforehand is: a wrong path or a folder in use costs no start of a server.

    Example: ``run_ingest(load_settings(corpus=Path("报告"))).lines()``
    """
    preflight(settings)
    with _server():
        return cast(Summary, ingest_flow(settings.parameters()))


def serve(
    settings: Settings,
    cron: str,
    timezone: str | None = None,
    name: str = DEPLOYMENT,
    announce: Callable[[str], object] = print,
) -> None:
    """Ingest at the times of a cron expression until interrupted, as a Prefect deployment; one run at a time.

    The times are those of a time zone, the machine's when none is given. ``name`` tells apart what is served to one
    Prefect server. ``announce`` is told what goes where, once nothing stands against it. UsageError when the
    expression cannot be read or nobody knows the zone.

    Example: ``serve(load_settings(corpus=Path("报告")), "0 2 * * *", "Asia/Shanghai")``
    """
    schedule = _schedule(cron, timezone)
    check(settings)
    announce(f"{settings.corpus} goes to {settings.out} at {cron} ({schedule.timezone}); Ctrl-C ends it")
    paths = {name: path.resolve() for name in PATHS if (path := getattr(settings, name))}
    here = settings.model_copy(update=paths).parameters()
    os.environ.setdefault("PYTHONWARNINGS", "ignore:resource_tracker:UserWarning")  # said when a run is killed
    with _server(schedules=True):
        runner = _Nightly(name=name, limit=1)
        deployment = runner.add_flow(
            ingest_flow, name=name, tags=["zhibiao"], schedule=schedule, parameters={"settings": here}
        )
        try:
            asyncio.run(runner.start(webserver=False))
        except asyncio.CancelledError:
            _mark_stopped(cast(UUID, deployment))
            announce("ended; the tables in force stay as they are")


class _Nightly(Runner):
    """Ends within seconds, on SIGTERM as on Ctrl-C: the schedule is paused, a run under way is killed and marked so.

    Left to itself a run would be waited for. To kill it is safe: it has published its tables or it has not.
    """

    _end: Callable[[], object]

    async def start(self, run_once: bool = False, webserver: bool | None = None) -> None:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()

        def end() -> None:
            for run in multiprocessing.active_children():
                run.kill()
            if task:
                task.cancel()

        self._end = lambda: loop.call_soon_threadsafe(end)
        loop.add_signal_handler(signal.SIGINT, end)
        await super().start(run_once, webserver)

    def handle_sigterm(self, *args: Any, **kwargs: Any) -> None:
        self._end()


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


def _schedule(cron: str, timezone: str | None) -> Schedule:
    try:
        zone = str(ZoneInfo(timezone or get_localzone_name()))
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise UsageError(f"{timezone or 'that of this machine'} is no time zone; write it like Asia/Shanghai") from None
    try:
        return Cron(cron, timezone=zone)
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
        with _watched(runner, list(futures)), _abandoned(run):
            for future in as_completed(list(futures)):
                found = _result(run, future, futures[future], lost)
                outcomes += found
                advance(len(found))
                take(run, found)
    return outcomes + read_all(run, lost) if lost else outcomes


@contextmanager
def _abandoned(run: Run) -> Iterator[None]:
    """A run that fails or is interrupted does not wait for what its processes read."""
    try:
        yield
    except BaseException:
        abandon(run.job)
        raise


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
