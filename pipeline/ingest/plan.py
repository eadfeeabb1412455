"""Planning: which files must be read, which rows stay as they are, which leave."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.ingest.discover import Discovery
from pipeline.ingest.model import CRASHED, OUT_OF_MEMORY, TIMEOUT, UNREADABLE, Shard, SourceFile, Work
from pipeline.settings import Settings
from pipeline.store import Entry, Manifest, Versions

TRANSIENT = frozenset({UNREADABLE, CRASHED, TIMEOUT, OUT_OF_MEMORY})
"""Rejects that are the machine's state, not the file's: tried again each time."""

PLAIN_ENDINGS = (".txt", ".md", ".html", ".htm")
LARGEST_SHARD, MOST_SHARDS = 256, 400
SMALLEST_DASK_SHARD = 16
WORTH_A_PROCESS = 64


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do; all in the order of paths.

    Example: ``plan(found, manifest, versions, "报告").gone`` → ``("云川县/旧报告.txt",)``
    """

    keep: tuple[Entry, ...]
    refused: tuple[Entry, ...]
    todo: tuple[Work, ...]
    gone: tuple[str, ...]


def plan(found: Discovery, before: Manifest | None, versions: Versions, corpus: str) -> Plan:
    """Compare the files with the manifest of the snapshot in force.

    A file of the same size and time keeps its rows unread; one that differs is read, and extracted when its
    bytes differ; everything is extracted when there is no manifest or it is of other versions.

    Example: ``plan(found, None, versions, "报告").keep`` → ``()``
    """
    entries = dict(before.entries) if before and before.versions == versions else {}
    same_place = before is not None and before.corpus == corpus
    keep, todo = [], []
    for file in found.files:
        entry = entries.get(file.relative)
        if entry and same_place and _untouched(entry, file):
            keep.append(entry)
        else:
            todo.append(Work(file, entry.sha256 if entry and not entry.reason else ""))
    refused = [Entry(one.source_path, "", 0, 0, "", "", one.reason, one.message) for one in found.rejects]
    here = {file.relative for file in found.files} | {entry.path for entry in refused}
    gone = sorted(path for path, entry in (before.entries if before else {}).items() if path not in here)
    return Plan(tuple(keep), tuple(refused), tuple(todo), tuple(gone))


def _untouched(entry: Entry, file: SourceFile) -> bool:
    return (entry.size, entry.mtime_ns) == (file.size, file.mtime_ns) and entry.reason not in TRANSIENT


def processes_for(todo: Sequence[Work], settings: Settings) -> int:
    """How many worker processes to use, 0 for none: a few plain texts are read faster without.

    Example: 3 .txt files → 0; one PDF → 1, as its parser may crash
    """
    if not todo:
        return 0
    available = len(os.sched_getaffinity(0))
    wanted = settings.workers or min(available, math.ceil(len(todo) / WORTH_A_PROCESS))
    plain = all(work.source.relative.lower().endswith(PLAIN_ENDINGS) and not work.source.member for work in todo)
    here = plain and wanted == 1 and len(todo) <= WORTH_A_PROCESS and settings.runner == "local"
    return 0 if here else min(wanted, len(todo))


def shards(todo: Sequence[Work], settings: Settings, processes: int) -> tuple[Shard, ...]:
    """Cut the work into shards: small enough to spread and to show progress, never many hundreds.

    How many a Dask cluster reads at a time is not asked: there are shards enough for a large one.

    Example: 172 files and 2 processes → 8 shards of 22
    """
    spread = math.ceil(len(todo) / max(8, 4 * processes))
    if settings.runner == "dask":
        spread = max(math.ceil(len(todo) / MOST_SHARDS), SMALLEST_DASK_SHARD)
    size = settings.shard_size or max(min(spread, LARGEST_SHARD), math.ceil(len(todo) / MOST_SHARDS), 1)
    starts = range(0, len(todo), size)
    return tuple(Shard(f"{at:05d}", tuple(todo[start : start + size])) for at, start in enumerate(starts))
