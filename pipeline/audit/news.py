"""What is new among the findings of a snapshot: counted part by part, only the worst of them kept."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.audit.page import LEVELS
from pipeline.store.files import parts

SHOWN: Final = 50
"""Findings that a summary names; the rest is counted."""
BATCH: Final = 8192
COLUMNS: Final = ("finding_id", "severity", "check", "doc_id", "message")

Ids: TypeAlias = npt.NDArray[np.bytes_]


@dataclass(frozen=True, slots=True)
class News:
    """Findings by severity, those of them that are new, and the worst, the new ones first.

    Example: ``news(snapshot, before).new["error"]`` → 3
    """

    findings: Counter[str] = field(default_factory=Counter)
    new: Counter[str] = field(default_factory=Counter)
    worst: tuple[dict[str, Any], ...] = ()
    """Rows with finding_id, severity, check, message, source_path, and whether they are ``new``."""


def news(snapshot: Path, before: Path | None, most: int = SHOWN) -> News:
    """Compare the findings of a snapshot with those of the one before; without one, all are new.

    Held in memory are the ids of the findings before, one batch of rows, and the ``most`` worst.

    Example: ``news(staging, current(out)).worst[0]["message"]``
    """
    found = News()
    known = _known(before) if before else np.array([], dtype="S16")
    worst = heapq.nsmallest(most, _counted(snapshot, known, found), key=_badness)
    return News(found.findings, found.new, tuple(_with_paths(snapshot, worst)))


def _badness(row: dict[str, Any]) -> tuple[bool, int]:
    return (not row["new"], LEVELS.index(row["severity"]))


def _counted(snapshot: Path, known: Ids, found: News) -> Iterator[dict[str, Any]]:
    for batch in _batches(snapshot, COLUMNS):
        fresh = ~_among(_ids(batch), known)
        for row, new in zip(batch.to_pylist(), fresh.tolist(), strict=True):
            found.findings[row["severity"]] += 1
            found.new[row["severity"]] += new
            yield {**row, "new": new}


def _known(before: Path) -> Ids:
    ids: Iterable[Ids] = (_ids(batch) for batch in _batches(before, ("finding_id",)))
    return np.sort(np.concatenate([np.array([], dtype="S16"), *ids]))


def _among(ids: Ids, known: Ids) -> npt.NDArray[np.bool_]:
    if not known.size:
        return np.zeros(ids.size, dtype=bool)
    places = np.searchsorted(known, ids).clip(max=known.size - 1)
    return np.asarray(known[places] == ids)


def _ids(batch: pa.RecordBatch) -> Ids:
    return np.array(batch.column("finding_id").to_pylist(), dtype="S16")


def _batches(snapshot: Path, columns: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
    for path in parts(snapshot, "findings"):
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(BATCH, columns=list(columns))


def _with_paths(snapshot: Path, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    wanted = pa.array({row["doc_id"] for row in rows}, pa.string())
    paths: dict[str, str] = {}
    for part in parts(snapshot, "documents") if rows else ():
        table = pq.read_table(part, columns=["doc_id", "source_path"], partitioning=None)
        paths |= {
            row["doc_id"]: row["source_path"]
            for row in table.filter(pc.is_in(table["doc_id"], value_set=wanted)).to_pylist()
        }
    for row in rows:
        yield {**row, "source_path": paths.get(row["doc_id"], row["doc_id"])}
