"""Groups: which documents share a part file, decided by the documents alone.

A group ends behind a document whose id says so (and not before it has ``MINIMUM`` documents), so that a
document that comes or goes changes its own group and seldom a neighbour's. Neither workers nor earlier runs
play a part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.store.files import ONLY_PART, WRITER_VERSION
from pipeline.store.manifest import Entry, Versions

MINIMUM, ONE_IN = 256, 256
LARGEST_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Group:
    """Documents, in the order of their paths, that share part files; the signature decides their bytes.

    Example: ``Group("part-0.parquet", "9f…", entries).part``
    """

    part: str
    signature: str
    entries: tuple[Entry, ...]


def grouped(
    entries: Sequence[Entry],
    duplicate_of: dict[str, str],
    versions: Versions,
    minimum: int = MINIMUM,
    one_in: int = ONE_IN,
) -> list[Group]:
    """Group documents that are in the order of their paths; there is always at least one group.

    Example: ``grouped(entries, {}, versions)[0].part`` → ``part-0.parquet``
    """
    runs: list[list[Entry]] = [[]]
    size = 0
    for entry in entries:
        runs[-1].append(entry)
        size += entry.size
        if size >= LARGEST_BYTES or (len(runs[-1]) >= minimum and int(entry.doc_id, 16) % one_in == 0):
            runs.append([])
            size = 0
    if len(runs) > 1 and not runs[-1]:
        runs.pop()
    signatures = [_signature(run, duplicate_of, versions) for run in runs]
    return [
        Group(_part(at, len(runs), signature), signature, tuple(run))
        for at, (run, signature) in enumerate(zip(runs, signatures, strict=True))
    ]


def duplicates(entries: Sequence[Entry]) -> dict[str, str]:
    """Of each document whose bytes an earlier one has, the id of the first, by doc_id.

    Example: ``duplicates(entries)["9f…"]`` → the doc_id of 云川县/2023上半年.txt
    """
    first: dict[str, str] = {}
    for entry in entries:
        first.setdefault(entry.sha256, entry.doc_id)
    return {entry.doc_id: first[entry.sha256] for entry in entries if first[entry.sha256] != entry.doc_id}


def _part(at: int, count: int, signature: str) -> str:
    """Where there are several, a part of other content has another name: a reader that meets the swap of two
    snapshots gets an error, never a mixture."""
    return ONLY_PART if count == 1 else f"part-{at:05d}-{signature[:8]}.parquet"


def _signature(run: Sequence[Entry], duplicate_of: dict[str, str], versions: Versions) -> str:
    digest = hashlib.sha256(f"{WRITER_VERSION}\n{versions}\n".encode())
    for entry in run:
        made = " outdated" if entry.outdated else ""
        digest.update(f"{entry.doc_id} {entry.sha256} {duplicate_of.get(entry.doc_id, '')}{made}\n".encode())
    return digest.hexdigest()
