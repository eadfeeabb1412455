"""Writes the pages of a snapshot into a folder: aside first, then put in place at once, so that it is never half.

Example: ``write_pages(required(Path("outputs")), Path("outputs/review")).reports``
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pipeline.audit.page import LEVELS
from pipeline.errors import UsageError
from pipeline.ingest.progress import progress
from pipeline.review.index import write_index
from pipeline.review.overview import write_overview
from pipeline.review.report import report_page, words
from pipeline.review.report_rows import catalogue, each_report
from pipeline.store import each_part

Row = Mapping[str, Any]
REPORTS: Final = "reports"
MARK: Final = ".zhibiao-review"
"""In a folder of pages: it may be replaced, since nothing else lies in it."""
ABOUT: Final = ("doc_id", "source_path", "title", "region", "region_code")


@dataclass(frozen=True, slots=True)
class Choice:
    """Of which reports pages are written; an empty field wants all.

    ``documents`` are doc_ids or parts of a path or title, ``region`` a name or a code, ``severity`` the least severe
    finding a report must have.

    Example: ``Choice(documents=("云川县",), severity="warning")``
    """

    documents: tuple[str, ...] = ()
    region: str = ""
    severity: str = ""

    def wants(self, document: Row, levels: Mapping[str, int]) -> bool:
        """Whether a document is one of those; ``levels`` holds of each document its most severe finding.

        Example: ``Choice(region="云川县").wants({"region": "兰岭市", …}, {})`` → False
        """
        known = f"{document['source_path']} {document['title'] or ''}"
        return (
            (not self.documents or any(one == document["doc_id"] or one in known for one in self.documents))
            and self.region in ("", document["region"], document["region_code"])
            and (not self.severity or levels.get(document["doc_id"], len(LEVELS)) <= LEVELS.index(self.severity))
        )


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many reports have been looked at, how many of their pages are not as they were.

    Example: ``Written(Path("outputs/review"), reports=172, changed=3, removed=0)``
    """

    folder: Path
    reports: int
    changed: int
    removed: int


def write_pages(snapshot: Path, folder: Path, choice: Choice | None = None, overlay: Path | None = None) -> Written:
    """Write the index, the overview and the pages of all reports, or of those chosen, which leaves the others alone.

    UsageError when nothing is chosen, or the folder holds something else.

    Example: ``write_pages(required(Path("outputs")), Path("outputs/review"), Choice(documents=("云川县",)))``
    """
    chosen = choice or Choice()
    every, wanted = _wanted(snapshot, chosen)
    if not wanted and chosen != Choice():
        raise UsageError("no report is chosen; zhibiao audit and the index show paths, titles and regions")
    with _replaced(folder) as fresh:
        there = {path.name for path in (folder / REPORTS).glob("*.html")}
        names = {f"{one}.html" for one in every}
        (fresh / REPORTS).mkdir()
        changed = _write_reports(snapshot, folder, fresh, frozenset(wanted), overlay)
        for name in sorted(there & names - {f"{one}.html" for one in wanted}):
            _carry(folder / REPORTS / name, fresh / REPORTS / name)
        write_index(snapshot, fresh, overlay)
        write_overview(snapshot, fresh, overlay)
    return Written(folder, len(wanted), changed, len(there - names))


def _wanted(snapshot: Path, choice: Choice) -> tuple[list[str], list[str]]:
    """All doc_ids, and those that are chosen."""
    levels: dict[str, int] = {}
    for part in each_part(snapshot, "findings", ["doc_id", "severity"]) if choice.severity else ():
        for row in part.to_pylist():
            level = LEVELS.index(row["severity"])
            levels[row["doc_id"]] = min(level, levels.get(row["doc_id"], level))
    every, wanted = [], []
    for part in each_part(snapshot, "documents", ABOUT):
        for row in part.to_pylist():
            every.append(row["doc_id"])
            if choice.wants(row, levels):
                wanted.append(row["doc_id"])
    return every, wanted


def _write_reports(snapshot: Path, old: Path, fresh: Path, wanted: frozenset[str], overlay: Path | None) -> int:
    """Write the pages of reports; how many differ from those that were there."""
    meanings, known, changed = catalogue(snapshot), words(overlay), 0
    with progress(len(wanted), "pages") as advance:
        for rows in each_report(snapshot, wanted):
            name = f"{REPORTS}/{rows.document['doc_id']}.html"
            changed += _write(report_page(rows, meanings, known), old / name, fresh / name)
            advance(1)
    return changed


def _write(page: str, old: Path, new: Path) -> bool:
    """Write a page, or take the old file over when it says the same; whether it differs."""
    written = page.encode("utf-8")
    if old.is_file() and old.read_bytes() == written:
        _carry(old, new)
        return False
    new.write_bytes(written)
    return True


def _carry(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


@contextmanager
def _replaced(folder: Path) -> Iterator[Path]:
    """A folder to write into that takes the place of another one when the block has ended well."""
    fresh, aside = (folder.with_name(f".{folder.name}.{kind}") for kind in ("new", "old"))
    if aside.is_dir() and not folder.exists():
        os.rename(aside, folder)  # a run was killed between the two steps below
    if folder.exists() and not ((folder / MARK).is_file() or (folder.is_dir() and not any(folder.iterdir()))):
        raise UsageError(f"{folder} holds something else than review pages; choose another --to")
    for left in (fresh, aside):
        shutil.rmtree(left, ignore_errors=True)
    try:
        fresh.mkdir(parents=True)
        (fresh / MARK).touch()
        yield fresh
        _swap(folder, fresh, aside)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        if folder.exists():
            shutil.rmtree(aside, ignore_errors=True)


def _swap(folder: Path, fresh: Path, aside: Path) -> None:
    """Let the fresh folder be the folder; what was there goes aside, and comes back when that fails."""
    if folder.exists():
        os.rename(folder, aside)
    try:
        os.rename(fresh, folder)
    except OSError:
        if aside.exists():
            os.rename(aside, folder)
        raise
