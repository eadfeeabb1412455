"""The end of a run: the tables written aside, checked against what there was, and put in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import lexicons
from pipeline.ingest.assemble import Sources, count_rows, write_groups
from pipeline.ingest.between import write_between
from pipeline.ingest.groups import Group, duplicates, grouped
from pipeline.ingest.knowledge import entity_table, indicator_table
from pipeline.ingest.model import Outcome, Row, Summary
from pipeline.ingest.run import Run
from pipeline.ingest.versions import package_version
from pipeline.store import (
    Entry,
    Manifest,
    prune,
    publish,
    read_table,
    staging,
    table_of,
    write_manifest,
    write_part,
)


@dataclass(frozen=True, slots=True)
class Result:
    """The files as they are now, in the order of paths; ``shard_of`` says which rows are fresh, by doc_id.

    Example: ``result_of(run, outcomes).documents[0].path`` → ``云川县/2023上半年.txt``
    """

    entries: tuple[Entry, ...]
    shard_of: dict[str, str]

    @property
    def documents(self) -> tuple[Entry, ...]:
        """The files that give rows."""
        return tuple(entry for entry in self.entries if not entry.reason)

    @property
    def rejects(self) -> tuple[Entry, ...]:
        """The files that give none."""
        return tuple(entry for entry in self.entries if entry.reason)


def finish(run: Run, outcomes: Sequence[Outcome]) -> Summary:
    """Publish what the shards of a run gave, or say that nothing changed; prunes old snapshots.

    Example: ``finish(run, outcomes).published``
    """
    result = _result_of(run, outcomes)
    if run.manifest and run.before and _same(run, result):
        return _nothing_changed(run, result, run.before, run.manifest)
    with staging(run.settings.out, run.run_id) as folder:
        summary = _write(run, result, folder)
        snapshot = publish(run.settings.out, folder)
    prune(run.settings.out, run.settings.keep_snapshots)
    return replace(summary, snapshot=snapshot)


def _result_of(run: Run, outcomes: Sequence[Outcome]) -> Result:
    entries = [*run.plan.keep, *run.plan.refused]
    for outcome in outcomes:
        file = outcome.source
        part = run.manifest.entries[file.relative].part if outcome.state == "same" and run.manifest else ""
        stamp = (file.relative, file.doc_id, file.size, file.mtime_ns)
        entries.append(Entry(*stamp, outcome.sha256, part, outcome.reason, outcome.message))
    shard_of = {outcome.source.doc_id: outcome.file for outcome in outcomes if outcome.state == "read"}
    return Result(tuple(sorted(entries, key=lambda entry: entry.path)), shard_of)


def _same(run: Run, result: Result) -> bool:
    assert run.manifest is not None
    before = {path: (entry.sha256, entry.reason, entry.message) for path, entry in run.manifest.entries.items()}
    now = {entry.path: (entry.sha256, entry.reason, entry.message) for entry in result.entries}
    return run.manifest.versions == run.versions and not result.shard_of and before == now


def _nothing_changed(run: Run, result: Result, snapshot: Path, before: Manifest) -> Summary:
    """Files that were only touched get their new times into the manifest, so that they are not read again."""
    manifest = replace(before, corpus=run.corpus, entries={entry.path: entry for entry in result.entries})
    if manifest != before:
        write_manifest(snapshot, manifest)
    mentions = read_table(snapshot, "mentions", ["mention_id"]).num_rows
    return _summary(run, result, snapshot, published=False, mentions=mentions)


def _write(run: Run, result: Result, folder: Path) -> Summary:
    duplicate_of = duplicates(result.documents)
    groups = grouped(result.documents, duplicate_of, run.versions)
    sources = Sources(result.shard_of, run.job.work, run.before, run.manifest)
    write_groups(groups, duplicate_of, sources, folder)
    _write_knowledge(run, folder)
    write_between(folder, run.job.engine)
    rejects = [_reject_row(entry) for entry in result.rejects]
    write_part(folder, "rejects", table_of("rejects", rejects))
    write_manifest(folder, _manifest(run, result, groups))
    summary = _summary(run, result, folder, published=True, mentions=count_rows(folder, "mentions", groups))
    write_part(folder, "runs", table_of("runs", [*_earlier_runs(run), _run_row(run, summary)]))
    return summary


def _write_knowledge(run: Run, folder: Path) -> None:
    words = lexicons.load(run.settings.lexicons)
    write_part(folder, "indicators", indicator_table(words))
    write_part(folder, "entities", entity_table(folder, words))


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
        entries |= {entry.path: replace(entry, part=group.part) for entry in group.entries}
    return Manifest(run.corpus, run.versions, entries, {group.part: group.signature for group in groups})


def _summary(run: Run, result: Result, snapshot: Path, published: bool, mentions: int) -> Summary:
    known = {path for path, entry in run.manifest.entries.items() if not entry.reason} if run.manifest else set()
    fresh = [entry.path for entry in result.documents if entry.doc_id in result.shard_of]
    return Summary(
        snapshot=snapshot,
        published=published,
        documents=len(result.documents),
        new=sum(path not in known for path in fresh),
        changed=sum(path in known for path in fresh),
        unchanged=len(result.documents) - len(fresh),
        gone=len(run.plan.gone),
        mentions=mentions,
        findings=Counter(read_table(snapshot, "findings", ["severity"])["severity"].to_pylist()),
        rejects=Counter(entry.reason for entry in result.rejects),
        seconds=(_now(run) - run.started).total_seconds(),
    )


def _now(run: Run) -> datetime:
    """The time, never before the run began, also when the clock was put back meanwhile."""
    return max(run.started, datetime.now(UTC))


def _earlier_runs(run: Run) -> list[Row]:
    rows: list[Row] = read_table(run.before, "runs").to_pylist() if run.before and run.manifest else []
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
