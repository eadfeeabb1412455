"""The reference of the settings: names, defaults and limits from the code, their meaning in Chinese."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

from docs.builder.chinese import chinese
from docs.builder.markdown import code, table
from pipeline.settings import Settings
from pipeline.sources import Address


def settings() -> str:
    """Every setting of a run.

    Example: ``| `keep_snapshots` | `ZHIBIAO_KEEP_SNAPSHOTS` | `7` | 保留的快照个数，含当前的。 |``
    """
    heads = ["zhibiao.toml", "环境变量", "默认值", "含义"]
    return table(heads, (_row(name, field) for name, field in Settings.model_fields.items()))


def _row(name: str, field: Any) -> tuple[str, str, str, str]:
    choices = [one for one in get_args(field.annotation) if isinstance(one, str)]
    among = f"取值：{'、'.join(map(code, choices))}。" if choices else ""
    return code(name), code(f"ZHIBIAO_{name.upper()}"), _default(field.default), chinese("settings", name) + among


def _default(value: object) -> str:
    if value is None:
        return "未设"
    if isinstance(value, bool):
        return code(str(value).lower())
    if isinstance(value, Address):
        return code(value.text)
    return code(
        f"{value:_}" if isinstance(value, int) and value >= 10_000 else str(value) if isinstance(value, Path) else value
    )
