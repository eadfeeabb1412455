"""The audit: every check over a report, every check between reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from pipeline.audit.check import Check
from pipeline.audit.findings import Row, finding_row, relation_row
from pipeline.audit.relation import Relation
from pipeline.audit.report import Report
from pipeline.audit.settings import AuditSettings
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.audit.corpus import Corpus
    from pipeline.audit.revisions import Revision

Rows = tuple[list[Row], list[Row]]
"""Rows of the tables relations and findings."""
LONGEST_REASON: Final = 200


def audit_report(report: Report, settings: AuditSettings) -> Rows:
    """The relations and findings inside one report, sorted by check and place.

    Example: ``audit_report(report, audit_settings(None))[1][0]["message"]``
    """
    found: list[tuple[str, Relation]] = []
    for check in settings.for_reports:
        try:
            found += [(report.doc_id, relation) for relation in check.function(report, check.tolerance)]
        except Exception as error:  # a faulty check, maybe the user's own, must not cost the report its rows
            found.append((report.doc_id, _failed(check, error)))
    return _rows(found, settings)


def _failed(check: Check, error: Exception) -> Relation:
    message = f"检查{check.id}（{check.title}）出错，本报告未作此项检查：{_why(error)}"
    return Relation(check.id, (), "", "suspicious", None, None, None, message, (0, 0), "warning", "failed")


def _why(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:LONGEST_REASON]


def audit_corpus(corpus: Corpus, settings: AuditSettings) -> Rows:
    """The relations and findings between reports; UsageError names a check that fails, as no report can tell of it.

    Example: ``audit_corpus(corpus, audit_settings(None))[0]``
    """
    return _rows([pair for check in settings.for_corpus for pair in _between(check, corpus)], settings)


def _between(check: Check, corpus: Corpus) -> list[tuple[str, Relation]]:
    try:
        return list(check.function(corpus, check.tolerance))
    except Exception as error:
        remedy = f"mend it, or switch it off: [checks.{check.id}] enabled = false"
        raise UsageError(f"check {check.id} between reports failed ({_why(error)}); {remedy}") from error


def relations_of_revision(revision: Revision, settings: AuditSettings) -> list[Relation]:
    """What the checks say of a figure that was published again with another value, or that one of them failed.

    Example: ``relations_of_revision(revision, audit_settings(None))[0].formula`` → ``14073人→14703人``
    """
    found: list[Relation] = []
    for check in settings.for_revisions:
        try:
            found += check.function(revision, check.tolerance)
        except Exception as error:  # as in audit_report
            found.append(replace(_failed(check, error), operands=(("revised", revision.after),)))
    return found


def audit_revisions(found: Iterable[tuple[str, Relation]], settings: AuditSettings) -> Rows:
    """The rows of relations of revised figures, those of earlier nights among them; of checks that run only.

    Example: ``audit_revisions([(doc_id, relation)], audit_settings(None))[1]``
    """
    running = {one.id for one in settings.for_revisions}
    return _rows((pair for pair in found if pair[1].check in running), settings)


def _rows(found: Iterable[tuple[str, Relation]], settings: AuditSettings) -> Rows:
    checks = {one.id: one for one in settings.checks}
    relations: dict[str, Row] = {}
    findings: dict[str, Row] = {}
    told: set[tuple[str, str, frozenset[str], float | None]] = set()
    for doc_id, relation in found:
        row = relation_row(doc_id, relation)
        if row["relation_id"] in relations:
            continue
        relations[row["relation_id"]] = row
        finding = finding_row(row, relation, checks[row["check"]])
        if finding and not _told(finding, told):
            findings[finding["finding_id"]] = finding
    return sorted(relations.values(), key=_relation), sorted(findings.values(), key=_finding)


_relation, _finding = (
    itemgetter("doc_id", "check", "relation_id"),
    itemgetter("doc_id", "char_start", "check", "relation_id"),
)


def _told(finding: Row, told: set[tuple[str, str, frozenset[str], float | None]]) -> bool:
    """Whether another check found the same fault of the same figures: it is told once."""
    figures = frozenset(finding["mention_ids"])
    key = (finding["doc_id"], finding["severity"], figures, finding["stated"])
    again = len(figures) > 2 and key in told
    told.add(key)
    return again
