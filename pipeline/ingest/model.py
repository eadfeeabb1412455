"""What travels through an ingestion: files found, work to do, what became of it, the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pipeline.readers.limits import Limits
from pipeline.readers.rejected import Reason
from pipeline.store.manifest import Versions

Row = dict[str, Any]

SEVERITIES = ("error", "warning", "info")
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
    path: Path
    doc_id: str
    size: int
    mtime_ns: int
    member: tuple[int, ...] = ()
    """Where in the archive at ``path`` the file is (see ``readers.archives.At``); empty for a file of its own."""


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
    """What became of a file: its rows are in the shard files called ``file`` or in force, or it was rejected.

    Example: ``Outcome(source, "read", "3c…", file="00000")``
    """

    source: SourceFile
    state: Literal["read", "same", "rejected"]
    sha256: str
    file: str = ""
    reason: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did; ``seconds`` is wall time, ``published`` is False when nothing had changed.

    Example: ``Summary(...).lines()[0]`` → ``172 documents: 3 new, 1 changed, 168 unchanged, 0 gone``
    """

    snapshot: Path
    published: bool
    documents: int
    new: int
    changed: int
    unchanged: int
    gone: int
    mentions: int
    rejects: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    """Findings in the snapshot, by severity."""
    seconds: float = 0.0

    @property
    def rejected(self) -> int:
        """Number of files that gave no rows."""
        return self.rejects.total()

    def lines(self) -> list[str]:
        """The summary as lines for people.

        Example: ``nothing changed`` when nothing had
        """
        counts = f"{self.new} new, {self.changed} changed, {self.unchanged} unchanged, {self.gone} gone"
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(self.rejects.items()))
        return [
            f"{self.documents} documents: {counts}"
            if self.published
            else f"nothing changed: {self.documents} documents",
            f"{self.mentions} mentions",
            f"{self.findings.total()} findings: " + ", ".join(f"{self.findings[name]} {name}" for name in SEVERITIES),
            f"{self.rejected} rejected" + (f": {reasons}" if reasons else ""),
            f"tables: {self.snapshot}" + (f" ({self.seconds:.1f} s)" if self.published else ""),
        ]

    def markdown(self) -> str:
        """The summary as a page of Markdown.

        Example: the row ``| encrypted | 2 |`` of the rejects
        """
        counts = ("documents", "new", "changed", "unchanged", "gone", "mentions")
        rows = [f"| {name} | {getattr(self, name)} |" for name in counts]
        rejects = [f"| {reason} | {count} |" for reason, count in sorted(self.rejects.items())]
        rows += [f"| findings: {name} | {self.findings[name]} |" for name in SEVERITIES]
        title = "# Ingestion" if self.published else "# Ingestion: nothing changed"
        table = ["", "| | |", "|---|---|"]
        below = ["", "## Rejects", "", "| reason | files |", "|---|---|", *rejects] if rejects else []
        return "\n".join(
            [
                title,
                *table,
                *rows,
                f"| seconds | {self.seconds:.1f} |",
                *below,
                "",
                f"Tables: `{self.snapshot}`",
                "",
            ]
        )
