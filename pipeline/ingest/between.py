"""What the audit finds between reports: the keys of figures beside their parts, the findings in a part of its own."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import lexicons
from pipeline.audit.between import NEEDED, corpora, keys_of
from pipeline.audit.run import audit_corpus
from pipeline.audit.settings import audit_settings
from pipeline.audit.words import Words
from pipeline.errors import StoreError
from pipeline.ingest.model import EngineSpec
from pipeline.store import part_writer, table_of
from pipeline.store.files import BETWEEN_PART, KEYS, read_part
from pipeline.store.sink import parquet_file
from pipeline.tables import BETWEEN


def write_keys(folder: Path, part: str, words: Words) -> None:
    """Write the keys of a part of mentions that stands below a snapshot's folder.

    Example: ``write_keys(staging, "part-0.parquet", words)``
    """
    documents = read_part(folder / "documents" / part, ["doc_id", "duplicate_of"])
    mentions = read_part(folder / "mentions" / part, NEEDED)
    path = folder / KEYS / part
    path.parent.mkdir(exist_ok=True)
    keys = keys_of(documents, mentions, words)
    with parquet_file(path, keys.schema, compression="zstd", write_page_checksum=True) as file:
        file.write_table(keys)


def has_keys(snapshot: Path, part: str) -> bool:
    """Whether the keys of a part of mentions are there and sound; else they are made again.

    Example: ``has_keys(before, "part-0.parquet")``
    """
    try:
        keys = read_part(snapshot / KEYS / part)
        return bool(keys.num_rows == pq.read_metadata(snapshot / "mentions" / part).num_rows)
    except (StoreError, OSError, pa.ArrowException):
        return False


def write_between(folder: Path, spec: EngineSpec, scratch: Path) -> None:
    """Audit the reports below a folder against each other, a piece at a time; adds to relations and findings.

    Example: ``write_between(staging, spec, work)``
    """
    words, settings = Words(lexicons.load(spec.lexicons)), audit_settings(spec.audit)
    relations, findings = BETWEEN
    with (
        part_writer(folder, relations, BETWEEN_PART) as recognized,
        part_writer(folder, findings, BETWEEN_PART) as found,
    ):
        for corpus in corpora(folder, words, scratch):
            rows = audit_corpus(corpus, settings)
            recognized.write_table(table_of(relations, rows[0]))
            found.write_table(table_of(findings, rows[1]))
