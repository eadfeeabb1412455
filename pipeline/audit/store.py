"""Findings of a snapshot: read with what people want to know of them, chosen, explained, checked anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

import lexicons
from pipeline.audit.between import corpora
from pipeline.audit.frames import reports_of
from pipeline.audit.page import LEVELS
from pipeline.audit.report import Report
from pipeline.audit.run import Rows, audit_corpus, audit_report
from pipeline.audit.settings import AuditSettings
from pipeline.audit.words import Words
from pipeline.errors import UsageError
from pipeline.store import each_part, read_table, table_of
from pipeline.store.files import REVISIONS_PART, by_document, read_part, rows_of

ABOUT: Final = ("doc_id", "source_path", "title", "region", "region_code")

WORST: Final = ("finding_id", "severity", "check", "doc_id", "char_start", "message")
WORST_FIRST: Final = ("level", "source_path", "char_start", "check")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings are wanted; an empty field wants all.

    ``severity`` is the least severe one; ``document`` is part of the path or title, ``region`` a name or a code.

    Example: ``Filter(checks=("R02",), severity="warning", region="云川县")``
    """

    checks: tuple[str, ...] = ()
    severity: str = ""
    document: str = ""
    region: str = ""

    def wants(self, finding: Row) -> bool:
        """Whether a finding is one of those.

        Example: ``Filter(severity="error").wants({"severity": "info", …})`` → False
        """
        return (
            (not self.checks or finding["check"] in self.checks)
            and (not self.severity or LEVELS.index(finding["severity"]) <= LEVELS.index(self.severity))
            and self.document in f"{finding['source_path']} {finding['title'] or ''}"
            and self.region in ("", finding["region"], finding["region_code"])
        )


def findings_of(snapshot: Path, table: pa.Table | None = None) -> list[dict[str, Any]]:
    """The findings of a snapshot, the most severe first, each with the path, title and region of its document.

    ``table`` are findings computed anew instead of those stored.

    Example: ``findings_of(required(Path("outputs")))[0]["source_path"]``
    """
    documents = {row["doc_id"]: row for row in read_table(snapshot, "documents", ABOUT).to_pylist()}
    rows = (read_table(snapshot, "findings") if table is None else table).to_pylist()
    found = [{**row, **documents[row["doc_id"]]} for row in rows]
    return sorted(
        found, key=lambda row: (LEVELS.index(row["severity"]), row["source_path"], row["char_start"], row["check"])
    )


def worst_findings(snapshot: Path, most: int) -> list[dict[str, Any]]:
    """The first rows of ``findings_of``, without those that only inform; a part of the tables after the other.

    Example: ``worst_findings(required(Path("outputs")), 15)[0]["source_path"]``
    """
    documents = read_table(snapshot, "documents", ["doc_id", "source_path"])
    worst: list[pa.Table] = []
    for part in each_part(snapshot, "findings", WORST):
        rows = part.append_column("level", pc.index_in(part["severity"], value_set=pa.array(LEVELS)))
        rows = rows.filter(pc.less(rows["level"], LEVELS.index("info")))
        at = pc.index_in(rows["doc_id"], value_set=documents["doc_id"])
        rows = pa.concat_tables([*worst, rows.append_column("source_path", documents["source_path"].take(at))])
        worst = [rows.sort_by([(name, "ascending") for name in WORST_FIRST]).slice(0, most)]
    found: list[dict[str, Any]] = pa.concat_tables(worst).to_pylist()
    return found


def audit_again(snapshot: Path, settings: AuditSettings, overlay: Path | None = None) -> tuple[pa.Table, pa.Table]:
    """Relations and findings of a snapshot's tables by other settings; nothing is written.

    Revisions were found against an earlier snapshot: those stored are judged by the settings, not found anew.

    Example: ``audit_again(required(out), audit_settings(Path("audit.toml")))[1].num_rows``
    """
    words = Words(lexicons.load(overlay))
    found = [audit_report(report, settings) for report in _reports(snapshot, words)]
    found += [audit_corpus(corpus, settings) for corpus in corpora(snapshot, words)]
    found.append(stored_revisions(snapshot, settings))
    relations, findings = ([row for rows in found for row in rows[at]] for at in (0, 1))
    return table_of("relations", relations), table_of("findings", findings)


def _reports(snapshot: Path, words: Words) -> Iterator[Report]:
    """The reports of a snapshot, a part of its tables after the other."""
    said = ["doc_id", "sentence_id", "char_start", "char_end", "section"]
    tables = [each_part(snapshot, name, columns) for name, columns in
              (("documents", None), ("sentences", said), ("mentions", None))]  # fmt: skip
    for part in zip(*tables, strict=True):
        for one in _documents(*part):
            yield from reports_of(*one, words)


