"""The reference of the tables: columns and types from the schemas, their meaning in Chinese."""

from __future__ import annotations

from docs.builder.chinese import chinese
from docs.builder.markdown import code, table
from pipeline.tables import SCHEMAS


def tables() -> str:
    """Every table with its columns.

    Example: ``| `qualifier` | string | 是 | 数字限定于谁或什么：65岁及以上。 |``
    """
    return "\n".join(_section(name) for name in SCHEMAS)


def _section(name: str) -> str:
    rows = (
        (
            code(field.name),
            str(field.type).replace("element: ", "").replace(" not null", ""),
            "可空" if field.nullable else "",
            chinese("tables", name, field.name),
        )
        for field in SCHEMAS[name]
    )
    heads = ["列", "类型", "空值", "含义"]
    return "\n".join([f"(table-{name})=", f"## {name}", "", chinese("tables", name, ""), "", table(heads, rows)])
