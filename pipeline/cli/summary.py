"""What a snapshot holds, as a few small tables for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.audit.page import cells
from pipeline.audit.store import findings_of
from pipeline.store import read_table
from pipeline.terminal import table

if TYPE_CHECKING:
    from rich.table import Table

LONGEST = 15
"""Rows of a table; the rest is counted in a last row."""
EXAMPLES = 8
EXAMPLE_COLUMNS = ("text", "indicator", "entity", "period", "status", "measure")


def summary_tables(snapshot: Path) -> Iterator[Table]:
    """Mentions by document and by rule, some of them, the worst findings, rejects by reason; empty tables are left out.

    Example: ``for one in summary_tables(required(Path("outputs"))): console.print(one)``
    """
    paths = dict(_pairs(snapshot, "documents", "doc_id", "source_path"))
    mentions = read_table(snapshot, "mentions", ["doc_id", "rule", *EXAMPLE_COLUMNS])
    by_document = Counter(dict.fromkeys(paths.values(), 0))
    by_document.update(paths[doc_id] for doc_id in mentions["doc_id"].to_pylist())
    if by_document:
        yield table("documents", ["document", ">mentions"], _longest(by_document))
    if mentions.num_rows:
        rules = Counter(mentions["rule"].to_pylist())
        yield table("rules", ["rule", ">mentions"], _longest(rules))
        yield table("some mentions", EXAMPLE_COLUMNS, _examples(mentions))
    worst = [one for one in findings_of(snapshot) if one["severity"] != "info"]
    if worst:
        yield table("findings", ["severity", "check", "document", "finding", "id"], map(cells, worst[:LONGEST]))
    if reasons := Counter(reason for reason, _ in _pairs(snapshot, "rejects", "reason", "source_path")):
        yield table("rejected", ["reason", ">files", "first"], _rejects(snapshot, reasons))


def _pairs(snapshot: Path, name: str, first: str, second: str) -> list[tuple[str, str]]:
    columns = read_table(snapshot, name, [first, second])
    return list(zip(columns[first].to_pylist(), columns[second].to_pylist(), strict=True))


def _longest(counts: Counter[str]) -> list[tuple[str, int]]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = ordered[LONGEST:]
    return [*ordered[:LONGEST], *([(f"{len(rest)} more", sum(count for _, count in rest))] if rest else [])]


def _examples(mentions: Any) -> list[Sequence[object]]:
    """Mentions at even distances over all documents."""
    step = max(1, mentions.num_rows // EXAMPLES)
    chosen = mentions.take(list(range(0, mentions.num_rows, step))[:EXAMPLES]).to_pylist()
    return [[row[name] for name in EXAMPLE_COLUMNS] for row in chosen]


def _rejects(snapshot: Path, reasons: Counter[str]) -> list[Sequence[object]]:
    first: dict[str, str] = {}
    rejected = read_table(snapshot, "rejects", ["reason", "source_path", "message"])
    for row in rejected.to_pylist():
        first.setdefault(row["reason"], f"{row['source_path']}: {row['message']}")
    return [(reason, count, first[reason]) for reason, count in sorted(reasons.items())]
