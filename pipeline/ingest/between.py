"""What the audit finds between reports: read from the tables of the new snapshot, written as a part of its own."""

from __future__ import annotations

from pathlib import Path

import lexicons
from pipeline.audit.corpus import COLUMNS, DOCUMENT_COLUMNS, corpus_of
from pipeline.audit.run import audit_corpus
from pipeline.audit.settings import audit_settings
from pipeline.audit.words import Words
from pipeline.ingest.model import EngineSpec
from pipeline.store import read_table, table_of, write_part
from pipeline.store.files import BETWEEN_PART


def write_between(folder: Path, spec: EngineSpec) -> None:
    """Audit the documents and mentions below a folder against each other; adds to relations and findings.

    Example: ``write_between(staging, spec)``
    """
    words = Words(lexicons.load(spec.lexicons))
    documents = read_table(folder, "documents", DOCUMENT_COLUMNS)
    corpus = corpus_of(documents, read_table(folder, "mentions", COLUMNS), words)
    relations, findings = audit_corpus(corpus, audit_settings(spec.audit))
    write_part(folder, "relations", table_of("relations", relations), BETWEEN_PART)
    write_part(folder, "findings", table_of("findings", findings), BETWEEN_PART)
