"""The begin of a run: the output folder held, the corpus looked through, the work planned."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import StoreError
from pipeline.ingest.discover import check_paths, discover, printable
from pipeline.ingest.model import EngineSpec, Job, Shard
from pipeline.ingest.plan import Plan, plan, processes_for, shards
from pipeline.ingest.versions import versions_of
from pipeline.ingest.workers import workers
from pipeline.settings import Settings
from pipeline.store import Manifest, Versions, clean, current, locked, new_run_id, read_manifest, staging


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


def preflight(settings: Settings) -> None:
    """Raise at once what would stop a run: paths that cannot be, a folder another run writes, faulty lexicons.

    Example: ``preflight(load_settings(corpus=Path("报告")))``
    """
    check_paths(settings.corpus, settings.out)
    with locked(settings.out):
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
    check_paths(settings.corpus, settings.out)
    with locked(settings.out), _disk_errors(settings.out):
        clean(settings.out)
        run_id = new_run_id(settings.out, started)
        with staging(settings.out, f"{run_id}.work") as work:
            run = _planned(settings, run_id, started, work.resolve())
            with workers(run.job):
                yield run


def _planned(settings: Settings, run_id: str, started: datetime, work: Path) -> Run:
    spec = spec_of(settings)
    versions, before = versions_of(spec), current(settings.out)
    manifest = read_manifest(before) if before else None
    corpus = printable(os.fspath(settings.corpus.resolve()))
    todo = plan(discover(settings.corpus.resolve(), settings.limits), manifest, versions, corpus)
    processes = processes_for(todo.todo, settings)
    job = _job(settings, spec, work, processes, versions)
    cut = shards(todo.todo, settings, processes)
    return Run(settings, run_id, started, corpus, versions, todo, before if manifest else None, manifest, job, cut)


def _job(settings: Settings, spec: EngineSpec, work: Path, processes: int, versions: Versions) -> Job:
    limits = (settings.document_seconds, settings.document_memory, settings.crash_retries)
    job = Job(spec, work, processes, *limits)
    elsewhere = settings.runner == "dask"
    return replace(job, shared=(settings.corpus.resolve(),), versions=versions) if elsewhere else job


@contextmanager
def _disk_errors(out: Path) -> Iterator[None]:
    before = current(out)
    try:
        yield
    except OSError as error:
        became = "nothing was published" if current(out) == before else "the new tables are in force all the same"
        raise StoreError(f"{out} cannot be written: {error}; {became}") from error
