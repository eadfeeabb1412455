"""What the index page knows of a snapshot: columns of documents, findings and rejects, small enough to be sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from heapq import nsmallest
from pathlib import Path
from typing import Any, Final

import lexicons
from pipeline.audit.page import LEVELS
from pipeline.review.periods import period_label, years_of
from pipeline.review.places import Places
from pipeline.review.report_text import shown
from pipeline.store import parts, read_table
from pipeline.store.files import each_batch

BATCH: Final = 8192
MOST_FINDINGS: Final = 20_000
"""Findings that the page lists, the most severe ones; their numbers by report are always complete."""
OF_DOCUMENTS: Final = (
    "doc_id", "source_path", "title", "issuer", "region", "region_code", "published", "period", "reader",
    "duplicate_of",
)  # fmt: skip
OF_FINDINGS: Final = ("finding_id", "doc_id", "check", "severity", "message", "char_start")

Row = Mapping[str, Any]


class Column:
    """Values that repeat, as numbers of a list of those that differ.

    Example: ``Column().number("云川县财政局")`` → 0
    """

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._known: dict[Hashable, int] = {}

    def number(self, value: Hashable, shown: object = None) -> int:
        """The number of a value, new or known; ``shown`` is what the list has instead of it.

        Example: ``periods.number("2023", ["2023年", 2023, 2023])``
        """
        if value not in self._known:
            self._known[value] = len(self.values)
            self.values.append(value if shown is None else shown)
        return self._known[value]


class Regions:
    """The regions of the filter as a tree: key, name and the number of the one it lies in, -1 at the top.

    Regions without a code stand by name below 未列入代码, reports of no region below 未识别.

    Example: ``Regions(places).number("640323", "盐池县")``
    """

    def __init__(self, places: Places) -> None:
        self._places, self._column = places, Column()

    @property
    def nodes(self) -> list[list[object]]:
        """All of them, those that contain others before these."""
        return self._column.values

    def number(self, code: str | None, name: str | None) -> int:
        """The number of a report's region."""
        if not code and not name:
            return self._node("?", "未识别", -1)
        at = -1
        for one in self._places.chain(code) if code else []:
            at = self._node(one, self._places.name(one), at)
        if at >= 0:
            return at
        return self._node(f"={name or code}", name or code or "", self._node("=", "未列入代码", -1))

    def _node(self, key: str, name: str, above: int) -> int:
        return self._column.number(key, [key, name, above])


def index_columns(snapshot: Path, overlay: Path | None = None, most: int = MOST_FINDINGS) -> dict[str, Any]:
    """The data of the index page.

    Example: ``index_columns(required(Path("outputs")))["documents"]["title"][0]``
    """
    figures = _figures(snapshot)
    severities = _severities(snapshot)
    rows = sorted(_rows(snapshot, "documents", OF_DOCUMENTS), key=lambda row: str(row["source_path"]))
    places = {str(row["doc_id"]): at for at, row in enumerate(rows)}
    return {
        **_documents(rows, figures, severities, Places.of(snapshot), overlay),
        **_findings(snapshot, places, most),
        "all_findings": sum(severities.values()),
        "rejects": _rejects(read_table(snapshot, "rejects").to_pylist()),
    }


def _rows(snapshot: Path, table: str, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a table, some of its columns, without the rest ever being in the memory."""
    for path in parts(snapshot, table):
        for batch in each_batch(path, columns, BATCH):
            yield from batch.to_pylist()


def _figures(snapshot: Path) -> Counter[str]:
    """Figures by document; counted by Arrow, since there may be millions."""
    found: Counter[str] = Counter()
    for path in parts(snapshot, "mentions"):
        for batch in each_batch(path, ["doc_id"], BATCH * 8):
            for one in batch.column("doc_id").value_counts().to_pylist():
                found[one["values"]] += one["counts"]
    return found


def _severities(snapshot: Path) -> Counter[tuple[str, str]]:
    return Counter((row["doc_id"], row["severity"]) for row in _rows(snapshot, "findings", ("doc_id", "severity")))


def _documents(
    rows: Sequence[Row],
    figures: Mapping[str, int],
    severities: Mapping[tuple[str, str], int],
    places: Places,
    overlay: Path | None,
) -> dict[str, object]:
    issuers, dates, readers, domains, periods = (Column() for _ in range(5))
    regions, fields = Regions(places), lexicons.load(overlay).domains
    columns: dict[str, list[object]] = {name: [] for name in _NAMES}
    for row in rows:
        domain = fields.of(row["issuer"], row["title"])
        period = row["period"]
        made = (
            row["doc_id"],
            shown(row["title"] or ""),
            shown(row["source_path"]),
            issuers.number(shown(row["issuer"] or "")),
            regions.number(row["region_code"], shown(row["region"] or "")),
            domains.number(domain.name if domain else "其他"),
            periods.number(period or "", [shown(period_label(period)), *(years_of(period) or (0, 0))]),
            dates.number(shown(row["published"] or "")),
            readers.number(row["reader"]),
            1 if row["duplicate_of"] else 0,
            figures.get(row["doc_id"], 0),
            *(severities.get((row["doc_id"], level), 0) for level in LEVELS),
        )
        for name, value in zip(_NAMES, made, strict=True):
            columns[name].append(value)
    lists = {"issuers": issuers, "dates": dates, "readers": readers, "domains": domains, "periods": periods}
    return {
        "documents": columns,
        "regions": regions.nodes,
        **{name: column.values for name, column in lists.items()},
    }


_NAMES: Final = (
    "id", "title", "path", "issuer", "region", "domain", "period", "published", "reader", "copy", "figures", *LEVELS,
)  # fmt: skip


def _findings(snapshot: Path, places: Mapping[str, int], most: int) -> dict[str, object]:
    """The findings to be listed, the most severe first, then in the order of the reports."""
    from pipeline.audit.settings import audit_settings

    titles = {check.id: check.title for check in audit_settings(None).checks}
    checks = Column()
    rows = nsmallest(most, _rows(snapshot, "findings", OF_FINDINGS), key=lambda row: _rank(row, places))
    made = [
        {
            "id": row["finding_id"],
            "document": places[row["doc_id"]],
            "check": checks.number(row["check"], [row["check"], titles.get(row["check"], "")]),
            "severity": LEVELS.index(row["severity"]),
            "message": shown(row["message"]),
        }
        for row in rows
    ]
    return {
        "findings": _columns(made, ("id", "document", "check", "severity", "message")),
        "checks": checks.values,
    }


def _rank(row: Row, places: Mapping[str, int]) -> tuple[object, ...]:
    return LEVELS.index(row["severity"]), places[row["doc_id"]], row["char_start"], row["check"], row["finding_id"]


def _rejects(rows: Sequence[Row]) -> dict[str, list[object]]:
    made = [{**row, "path": shown(row["source_path"]), "message": shown(row["message"])} for row in rows]
    return _columns(made, ("path", "reason", "message"))


def _columns(rows: Sequence[Row], names: Sequence[str]) -> dict[str, list[object]]:
    return {name: [row[name] for row in rows] for name in names}
