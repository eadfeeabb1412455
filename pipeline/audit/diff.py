"""What two snapshots tell differently: documents, figures and findings that came, went and changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import pyarrow as pa

from pipeline.audit.revisions import COMPARED, compare
from pipeline.errors import StoreError
from pipeline.store import Entry, Manifest
from pipeline.store.files import LAST_PARTS, by_document, read_part, rows_of
from pipeline.store.manifest import stored_manifest

Row = Mapping[str, Any]
FINDING: Final = ("finding_id", "doc_id", "check", "severity", "message")


@dataclass(frozen=True, slots=True)
class Change:
    """Something that one snapshot has and the other has not, or has otherwise.

    ``before`` and ``after`` are the spans of a figure, or the hashes of a document's bytes.

    Example: ``Change("mention", "changed", "云川县.txt", id, indicator="活产数", before="14073人", after="14703人")``
    """

    what: Literal["document", "mention", "finding"]
    change: Literal["new", "changed", "gone"]
    source_path: str
    id: str
    indicator: str | None = None
    qualifier: str | None = None
    entity: str | None = None
    period: str | None = None
    before: str | None = None
    after: str | None = None
    value_before: float | None = None
    value_after: float | None = None
    unit: str | None = None
    check: str | None = None
    severity: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two snapshots; ``paths`` are those of its documents, by doc_id.

    Example: ``side_of(snapshot).entries["云川县.txt"].part``
    """

    snapshot: Path
    manifest: Manifest
    entries: Mapping[str, Entry]
    paths: Mapping[str, str]


def side_of(snapshot: Path) -> Side:
    """A snapshot to be compared; StoreError when it has no readable manifest.

    Example: ``side_of(required(out))``
    """
    manifest = stored_manifest(snapshot)
    if manifest is None:
        raise StoreError(f"{snapshot} has no manifest that can be read; see zhibiao snapshots verify {snapshot.name}")
    entries = {path: entry for path, entry in manifest.entries.items() if entry.part}
    return Side(snapshot, manifest, entries, {entry.doc_id: path for path, entry in entries.items()})


def changes(old: Side, new: Side) -> Iterator[Change]:
    """What came, went and changed, in the order of paths; then what is gone, then findings between reports.

    Parts of the same signature hold the same rows and are not read; of the others one is in memory at a time.

    Example: ``[one for one in changes(side_of(old), side_of(new)) if one.what == "mention"]``
    """
    alike = set(old.manifest.signatures.values()) & set(new.manifest.signatures.values())
    for part, entries in _by_part(new, alike).items():
        yield from _of_part(old, new, part, entries)
    gone = {path for path in old.entries if path not in new.entries}
    for part, entries in _by_part(old, alike).items():
        yield from _gone(old, new, part, [entry for entry in entries if entry.path in gone])
    yield from _between(old, new)


def _by_part(side: Side, alike: Iterable[str]) -> dict[str, list[Entry]]:
    """The documents of each part that is not the same in the other snapshot, in order."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for path in sorted(side.entries):
        entry = side.entries[path]
        if side.manifest.signatures[entry.part] not in alike:
            found[entry.part].append(entry)
    return found


def _of_part(old: Side, new: Side, part: str, entries: Sequence[Entry]) -> Iterator[Change]:
    read_anew = old.manifest.versions != new.manifest.versions
    looked = [one for one in entries if read_anew or _bytes(old, one.path) != one.sha256]
    ids = [one.doc_id for one in looked]
    before = [old.entries[one.path] for one in looked if one.path in old.entries]
    were, are = _rows(old, "mentions", COMPARED, before), _rows_of(new, "mentions", COMPARED, part, ids)
    had, has = _rows(old, "findings", FINDING, before), _rows_of(new, "findings", FINDING, part, ids)
    for one in looked:
        was = _bytes(old, one.path)
        if was != one.sha256:
            yield Change("document", "changed" if was else "new", one.path, one.doc_id, before=was, after=one.sha256)
        yield from _mentions(one.path, rows_of(were, one.doc_id), rows_of(are, one.doc_id))
        yield from _findings(new.paths, rows_of(had, one.doc_id), rows_of(has, one.doc_id))


def _gone(old: Side, new: Side, part: str, entries: Sequence[Entry]) -> Iterator[Change]:
    ids = [one.doc_id for one in entries]
    mentions = _rows_of(old, "mentions", COMPARED, part, ids)
    findings = _rows_of(old, "findings", FINDING, part, ids)
    for one in entries:
        refused = new.manifest.entries.get(one.path)
        why = f"{refused.reason}: {refused.message}" if refused else None
        yield Change("document", "gone", one.path, one.doc_id, before=one.sha256, message=why)
        yield from _mentions(one.path, rows_of(mentions, one.doc_id), [])
        yield from _findings(old.paths, rows_of(findings, one.doc_id), [])


def _bytes(side: Side, path: str) -> str | None:
    return side.entries[path].sha256 if path in side.entries else None


def _rows(side: Side, table: str, columns: Sequence[str], entries: Sequence[Entry]) -> dict[str, pa.Table]:
    by_part: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        by_part[entry.part].append(entry.doc_id)
    found: dict[str, pa.Table] = {}
    for part, ids in by_part.items():
        found |= _rows_of(side, table, columns, part, ids)
    return found


def _rows_of(side: Side, table: str, columns: Sequence[str], part: str, ids: Sequence[str]) -> dict[str, pa.Table]:
    """The rows of some documents of a part, by document, in the order of the text."""
    return by_document(read_part(side.snapshot / table / part, columns, ids)) if ids else {}


def _mentions(path: str, before: Sequence[Row], after: Sequence[Row]) -> Iterator[Change]:
    found = compare(before, after)
    for was, row in found.changed:
        yield _mention("changed", path, row, before=was["text"], value_before=was["value"], **_now(row))
    for row in found.went:
        yield _mention("gone", path, row, before=row["text"], value_before=row["value"])
    for row in found.came:
        yield _mention("new", path, row, **_now(row))


def _now(row: Row) -> dict[str, Any]:
    return {"after": row["text"], "value_after": row["value"]}


def _mention(change: Literal["new", "changed", "gone"], path: str, row: Row, **said: Any) -> Change:
    about = {name: row[name] for name in ("indicator", "qualifier", "entity", "period", "unit")}
    return Change("mention", change, path, row["mention_id"], **about, **said)


def _findings(paths: Mapping[str, str], before: Sequence[Row], after: Sequence[Row]) -> Iterator[Change]:
    had, has = ({row["finding_id"] for row in rows} for rows in (before, after))
    yield from (_finding("new", paths, row) for row in after if row["finding_id"] not in had)
    yield from (_finding("gone", paths, row) for row in before if row["finding_id"] not in has)


def _finding(change: Literal["new", "gone"], paths: Mapping[str, str], row: Row) -> Change:
    about = {name: row[name] for name in ("check", "severity", "message")}
    return Change("finding", change, paths[row["doc_id"]], row["finding_id"], **about)


def _between(old: Side, new: Side) -> Iterator[Change]:
    paths = {**old.paths, **new.paths}
    for part in LAST_PARTS:
        before, after = (read_part(side.snapshot / "findings" / part, FINDING).to_pylist() for side in (old, new))
        yield from _findings(paths, before, after)
