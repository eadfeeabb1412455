"""Figures of reports that were published again with another value: found between two snapshots, kept in later ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from pipeline.audit.corpus import COLUMNS
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation
from pipeline.audit.revisions import Revision, Row, compare, restated
from pipeline.audit.run import audit_revisions, relations_of_revision
from pipeline.audit.settings import AuditSettings, audit_settings
from pipeline.ingest.groups import Group
from pipeline.ingest.run import Run
from pipeline.store import Entry, Manifest, table_of, write_part
from pipeline.store.files import REVISIONS_PART, by_document, read_part, rows_of
from pipeline.store.part_files import kept_part

Found = Iterator[tuple[str, Relation]]
RELATIONS, FINDINGS = f"relations/{REVISIONS_PART}", f"findings/{REVISIONS_PART}"


@dataclass(frozen=True, slots=True)
class Former:
    """The snapshot before: its manifest, and what was found revised then, as rows of relations by document.

    Example: ``Former(before, manifest).revised`` → ``{}``
    """

    snapshot: Path
    manifest: Manifest
    revised: Mapping[str, Sequence[Row]] = field(default_factory=dict)


def write_revisions(run: Run, groups: Iterable[Group], folder: Path) -> None:
    """Write what was published again with another value since the snapshot before, and what was found so earlier.

    Only documents whose bytes changed are compared, part by part; earlier rows stay as long as their figure does.

    Example: ``write_revisions(run, groups, staging)`` → ``findings/revisions.parquet``
    """
    settings = audit_settings(run.job.engine.audit)
    found: Iterable[tuple[str, Relation]] = ()
    if run.before and run.manifest:
        former = _former(run.before, run.manifest)
        found = (pair for group in groups for pair in _of_group(former, group, folder, settings))
    relations, findings = audit_revisions(found, settings)
    write_part(folder, "relations", table_of("relations", relations), REVISIONS_PART)
    write_part(folder, "findings", table_of("findings", findings), REVISIONS_PART)


def _former(snapshot: Path, manifest: Manifest) -> Former:
    revised: dict[str, list[Row]] = defaultdict(list)
    if not {RELATIONS, FINDINGS} & set(manifest.damaged):
        found = {row["relation_id"]: row for row in kept_part(snapshot, FINDINGS).to_pylist()}
        for row in kept_part(snapshot, RELATIONS).to_pylist():
            said = found.get(row["relation_id"], {"message": "", "tolerance": None})
            revised[row["doc_id"]].append({**row, "message": said["message"], "tolerance": said["tolerance"]})
    return Former(snapshot, manifest, revised)


def _of_group(former: Former, group: Group, folder: Path, settings: AuditSettings) -> Found:
    changed = [entry for entry in group.entries if _changed(former, entry)]
    ids = {entry.doc_id for entry in changed} | {entry.doc_id for entry in group.entries} & former.revised.keys()
    if not ids:
        return
    after = by_document(read_part(folder / "mentions" / group.part, COLUMNS, sorted(ids)))
    before = _before(former, changed)
    for entry in group.entries:
        now = rows_of(after, entry.doc_id)
        if entry.doc_id not in before:
            yield from _kept(former, entry.doc_id, {row["mention_id"]: row for row in now})
            continue
        both = compare(rows_of(before, entry.doc_id), now)
        yield from _kept(former, entry.doc_id, {old["mention_id"]: new for old, new in both.same + both.changed})
        found = (Revision(_figure(old), _figure(new), entry.path) for old, new in both.changed if restated(old, new))
        for revision in found:
            yield from ((entry.doc_id, relation) for relation in relations_of_revision(revision, settings))


def _changed(former: Former, entry: Entry) -> bool:
    """Whether a document has other bytes than in the snapshot before; not when only code or words are others."""
    old = former.manifest.entries.get(entry.path)
    return old is not None and bool(old.part) and old.sha256 != entry.sha256


def _before(former: Former, changed: Sequence[Entry]) -> dict[str, pa.Table]:
    by_part: dict[str, list[str]] = defaultdict(list)
    for entry in changed:
        by_part[former.manifest.entries[entry.path].part].append(entry.doc_id)
    rows: dict[str, pa.Table] = {}
    for part, ids in sorted(by_part.items()):
        rows |= by_document(kept_part(former.snapshot, f"mentions/{part}", COLUMNS, sorted(ids)))
    return rows


def _kept(former: Former, doc_id: str, now: Mapping[str, Row]) -> Found:
    """What was found earlier and still stands: with its figure's place, and id, of today."""
    for row in former.revised.get(doc_id, ()):
        figures = [now.get(id) for id in row["mention_ids"]]
        if figures and all(figure and row["stated"] in (None, figure["value"]) for figure in figures):
            yield doc_id, _again(row, [figure for figure in figures if figure])


def _again(row: Row, figures: Sequence[Row]) -> Relation:
    operands = tuple((role, _figure(one)) for role, one in zip(row["roles"], figures, strict=True))
    told = {name: row[name] for name in ("formula", "verdict", "stated", "expected", "tolerance", "message")}
    return Relation(row["check"], operands, **told)


def _figure(row: Row) -> Figure:
    return Figure(row, 0, 0, 0, row["indicator"] or "")
