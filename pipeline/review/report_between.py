"""What was found between reports, looked up by report: in a file of its own, so that it need not fit the memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.store.files import LAST_PARTS, each_batch, each_part
from pipeline.tables import SCHEMAS

Row = Mapping[str, Any]
FIGURE: Final = ("mention_id", "doc_id", "indicator", "value", "unit", "entity", "period", "text")
ABOUT: Final = ("doc_id", "title", "source_path")
BATCH: Final = 8192
_TABLES: Final = """
CREATE TABLE said (id INTEGER PRIMARY KEY, name TEXT, doc_id TEXT, row TEXT);
CREATE TABLE operand (mention_id TEXT, said INTEGER);
CREATE TABLE figure (mention_id TEXT PRIMARY KEY, doc_id TEXT, row TEXT);
CREATE TABLE document (doc_id TEXT PRIMARY KEY, row TEXT);
"""
_INDEXES: Final = """
CREATE INDEX operand_by_mention ON operand (mention_id);
CREATE INDEX figure_by_document ON figure (doc_id);
CREATE INDEX said_by_document ON said (doc_id);
"""
_ABOUT: Final = """
SELECT DISTINCT said.id, said.name, said.row FROM said WHERE said.doc_id = :doc OR said.id IN
  (SELECT operand.said FROM figure JOIN operand USING (mention_id) WHERE figure.doc_id = :doc)
ORDER BY said.id
"""


@dataclass(frozen=True, slots=True)
class Outer:
    """What relations and findings between reports say of the figures of one report.

    Example: ``Outer().elsewhere`` → ``{}``
    """

    relations: Sequence[Row] = ()
    findings: Sequence[Row] = ()
    elsewhere: Mapping[str, Row] = field(default_factory=dict)


class Between:
    """The relations and findings between reports of a snapshot.

    Example: ``with between(snapshot) as around: around.about("9f86d081884c7d65").findings``
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def about(self, doc_id: str) -> Outer:
        """What is said of a report's figures, and the figures of other reports that it is said of too.

        Example: ``around.about("9f86d081884c7d65").elsewhere["3c9f…"]["title"]`` → ``云川县2023年总结``
        """
        found: dict[str, list[Row]] = {"relations": [], "findings": []}
        for _, name, row in self._base.execute(_ABOUT, {"doc": doc_id}):
            found[name].append(json.loads(row))
        named = {id for rows in found.values() for row in rows for id in row["mention_ids"]}
        figures = filter(None, map(self._figure, sorted(named)))
        elsewhere = {one["mention_id"]: one for one in figures if one["doc_id"] != doc_id}
        return Outer(found["relations"], found["findings"], elsewhere)

    def document(self, doc_id: str) -> Row | None:
        """Title and path of a document, None when the snapshot has none of this id."""
        row = self._base.execute("SELECT row FROM document WHERE doc_id = ?", [doc_id]).fetchone()
        return json.loads(row[0]) if row else None

    def _figure(self, mention_id: str) -> Row | None:
        row = self._base.execute("SELECT row FROM figure WHERE mention_id = ?", [mention_id]).fetchone()
        if row is None:
            return None  # of an earlier snapshot
        figure = json.loads(row[0])
        return {**figure, **(self.document(figure["doc_id"]) or {})}


@contextmanager
def between(snapshot: Path) -> Iterator[Between]:
    """The relations and findings between the reports of a snapshot, with the figures they name.

    Example: ``with between(required(Path("outputs"))) as around: …``
    """
    with TemporaryDirectory(prefix="zhibiao-") as folder, closing(sqlite3.connect(Path(folder, "between"))) as base:
        base.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")
        named = _fill_said(base, snapshot)
        _fill_figures(base, snapshot, named)
        for part in each_part(snapshot, "documents", ABOUT):
            base.executemany("INSERT INTO document VALUES (?, ?)", _keyed(part, "doc_id"))
        base.executescript(_INDEXES)
        yield Between(base)


def _fill_said(base: sqlite3.Connection, snapshot: Path) -> set[str]:
    """Write down relations and findings, and give the figures they name."""
    named: set[str] = set()
    for name in ("relations", "findings"):
        for path in (snapshot / name / part for part in LAST_PARTS):
            for batch in each_batch(path, SCHEMAS[name].names, BATCH) if path.exists() else ():
                for row in batch.to_pylist():
                    cursor = base.execute(
                        "INSERT INTO said (name, doc_id, row) VALUES (?, ?, ?)", [name, row["doc_id"], _json(row)]
                    )
                    base.executemany(
                        "INSERT INTO operand VALUES (?, ?)", [(id, cursor.lastrowid) for id in row["mention_ids"]]
                    )
                    named.update(row["mention_ids"])
    return named


def _fill_figures(base: sqlite3.Connection, snapshot: Path, named: set[str]) -> None:
    wanted = pa.array(sorted(named), pa.string())
    for part in each_part(snapshot, "mentions", FIGURE) if named else ():
        chosen = part.filter(pc.is_in(part["mention_id"], value_set=wanted))
        base.executemany(
            "INSERT INTO figure VALUES (?, ?, ?)",
            [(row["mention_id"], row["doc_id"], _json(row)) for row in chosen.to_pylist()],
        )


def _keyed(part: pa.Table, key: str) -> Iterator[tuple[str, str]]:
    for batch in part.to_batches(BATCH):
        yield from ((row[key], _json(row)) for row in batch.to_pylist())


def _json(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False)
