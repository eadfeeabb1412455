"""A shard: a stretch of files read one after the other, their rows written aside."""

from __future__ import annotations

import faulthandler
import gc
import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import IO, Final

import pyarrow as pa

from pipeline.ingest.away import check_versions
from pipeline.ingest.marks import mark_file, marking
from pipeline.ingest.memory import limit_memory
from pipeline.ingest.model import DocumentRows, EngineSpec, Job, Outcome, Reject, Shard, Work
from pipeline.ingest.process import Engine, internal_error, load, open_engine, out_of_memory, process_bytes
from pipeline.store.modes import keep_from_others
from pipeline.store.rows import table_of
from pipeline.tables import GROUPED, SCHEMAS

FLUSH_BYTES = 2 * 1024 * 1024
"""So much of rows waits to be written at a time: what a worker needs of memory does not grow with its shard."""
COLLECTED_AFTER: Final = (20_000, 10, 10)
ORDER: Final = {
    "sentences": ("char_start", "char_end", "sentence_id"),
    "mentions": ("char_start", "char_end", "mention_id"),
    "relations": ("check", "relation_id"),
    "findings": ("char_start", "char_end", "check", "relation_id"),
}
"""In which order the rows of a document stand in the tables."""

Tables = dict[str, pa.Table]


def process_shard(job: Job, shard: Shard) -> list[Outcome]:
    """Read the files of a shard and write their rows to the job's work folder; one outcome a file.

    Example: ``process_shard(job, Shard("00000", (Work(source),)))[0].state`` → ``read``
    """
    keep_from_others()
    engine = lasting_engine(job.engine) if job.processes else open_engine(job.engine)
    check_versions(job)
    limit = job.document_seconds if job.processes else None
    if job.processes and job.document_memory:
        limit_memory(job.document_memory)
    place = mark_file(job.work, shard.name) if job.processes else None
    outcomes = []
    with ShardWriter(job.work, shard.name) as writer, marking(place) as mark:
        for at, work in enumerate(shard.items):
            mark(at)
            with watchdog(limit):
                outcomes.append(_outcome(work, engine, writer))
    return outcomes


@cache
def lasting_engine(spec: EngineSpec) -> Engine:
    """A worker's engine, which the collector of garbage need not look through again and again: it stays to the end.

    Rows are made by the thousand and are no garbage while they are: the collector looks less often than it would.

    Example: ``lasting_engine(EngineSpec("rjieba", None, Limits())).tokenize(["早孕建册率"])``
    """
    engine = open_engine(spec)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)
    return engine


def shard_file(work: Path, table: str, name: str) -> Path:
    """Where the rows of a shard for a table are.

    Example: ``shard_file(work, "mentions", "00000")`` → ``work/mentions-00000.arrow``
    """
    return work / f"{table}-{name}.arrow"


def _outcome(work: Work, engine: Engine, writer: ShardWriter) -> Outcome:
    source = work.source
    data = load(source, engine.limits)
    if data is None:
        return Outcome(source, "waiting", "")
    if isinstance(data, Reject):
        return _rejected(work, data)
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 == work.known_sha256:
        return Outcome(source, "same", sha256)
    rows = process_bytes(source, data, engine)
    if isinstance(rows, Reject):
        return _rejected(work, rows)
    try:
        tables = _tables(rows)
    except MemoryError:
        return _rejected(work, out_of_memory(source, sha256))
    except (pa.ArrowException, UnicodeError, ValueError, TypeError) as error:
        return _rejected(work, internal_error(source, sha256, error))
    writer.add(tables)
    return Outcome(source, "read", sha256, file=writer.name)


def _rejected(work: Work, reject: Reject) -> Outcome:
    return Outcome(work.source, "rejected", reject.sha256, reason=reject.reason, message=reject.message)


def _tables(rows: DocumentRows) -> Tables:
    """The rows as tables, checked one document at a time so that a bad one costs no other."""
    tables = {"documents": table_of("documents", [rows.document])}
    for name, order in ORDER.items():
        tables[name] = table_of(name, sorted(getattr(rows, name), key=itemgetter(*order)))
    for table in tables.values():
        for column in table.schema:
            if not column.nullable and table[column.name].null_count:
                raise ValueError(f"no {column.name} in a row that needs one")
    return tables


@contextmanager
def watchdog(seconds: int | None) -> Iterator[None]:
    """End this process when what is done inside takes longer, even where Python is not in control.

    Example: ``with watchdog(120): extract(text, …)``
    """
    if seconds is None:
        yield
        return
    faulthandler.dump_traceback_later(seconds, exit=True, file=_nowhere())
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


_NOWHERE: list[IO[str]] = []


def _nowhere() -> IO[str]:
    if not _NOWHERE:
        _NOWHERE.append(open(os.devnull, "w"))  # noqa: SIM115  (stays open as long as the process)
    return _NOWHERE[0]


@dataclass(slots=True)
class ShardWriter:
    """Writes rows as they come, so that a shard never has to fit the memory; the files get their names when whole.

    Example: ``with ShardWriter(work, "00000") as writer: writer.add(tables)``
    """

    work: Path
    name: str
    _waiting: list[Tables] = field(default_factory=list)
    _bytes: int = 0
    _files: dict[str, pa.ipc.RecordBatchFileWriter] = field(default_factory=dict)

    def __enter__(self) -> ShardWriter:
        for table in GROUPED:
            self._files[table] = pa.ipc.new_file(str(self._unfinished(table)), SCHEMAS[table])
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        only_the_first = nullcontext() if failed is None else suppress(OSError)
        with only_the_first, ExitStack() as closing:
            for file in self._files.values():
                closing.callback(file.close)
            if failed is None:
                self._flush()
        for table in self._files if failed is None else ():
            os.replace(self._unfinished(table), shard_file(self.work, table, self.name))

    def add(self, tables: Tables) -> None:
        """Take the rows of a document.

        Example: ``writer.add({"documents": …, "sentences": …, "mentions": …})``
        """
        self._waiting.append(tables)
        self._bytes += sum(table.get_total_buffer_size() for table in tables.values())
        if self._bytes >= FLUSH_BYTES:
            self._flush()

    def _unfinished(self, table: str) -> Path:
        return shard_file(self.work, table, self.name).with_suffix(".unfinished")

    def _flush(self) -> None:
        for name, file in self._files.items():
            if self._waiting:
                file.write_table(pa.concat_tables([tables[name] for tables in self._waiting]).combine_chunks())
        self._waiting.clear()
        self._bytes = 0
