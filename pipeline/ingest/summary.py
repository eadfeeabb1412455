"""The summary of a run: what it did, for people and for machines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

SEVERITIES = ("error", "warning", "info")


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
    rejects: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    """Findings in the snapshot, by severity."""
    seconds: float = 0.0

    @property
    def rejected(self) -> int:
        """Number of files that gave no rows."""
        return self.rejects.total()

    def lines(self) -> list[str]:
        """The summary as lines for people.

        Example: ``nothing changed`` when nothing had
        """
        counts = f"{self.new} new, {self.changed} changed, {self.unchanged} unchanged, {self.gone} gone"
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(self.rejects.items()))
        return [
            f"{self.documents} documents: {counts}"
            if self.published
            else f"nothing changed: {self.documents} documents",
            f"{self.mentions} mentions",
            f"{self.findings.total()} findings: " + ", ".join(f"{self.findings[name]} {name}" for name in SEVERITIES),
            f"{self.rejected} rejected" + (f": {reasons}" if reasons else ""),
            f"tables: {self.snapshot}" + (f" ({self.seconds:.1f} s)" if self.published else ""),
        ]

    def markdown(self) -> str:
        """The summary as a page of Markdown.

        Example: the row ``| encrypted | 2 |`` of the rejects
        """
        counts = ("documents", "new", "changed", "unchanged", "gone", "mentions")
        rows = [f"| {name} | {getattr(self, name)} |" for name in counts]
        rejects = [f"| {reason} | {count} |" for reason, count in sorted(self.rejects.items())]
        rows += [f"| findings: {name} | {self.findings[name]} |" for name in SEVERITIES]
        title = "# Ingestion" if self.published else "# Ingestion: nothing changed"
        table = ["", "| | |", "|---|---|"]
        below = ["", "## Rejects", "", "| reason | files |", "|---|---|", *rejects] if rejects else []
        return "\n".join(
            [
                title,
                *table,
                *rows,
                f"| seconds | {self.seconds:.1f} |",
                *below,
                "",
                f"Tables: `{self.snapshot}`",
                "",
            ]
        )
