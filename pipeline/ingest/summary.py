"""The summary of a run: what it did, as lines, as a page, as an object for machines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.audit.page import ID_LENGTH, LEVELS, escaped
from pipeline.ingest.model import Reject

COUNTS = ("documents", "new", "changed", "unchanged", "gone", "waiting", "mentions")
SHOWN = 50
"""Rejected files that a page or object names; the rest is counted."""
LONGEST = 400
"""Characters of a cell."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did; ``seconds`` is wall time, ``published`` is False when nothing had changed.

    Example: ``Summary(...).lines()[0]`` → ``172 documents: 3 new, 1 changed, 168 unchanged, 0 gone``
    """

    snapshot: Path
    published: bool
    documents: int
    new: int
    changed: int
    unchanged: int
    gone: int
    mentions: int
    run_id: str = ""
    rejects: Counter[str] = field(default_factory=Counter)
    """Files that could not be read, by reason; the rows of before may have stayed."""
    new_rejects: tuple[Reject, ...] = ()
    """Those that the snapshot before did not reject, or for another reason."""
    findings: Counter[str] = field(default_factory=Counter)
    """Findings in the snapshot, by severity."""
    new_findings: Counter[str] = field(default_factory=Counter)
    """Those that the snapshot before did not have, by severity."""
    worst: tuple[dict[str, Any], ...] = ()
    """The worst findings, the new ones first (see ``pipeline.audit.news``)."""
    seconds: float = 0.0
    waiting: int = 0
    """Files that were still being written: they are read by the next run."""

    def __str__(self) -> str:
        return "\n".join(self.lines())

    @property
    def rejected(self) -> int:
        """Number of files that could not be read."""
        return self.rejects.total()

    def new_at_least(self, level: str) -> int:
        """Number of new findings that are so severe, or more.

        Example: ``summary.new_at_least("warning")`` → 3, of 1 error and 2 warnings
        """
        return sum(self.new_findings[name] for name in LEVELS[: LEVELS.index(level) + 1])

    def counts(self) -> dict[str, int | float | bool]:
        """The numbers of the summary, by name.

        Example: ``summary.counts()["new_findings"]`` → 3
        """
        return {
            "published": self.published,
            **{name: getattr(self, name) for name in COUNTS},
            "rejects": self.rejected,
            "new_rejects": len(self.new_rejects),
            "findings": self.findings.total(),
            "new_findings": self.new_findings.total(),
            "seconds": round(self.seconds, 3),
        }

    def lines(self) -> list[str]:
        """The summary as lines for people.

        Example: ``nothing changed`` when nothing had
        """
        counts = f"{self.new} new, {self.changed} changed, {self.unchanged} unchanged, {self.gone} gone"
        return [
            f"{self.documents} documents: {counts}"
            if self.published
            else f"nothing changed: {self.documents} documents",
            f"{self.mentions} mentions",
            _findings_line("findings", self.findings),
            *([_findings_line("new findings", self.new_findings)] if self.published else []),
            self._rejects_line(),
            *([f"{self.waiting} waiting: still being written, read next time"] if self.waiting else []),
            f"tables: {self.snapshot}" + (f" ({self.seconds:.1f} s)" if self.published else ""),
        ]

    def _rejects_line(self) -> str:
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(self.rejects.items()))
        fresh = f" ({len(self.new_rejects)} new)" if self.new_rejects else ""
        return f"{self.rejected} rejected{fresh}" + (f": {reasons}" if reasons else "")

    def markdown(self) -> str:
        """The summary as a page of Markdown, bounded in size, in which nothing of a report or file name can act.

        Example: the row ``| encrypted | 2 | 1 |`` of the rejected files
        """
        pieces = [
            ["# Ingestion" if self.published else "# Ingestion: nothing changed", ""],
            [f"Run `{self.run_id}`, {self.seconds:.1f} s. Tables: {_cell(self.snapshot)}"],
            self._findings_of(new=True),
            self._new_rejects(),
            ["", "## Counts", "", "| | count |", "|---|---:|"],
            [f"| {name} | {getattr(self, name)} |" for name in COUNTS],
            self._all_rejects(),
            self._findings_of(new=False),
        ]
        return "\n".join(line for piece in pieces for line in piece) + "\n"

    def _findings_of(self, new: bool) -> list[str]:
        counts = self.new_findings if new else self.findings - self.new_findings
        shown = [row for row in self.worst if row["new"] == new]
        title = "New findings" if new else "Findings known before"
        rest = counts.total() - len(shown)
        more = ["", f"… and {rest} more: `zhibiao audit`"] if rest > 0 and shown else []
        lines = [
            f"- **{row['severity']}** {_cell(row['source_path'])}: {_cell(row['message'])} "
            f"({row['check']}, `{row['finding_id'][:ID_LENGTH]}`)"
            for row in shown
        ]
        return ["", f"## {title}: {counts.total()}", "", _by_level(counts), "", *lines, *more]

    def _new_rejects(self) -> list[str]:
        if not self.new_rejects:
            return []
        shown = self.new_rejects[:SHOWN]
        lines = [f"- {_cell(one.source_path)}: {_cell(one.reason)}, {_cell(one.message)}" for one in shown]
        rest = len(self.new_rejects) - len(lines)
        more = ["", f"… and {rest} more in the table rejects"] if rest else []
        return ["", f"## New rejects: {len(self.new_rejects)}", "", *lines, *more]

    def _all_rejects(self) -> list[str]:
        fresh = Counter(one.reason for one in self.new_rejects)
        lines = [f"| {_cell(name)} | {count} | {fresh[name]} |" for name, count in sorted(self.rejects.items())]
        head = ["", f"## Rejected files: {self.rejected}", "", "| reason | files | new |", "|---|---:|---:|"]
        return [*head, *lines] if lines else []

    def as_json(self) -> dict[str, Any]:
        """The summary as an object of plain values.

        Example: ``summary.as_json()["new_findings"]`` → ``{"error": 1, "warning": 0, "info": 2}``
        """
        return {
            "run_id": self.run_id,
            "snapshot": str(self.snapshot),
            "published": self.published,
            "seconds": round(self.seconds, 3),
            **{name: getattr(self, name) for name in COUNTS},
            "rejects": dict(sorted(self.rejects.items())),
            "new_rejects": len(self.new_rejects),
            "first_new_rejects": [
                {"source_path": one.source_path, "reason": one.reason, "message": one.message}
                for one in self.new_rejects[:SHOWN]
            ],
            "findings": {name: self.findings[name] for name in LEVELS},
            "new_findings": {name: self.new_findings[name] for name in LEVELS},
            "worst_new_findings": [
                {name: value for name, value in row.items() if name != "new"} for row in self.worst if row["new"]
            ],
        }


def _short(text: object) -> str:
    whole = str(text)
    return whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "…"


def _cell(text: object) -> str:
    return escaped(_short(text))


def _by_level(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[name]} {name}" for name in LEVELS)


def _findings_line(name: str, counts: Counter[str]) -> str:
    return f"{counts.total()} {name}: {_by_level(counts)}"
