"""The manifest of a snapshot: which file, in which state, gave which part of the tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.store.files import BETWEEN_PART, parts
from pipeline.store.sink import parquet_file
from pipeline.tables import BETWEEN, GROUPED

MANIFEST = "_manifest.parquet"
"""Readers of Parquet folders leave out names that begin with an underscore."""

_COLUMNS = pa.schema(
    [
        pa.field("path", pa.string()),
        pa.field("doc_id", pa.string()),
        pa.field("size", pa.int64()),
        pa.field("mtime_ns", pa.int64()),
        pa.field("sha256", pa.string()),
        pa.field("part", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("message", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Versions:
    """What besides the files decides the rows; when any of it changes, every document is extracted again.

    Example: ``Versions(engine="0.1.0+9f…", lexicons="3c…", segmenter="rjieba", limits={"pages": 3000})``
    """

    engine: str
    lexicons: str
    segmenter: str
    limits: Mapping[str, int]
    audit: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the corpus as it was when it was read.

    ``part`` is the part file with its rows, empty for a rejected file, which has ``reason`` and ``message``.

    Example: ``Entry("云川县/上半年.txt", "9f…", 1200, 1689000000000000000, "3c…", "part-0.parquet")``
    """

    path: str
    doc_id: str
    size: int
    mtime_ns: int
    sha256: str
    part: str
    reason: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All files of a snapshot by path, what made their rows, and the signature of every part.

    Example: ``manifest.entries["云川县/2023上半年.txt"].sha256``
    """

    corpus: str
    versions: Versions
    entries: Mapping[str, Entry]
    signatures: Mapping[str, str]


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a manifest into a snapshot's folder, replacing one that is there at once.

    Example: ``write_manifest(staging, manifest)``
    """
    about = {
        "corpus": manifest.corpus,
        "versions": asdict(manifest.versions),
        "signatures": dict(manifest.signatures),
    }
    ordered = [manifest.entries[path] for path in sorted(manifest.entries)]
    columns = [[getattr(entry, field.name) for entry in ordered] for field in fields(Entry)]
    schema = _COLUMNS.with_metadata({"zhibiao": json.dumps(about, ensure_ascii=False, sort_keys=True)})
    fresh = folder / f"{MANIFEST}.new"
    with parquet_file(fresh, schema, compression="zstd") as file:
        file.write_table(pa.table(columns, schema=schema))
    fresh.replace(folder / MANIFEST)


def read_manifest(snapshot: Path) -> Manifest | None:
    """The manifest of a snapshot; None when it, or a part it speaks of, is missing or damaged.

    Example: ``read_manifest(current(out))``
    """
    try:
        table = pq.read_table(snapshot / MANIFEST, partitioning=None)
        about = json.loads(table.schema.metadata[b"zhibiao"])
        entries = {row["path"]: Entry(**row) for row in table.to_pylist()}
        manifest = Manifest(about["corpus"], Versions(**about["versions"]), entries, about["signatures"])
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError):
        return None
    return manifest if _whole(snapshot, manifest) else None


def _whole(snapshot: Path, manifest: Manifest) -> bool:
    wanted = set(manifest.signatures)
    return all(_names(snapshot, name) == wanted | ({BETWEEN_PART} if name in BETWEEN else set()) for name in GROUPED)


def _names(snapshot: Path, name: str) -> set[str]:
    return {path.name for path in parts(snapshot, name)}
