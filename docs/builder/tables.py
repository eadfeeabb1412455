"""The reference of the tables: columns and types from the schemas, their meaning in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docs.builder.chinese import chinese
from docs.builder.markdown import code, plain, table
from pipeline.tables import SCHEMAS

if TYPE_CHECKING:
    import pyarrow as pa


def tables() -> str:
    """Every table with its columns.

    Example: ``| `qualifier` | string，可空 | 数字限定于谁或什么：65岁及以上、不含高新区。 |``
    """
    return "\n".join(_section(name) for name in SCHEMAS)


def _section(name: str) -> str:
    rows = (
        (
            code(field.name),
            _kind(field),
            chinese("tables", name, field.name),
        )
        for field in SCHEMAS[name]
    )
    heads = ["列", "类型", "含义"]
    return "\n".join([f"(table-{name})=", f"## {name}", "", chinese("tables", name, ""), "", table(heads, rows)])


def _kind(field: pa.Field) -> str:
    kind = str(field.type).replace("element: ", "").replace(" not null", "")
    return f"{plain(kind)}，可空" if field.nullable else plain(kind)
