"""One document: read, segmented, extracted, made into rows; or rejected, whatever goes wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.model import Facts, Mention, Sentence, Table
from pipeline.document import Document
from pipeline.ingest.model import (
    INTERNAL,
    OUT_OF_MEMORY,
    TOO_LARGE,
    UNREADABLE,
    DocumentRows,
    EngineSpec,
    Reject,
    Row,
    SourceFile,
)
from pipeline.ingest.rows import doc_id, document_row, mention_rows, sentence_rows
from pipeline.readers.archives import member_bytes
from pipeline.readers.limits import Limits
from pipeline.readers.rejected import RejectedFile
from pipeline.sources import Remote
from pipeline.sources.folder import read_file
from pipeline.sources.found import state_of
from pipeline.sources.names import told

MESSAGE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Engine:
    """The functions a document goes through, ready to be called.

    ``read`` takes bytes and a name, ``segment`` a text and its tables, ``facts`` text, name, sentences and the reader's
    hints, ``extract`` text, sentences, facts and tables, ``audit`` the rows of the document, its sentences
    and mentions.

    Example: ``open_engine(EngineSpec("rjieba", None, Limits())).tokenize(["早孕建册率"])``
    """

    read: Callable[[bytes, str], Document]
    segment: Callable[[str, Sequence[Table]], list[Sentence]]
    tokenize: Callable[[Sequence[str]], list[list[str]]]
    facts: Callable[[str, str, Sequence[Sentence], Facts | None], Facts]
    extract: Callable[[str, Sequence[Sentence], Facts, Sequence[Table]], list[Mention]]
    audit: Callable[[Row, Sequence[Row], Sequence[Row]], tuple[list[Row], list[Row]]]
    limits: Limits


@cache
def open_engine(spec: EngineSpec) -> Engine:
    """The engine of a run, made once a process.

    Example: ``open_engine(EngineSpec("rjieba", None, Limits())).segment("全年完成投资3.2亿元。", ())``
    """
    import lexicons
    from extractors import extract
    from extractors.facts import document_facts
    from pipeline.audit.report import report_of
    from pipeline.audit.run import audit_report
    from pipeline.audit.settings import audit_settings
    from pipeline.audit.words import Words
    from pipeline.readers import read
    from pipeline.segment import segment
    from pipeline.segment.tokens import sentence_tokenizer

    words = lexicons.load(spec.lexicons)
    names, checks = Words(words), audit_settings(spec.audit)
    return Engine(
        read=lambda data, name: read(data, name, spec.limits),
        segment=lambda text, tables: segment(text, tables=tables),
        tokenize=sentence_tokenizer(spec.segmenter, words),
        facts=lambda text, name, sentences, hints: document_facts(text, name, sentences, words, hints),
        extract=lambda text, sentences, facts, tables: extract(text, sentences, facts, words, tables),
        audit=lambda document, said, found: audit_report(report_of(document, said, found, names), checks),
        limits=spec.limits,
    )


def process(source: Path, relative: str, engine: Engine) -> DocumentRows | Reject:
    """The rows of one document, or why there are none; nothing a file holds raises here.

    Example: ``process(Path("报告/云川县.txt"), "云川县.txt", engine)``
    """
    state = state_of(source)
    found = SourceFile(relative, source, doc_id(relative), state.size, state.mtime_ns)
    data = load(found, engine.limits)
    if data is None:
        return Reject(relative, "", UNREADABLE, "it is being written")
    return data if isinstance(data, Reject) else process_bytes(found, data, engine)


def load(source: SourceFile, limits: Limits) -> bytes | Reject | None:
    """The bytes of a file, also of one in an archive, or why they cannot be had; None for one that is being written.

    Example: ``load(source, Limits())`` → ``Reject("云川县.txt", "", "unreadable", "Permission denied")``
    """
    if source.size > limits.bytes:
        return _too_large(source, f"{source.size}", limits)
    try:
        data = _bytes(source, limits)
        if data is not None and len(data) > limits.bytes:
            return _too_large(source, f"more than {limits.bytes}", limits)
        return data
    except RejectedFile as error:
        return Reject(source.relative, "", error.reason, one_line(error.message))
    except MemoryError:
        return out_of_memory(source, "")
    except OSError as error:
        return Reject(source.relative, "", UNREADABLE, one_line(told(error)))


def _too_large(source: SourceFile, size: str, limits: Limits) -> Reject:
    message = f"{size} bytes, more than {limits.bytes}; raise ZHIBIAO_MAX_BYTES"
    return Reject(source.relative, "", TOO_LARGE, message)


def _bytes(source: SourceFile, limits: Limits) -> bytes | None:
    """What was found, as it was found: None when the file is another one before or after it is read."""
    if source.member:
        data = member_bytes(source.path, source.member, limits)
    elif isinstance(source.path, Remote):
        data = source.path.read(limits.bytes)
    else:
        return read_file(source.path, source.state)
    if source.state.moved(state_of(source.path)):
        return None
    if not source.member and len(data) < source.size:
        raise OSError("the connection ended before the file did")
    return data


def process_bytes(source: SourceFile, data: bytes, engine: Engine) -> DocumentRows | Reject:
    """The rows of one document whose bytes are at hand; the reader's rejects and all surprises are a Reject.

    Example: ``process_bytes(source, "全年完成投资3.2亿元。".encode(), engine).mentions[0]["value"]`` → 3.2e8
    """
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        return _rows(source, data, sha256, engine)
    except RejectedFile as error:
        return Reject(source.relative, sha256, error.reason, one_line(error.message))
    except MemoryError:
        return out_of_memory(source, sha256)
    except Exception as error:
        return internal_error(source, sha256, error)


def out_of_memory(source: SourceFile, sha256: str) -> Reject:
    """The reject for a file that may not have the memory it needs.

    Example: ``Reject("云川县.txt", "3c…", "out_of_memory", "it needs more memory …")``
    """
    message = "it needs more memory than ZHIBIAO_DOCUMENT_MEMORY; split it"
    return Reject(source.relative, sha256, OUT_OF_MEMORY, message)


def internal_error(source: SourceFile, sha256: str, error: Exception) -> Reject:
    """The reject for an error nobody foresaw.

    Example: ``Reject("云川县.txt", "3c…", "internal_error", "ValueError: …")``
    """
    return Reject(source.relative, sha256, INTERNAL, one_line(f"{type(error).__name__}: {error}"))


def _rows(source: SourceFile, data: bytes, sha256: str, engine: Engine) -> DocumentRows:
    document = engine.read(data, source.relative)
    text = document.text
    sentences = engine.segment(text, document.tables)
    hints = Facts(title=document.title, issuer=document.issuer, published=document.published)
    facts = engine.facts(text, source.relative, sentences, hints)
    mentions = engine.extract(text, sentences, facts, document.tables)
    said = sentence_rows(source.doc_id, text, sentences, engine.tokenize)
    identity = {"doc_id": source.doc_id, "source_path": source.relative, "sha256": sha256, "bytes": len(data)}
    row = document_row(identity, document, facts)
    found = mention_rows(source.doc_id, sentences, said, mentions)
    relations, findings = engine.audit(row, said, found)
    return DocumentRows(row, said, found, relations, findings)


def one_line(text: str) -> str:
    """A message without line ends, not longer than people read.

    Example: ``one_line("无法解析\\n第 3 行")`` → ``无法解析 第 3 行``
    """
    short = " ".join(text.split()).encode("utf-8", "replace").decode("utf-8")
    return short if len(short) <= MESSAGE_LENGTH else short[: MESSAGE_LENGTH - 1] + "…"
