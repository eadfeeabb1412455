"""Groups: which documents share a part file, decided by the documents alone.

A group ends behind a document whose id says so (and not before it has ``MINIMUM`` documents), so that a
document that comes or goes changes its own group and seldom a neighbour's. Neither workers nor earlier runs
play a part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
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


def ends_group(count: int, size: int, entry: Entry, minimum: int = MINIMUM, one_in: int = ONE_IN) -> bool:
    """Whether a group ends behind a document, the last of ``count`` in it with so many bytes together.

    Example: ``ends_group(300, 1_200_000, entry)``
    """
    return size >= LARGEST_BYTES or (count >= minimum and int(entry.doc_id, 16) % one_in == 0)


def named(at: int, count: int, signature: str) -> str:
    """The part of a group. Where there are several, a part of other content has another name: a reader that meets the
    swap of two snapshots gets an error, never a mixture.

    Example: ``named(0, 1, "9f86d081…")`` → ``part-0.parquet``
    """
    return ONLY_PART if count == 1 else f"part-{at:05d}-{signature[:8]}.parquet"


def signature(run: Sequence[Entry], duplicate_of: Mapping[str, str], versions: Versions) -> str:
    """What decides the rows of a group, as a number: its documents and the versions they were read with.

    Example: ``signature(entries, {}, versions)``
    """
    digest = hashlib.sha256(f"{WRITER_VERSION}\n{versions}\n".encode())
    for entry in run:
        made = " outdated" if entry.outdated else ""
        digest.update(f"{entry.doc_id} {entry.sha256} {duplicate_of.get(entry.doc_id, '')}{made}\n".encode())
    return digest.hexdigest()
