"""The end of a run: the tables written aside, checked against what there was, and put in force."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq

import lexicons
from pipeline.audit.news import news
from pipeline.errors import StoreError
from pipeline.ingest.assemble import count_rows
from pipeline.ingest.between import write_between
from pipeline.ingest.former import former_comparison
from pipeline.ingest.groups import Group
from pipeline.ingest.knowledge import entity_table, indicator_table
from pipeline.ingest.model import Outcome, Reject, Row
from pipeline.ingest.revisions import write_revisions
from pipeline.ingest.run import Run
from pipeline.ingest.summary import Summary
from pipeline.ingest.versions import package_version
from pipeline.logs import Fields
from pipeline.store import (
    Entry,
    Manifest,
    current,
    parts,
    prune,
    publish,
    read_table,
    seal,
    staging,
    table_of,
    write_manifest,
    write_part,
)
from pipeline.store.part_files import note_damage, noted_damage, other_bytes

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """The files as they are now, in the order of paths; ``shard_of`` says which rows are fresh, by doc_id.

    Example: ``result_of(run, outcomes).documents[0].path`` → ``云川县/2023上半年.txt``
    """

    entries: tuple[Entry, ...]
    shard_of: dict[str, str]
    waiting: int = 0

    @property
    def documents(self) -> tuple[Entry, ...]:
        """The files that give rows, those too whose rows stay though they could not be read."""
        return tuple(entry for entry in self.entries if entry.part or not entry.reason)

    @property
    def rejects(self) -> tuple[Entry, ...]:
        """The files that could not be read."""
        return tuple(entry for entry in self.entries if entry.reason)


def take(run: Run, outcomes: Sequence[Outcome]) -> None:
    """Assemble beside the reading: what shards of a run gave is written as far as all before it is known.

    Example: ``take(run, run_shard(run.job, shard))``
    """
    with _damage_noted(run):
        run.ahead.take(outcomes)


def make_ready(run: Run) -> None:
    """Load what the end of a run needs, while workers read: the regions, what numpy compares keys with.

    Example: ``make_ready(run)``
    """
    import numpy.ma  # noqa: F401

    lexicons.load(run.settings.lexicons).regions  # noqa: B018


def finish(run: Run, outcomes: Sequence[Outcome]) -> Summary:
    """Publish what the shards of a run gave, or say that nothing changed; prunes old snapshots.

    Example: ``finish(run, outcomes).published``
    """
    take(run, outcomes)
    result = _result_of(run, outcomes)
    if run.manifest and run.before and _same(run, result):
        with _damage_noted(run):
            return _told(_nothing_changed(run, result, run.before, run.manifest))
    with staging(run.settings.out, run.run_id) as folder:
        with _damage_noted(run):
            summary = _write(run, result, folder)
        log.info("tables written %s", Fields(documents=summary.documents, mentions=summary.mentions))
        snapshot = publish(run.settings.out, folder)
    log.info("published %s", Fields(snapshot=snapshot))
    for name in prune(run.settings.out, run.settings.keep_snapshots, run.settings.keep_days, run.started):
        log.info("pruned %s", Fields(snapshot=name))
    return _told(replace(summary, snapshot=snapshot))


@contextmanager
def _damage_noted(run: Run) -> Iterator[None]:
    """When rows cannot be read, look which part files of the snapshot before are damaged: the next run heals them."""
    try:
        yield
    except StoreError:
        if run.before and run.manifest:
            found = dict(other_bytes(run.before, run.manifest.files, {}))
            note_damage(run.before, {*noted_damage(run.before), *found})
        raise


def _told(summary: Summary) -> Summary:
    for one in summary.new_rejects:
        log.warning("document rejected %s", Fields(path=one.source_path, reason=one.reason))
    log.info("finished %s", Fields(summary.counts()))
    return summary


def _result_of(run: Run, outcomes: Sequence[Outcome]) -> Result:
    with _damage_noted(run):
        run.ahead.skip()
    shard_of = {outcome.source.doc_id: outcome.file for outcome in outcomes if outcome.state == "read"}
    waiting = run.plan.waiting + sum(outcome.state == "waiting" for outcome in outcomes)
    return Result(tuple(run.ahead.entries), shard_of, waiting)


def _same(run: Run, result: Result) -> bool:
    assert run.manifest is not None
    if result.shard_of or run.manifest.versions != run.versions or run.manifest.damaged:
        return False
    before = {path: (entry.sha256, entry.reason, entry.message) for path, entry in run.manifest.entries.items()}
    now = {entry.path: (entry.sha256, entry.reason, entry.message) for entry in result.entries}
    return before == now


def _nothing_changed(run: Run, result: Result, snapshot: Path, before: Manifest) -> Summary:
    """Files that were only touched get their new times into the manifest, so that they are not read again."""
    manifest = replace(before, corpus=run.corpus, entries={entry.path: entry for entry in result.entries})
    if manifest != before:
        write_manifest(snapshot, manifest)
    mentions = sum(pq.read_metadata(path).num_rows for path in parts(snapshot, "mentions"))
    return _summary(run, result, snapshot, published=False, mentions=mentions)


def _write(run: Run, result: Result, folder: Path) -> Summary:
    groups = run.ahead.end(folder)
    words = lexicons.load(run.settings.lexicons)
    write_part(folder, "indicators", indicator_table(words))
    with ThreadPoolExecutor(1) as aside:  # Arrow reads without holding up Python
        entities = aside.submit(entity_table, folder, words)
        former = former_comparison(run, groups, result.shard_of.keys(), folder)
        write_between(folder, run.job.engine, run.job.work, former, run.job.processes)
    write_part(folder, "entities", entities.result())
    rejects = [_reject_row(entry) for entry in result.rejects]
    write_part(folder, "rejects", table_of("rejects", rejects))
    write_revisions(run, groups, folder)
    summary = _summary(run, result, folder, published=True, mentions=count_rows(folder, "mentions", groups))
    write_part(folder, "runs", table_of("runs", [*_earlier_runs(run), _run_row(run, summary)]))
    seal(folder, _manifest(run, result, groups), run.manifest)
    return summary


def _reject_row(entry: Entry) -> Row:
    return {
        "source_path": entry.path,
        "sha256": entry.sha256 or None,
        "reason": entry.reason,
        "message": entry.message,
    }


def _manifest(run: Run, result: Result, groups: Sequence[Group]) -> Manifest:
    entries = {entry.path: entry for entry in result.rejects}
    for group in groups:
        part = group.part
        entries |= {one.path: one if one.part == part else replace(one, part=part) for one in group.entries}
    return Manifest(run.corpus, run.versions, entries, {group.part: group.signature for group in groups})


def _summary(run: Run, result: Result, snapshot: Path, published: bool, mentions: int) -> Summary:
    old = run.manifest.entries if run.manifest else {}
    known = {path for path, entry in old.items() if entry.part or not entry.reason}
    fresh = [entry.path for entry in result.documents if entry.doc_id in result.shard_of]
    found = news(snapshot, run.before if published else snapshot)
    return Summary(
        snapshot=snapshot,
        published=published,
        documents=len(result.documents),
        new=sum(path not in known for path in fresh),
        changed=sum(path in known for path in fresh),
        unchanged=len(result.documents) - len(fresh),
        gone=len(run.plan.gone),
        mentions=mentions,
        run_id=run.run_id,
        rejects=Counter(entry.reason for entry in result.rejects),
        new_rejects=_new_rejects(result, old),
        findings=found.findings,
        new_findings=+found.new,
        worst=found.worst,
        seconds=(_now(run) - run.started).total_seconds(),
        waiting=result.waiting,
    )


def _new_rejects(result: Result, old: Mapping[str, Entry]) -> tuple[Reject, ...]:
    return tuple(
        Reject(entry.path, entry.sha256, entry.reason, entry.message)
        for entry in result.rejects
        if entry.path not in old or old[entry.path].reason != entry.reason
    )


def _now(run: Run) -> datetime:
    """The time, never before the run began, also when the clock was put back meanwhile."""
    return max(run.started, datetime.now(UTC))


def _earlier_runs(run: Run) -> list[Row]:
    """Those of the snapshot in force, also where nothing else of it can be used."""
    in_force = current(run.settings.out)
    try:
        rows: list[Row] = read_table(in_force, "runs").to_pylist() if in_force else []
    except StoreError:
        return []
    return rows


def _run_row(run: Run, summary: Summary) -> Row:
    counts = ("documents", "new", "changed", "unchanged", "gone", "mentions", "seconds")
    return {
        "run_id": run.run_id,
        "started": run.started,
        "finished": _now(run),
        "corpus": run.corpus,
        "version": package_version(),
        "engine_version": run.versions.engine,
        "lexicon_version": run.versions.lexicons,
        "segmenter": run.settings.segmenter,
        **{name: getattr(summary, name) for name in counts},
        "rejects": summary.rejected,
    }
