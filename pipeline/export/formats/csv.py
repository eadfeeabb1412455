"""CSV: one file a table, each cell safe in a spreadsheet, with a ``datapackage.json`` that explains the columns."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from typing import Any, Final

import pyarrow as pa

from pipeline.datapackage import ENUMS, FILE, package, resource, written
from pipeline.export.cells import as_json, number, plain, printable
from pipeline.export.model import Format, Job, Notes
from pipeline.spreadsheet import cell
from pipeline.tables import SCHEMAS

Write = Callable[[Any], object]
CSV: Final = "text/csv"


def write(job: Job) -> Notes:
    """Write the chosen tables as CSV, each with its columns as the first line.

    Lists are JSON. A text that a spreadsheet would take for a formula gets a ' before it.

    Example: ``mentions.csv`` with the line ``875a4e3e626d144f,…,54.79万份,547900,…``
    """
    for name in job.tables:
        file_name = job.target.main if job.target.one_file else f"{name}.csv"
        cells = [_writer(name, field) for field in SCHEMAS[name]]
        with job.target.text(file_name, bom=job.bom) as file:
            lines = csv.writer(file, lineterminator="\n")
            lines.writerow(SCHEMAS[name].names)
            for piece in job.selection.pieces(name):
                columns = [map(one, piece[at].to_pylist()) for at, one in enumerate(cells)]
                lines.writerows(zip(*columns, strict=True))
    if not job.target.only_main:
        _describe(job)
    return []


def _writer(table: str, field: pa.Field) -> Write:
    """How the values of a column become cells; values that are ours alone (``=``) need no care."""
    if pa.types.is_floating(field.type):
        return _or_empty(number)
    if pa.types.is_list(field.type):
        return _or_empty(lambda value: printable(as_json(value)))
    if field.type != pa.string():
        return _or_empty(plain)
    return _or_empty(str if (table, field.name) in ENUMS else lambda value: cell(printable(value)))


def _or_empty(write: Write) -> Write:
    return lambda value: "" if value is None else write(value)


def _describe(job: Job) -> None:
    described = [_resource(job, name) for name in job.tables]
    with job.target.text(job.target.beside(FILE)) as file:
        file.write(written(package(described)))


def _resource(job: Job, name: str) -> Mapping[str, object]:
    path = job.target.main if job.target.one_file else f"{name}.csv"
    return resource(name, [path], "csv", CSV, job.tables, whole=job.selection.whole)


FORMAT = Format("mentions.csv", write, tables=tuple(SCHEMAS), file_each=True)
