"""What references say in Chinese where the code says it in English: chinese.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("chinese.toml")


def chinese(*path: str) -> str:
    """The Chinese words for something; KeyError, with what to do, where there are none.

    Example: ``chinese("settings", "out")`` → ``结果表所在的文件夹。``
    """
    said: Any = _file()
    for name in path:
        if name not in said:
            raise KeyError(f"docs/builder/chinese.toml: [{'.'.join(path[:-1])}] has no {path[-1]}; say it in Chinese")
        said = said[name]
    return str(said)


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
