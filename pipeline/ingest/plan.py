"""Planning: which files must be read, which rows stay as they are, which leave."""

from __future__ import annotations

import math
import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, repeat
from pathlib import Path

from pipeline.ingest.discover import Discovery
from pipeline.ingest.earlier import Earlier
from pipeline.ingest.model import UNREADABLE, Shard, SourceFile, Work
from pipeline.ingest.server import WORTH_A_PROCESS
from pipeline.settings import Settings
from pipeline.store import Entry

MEMORY = "memory"
PLAIN_ENDINGS = (".txt", ".md", ".html", ".htm")
LARGEST_SHARD, MOST_SHARDS = 256, 400
SMALLEST_DASK_SHARD = 16
SMALL_SHARDS = 8
"""How many times smaller than the first the last shards are."""
BYTES_OF_ANY = 2_000
"""What a file costs besides its bytes, in bytes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do; all in the order of paths. ``gone`` are files that could be looked at before.

    Example: ``plan(found, earlier).gone`` → ``("云川县/旧报告.txt",)``
    """

    keep: tuple[Entry, ...]
    refused: tuple[Entry, ...]
    todo: tuple[Work, ...]
    gone: tuple[str, ...]
    earlier: Earlier
    waiting: int = 0


def plan(found: Discovery, earlier: Earlier) -> Plan:
    """Compare the files with those of the snapshot in force.

    A file of the same state keeps its rows unread; one that differs is read, and extracted when its bytes differ;
    everything is extracted when there is no snapshot or it is of other versions. Where nothing could be looked at, or
    is still being written, the rows of before stay.

    Example: ``plan(found, Earlier()).keep`` → ``()``
    """
    keep, todo = [], []
    for file in found.files:
        entry = earlier.unread(file)
        if entry:
            keep.append(entry)
        else:
            todo.append(Work(file, earlier.sha256(file)))
    refused = []
    for one in found.rejects:
        kept = earlier.kept(one.source_path, one.reason, one.message) if one.reason == UNREADABLE else None
        refused.append(kept or Entry(one.source_path, "", 0, 0, "", "", one.reason, one.message))
    here = {file.relative for file in found.files} | {entry.path for entry in refused}
    keep += [entry for entry in _unseen(found, earlier) if entry.path not in here]
    here |= {entry.path for entry in keep} | set(found.waiting)
    gone = sorted(path for path, entry in earlier.entries.items() if entry.doc_id and path not in here)
    return Plan(tuple(keep), tuple(refused), tuple(todo), tuple(gone), earlier, len(found.waiting))


def _unseen(found: Discovery, earlier: Earlier) -> Iterator[Entry]:
    """Files whose rows stay: they are being written, or lie where nothing could be looked at."""
    for path in found.waiting:
        if kept := earlier.kept(path):
            yield kept
    unread = [one.source_path for one in found.rejects if one.reason == UNREADABLE]
    for path in (*found.waiting, *unread):
        yield from earlier.kept_below(path)


def processes_for(todo: Sequence[Work], settings: Settings) -> int:
    """How many worker processes to use, 0 for none: a few plain texts are read faster without.

    Files of other systems are always read by a process, which can be ended when the system does not answer; those in
    the memory of this process are not.

    Example: 3 .txt files → 0; one PDF → 1, as its parser may crash
    """
    if not todo or settings.corpus.protocol == MEMORY:
        return 0
    available = len(os.sched_getaffinity(0))
    wanted = settings.workers or min(available, math.ceil(len(todo) / WORTH_A_PROCESS))
    plain = all(_plain(work.source) for work in todo)
    here = plain and wanted == 1 and len(todo) <= WORTH_A_PROCESS and settings.runner == "local"
    return 0 if here else min(wanted, len(todo))


def _plain(source: SourceFile) -> bool:
    return isinstance(source.path, Path) and not source.member and source.relative.lower().endswith(PLAIN_ENDINGS)


def shards(todo: Sequence[Work], settings: Settings, processes: int) -> tuple[Shard, ...]:
    """Cut the work into shards: small enough to spread and to show progress, never many hundreds.

    They become smaller to the end, so that all workers are done at about the same time. How many a Dask cluster reads
    at a time is not asked: there are shards enough for a large one.

    Example: 172 files of one size and 2 processes → 28 files, then 24, 20 … at last 3
    """
    size = settings.shard_size
    if not size and settings.runner == "dask":
        size = max(math.ceil(len(todo) / MOST_SHARDS), SMALLEST_DASK_SHARD)
    sizes = repeat(size) if size else _ever_smaller(todo, max(6, 3 * processes))
    found, start = [], 0
    for at, size in enumerate(sizes):
        if start >= len(todo):
            break
        found.append(Shard(f"{at:05d}", tuple(todo[start : start + size])))
        start += size
    return tuple(found)


def _ever_smaller(todo: Sequence[Work], share: int) -> Iterator[int]:
    """How many files each shard has: one of so many shares of the bytes that are left."""
    most = max(LARGEST_SHARD, math.ceil(len(todo) / (MOST_SHARDS - SMALL_SHARDS)))
    ends = list(accumulate(work.source.size + BYTES_OF_ANY for work in todo))
    least = ends[-1] / share / SMALL_SHARDS if ends else 0.0
    start, done = 0, 0
    while start < len(todo):
        wanted = done + max((ends[-1] - done) / share, least)
        end = min(max(bisect_right(ends, wanted), start + 1), start + most)
        yield end - start
        start, done = end, ends[end - 1]
