"""The rows of a snapshot, a report at a time: what a page shows of one report, and no more of the tables in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pipeline.review.report_between import Between, between
from pipeline.store import parts, read_table
from pipeline.store.files import by_document, read_part, rows_of

Row = Mapping[str, Any]
SAID: Final = ("doc_id", "sentence_id", "char_start", "char_end", "section")
TABLES: Final = ("sentences", "mentions", "relations", "findings")
AT_ONCE: Final = 256
"""Reports of a part whose rows are in memory at a time; the part is read again for the next ones."""


@dataclass(frozen=True, slots=True)
class ReportRows:
    """Everything the tables say of one report, each kind in the order of the text.

    ``elsewhere`` are figures of other reports, by mention_id, that relations and findings name.

    Example: ``ReportRows(document, sentences, mentions, relations, findings).document["title"]``
    """

    document: Row
    sentences: Sequence[Row] = ()
    mentions: Sequence[Row] = ()
    relations: Sequence[Row] = ()
    findings: Sequence[Row] = ()
    elsewhere: Mapping[str, Row] = field(default_factory=dict)
    original: Row | None = None
    """The document of which this one is a copy."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the ids of all reports stand for: indicators and entities by id.

    Example: ``catalogue(snapshot).indicators["地区生产总值"]["unit"]`` → ``元``
    """

    indicators: Mapping[str, Row]
    entities: Mapping[str, Row]


def catalogue(snapshot: Path) -> Catalogue:
    """The indicators and entities of a snapshot; neither grows with the corpus as mentions do.

    Example: ``catalogue(required(Path("outputs"))).entities["533100"]["name"]``
    """
    indicators = {row["indicator_id"]: row for row in read_table(snapshot, "indicators").to_pylist()}
    return Catalogue(indicators, {row["entity_id"]: row for row in read_table(snapshot, "entities").to_pylist()})


def each_report(snapshot: Path, doc_ids: frozenset[str] | None = None) -> Iterator[ReportRows]:
    """The reports of a snapshot in its order; of some documents only where ``doc_ids`` says so.

    Example: ``next(each_report(required(Path("outputs")))).document["source_path"]``
    """
    with ExitStack() as stack:
        around = stack.enter_context(between(snapshot))
        for path in parts(snapshot, "documents"):
            there = read_part(path, ["doc_id"])["doc_id"].to_pylist()
            wanted = [one for one in there if doc_ids is None or one in doc_ids]
            for at in range(0, len(wanted), AT_ONCE):
                yield from _reports_of(snapshot, path.name, wanted[at : at + AT_ONCE], around)


def _reports_of(snapshot: Path, part: str, wanted: Sequence[str], around: Between) -> Iterator[ReportRows]:
    """Some reports of one part; the rows of one report only are Python objects at a time."""
    columns = {"sentences": SAID}
    found = {name: by_document(read_part(snapshot / name / part, columns.get(name), wanted)) for name in TABLES}
    documents = read_part(snapshot / "documents" / part, None, wanted)
    for at in range(documents.num_rows):
        document = documents.slice(at, 1).to_pylist()[0]
        yield _report(document, {name: rows_of(rows, document["doc_id"]) for name, rows in found.items()}, around)


def _report(document: Row, rows: Mapping[str, Sequence[Row]], around: Between) -> ReportRows:
    outer = around.about(document["doc_id"])
    findings = sorted([*rows["findings"], *outer.findings], key=_by_severity_of_place(document["doc_id"]))
    original = document["duplicate_of"]
    return ReportRows(
        document,
        rows["sentences"],
        sorted(rows["mentions"], key=lambda one: (one["char_start"], one["char_end"])),
        [*rows["relations"], *outer.relations],
        findings,
        outer.elsewhere,
        around.document(original) if original else None,
    )


def _by_severity_of_place(doc_id: str) -> Any:
    """Those of the report itself in the order of its text, then those of other reports that name its figures."""
    return lambda one: (one["doc_id"] != doc_id, one["char_start"], one["char_end"], one["check"], one["finding_id"])
