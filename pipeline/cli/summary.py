"""What a snapshot holds, as a few small tables for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.audit.page import cells
from pipeline.audit.store import worst_findings
from pipeline.store import each_part, parts, read_table
from pipeline.store.files import rows_at, rows_in
from pipeline.terminal import table

if TYPE_CHECKING:
    from rich.table import Table

LONGEST = 15
"""Rows of a table; the rest is counted in a last row."""
EXAMPLES = 8
ABOUT = ("doc_id", "source_path")
EXAMPLE_COLUMNS = ("text", "indicator", "entity", "period", "status", "measure")


def summary_tables(snapshot: Path) -> Iterator[Table]:
    """Mentions by document and by rule, some of them, the worst findings, rejects by reason; empty tables are left out.

    Example: ``for one in summary_tables(required(Path("outputs"))): console.print(one)``
    """
    by_document, rules = _counts(snapshot)
    if by_document:
        yield table("documents", ["document", ">mentions"], _longest(by_document))
    if rules:
        yield table("rules", ["rule", ">mentions"], _longest(rules))
        yield table("some mentions", EXAMPLE_COLUMNS, _examples(snapshot, rules.total()))
    if worst := worst_findings(snapshot, LONGEST):
        yield table("findings", ["severity", "check", "document", "finding", "id"], map(cells, worst))
    if reasons := Counter(reason for reason, _ in _pairs(snapshot, "rejects", "reason", "source_path")):
        yield table("rejected", ["reason", ">files", "first"], _rejects(snapshot, reasons))


def _counts(snapshot: Path) -> tuple[Counter[str], Counter[str]]:
    """Mentions by the path of their document, and by rule; a part of the tables after the other."""
    by_document: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    documents, mentions = (each_part(snapshot, *of) for of in (("documents", ABOUT), ("mentions", ("doc_id", "rule"))))
    for names, found in zip(documents, mentions, strict=True):
        paths = dict(zip(*(names[column].to_pylist() for column in ABOUT), strict=True))
        by_document.update(dict.fromkeys(paths.values(), 0))
        by_document.update({paths[doc_id]: count for doc_id, count in _counted(found["doc_id"])})
        rules.update(dict(_counted(found["rule"])))
    return by_document, rules


def _counted(column: Any) -> list[tuple[str, int]]:
    return [(one["values"], one["counts"]) for one in column.value_counts().to_pylist()]


def _pairs(snapshot: Path, name: str, first: str, second: str) -> list[tuple[str, str]]:
    columns = read_table(snapshot, name, [first, second])
    return list(zip(columns[first].to_pylist(), columns[second].to_pylist(), strict=True))


def _longest(counts: Counter[str]) -> list[tuple[str, int]]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = ordered[LONGEST:]
    return [*ordered[:LONGEST], *([(f"{len(rest)} more", sum(count for _, count in rest))] if rest else [])]


def _examples(snapshot: Path, count: int) -> list[Sequence[object]]:
    """Mentions at even distances over all documents."""
    wanted = range(0, count, max(1, count // EXAMPLES))[:EXAMPLES]
    chosen: list[Sequence[object]] = []
    before = 0
    for path in parts(snapshot, "mentions"):
        rows = rows_in(path)
        here = [at - before for at in wanted if before <= at < before + rows]
        found = rows_at(path, here, EXAMPLE_COLUMNS).to_pylist() if here else []
        chosen += [[row[name] for name in EXAMPLE_COLUMNS] for row in found]
        before += rows
    return chosen


def _rejects(snapshot: Path, reasons: Counter[str]) -> list[Sequence[object]]:
    first: dict[str, str] = {}
    rejected = read_table(snapshot, "rejects", ["reason", "source_path", "message"])
    for row in rejected.to_pylist():
        first.setdefault(row["reason"], f"{row['source_path']}: {row['message']}")
    return [(reason, count, first[reason]) for reason, count in sorted(reasons.items())]
