"""The begin of a run: the output folder held, the corpus looked through, the work planned."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from pipeline.errors import StoreError
from pipeline.ingest.ahead import Ahead
from pipeline.ingest.assemble import Assembly
from pipeline.ingest.between import words_of
from pipeline.ingest.discover import Discovery, check_paths, discover
from pipeline.ingest.earlier import Earlier
from pipeline.ingest.landing import settled
from pipeline.ingest.memory import seldom_collected
from pipeline.ingest.model import EngineSpec, Job, Shard
from pipeline.ingest.parts import Sources
from pipeline.ingest.plan import Plan, plan, processes_for, shards
from pipeline.ingest.server import start_early
from pipeline.ingest.versions import versions_of
from pipeline.ingest.workers import workers
from pipeline.logs import Fields, run_told
from pipeline.settings import Settings
from pipeline.sources import NotThereError, SourceError
from pipeline.store import Manifest, Versions, current, locked, new_run_id, read_manifest, ready, staging

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Run:
    """A run that holds its output folder: the plan, the shards to be read, and what was in force before.

    Example: ``with begin(settings) as run: finish(run, read_all(run))``
    """

    settings: Settings
    run_id: str
    started: datetime
    corpus: str
    versions: Versions
    plan: Plan
    before: Path | None
    manifest: Manifest | None
    job: Job
    shards: tuple[Shard, ...]
    ahead: Ahead
    """What became of the files so far, and the parts of the new tables that are written already."""


def preflight(settings: Settings) -> None:
    """Raise at once what would stop a run: paths that cannot be, a folder another run writes, faulty lexicons.

    Example: ``preflight(load_settings(corpus=Path("报告")))``
    """
    check(settings)
    with locked(settings.out):
        pass


def check(settings: Settings) -> None:
    """Raise at once what would stop every run: paths that cannot be, faulty lexicons; changes nothing.

    Example: ``check(load_settings(corpus=Path("报告")))``
    """
    check_paths(settings.corpus, settings.out)
    versions_of(spec_of(settings))


def spec_of(settings: Settings) -> EngineSpec:
    """What of the settings makes an engine.

    Example: ``spec_of(load_settings()).segmenter`` → ``rjieba``
    """
    overlay = settings.lexicons.resolve() if settings.lexicons else None
    checks = settings.audit.resolve() if settings.audit else None
    return EngineSpec(settings.segmenter, overlay, settings.limits, checks)


@contextmanager
def begin(settings: Settings) -> Iterator[Run]:
    """Hold the output folder and plan a run; worker processes and leftovers are gone at the end.

    UsageError for impossible paths, LockedError when another run writes, StoreError for a full disk.

    Example: ``with begin(load_settings(corpus=Path("报告"))) as run: len(run.shards)``
    """
    started = datetime.now(UTC)
    with run_told(log) as name:
        check_paths(settings.corpus, settings.out)
        if settings.runner == "local":
            start_early(settings.corpus, settings.out)
        with locked(settings.out), _disk_errors(settings.out):
            ready(settings.out)
            name(run_id := new_run_id(settings.out, started))
            with staging(settings.out, f"{run_id}.work") as work:
                run = _planned(settings, run_id, started, work.resolve())
                _tell(run)
                with workers(run.job), run.ahead.assembly, seldom_collected():
                    yield run


def _tell(run: Run) -> None:
    about = {"corpus": run.corpus, "out": run.settings.out, "segmenter": run.versions.segmenter}
    log.info("started %s", Fields(about, engine=run.versions.engine, lexicons=run.versions.lexicons))
    counts = {"read": len(run.plan.todo), "kept": len(run.plan.keep), "gone": len(run.plan.gone)}
    counts |= {"refused": len(run.plan.refused), "shards": len(run.shards), "processes": run.job.processes}
    log.info("planned %s", Fields(counts))


def _planned(settings: Settings, run_id: str, started: datetime, work: Path) -> Run:
    spec = spec_of(settings)
    versions = versions_of(spec)
    corpus, before, manifest, todo = planned(settings, versions)
    processes = processes_for(todo.todo, settings)
    job = _job(settings, spec, work, processes, versions)
    cut = shards(todo.todo, settings, processes)
    sources = Sources(work, before if manifest else None, manifest)
    ahead = Ahead(todo, Assembly(sources, versions, partial(words_of, spec.lexicons)))
    return Run(settings, run_id, started, corpus, versions, todo, sources.snapshot, manifest, job, cut, ahead)


def planned(settings: Settings, versions: Versions) -> tuple[str, Path | None, Manifest | None, Plan]:
    """The corpus by its name, the snapshot in force with its manifest, and what is to be done; only looks.

    SourceError when all reports would be gone.

    Example: ``planned(settings, versions)[3].gone`` → ``("云川县/旧报告.txt",)``
    """
    before = current(settings.out)
    manifest = read_manifest(before) if before else None
    corpus = str(settings.corpus.resolve())
    return corpus, before, manifest, _plan(settings, Earlier.of(manifest, versions, corpus, before))


def _job(settings: Settings, spec: EngineSpec, work: Path, processes: int, versions: Versions) -> Job:
    limits = (settings.document_seconds, settings.document_memory, settings.crash_retries)
    job = Job(spec, work, processes, *limits)
    if settings.runner != "dask":
        return job
    shared = () if settings.corpus.protocol else (settings.corpus.path.resolve(),)
    return replace(job, shared=shared, versions=versions)


def _plan(settings: Settings, earlier: Earlier) -> Plan:
    sieve = partial(settled, seconds=settings.settle_seconds, known=earlier.knows)
    try:
        found = discover(settings.corpus, settings.limits, settings.follow_links, sieve)
    except NotThereError:
        if not settings.allow_empty:
            raise
        found = Discovery()
    chosen = plan(found, earlier)
    if not found.files and not any(entry.part for entry in chosen.keep) and not settings.allow_empty:
        _refuse_to_empty(settings, earlier, found)
    return chosen


def _refuse_to_empty(settings: Settings, earlier: Earlier, found: Discovery) -> None:
    before = sum(bool(entry.part) or not entry.reason for entry in earlier.entries.values())
    refused = next((f" to be read ({one.source_path}: {one.message})" for one in found.rejects), "")
    if before:
        raise SourceError(
            f"{settings.corpus} has no files{refused}, but the tables have {before} documents; see whether it is there"
            " (a mount, a key), or publish empty tables with --allow-empty"
        )


@contextmanager
def _disk_errors(out: Path) -> Iterator[None]:
    before = current(out)
    try:
        yield
    except OSError as error:
        became = "nothing was published" if current(out) == before else "the new tables are in force all the same"
        raise StoreError(f"{out} cannot be written: {error}; {became}") from error
