"""What an earlier run knew of the files: which are as they were, and whose rows stay when they cannot be read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.ingest.model import CRASHED, OUT_OF_MEMORY, TIMEOUT, UNREADABLE, Outcome, SourceFile
from pipeline.sources import Found, Remote, State
from pipeline.sources.names import printable
from pipeline.store import Entry, Manifest, Versions, parts
from pipeline.tables import GROUPED, SCHEMAS

TRANSIENT = frozenset({UNREADABLE, CRASHED, TIMEOUT, OUT_OF_MEMORY})
"""Rejects that are the machine's state, not the file's: tried again each time."""


@dataclass(frozen=True)
class Earlier:
    """The files of the snapshot in force.

    ``same_versions`` says whether its rows are what this run would make, ``same_place`` whether it is of the same
    corpus, ``fits`` whether its rows can stand in the tables of this run.

    Example: ``Earlier.of(manifest, versions, "报告", snapshot).entries["云川县/全年.txt"]``
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    same_versions: bool = False
    same_place: bool = False
    fits: bool = False

    @classmethod
    def of(cls, manifest: Manifest | None, versions: Versions, corpus: str, snapshot: Path | None) -> Earlier:
        """What a manifest says, for a run with those versions of that corpus.

        Example: ``Earlier.of(None, versions, "报告", None).entries`` → ``{}``
        """
        if manifest is None or snapshot is None:
            return cls()
        same = manifest.versions == versions
        return cls(manifest.entries, same, manifest.corpus == corpus, same or _fits(snapshot))

    def unread(self, file: SourceFile) -> Entry | None:
        """The entry of a file that need not be read: of the same state, not to be tried again.

        Example: ``unread(file)`` → the entry with its rows, or its reject
        """
        entry = self.entries.get(file.relative)
        if not entry or not self.same_versions or not self.same_place or entry.outdated or entry.reason in TRANSIENT:
            return None
        same = (entry.size, entry.mtime_ns, entry.stamp) == (file.size, file.mtime_ns, file.stamp)
        return entry if same and (file.mtime_ns or file.stamp) else None

    def sha256(self, file: SourceFile) -> str:
        """That of the rows in force, where they are what this run would make of the same bytes; else empty.

        Example: ``sha256(file)`` → ``3c…``
        """
        entry = self.entries.get(file.relative)
        return entry.sha256 if entry and entry.part and self.same_versions and not entry.outdated else ""

    def knows(self, file: Found) -> bool:
        """Whether a file, or an archive, is in the state it was read in.

        Example: ``knows(Found("归档.zip", Path("报告/归档.zip"), State(1200, 1689000000000000000)))``
        """
        if not self.same_place:
            return False
        path, state = printable(file.relative), file.state
        inside = next(self._below(path), None)
        if inside is not None:
            return (inside.mtime_ns, inside.stamp) == (state.mtime_ns, archive_stamp(state))
        entry = self.entries.get(path)
        return entry is not None and _state(entry) == state

    def kept(self, path: str, reason: str = "", message: str = "") -> Entry | None:
        """The entry whose rows stay though its file was not read, with the reject that says why; None without rows.

        Example: ``kept("云川县/全年.txt", "unreadable", "Connection reset")``
        """
        entry = self.entries.get(path)
        if entry is None or not entry.part or not self.same_place or not self.fits:
            return None
        return replace(entry, reason=reason, message=message, outdated=entry.outdated or not self.same_versions)

    def kept_below(self, path: str) -> Iterator[Entry]:
        """The same of all files in a folder or archive; those that were rejected stay so.

        Example: ``[entry.path for entry in kept_below("归档.zip")]`` → ``["归档.zip/县局总结.docx"]``
        """
        for entry in self._below(path):
            if kept := self.kept(entry.path, entry.reason, entry.message):
                yield kept
            elif entry.reason and not entry.part and self.same_place:
                yield replace(entry, outdated=entry.outdated or not self.same_versions)

    def after(self, outcome: Outcome) -> Entry | None:
        """The entry of a file that was to be read; None for one that waits and has no rows yet.

        Example: ``after(Outcome(source, "read", "3c…")).sha256`` → ``3c…``
        """
        file, path = outcome.source, outcome.source.relative
        if outcome.state == "waiting":
            return self.kept(path)
        if _not_fetched(outcome) and (kept := self.kept(path, outcome.reason, outcome.message)):
            return kept
        part = self.entries[path].part if outcome.state == "same" else ""
        identity = (path, file.doc_id, file.size, file.mtime_ns, outcome.sha256, part)
        return Entry(*identity, outcome.reason, outcome.message, file.stamp)

    def _below(self, path: str) -> Iterator[Entry]:
        for at in range(bisect_left(self._paths, f"{path}/"), len(self._paths)):
            if not self._paths[at].startswith(f"{path}/"):
                return
            yield self.entries[self._paths[at]]

    @cached_property
    def _paths(self) -> list[str]:
        return sorted(self.entries)


def _not_fetched(outcome: Outcome) -> bool:
    """Whether it was the place, not the file; what takes too long may be the connection, where there is one."""
    remote = isinstance(outcome.source.path, Remote)
    return outcome.reason == UNREADABLE or (remote and outcome.reason == TIMEOUT)


def archive_stamp(state: State) -> str:
    """What names the version of a file in an archive: the size and stamp of the archive.

    Example: ``archive_stamp(State(1200, 1689000000000000000))`` → ``"1200 "``
    """
    return f"{state.size} {state.stamp}"


def _state(entry: Entry) -> State:
    return State(entry.size, entry.mtime_ns, entry.stamp)


def _fits(snapshot: Path) -> bool:
    files = [path for name in GROUPED for path in parts(snapshot, name)]
    return all(pq.read_schema(path).equals(SCHEMAS[path.parent.name]) for path in files)
