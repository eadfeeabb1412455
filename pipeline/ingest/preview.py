"""A dry run: what a run would read, told without writing anything or waiting for anybody."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from pipeline.ingest.discover import check_paths
from pipeline.ingest.model import Reject
from pipeline.ingest.run import planned, spec_of
from pipeline.ingest.versions import versions_of
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Preview:
    """What a run would do, as far as names, sizes and times of the files tell; paths in their order.

    Example: ``preview(load_settings(corpus=Path("报告"))).new`` → ``("云川县/2023上半年.txt",)``
    """

    corpus: str
    new: tuple[str, ...]
    changed: tuple[str, ...]
    """Files of another size, time or version; what the bytes say shows when they are read."""
    again: tuple[str, ...]
    """Files that look the same and are read all the same: other versions, or rejected for the machine's state."""
    kept: int
    gone: tuple[str, ...]
    refused: tuple[Reject, ...]
    """Rejects that need no reading: what the system would not show."""
    waiting: int = 0
    """Files that are still being written."""

    def lines(self) -> list[str]:
        """The preview as lines for people.

        Example: ``would read 4 files: 3 new, 1 changed, 0 again; 168 kept, 0 gone, 0 rejected``
        """
        read = f"{len(self.new)} new, {len(self.changed)} changed, {len(self.again)} again"
        total = len(self.new) + len(self.changed) + len(self.again)
        waiting = f", {self.waiting} waiting" if self.waiting else ""
        named = [(name, path) for name in ("new", "changed", "gone") for path in getattr(self, name)]
        return [
            *(f"{name}: {path}" for name, path in named),
            *(f"rejected: {one.source_path}: {one.message}" for one in self.refused),
            f"would read {total} files: {read}; {self.kept} kept, {len(self.gone)} gone, {len(self.refused)} rejected"
            f"{waiting}",
        ]

    def as_json(self) -> dict[str, object]:
        """The preview as an object of plain values.

        Example: ``preview(settings).as_json()["kept"]`` → 168
        """
        return asdict(self)


def preview(settings: Settings) -> Preview:
    """Plan a run and leave it at that: no lock, no folder, no Prefect, also while another run writes.

    Example: ``preview(load_settings(corpus=Path("报告"))).lines()[-1]``
    """
    check_paths(settings.corpus, settings.out)
    corpus, _, manifest, plan = planned(settings, versions_of(spec_of(settings)))
    entries = manifest.entries if manifest else {}
    states = {path: (entry.size, entry.mtime_ns, entry.stamp) for path, entry in entries.items()}
    files = [work.source for work in plan.todo]
    alike = {file.relative for file in files if states.get(file.relative) == (file.size, file.mtime_ns, file.stamp)}
    known = [file.relative for file in files if file.relative in entries]
    return Preview(
        corpus=corpus,
        new=tuple(file.relative for file in files if file.relative not in entries),
        changed=tuple(path for path in known if path not in alike),
        again=tuple(path for path in known if path in alike),
        kept=len(plan.keep),
        gone=plan.gone,
        refused=tuple(Reject(one.path, one.sha256, one.reason, one.message) for one in plan.refused),
        waiting=plan.waiting,
    )
