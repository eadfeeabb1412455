"""Excel: a workbook to read, filter and pass on, with sheets of figures, findings, reports and what columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from pipeline.datapackage import ENUMS
from pipeline.export.model import Format, Job, Notes
from pipeline.export.selection import Selection
from pipeline.export.sheet import Book, Column
from pipeline.tables import SCHEMAS
from pipeline.titles import title, titles

ALWAYS: Final = datetime(2000, 1, 1)
"""The time a workbook says it was made at: the same rows must give the same bytes."""
FIRST: Final = {
    "mentions": ("entity", "indicator", "qualifier", "period", "value", "unit", "value_max", "text", "comparator",
                 "status", "measure", "basis"),
    "findings": ("severity", "check", "message", "formula", "stated", "expected", "tolerance"),
    "documents": ("title", "region", "period", "issuer", "published", "source_path"),
}  # fmt: skip
"""The columns people read, in the order they read them; the others follow, folded away, as they are in the table."""
LEFT_OUT: Final = {"documents": ("text", "places")}
REPORT: Final = "title", "source_path"
"""What of the report stands in each row of figures and findings, so that nobody has to look up its id."""
WIDTHS: Final = {"message": 70, "formula": 40, "title": 44, "source_path": 36, "indicator": 32, "entity": 18,
                 "text": 16, "value": 20, "unit": 8, "period": 18, "comparator": 12, "status": 8, "measure": 8,
                 "basis": 9, "stated": 16, "expected": 16, "check": 7, "severity": 9}  # fmt: skip
DEFAULT_WIDTH: Final = 12
MEANINGS: Final = "说明"


def write(job: Job) -> Notes:
    """Write the workbook; tables that are too long for a sheet go on in further ones.

    Example: the sheet 数值 with the row ``云川县 · 早孕建册率 · 93.6 · % · 93.6% · 2024-01/2024-06 · actual``
    """
    about = {row["doc_id"]: row for row in job.selection.rows("documents", ["doc_id", *REPORT])}
    book = Book(job.target.path(job.target.main), ALWAYS)
    try:
        for name in FIRST:
            book.sheet(title(name), _columns(name), _rows(job.selection, name, about))
        book.sheet(MEANINGS, _MEANING_COLUMNS, _meanings())
    finally:
        book.close()
    return [f"{book.cut} cells were longer than Excel takes and were cut"] if book.cut else []


def _columns(table: str) -> list[Column]:
    names = [*FIRST[table], *(name for name in SCHEMAS[table].names if name not in FIRST[table])]
    left = [name for name in names if name not in LEFT_OUT.get(table, ())]
    made = [_column(table, name, folded=name not in FIRST[table]) for name in left]
    if table == "documents":
        return made
    about = [Column(f"report_{name}", f"报告{title('documents', name)}", WIDTHS[name]) for name in REPORT]
    at = len(FIRST[table])
    return [*made[:at], *about, *made[at:]]


def _column(table: str, name: str, folded: bool) -> Column:
    kind = str(SCHEMAS[table].field(name).type)
    return Column(name, title(table, name), WIDTHS.get(name, DEFAULT_WIDTH), kind, folded)


def _rows(selection: Selection, name: str, about: Mapping[str, Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for row in selection.rows(name):
        report = about.get(row["doc_id"], {})
        yield {**row, **{f"report_{one}": report.get(one) for one in REPORT}}


_MEANING_COLUMNS: Final = [
    Column("sheet", "工作表", 12),
    Column("field", "字段", 16),
    Column("title", "列名", 18),
    Column("type", "类型", 16),
    Column("meaning", "含义", 80),
    Column("values", "取值", 60),
]


def _meanings() -> Iterator[Mapping[str, Any]]:
    for table in FIRST:
        for field in SCHEMAS[table]:
            if field.name not in LEFT_OUT.get(table, ()):
                yield {
                    "sheet": title(table),
                    "field": field.name,
                    "title": title(table, field.name),
                    "type": str(field.type),
                    "meaning": titles()["meanings"][table][field.name],
                    "values": _values(table, field.name),
                }


def _values(table: str, column: str) -> str:
    names = titles()["values"].get(column, {})
    return "；".join(f"{one} {names.get(one, '')}".strip() for one in ENUMS.get((table, column), ()))


FORMAT = Format("zhibiao.xlsx", write, needs_file=True)
