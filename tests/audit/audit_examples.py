"""The examples of the audit: read from text files, run through the whole chain from text to findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lexicons import load
from pipeline.audit.between import corpora
from pipeline.audit.run import Rows, audit_corpus
from pipeline.audit.settings import audit_settings
from pipeline.audit.words import Words
from pipeline.ingest.between import write_keys
from pipeline.ingest.model import DocumentRows, EngineSpec, SourceFile
from pipeline.ingest.process import open_engine, process_bytes
from pipeline.ingest.rows import doc_id
from pipeline.readers.limits import Limits
from pipeline.store import ONLY_PART, table_of, write_part

FOLDER = Path(__file__).parent / "examples"
REPORT = "云川县2024年工作总结.txt"
VERDICTS = ("consistent", "truncated", "inconsistent", "suspicious", "undecided")
SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Expectation:
    """What an example says of a report; an empty check says that there are no findings."""

    check: str = ""
    verdict: str = ""
    figures: tuple[str, ...] = ()
    severity: str = ""


@dataclass(frozen=True)
class Example:
    """Reports by file name, and what the audit says of them."""

    name: str
    reports: dict[str, str]
    expected: tuple[Expectation, ...]


def examples() -> list[Example]:
    """All examples of the folder."""
    return [one for path in sorted(FOLDER.glob("*.txt")) for one in _blocks(path)]


def _blocks(path: Path) -> Iterator[Example]:
    text = re.sub(r"^#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for number, block in enumerate(re.split(r"\n\s*\n", text.strip()), 1):
        lines = block.strip().splitlines()
        expected = tuple(_expectation(line[1:].split()) for line in lines if line.startswith("→"))
        assert expected, f"{path.name}: block {number} expects nothing"
        said = [line for line in lines if not line.startswith("→")]
        checks = "-".join(dict.fromkeys(one.check or "none" for one in expected))
        yield Example(f"{path.stem}-{number}-{checks}", _reports(said), expected)


def _reports(lines: list[str]) -> dict[str, str]:
    reports: dict[str, list[str]] = {}
    name = REPORT
    for line in lines:
        if line.startswith("——"):
            name = f"{line.strip('— ')}.txt"
        else:
            reports.setdefault(name, []).append(line)
    return {name: "\n".join(said) + "\n" for name, said in reports.items()}


def _expectation(words: list[str]) -> Expectation:
    if words == ["no", "findings"]:
        return Expectation()
    check, verdict, *figures = words
    assert verdict in VERDICTS, f"{verdict} is no verdict"
    severity = figures.pop() if figures and figures[-1] in SEVERITIES else ""
    return Expectation(check, verdict, tuple(figures), severity)


@dataclass(frozen=True)
class Audited:
    """Relations with the texts of their figures, and findings."""

    relations: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    texts: dict[str, str]

    def fulfils(self, wanted: Expectation) -> bool:
        """Whether the audit said what was expected."""
        if not wanted.check:
            return not self.findings
        return any(self._is(one, wanted) for one in self.relations)

    def _is(self, relation: dict[str, Any], wanted: Expectation) -> bool:
        texts = [self.texts[id] for id in relation["mention_ids"]]
        if (relation["check"], relation["verdict"]) != (wanted.check, wanted.verdict) or set(wanted.figures) - set(
            texts
        ):
            return False
        severities = [one["severity"] for one in self.findings if one["relation_id"] == relation["relation_id"]]
        return severities == ([wanted.severity] if wanted.severity else severities)

    def __str__(self) -> str:
        lines = [
            " ".join([one["check"], one["verdict"], *map(self.texts.__getitem__, one["mention_ids"]), one["formula"]])
            for one in self.relations
        ]
        return "\n".join([*lines, *(f"{one['severity']} {one['check']} {one['message']}" for one in self.findings)])


@cache
def _engine() -> Any:
    return open_engine(EngineSpec("rjieba", None, Limits()))


def audited(reports: dict[str, str]) -> Audited:
    """The audit of reports by file name."""
    rows = [_rows(name, text) for name, text in reports.items()]
    relations = [one for row in rows for one in row.relations]
    findings = [one for row in rows for one in row.findings]
    if len(rows) > 1:
        for more in _between(rows):
            relations, findings = relations + more[0], findings + more[1]
    texts = {one["mention_id"]: one["text"].replace(" ", "") for row in rows for one in row.mentions}
    return Audited(relations, findings, texts)


def _between(rows: list[DocumentRows]) -> list[Rows]:
    """What the checks between reports say of the documents."""
    words = Words(load())
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_part(folder, "documents", table_of("documents", [row.document for row in rows]))
        write_part(folder, "mentions", table_of("mentions", [one for row in rows for one in row.mentions]))
        write_keys(folder, ONLY_PART, words)
        return [audit_corpus(corpus, audit_settings(None)) for corpus in corpora(folder, words)]


def _rows(name: str, text: str) -> DocumentRows:
    data = text.encode()
    rows = process_bytes(SourceFile(name, Path(name), doc_id(name), len(data), 0), data, _engine())
    assert isinstance(rows, DocumentRows), rows
    return rows
