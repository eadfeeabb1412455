"""Assembly: the rows of the shards and those carried over, put together as the tables of a snapshot.

It goes on beside the reading: documents come in the order of their paths as soon as it is known what became of them,
and a stretch of them is written aside while others are still read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.audit.words import Words
from pipeline.ingest.between import has_keys, keys_of_stretch, write_key_table, write_keys
from pipeline.ingest.groups import Group, ends_group, named, signature
from pipeline.ingest.parts import Item, Sources, TablePart
from pipeline.ingest.shard import shard_file
from pipeline.store.files import KEYS, carry_part, part_writer
from pipeline.store.manifest import Entry, Versions
from pipeline.tables import GROUPED

STRETCH, STRETCH_BYTES = 128, 32 * 1024 * 1024
TABLES_AT_ONCE = 2


@dataclass(slots=True)
class _OpenGroup:
    """A group that does not have all its documents yet; those behind ``written`` wait for their stretch to end."""

    items: list[Item] = field(default_factory=list)
    size: int = 0
    fresh: bool = False
    """Whether this run read one of its documents: it is no group of the snapshot before."""
    ends: list[int] = field(default_factory=list)
    stretch_size: int = 0
    written: int = 0
    tables: list[TablePart] = field(default_factory=list)
    keys: list[pa.Table] = field(default_factory=list)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for entry, _ in self.items)

    def add(self, item: Item) -> None:
        self.items.append(item)
        self.fresh = self.fresh or bool(item[1])
        self.size += item[0].size
        self.stretch_size += item[0].size
        if len(self.items) - self.whole >= STRETCH or self.stretch_size >= STRETCH_BYTES:
            self.end_stretch()

    def end_stretch(self) -> None:
        if self.whole < len(self.items):
            self.ends.append(len(self.items))
        self.stretch_size = 0

    @property
    def whole(self) -> int:
        """How many documents are in stretches that ended."""
        return self.ends[-1] if self.ends else 0


@dataclass(slots=True)
class Assembly:
    """Writes the parts of the tables that grow with the corpus, stretch by stretch, into a folder of the run's own.

    Documents are taken in the order of their paths. Parts that did not change are carried over at the end.

    Example: ``with Assembly(sources, versions, words) as assembly: assembly.take((entry, "00000"))``
    """

    sources: Sources
    versions: Versions
    words: Callable[[], Words]
    _known: dict[str, str] = field(init=False)
    _first: dict[str, str] = field(default_factory=dict)
    _duplicate_of: dict[str, str] = field(default_factory=dict)
    _open: _OpenGroup = field(default_factory=_OpenGroup)
    _closed: list[tuple[str, tuple[Entry, ...], bool]] = field(default_factory=list)
    _unread: Counter[str] = field(default_factory=Counter)
    """How many documents of a shard are not written yet."""
    _files: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self._known = self.sources.known

    def __enter__(self) -> Assembly:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._files.__exit__(kind, error, at)

    @property
    def _folder(self) -> Path:
        return self.sources.work / "parts"

    def expect(self, shard: str) -> None:
        """Say of a document that its rows are in the files of a shard; they are removed when all are written.

        Example: ``expect("00000")``
        """
        self._unread[shard] += 1

    def take(self, item: Item) -> None:
        """Take the next document; writes what has become whole by it.

        Example: ``take((entry, "00000"))``
        """
        entry, _ = item
        if (first := self._first.setdefault(entry.sha256, entry.doc_id)) != entry.doc_id:
            self._duplicate_of[entry.doc_id] = first
        group = self._open
        group.add(item)
        if ends_group(len(group.items), group.size, entry):
            self._end_group()
        elif group.fresh and group.whole > group.written:
            self._write()

    def end(self, folder: Path) -> list[Group]:
        """Bring all parts into the folder of the snapshot, when all documents were taken.

        Example: ``groups = assembly.end(staging)``
        """
        if self._open.items or not self._closed:
            self._end_group()
        groups = []
        for at, (mark, entries, written) in enumerate(self._closed):
            group = Group(named(at, len(self._closed), mark), mark, entries)
            if written:
                self._bring(at, group, folder)
            else:
                self._carry(group, folder)
            groups.append(group)
        return groups

    def _end_group(self) -> None:
        group = self._open
        group.end_stretch()
        mark = signature(group.entries, self._duplicate_of, self.versions)
        wanted = group.fresh or mark not in self._known
        if wanted:
            self._write()
            self._files.close()
            for table in group.tables:
                table.close()
            write_key_table(self._folder, self._part, group.keys)
        self._closed.append((mark, group.entries, wanted))
        self._open = _OpenGroup()

    @property
    def _part(self) -> str:
        """What the parts of the open group are called as long as nobody knows how many groups there will be."""
        return f"{len(self._closed):05d}.parquet"

    def _write(self) -> None:
        """Write the stretches of the open group that are whole."""
        group = self._open
        if not group.tables:
            self._folder.mkdir(exist_ok=True)
            group.tables = [self._opened(name) for name in GROUPED]
        for end in [end for end in group.ends if end > group.written]:
            stretch = group.items[group.written : end]
            rows = self._written(group.tables, stretch)
            group.keys.append(keys_of_stretch(rows["documents"], rows["mentions"], group.written, self.words()))
            group.written = end
            self._forget(stretch)

    def _opened(self, name: str) -> TablePart:
        writer = self._files.enter_context(part_writer(self._folder, name, self._part))
        return TablePart(name, self.sources, writer)

    def _written(self, tables: Sequence[TablePart], stretch: Sequence[Item]) -> dict[str, pa.Table]:
        """Two tables at a time: Arrow reads and compresses them without holding up Python."""
        with ThreadPoolExecutor(TABLES_AT_ONCE) as pool:
            writing = {table.name: pool.submit(table.write, stretch, self._duplicate_of) for table in tables}
            try:
                return {name: rows.result() for name, rows in writing.items()}
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def _forget(self, stretch: Sequence[Item]) -> None:
        """Remove the files of shards of which all is written."""
        for shard, count in Counter(shard for _, shard in stretch if shard).items():
            self._unread[shard] -= count
            if self._unread[shard] <= 0:
                for name in GROUPED:
                    shard_file(self.sources.work, name, shard).unlink(missing_ok=True)

    def _bring(self, at: int, group: Group, folder: Path) -> None:
        for name in (*GROUPED, KEYS):
            (folder / name).mkdir(exist_ok=True)
            (self._folder / name / f"{at:05d}.parquet").rename(folder / name / group.part)

    def _carry(self, group: Group, folder: Path) -> None:
        assert self.sources.snapshot
        old = self._known[group.signature]
        for name in GROUPED:
            carry_part(self.sources.snapshot, folder, name, old, group.part)
        if has_keys(self.sources.snapshot, old):
            carry_part(self.sources.snapshot, folder, KEYS, old, group.part)
        else:
            write_keys(folder, group.part, self.words())


def count_rows(folder: Path, name: str, groups: Sequence[Group]) -> int:
    """Number of rows of a table written in groups.

    Example: ``count_rows(staging, "mentions", groups)``
    """
    return sum(pq.read_metadata(folder / name / group.part).num_rows for group in groups)
