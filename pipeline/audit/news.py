"""What is new among the findings of a snapshot: counted part by part, only the worst of them kept."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.audit.page import LEVELS
from pipeline.errors import StoreError
from pipeline.store.files import each_batch, parts, read_part, rows_at
from pipeline.store.part_files import kept_part

SHOWN: Final = 50
"""Findings that a summary names; the rest is counted."""
BATCH: Final = 8192
LENGTH: Final = 16
"""Characters of an id."""
COLUMNS: Final = ("finding_id", "severity", "check", "doc_id", "message")

Place: TypeAlias = tuple[int, str, int]
"""How bad a finding is (less is worse, and what is new is worse than what is not), its part, its row there."""
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
    known = _known(before) if before else np.array([], dtype=f"S{LENGTH}")
    worst = heapq.nsmallest(most, _counted(snapshot, known, found, most), key=lambda one: one[0])
    return News(found.findings, found.new, tuple(_with_paths(snapshot, [*_rows(snapshot, worst)])))


def _counted(snapshot: Path, known: Ids, found: News, most: int) -> Iterator[Place]:
    """Count all findings; gives the places of the worst of every batch, in their order."""
    levels = pa.array(LEVELS)
    for path in parts(snapshot, "findings"):
        before = 0
        for batch in each_batch(path, ("finding_id", "severity"), BATCH):
            fresh = ~_among(_ids(batch["finding_id"]), known)
            level = pc.index_in(batch["severity"], value_set=levels).to_numpy()
            for counter, counted in ((found.findings, level), (found.new, level[fresh])):
                numbers = np.bincount(counted, minlength=len(LEVELS)).tolist()
                counter.update({name: count for name, count in zip(LEVELS, numbers, strict=True) if count})
            badness = level + len(LEVELS) * ~fresh
            worst = np.sort(np.argsort(badness, kind="stable")[:most])
            for row in worst.tolist():
                yield int(badness[row]), path.name, before + row
            before += batch.num_rows


def _rows(snapshot: Path, places: Sequence[Place]) -> Iterator[dict[str, Any]]:
    """The findings at some places, in the order of these."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for part in {part for _, part, _ in places}:
        wanted = sorted(row for _, of, row in places if of == part)
        rows = rows_at(snapshot / "findings" / part, wanted, COLUMNS).to_pylist()
        found |= {(part, at): row for at, row in zip(wanted, rows, strict=True)}
    for badness, part, row in places:
        yield {**found[part, row], "new": badness < len(LEVELS)}


def _known(before: Path) -> Ids:
    """The ids of the findings before; those of a part that is damaged are not known."""
    found = [np.array([], dtype=f"S{LENGTH}")]
    for path in parts(before, "findings"):
        with suppress(StoreError):
            rows = kept_part(before, f"findings/{path.name}", ("finding_id",))
            found += [_ids(chunk) for chunk in rows["finding_id"].chunks]
    return np.sort(np.concatenate(found))


def _among(ids: Ids, known: Ids) -> npt.NDArray[np.bool_]:
    if not known.size:
        return np.zeros(ids.size, dtype=bool)
    places = np.searchsorted(known, ids).clip(max=known.size - 1)
    return np.asarray(known[places] == ids)


def _ids(column: pa.Array) -> Ids:
    fixed = column.cast(pa.binary(LENGTH))
    return np.frombuffer(fixed.buffers()[1] or b"", f"S{LENGTH}", len(fixed), fixed.offset * LENGTH)


def _with_paths(snapshot: Path, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    wanted = pa.array({row["doc_id"] for row in rows}, pa.string())
    paths: dict[str, str] = {}
    for part in parts(snapshot, "documents") if rows else ():
        table = read_part(part, ["doc_id", "source_path"])
        paths |= {
            row["doc_id"]: row["source_path"]
            for row in table.filter(pc.is_in(table["doc_id"], value_set=wanted)).to_pylist()
        }
    for row in rows:
        yield {**row, "source_path": paths.get(row["doc_id"], row["doc_id"])}
