"""What became of the files of a run, in the order of their paths, and their rows assembled as far as that is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.ingest.assemble import Assembly
from pipeline.ingest.groups import Group
from pipeline.ingest.model import Outcome, Work
from pipeline.ingest.parts import Item
from pipeline.ingest.plan import Plan
from pipeline.store import Entry


@dataclass(slots=True)
class Ahead:
    """Takes the outcomes of shards as they come, and lets those be assembled before which nothing is left to be read.

    Nothing is written before a document was read anew: it may be that nothing changed.

    Example: ``Ahead(plan, assembly).take(outcomes)``
    """

    plan: Plan
    assembly: Assembly
    entries: list[Entry] = field(default_factory=list)
    """The files as they are now, in the order of paths."""
    _files: list[Entry | Work] = field(default_factory=list)
    _became: dict[str, Outcome] = field(default_factory=dict)
    _at: int = 0
    _held: list[Item] = field(default_factory=list)
    _fresh: bool = False

    def __post_init__(self) -> None:
        """Bring all files of the plan into the order of their paths."""
        self._files = sorted([*self.plan.keep, *self.plan.refused, *self.plan.todo], key=_path)

    def take(self, outcomes: Iterable[Outcome]) -> None:
        """Take outcomes, once each; assembles the documents that all before them are known of.

        Example: ``take(process_shard(job, shard))``
        """
        for outcome in outcomes:
            if outcome.source.doc_id not in self._became and outcome.state == "read":
                self.assembly.expect(outcome.file)
            self._became[outcome.source.doc_id] = outcome
        while self._at < len(self._files):
            file = self._files[self._at]
            if isinstance(file, Work) and file.source.doc_id not in self._became:
                return
            self._at += 1
            self._add(file)

    def skip(self) -> None:
        """Go on behind files that nothing is known of, and will not be.

        Example: called when all shards are back
        """
        for file in self._files[self._at :]:
            if not isinstance(file, Work) or file.source.doc_id in self._became:
                self._add(file)
        self._at = len(self._files)

    def end(self, folder: Path) -> list[Group]:
        """Bring the parts of the tables into the folder of the snapshot.

        Example: ``ahead.end(staging)``
        """
        self._fresh = True
        self._assemble()
        return self.assembly.end(folder)

    def _add(self, file: Entry | Work) -> None:
        outcome = self._became[file.source.doc_id] if isinstance(file, Work) else None
        entry = self.plan.earlier.after(outcome) if outcome else file
        if not isinstance(entry, Entry):
            return
        self.entries.append(entry)
        if entry.part or not entry.reason:
            fresh = outcome is not None and outcome.state == "read"
            self._fresh = self._fresh or fresh
            self._held.append((entry, outcome.file if outcome and fresh else ""))
        self._assemble()

    def _assemble(self) -> None:
        if self._fresh:
            for item in self._held:
                self.assembly.take(item)
            self._held.clear()


def _path(file: Entry | Work) -> str:
    return file.source.relative if isinstance(file, Work) else file.path
