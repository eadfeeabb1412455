"""The manifest of a snapshot: which file, in which state, gave which part of the tables."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.store.files import KEYS
from pipeline.store.part_files import PartFile, amiss, noted_damage
from pipeline.store.sink import parquet_file
from pipeline.tables import GROUPED

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
        pa.field("stamp", pa.string()),
        pa.field("outdated", pa.bool_()),
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

    ``part`` is the part file with its rows, empty for a rejected file, which has ``reason`` and ``message``. A file
    that could be read before and cannot be now has both.

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
    stamp: str = ""
    """What besides size and time names the version of a file on another system."""
    outdated: bool = False
    """Whether its rows or its reject are of other versions, since it could not be read with these."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All files of a snapshot by path, what made their rows, the signature of every part, and every part file.

    ``package`` is the SHA-256 of ``datapackage.json``, empty for a snapshot from before there was one.
    ``damaged`` says what is wrong with part files; it is found out when the manifest is read, never written.

    Example: ``manifest.entries["云川县/2023上半年.txt"].sha256``
    """

    corpus: str
    versions: Versions
    entries: Mapping[str, Entry]
    signatures: Mapping[str, str]
    files: Mapping[str, PartFile] = field(default_factory=dict)
    package: str = ""
    damaged: Mapping[str, str] = field(default_factory=dict)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a manifest into a snapshot's folder, replacing one that is there at once.

    Example: ``write_manifest(staging, manifest)``
    """
    about = {
        "corpus": manifest.corpus,
        "versions": asdict(manifest.versions),
        "signatures": dict(manifest.signatures),
        "files": {name: asdict(file) for name, file in manifest.files.items()},
        "package": manifest.package,
    }
    ordered = [manifest.entries[path] for path in sorted(manifest.entries)]
    columns = [[getattr(entry, field.name) for entry in ordered] for field in fields(Entry)]
    schema = _COLUMNS.with_metadata({"zhibiao": json.dumps(about, ensure_ascii=False, sort_keys=True)})
    fresh = folder / f"{MANIFEST}.new"
    with parquet_file(fresh, schema) as file:
        file.write_table(pa.table(columns, schema=schema))
    with open(fresh, "rb") as written:
        os.fsync(written.fileno())
    fresh.replace(folder / MANIFEST)


def stored_manifest(snapshot: Path) -> Manifest | None:
    """The manifest of a snapshot as it was written, whatever became of its part files; None without a readable one.

    Example: ``stored_manifest(snapshot).files["mentions/part-0.parquet"].rows``
    """
    try:
        with pq.ParquetFile(snapshot / MANIFEST, page_checksum_verification=True) as file:
            table = file.read()
        about = json.loads(table.schema.metadata[b"zhibiao"])
        entries = {entry.path: entry for entry in _entries(table)}
        files = {name: PartFile(**file) for name, file in about["files"].items()}
        versions, package = Versions(**about["versions"]), about.get("package", "")
        return Manifest(about["corpus"], versions, entries, about["signatures"], files, package)
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError):
        return None


def _entries(table: pa.Table) -> Iterator[Entry]:
    """A million of them must fit the memory: what many have in common is one string."""
    names = [field.name for field in fields(Entry)]
    columns = [table[name].to_pylist() for name in names]
    shared = {name: {value: value for value in columns[names.index(name)]} for name in ("part", "reason", "message")}
    for name, known in shared.items():
        at = names.index(name)
        columns[at] = [known[value] for value in columns[at]]
    return (Entry(*row) for row in zip(*columns, strict=True))


def read_manifest(snapshot: Path) -> Manifest | None:
    """The manifest of a snapshot, to carry its rows over; None when it is missing or damaged.

    Files whose part is missing, cut off or noted as damaged are in it as changed ones: nothing is taken from it.

    Example: ``read_manifest(current(out))``
    """
    manifest = stored_manifest(snapshot)
    if manifest is None:
        return None
    damaged = amiss(snapshot, manifest.files) | noted_damage(snapshot)
    return _without(replace(manifest, damaged=damaged), damaged) if damaged else manifest


def _without(manifest: Manifest, damaged: Iterable[str]) -> Manifest:
    lost = {part for table, _, part in (name.partition("/") for name in damaged) if table in (*GROUPED, KEYS)}
    entries = {path: _stale(one) if one.part in lost else one for path, one in manifest.entries.items()}
    signatures = {part: signature for part, signature in manifest.signatures.items() if part not in lost}
    return replace(manifest, entries=entries, signatures=signatures)


def _stale(entry: Entry) -> Entry:
    return replace(entry, size=-1, mtime_ns=-1, sha256="", part="")
