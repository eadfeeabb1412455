"""What is written down of every part file of a snapshot, and what can be said of it without reading its rows."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import StoreError
from pipeline.store.files import KEYS, parts, read_part
from pipeline.tables import SCHEMAS

DAMAGED: Final = "_damaged.json"
"""Beside the tables of a snapshot: the part files that ``verify`` found damaged."""
CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class PartFile:
    """A part file as it was written.

    Example: ``PartFile(rows=13, size=4711, sha256="9f…")``
    """

    rows: int
    size: int
    sha256: str


def listed(snapshot: Path) -> list[str]:
    """The part files of a snapshot, as the manifest calls them.

    Example: ``["documents/part-0.parquet", "sentences/part-0.parquet", …]``
    """
    return [f"{name}/{path.name}" for name in (*SCHEMAS, KEYS) for path in parts(snapshot, name)]


def measured(snapshot: Path, known: Mapping[str, PartFile]) -> dict[str, PartFile]:
    """What is to be written down of the part files of a snapshot; those that are known are not read again.

    Example: ``measured(staging, {})["mentions/part-0.parquet"].rows`` → 13
    """
    return {name: known.get(name) or _measured(snapshot / name) for name in listed(snapshot)}


def _measured(path: Path) -> PartFile:
    return PartFile(pq.read_metadata(path).num_rows, path.stat().st_size, sha256_of(path))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, read piece by piece.

    Example: ``sha256_of(snapshot / "mentions" / "part-0.parquet")``
    """
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def amiss(snapshot: Path, files: Mapping[str, PartFile]) -> dict[str, str]:
    """What sizes and footers say is wrong with the part files of a snapshot, by name; cheap enough for every run.

    Example: ``{"mentions/part-0.parquet": "2048 bytes, 4711 were written"}``
    """
    found = {name: wrong for name, written in files.items() if (wrong := _wrong(snapshot / name, written))}
    return found | {name: "is not of this snapshot" for name in listed(snapshot) if name not in files}


def _wrong(path: Path, written: PartFile) -> str:
    try:
        size = path.stat().st_size
        if size != written.size:
            return f"{size} bytes, {written.size} were written"
        rows = pq.read_metadata(path).num_rows
    except FileNotFoundError:
        return "is missing"
    except (OSError, pa.ArrowException) as error:
        return f"cannot be read: {error}"
    return "" if rows == written.rows else f"{rows} rows, {written.rows} were written"


def other_bytes(
    snapshot: Path, files: Mapping[str, PartFile], known: dict[tuple[int, int], str]
) -> Iterator[tuple[str, str]]:
    """The part files whose bytes are not those written; reads all of them but files that are ``known`` by inode.

    Example: ``("mentions/part-0.parquet", "other bytes than those written")``
    """
    for name, written in files.items():
        try:
            state = (snapshot / name).stat()
            file = (state.st_dev, state.st_ino)
            same = known.setdefault(file, known.get(file) or sha256_of(snapshot / name)) == written.sha256
        except OSError as error:
            yield name, f"cannot be read: {error.strerror}"
        else:
            if not same:
                yield name, "other bytes than those written"


def noted_damage(snapshot: Path) -> dict[str, str]:
    """The part files that were found damaged before.

    Example: ``{"mentions/part-0.parquet": "was found damaged by zhibiao snapshots verify"}``
    """
    try:
        names = json.loads((snapshot / DAMAGED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): "was found damaged by zhibiao snapshots verify" for name in names}


def kept_part(
    snapshot: Path, name: str, columns: Sequence[str] | None = None, doc_ids: Sequence[str] | None = None
) -> pa.Table:
    """A part of a published snapshot; StoreError when it is damaged, which is noted so that the next run heals it.

    Example: ``kept_part(before, "mentions/part-0.parquet")``
    """
    try:
        return read_part(snapshot / name, columns, doc_ids)
    except StoreError:
        note_damage(snapshot, {*noted_damage(snapshot), name})
        raise


def note_damage(snapshot: Path, names: Iterable[str]) -> bool:
    """Write down beside a snapshot which of its part files are damaged, or that none is; False where it cannot.

    The next run takes no rows from them.

    Example: ``note_damage(snapshot, ["mentions/part-0.parquet"])``
    """
    noted = sorted(names)
    try:
        if not noted:
            (snapshot / DAMAGED).unlink(missing_ok=True)
            return True
        fresh = snapshot / f"{DAMAGED}.new"
        fresh.write_text(json.dumps(noted), encoding="utf-8")
        os.replace(fresh, snapshot / DAMAGED)
    except OSError:
        return False
    return True