def stored_revisions(snapshot: Path, settings: AuditSettings) -> Rows:
    """The stored relations and findings of figures published again with another value, as severe as the settings say.

    Example: ``stored_revisions(required(out), audit_settings(None))[1][0]["formula"]`` → ``14073人→14703人``
    """
    checks = {one.id: one for one in settings.for_revisions}
    relations, findings = (
        [row for row in read_part(snapshot / name / REVISIONS_PART).to_pylist() if row["check"] in checks]
        for name in ("relations", "findings")
    )
    verdicts = {row["relation_id"]: row["verdict"] for row in relations}
    return relations, [
        {**row, "severity": checks[row["check"]].severity_by(verdicts[row["relation_id"]])} for row in findings
    ]


def _documents(
    documents: pa.Table, sentences: pa.Table, mentions: pa.Table
) -> Iterator[tuple[list[Row], list[Row], list[Row]]]:
    """One document after the other, so that the rows of one only are Python objects at a time."""
    said, found = by_document(sentences), by_document(mentions)
    for at, id in enumerate(documents["doc_id"].to_pylist()):
        yield documents.slice(at, 1).to_pylist(), rows_of(said, id), rows_of(found, id)


@dataclass(frozen=True, slots=True)
class Passage:
    """A figure of a finding: its role, its sentence, and the offsets of the figure in it.

    Example: ``Passage("rate", "早孕建册率94.5%，…", 5, 10, "云川县.txt")``
    """

    role: str
    sentence: str
    start: int
    end: int
    source_path: str


def explain(snapshot: Path, finding: Row) -> list[Passage]:
    """The sentences in which the figures of a finding stand, in the order of the text.

    Example: ``explain(snapshot, finding)[0].sentence``
    """
    relation = _one(read_table(snapshot, "relations"), "relation_id", finding["relation_id"])
    roles = dict(zip(relation["mention_ids"], relation["roles"], strict=True)) if relation else {}
    ids = pa.array(finding["mention_ids"], pa.string())
    columns = ["mention_id", "doc_id", "sentence_id", "char_start", "char_end"]
    mentions = read_table(snapshot, "mentions", columns)
    figures = mentions.filter(pc.is_in(mentions["mention_id"], value_set=ids)).to_pylist()
    if not figures:
        return [_around(snapshot, finding)]
    wanted = pa.array([row["sentence_id"] for row in figures], pa.string())
    table = read_table(snapshot, "sentences", ["sentence_id", "char_start", "char_end"])
    sentences = {
        row["sentence_id"]: row for row in table.filter(pc.is_in(table["sentence_id"], value_set=wanted)).to_pylist()
    }
    texts = _texts(snapshot, {row["doc_id"] for row in figures})
    found = [_passage(row, sentences[row["sentence_id"]], texts, roles) for row in figures]
    return sorted(found, key=lambda one: (one.source_path, one.sentence, one.start))


def _passage(figure: Row, sentence: Row, texts: Mapping[str, tuple[str, str]], roles: Mapping[str, str]) -> Passage:
    path, text = texts[figure["doc_id"]]
    first = sentence["char_start"]
    words = text[first : sentence["char_end"]]
    start, end = figure["char_start"] - first, figure["char_end"] - first
    return Passage(roles.get(figure["mention_id"], ""), words, start, end, path)


def _around(snapshot: Path, finding: Row) -> Passage:
    path, text = _texts(snapshot, {finding["doc_id"]})[finding["doc_id"]]
    first = max(0, finding["char_start"] - 60)
    words = text[first : finding["char_end"] + 60]
    return Passage("", words, finding["char_start"] - first, finding["char_end"] - first, path)


def _texts(snapshot: Path, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    table = read_table(snapshot, "documents", ["doc_id", "source_path", "text"])
    chosen = table.filter(pc.is_in(table["doc_id"], value_set=pa.array(sorted(ids), pa.string())))
    return {row["doc_id"]: (row["source_path"], row["text"]) for row in chosen.to_pylist()}


def _one(table: pa.Table, column: str, value: str | None) -> dict[str, Any] | None:
    rows: list[dict[str, Any]] = table.filter(pc.equal(table[column], value or "")).to_pylist()
    return rows[0] if rows else None


def finding_named(findings: Sequence[Row], id: str) -> Row:
    """The finding whose id begins with some characters; UsageError when there is none, or several.

    Example: ``finding_named(findings, "3f9d")``
    """
    found = [one for one in findings if one["finding_id"].startswith(id)]
    if len(found) != 1:
        wrong = "several findings" if found else "no finding"
        raise UsageError(f"{id}: {wrong} of this id; see zhibiao audit --format json")
    return found[0]
