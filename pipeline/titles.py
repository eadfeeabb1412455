"""Chinese names of tables, columns and values, from ``titles.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def titles() -> Mapping[str, Any]:
    """All names: of ``tables``, of the columns by table, of ``values`` by column.

    Example: ``titles()["values"]["status"]["target"]`` → ``目标``
    """
    return tomllib.loads((files("pipeline") / "titles.toml").read_text(encoding="utf-8"))


def title(table: str, column: str = "") -> str:
    """The Chinese name of a column, or of the table itself.

    Example: ``title("mentions", "value_max")`` → ``数值上限``
    """
    found = titles()[table][column] if column else titles()["tables"][table]
    return str(found)
