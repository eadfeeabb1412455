"""What changed between two snapshots, printed: tables for people, lines and cells for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.audit.diff import Change, Side

MOST: Final = 40
"""Rows of a table for people; the rest is counted."""
MARKS: Final = {"new": "+", "gone": "-", "changed": "~"}


@dataclass(slots=True)
class Shown:
    """The first changes of a kind, and how many there are of each sort.

    Example: ``Shown().add(change, ("~", "云川县.txt", "活产数", "14073人", "14703人"))``
    """

    counts: Counter[str] = field(default_factory=Counter)
    rows: list[tuple[object, ...]] = field(default_factory=list)
    left: int = 0

    def add(self, change: Change, cells: tuple[object, ...]) -> None:
        """Count a change, and keep it as long as there is room.

        Example: ``shown.add(change, cells)``
        """
        self.counts[change.change] += 1
        if len(self.rows) < MOST:
            self.rows.append((MARKS[change.change], *cells))
        else:
            self.left += 1

    def table(self, title: str, columns: list[str]) -> Table:
        """The rows kept, under a title.

        Example: ``shown.table("figures", ["", "document", "figure", "before", "after"])``
        """
        from pipeline.terminal import table

        more = [("…", f"{self.left} more", *[""] * (len(columns) - 2))] if self.left else []
        return table(title, columns, [*self.rows, *more])


def print_json(changes: Iterator[Change]) -> None:
    """One JSON object a line.

    Example: ``{"what": "mention", "change": "changed", "source_path": "云川县.txt", "before": "14073人", …}``
    """
    import json

    for one in changes:
        print(json.dumps(asdict(one), ensure_ascii=False))


def print_csv(changes: Iterator[Change]) -> None:
    """A CSV file in which no cell is a formula.

    Example: the line ``mention,changed,云川县.txt,…,14073人,14703人,…``
    """
    import csv
    import sys

    from pipeline.audit.diff import Change
    from pipeline.spreadsheet import cell

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(field.name for field in fields(Change))
    for one in changes:
        writer.writerow(map(cell, asdict(one).values()))


def print_tables(old: Side, new: Side) -> None:
    """Tables of documents, of figures in documents that both snapshots have, and of findings; then the counts.

    Example: ``~ 云川县.txt  活产数  14073人  14703人``
    """
    from pipeline.audit.diff import changes
    from pipeline.cli.console import console

    documents, figures, findings, elsewhere = Shown(), Shown(), Shown(), Counter[str]()
    for one in changes(old, new):
        if one.what == "document":
            documents.add(one, (one.source_path, one.message))
        elif one.what == "finding":
            findings.add(one, (one.severity, one.check, one.source_path, one.message))
        elif one.source_path in old.entries and one.source_path in new.entries:
            about = " ".join(filter(None, (one.entity, one.period, one.qualifier)))
            figures.add(one, (one.source_path, one.indicator, about, one.before, one.after))
        else:
            elsewhere[one.change] += 1
    screen = console()
    if documents.rows:
        screen.print(documents.table("documents", ["", "document", ""]))
    if figures.rows:
        screen.print(figures.table("figures", ["", "document", "figure", "of", "before", "after"]))
    if findings.rows:
        screen.print(findings.table("findings", ["", "severity", "check", "document", "finding"]))
    for line in _counts(old, new, documents, figures, findings, elsewhere):
        screen.print(line, markup=False, soft_wrap=True)


def _counts(
    old: Side, new: Side, documents: Shown, figures: Shown, findings: Shown, elsewhere: Counter[str]
) -> Iterator[str]:
    yield f"{old.snapshot.name} → {new.snapshot.name}"
    if old.manifest.versions != new.manifest.versions:
        yield "other code, lexicons or settings: figures may differ in reports that stayed as they were"
    for name, shown in (("documents", documents), ("figures", figures), ("findings", findings)):
        sorts = [change for change in MARKS if change != "changed" or shown is not findings]
        yield f"{name}: " + ", ".join(f"{shown.counts[change]} {change}" for change in sorts)
    if elsewhere:
        yield f"figures of documents that came or went: {elsewhere['new']} new, {elsewhere['gone']} gone"
