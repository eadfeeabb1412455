"""Whether a snapshot is whole: its files against its manifest, its rows against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from pipeline import datapackage
from pipeline.errors import StoreError
from pipeline.store.files import KEYS, LAST_PARTS, ONLY_PART, PLACED, place_part, read_part
from pipeline.store.keys import Problems, lost_figures, lost_keys, wrong_spans
from pipeline.store.manifest import Manifest, stored_manifest, write_manifest
from pipeline.store.part_files import PartFile, amiss, measured, noted_damage, other_bytes, sha256_of
from pipeline.tables import BETWEEN, GROUPED, SCHEMAS

SHOWN: Final = 3
"""Problems that the error of a refused snapshot names."""


def seal(folder: Path, manifest: Manifest, before: Manifest | None) -> None:
    """Write the manifest of a finished staging folder, with every part file's rows, size and hash, and check it all.

    What the columns are is written beside the tables, as ``datapackage.json``. Part files carried over keep the hash
    they were written with. StoreError when anything is wrong.

    Example: ``seal(staging, manifest, None)``
    """
    carried = _carried(manifest, before)
    files = measured(folder, carried)
    sealed = replace(manifest, files=files, package=_described(folder, files))
    write_manifest(folder, sealed)
    fresh = [part for part in manifest.signatures if f"documents/{part}" not in carried]
    found = [*_structure(folder, sealed, set()), *_each(folder, fresh, set(), lost_keys)]
    if found:
        shown = "; ".join(f"{name}: {wrong}" for name, wrong in found[:SHOWN])
        raise StoreError(f"the new tables are not whole, nothing was published: {shown}")


def _described(folder: Path, files: Iterable[str]) -> str:
    """Write what the tables are beside them; its SHA-256."""
    path = folder / datapackage.FILE
    path.write_text(datapackage.of_snapshot(sorted(files)), encoding="utf-8")
    return sha256_of(path)


def _carried(manifest: Manifest, before: Manifest | None) -> dict[str, PartFile]:
    old = {signature: part for part, signature in before.signatures.items()} if before else {}
    pairs = [(part, old[signature]) for part, signature in manifest.signatures.items() if signature in old]
    named = [(f"{name}/{part}", f"{name}/{was}") for part, was in pairs for name in (*GROUPED, KEYS)]
    return {now: before.files[was] for now, was in named if before and was in before.files}


@dataclass(slots=True)
class Seen:
    """What was looked at already, so that what snapshots share is read once: hashes by inode, keys by signature.

    Example: ``seen = Seen(); [list(verified(one, seen=seen)) for one in snapshots(out)]``
    """

    hashes: dict[tuple[int, int], str] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)


def verified(snapshot: Path, deep: bool = True, engine: str = "", seen: Seen | None = None) -> Problems:
    """What is wrong with a published snapshot: its files by size and footer, and, going deep, by every byte and key.

    ``engine`` is the version of this zhibiao: tables that another one wrote may have other columns.

    Example: ``("mentions/part-0.parquet", "other bytes than those written")``
    """
    manifest = stored_manifest(snapshot)
    if manifest is None:
        yield "_manifest.parquet", "is missing or cannot be read"
        return
    damaged, seen = amiss(snapshot, manifest.files), seen or Seen()
    if deep:
        left = {name: one for name, one in manifest.files.items() if name not in damaged}
        damaged |= other_bytes(snapshot, left, seen.hashes)
    else:
        damaged = noted_damage(snapshot) | damaged
    damaged.pop(datapackage.FILE, "")  # what was noted of it may have been put right
    yield from damaged.items()
    yield from _undescribed(snapshot, manifest)
    if manifest.versions.engine == engine:
        yield from _structure(snapshot, manifest, set(damaged))
        if deep:
            parts = [part for part, signature in manifest.signatures.items() if signature not in seen.parts]
            yield from _each(snapshot, parts, set(damaged), lost_keys, wrong_spans)
            seen.parts.update(manifest.signatures.values())
            yield from _between(snapshot, manifest, set(damaged))


def _undescribed(snapshot: Path, manifest: Manifest) -> Problems:
    """What is wrong with the description of the tables; snapshots from before have none."""
    if not manifest.package:
        return
    try:
        if sha256_of(snapshot / datapackage.FILE) != manifest.package:
            yield datapackage.FILE, "other bytes than those written"
    except OSError as error:
        yield datapackage.FILE, f"cannot be read: {error.strerror}"


def _structure(folder: Path, manifest: Manifest, skipped: Set[str]) -> Problems:
    """What is wrong with the part files there are, their columns and numbers of rows."""
    wanted = {f"{name}/{part}" for name in (*GROUPED, KEYS) for part in manifest.signatures}
    wanted |= {f"{name}/{part}" for name in BETWEEN for part in LAST_PARTS}
    wanted |= {f"{KEYS}/{place_part(name)}" for name in PLACED}
    wanted |= {f"{name}/{ONLY_PART}" for name in SCHEMAS if name not in GROUPED}
    there = set(manifest.files)
    yield from ((name, "was not written") for name in sorted(wanted - there))
    yield from ((name, "belongs to no documents") for name in sorted(there - wanted))
    for name in sorted((wanted & there) - skipped):
        table = name.partition("/")[0]
        if table != KEYS and not pq.read_schema(folder / name).equals(SCHEMAS[table]):
            yield name, f"has other columns than the table {table}"
    if wanted <= there:
        yield from _counts(folder, manifest, skipped)


def _counts(folder: Path, manifest: Manifest, skipped: Set[str]) -> Problems:
    """Parts that do not have the documents that were read, and no others."""
    wanted: dict[str, list[str]] = {part: [] for part in manifest.signatures}
    for entry in manifest.entries.values():
        if entry.part:
            wanted.setdefault(entry.part, []).append(entry.doc_id)
    for part, of_part in wanted.items():
        name = f"documents/{part}"
        there = [] if name in skipped else read_part(folder / name, ["doc_id"])["doc_id"].to_pylist()
        if name not in skipped and sorted(there) != sorted(of_part):
            yield name, f"its {len(there)} documents are not the {len(of_part)} that were read"
    ids = Counter(id for part in wanted.values() for id in part)
    yield from (("documents", f"{id} twice") for id, times in ids.items() if times > 1)
    rejects, refused = f"rejects/{ONLY_PART}", sum(bool(entry.reason) for entry in manifest.entries.values())
    if rejects not in skipped and manifest.files[rejects].rows != refused:
        yield rejects, f"{manifest.files[rejects].rows} rows, {refused} files were rejected"


def _each(folder: Path, parts: Iterable[str], skipped: Set[str], *checks: Callable[[Path, str], Problems]) -> Problems:
    """What checks say of parts, one after the other, so that the rows of one only are in memory."""
    for part in parts:
        if not skipped & {f"{name}/{part}" for name in GROUPED}:
            for check in checks:
                yield from check(folder, part)


def _between(snapshot: Path, manifest: Manifest, skipped: Set[str]) -> Problems:
    """Figures and documents that the parts between reports name and no other part has."""
    mentions = [name for name in manifest.files if name.startswith("mentions/")]
    if not skipped & set(mentions):
        for name in BETWEEN:
            for part in LAST_PARTS:
                if f"{name}/{part}" not in skipped:
                    yield from lost_figures(snapshot, f"{name}/{part}", mentions)
