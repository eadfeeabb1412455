"""What travels through an ingestion: files found, work to do, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pipeline.readers.limits import Limits
from pipeline.readers.rejected import Reason
from pipeline.sources import Place, State

if TYPE_CHECKING:
    from pipeline.store.manifest import Versions

Row = dict[str, Any]

OUT_OF_MEMORY: Reason = "out_of_memory"
UNREADABLE, INTERNAL, TOO_LARGE, CRASHED, TIMEOUT = (
    "unreadable",
    "internal_error",
    "too_large",
    "crashed",
    "timeout",
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the corpus; ``size`` in bytes, ``mtime_ns`` in nanoseconds.

    Example: ``SourceFile("云川县.txt", Path("报告/云川县.txt"), "9f…", 1200, 1689000000000000000)``
    """

    relative: str
    at: Place | str
    """The place of the file, or of the archive it is in (see ``Found``)."""
    doc_id: str
    size: int
    mtime_ns: int
    member: tuple[int, ...] = ()
    """Where in the archive at ``path`` the file is (see ``readers.archives.At``); empty for a file of its own."""
    stamp: str = ""
    """What else names its version: what another system says, and the size of the archive."""

    @property
    def path(self) -> Place:
        """Where the file is, or the archive it is in."""
        return Path(self.at) if isinstance(self.at, str) else self.at

    @property
    def state(self) -> State:
        """The state of the file at ``path`` when it was found.

        Example: ``source.state.size`` → 1200
        """
        if not self.member:
            return State(self.size, self.mtime_ns, self.stamp)
        size, _, stamp = self.stamp.partition(" ")
        return State(int(size or -1), self.mtime_ns, stamp)


@dataclass(frozen=True, slots=True)
class Reject:
    """A file that gives no rows: the code of the reason and a line for people.

    Example: ``Reject("云川县/扫描件.pdf", "3c…", "no_text", "the PDF holds pictures only")``
    """

    source_path: str
    sha256: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """The rows one document gives to the tables that grow with the corpus.

    Example: ``rows.mentions[0]["text"]`` → ``54.79万份``
    """

    document: Row
    sentences: tuple[Row, ...]
    mentions: tuple[Row, ...]
    relations: Sequence[Row] = ()
    findings: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """A file to be read; ``known_sha256`` is that of its rows in force, empty when there are none.

    Example: ``Work(source, known_sha256="")``
    """

    source: SourceFile
    known_sha256: str = ""


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """From what an engine is made; small, so that it can go to other processes.

    Example: ``EngineSpec("rjieba", Path("自定义词典"), Limits())``
    """

    segmenter: str
    lexicons: Path | None
    limits: Limits
    audit: Path | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What every shard of a run needs: the engine, the folder for its rows, the limits, the worker processes.

    ``processes`` is 0 when documents are read in the process itself.

    Example: ``Job(spec, Path("输出/snapshots/.staging-work"), processes=2, document_seconds=120)``
    """

    engine: EngineSpec
    work: Path
    processes: int
    document_seconds: int
    document_memory: int = 0
    """Megabytes a worker process may take for a document; 0 for no limit."""
    crash_retries: int = 2
    """How often a document during which a process died is tried again."""
    shared: tuple[Path, ...] = ()
    """Folders that other machines must see under the same path, besides ``work``."""
    versions: Versions | None = None
    """What other machines must read with as well."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A stretch of the files to be read, in the order of their paths.

    Example: ``Shard("00000", (Work(source),))``
    """

    name: str
    items: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: its rows are in the shard files called ``file`` or in force, it was rejected, or waits.

    Example: ``Outcome(source, "read", "3c…", file="00000")``
    """

    source: SourceFile
    state: Literal["read", "same", "rejected", "waiting"]
    sha256: str
    file: str = ""
    reason: str = ""
    message: str = ""
