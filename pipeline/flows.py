"""The Prefect flow: records, retries and artifacts around the functions of ``pipeline.ingest``."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")

from prefect import flow, runtime, task
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
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.futures import as_completed
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
from prefect.types import DateTime
from tzlocal import get_localzone_name

from pipeline.errors import UsageError, ZhibiaoError
from pipeline.ingest import Run, Summary, begin, check, finish, preflight, run_shard
from pipeline.ingest.model import Job, Outcome, Shard
from pipeline.ingest.progress import progress
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


@task(name="read shard", task_run_name="shard {shard.name}", retries=2, retry_delay_seconds=1,
      cache_policy=NO_CACHE, persist_result=False)  # fmt: skip
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
        return cast(Summary, ingest_flow(settings.model_dump(mode="json")))


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
    here = settings.model_copy(update=paths).model_dump(mode="json")
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
