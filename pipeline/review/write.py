"""Writes the pages of a snapshot into a folder: aside first, then put in place at once, so that it is never half.

Example: ``write_pages(required(Path("outputs")), Path("outputs/review")).reports``
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pipeline.audit.page import LEVELS
from pipeline.errors import StoreError, UsageError
from pipeline.ingest.progress import progress
from pipeline.review.folder import carry, replaced
from pipeline.review.index import write_index
from pipeline.review.overview import write_overview
from pipeline.review.places import Places
from pipeline.review.report import report_page, words
from pipeline.review.report_data import Words
from pipeline.review.report_rows import catalogue, each_report
from pipeline.store import each_part

Row = Mapping[str, Any]
REPORTS: Final = "reports"
ABOUT: Final = ("doc_id", "source_path", "title", "region", "region_code")


@dataclass(frozen=True, slots=True)
class Choice:
    """Of which reports pages are written; an empty field wants all.

    ``documents`` are doc_ids or parts of a path or title, ``region`` a name or a code that stands for all that lies
    in it, ``severity`` the least severe finding a report must have.

    Example: ``Choice(documents=("云川县",), severity="warning")``
    """

    documents: tuple[str, ...] = ()
    region: str = ""
    severity: str = ""

    def wants(self, document: Row, levels: Mapping[str, int], places: Places) -> bool:
        """Whether a document is one of those; ``levels`` holds of each document its most severe finding.

        Example: ``Choice(region="云川县").wants({"region": "兰岭市", …}, {}, places)`` → False
        """
        known = f"{document['source_path']} {document['title'] or ''}"
        return (
            (not self.documents or any(one == document["doc_id"] or one in known for one in self.documents))
            and (self.region in ("", document["region"]) or self._lies_in(document["region_code"], places))
            and (not self.severity or levels.get(document["doc_id"], len(LEVELS)) <= LEVELS.index(self.severity))
        )

    def _lies_in(self, code: str | None, places: Places) -> bool:
        return any(self.region in (one, places.name(one)) for one in places.chain(code or ""))


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many reports have been looked at, how many of their pages are not as they were.

    ``without`` are the reports of the snapshot that have no page, since they have never been chosen.

    Example: ``Written(Path("outputs/review"), reports=172, changed=3, removed=0, without=0)``
    """

    folder: Path
    reports: int
    changed: int
    removed: int
    without: int


def write_pages(snapshot: Path, folder: Path, choice: Choice | None = None, overlay: Path | None = None) -> Written:
    """Write the index, the overview and the pages of all reports, or of those chosen, which leaves the others alone.

    Only pages that are there are linked. UsageError when nothing is chosen, or the folder holds something else;
    LockedError while another run writes it; StoreError when it cannot be written, or the snapshot is removed meanwhile.

    Example: ``write_pages(required(Path("outputs")), Path("outputs/review"), Choice(documents=("云川县",)))``
    """
    chosen = choice or Choice()
    every, wanted = _wanted(snapshot, chosen)
    if not wanted and chosen != Choice():
        raise UsageError("no report is chosen; zhibiao audit and the index show paths, titles and regions")
    with replaced(folder) as (old, fresh), _kept(snapshot):
        there = {path.stem for path in (old / REPORTS).glob("*.html")}
        pages = frozenset(wanted) | (there & set(every))
        (fresh / REPORTS).mkdir()
        changed = _write_reports(snapshot, old, fresh, frozenset(wanted), words(overlay, pages))
        for name in sorted(f"{one}.html" for one in pages.difference(wanted)):
            carry(old / REPORTS / name, fresh / REPORTS / name)
        write_index(snapshot, fresh, overlay, pages)
        write_overview(snapshot, fresh, overlay)
    return Written(folder, len(wanted), changed, len(there - set(every)), len(every) - len(pages))


@contextmanager
def _kept(snapshot: Path) -> Iterator[None]:
    """StoreError when the snapshot is removed in the block: what was read of it may be but a part."""
    try:
        yield
        gone = not snapshot.is_dir()
    except (StoreError, OSError):
        if snapshot.is_dir():
            raise
        gone = True
    if gone:
        raise StoreError(f"{snapshot} was removed while its pages were written; run zhibiao review again")


def _wanted(snapshot: Path, choice: Choice) -> tuple[list[str], list[str]]:
    """All doc_ids, and those that are chosen."""
    levels: dict[str, int] = {}
    places = Places.of(snapshot)
    for part in each_part(snapshot, "findings", ["doc_id", "severity"]) if choice.severity else ():
        for row in part.to_pylist():
            level = LEVELS.index(row["severity"])
            levels[row["doc_id"]] = min(level, levels.get(row["doc_id"], level))
    every, wanted = [], []
    for part in each_part(snapshot, "documents", ABOUT):
        for row in part.to_pylist():
            every.append(row["doc_id"])
            if choice.wants(row, levels, places):
                wanted.append(row["doc_id"])
    return every, wanted


def _write_reports(snapshot: Path, old: Path, fresh: Path, wanted: frozenset[str], known: Words) -> int:
    """Write the pages of reports; how many differ from those that were there."""
    meanings, changed = catalogue(snapshot), 0
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
        carry(old, new)
        return False
    new.write_bytes(written)
    return True
