"""Reading TOML entries field by field: what is unknown, missing or of a wrong type is refused by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli as tomllib  # the compiled twin of tomllib, three times as fast: every command starts by parsing

from lexicons.errors import LexiconError, near

FILE_KEYS = frozenset({"note", "source", "licence", "date"})
"""What a file may say of itself, above its first entry."""


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file without what it says of itself (``FILE_KEYS``).

    LexiconError when it is malformed.

    Example: a file with ``[ge_before]`` and ``words = ["不低于"]`` → ``{"ge_before": {"words": ["不低于"]}}``
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(path.name, "", "", f"not valid UTF-8 TOML: {error}") from error
    return {key: value for key, value in content.items() if key not in FILE_KEYS}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a file, with typed access to its fields.

    Example: ``Entry("units.toml", "平方米", {"aliases": ["㎡"]}).strings("aliases")`` → ``("㎡",)``
    """

    file: str
    name: str
    fields: Mapping[str, Any]

    def error(self, field: str, message: str) -> LexiconError:
        """A LexiconError about one field of this entry, to be raised by the caller."""
        return LexiconError(self.file, self.name, field, message)

    def only(self, allowed: Iterable[str]) -> None:
        """LexiconError for the first field that is not among ``allowed``."""
        allowed = set(allowed)
        for field in self.fields:
            if field not in allowed:
                raise self.error(field, f"unknown field{near(field, allowed)}")

    def string(self, field: str, default: str | None = None) -> str:
        """The text of a field; without a default it must be there and not be blank."""
        value = self.fields.get(field, default)
        if value is None:
            raise self.error(field, "missing")
        if not isinstance(value, str):
            raise self.error(field, f"must be text, not {value!r}")
        if default is None and not value.strip():
            raise self.error(field, "must not be empty")
        return value

    def strings(self, field: str) -> tuple[str, ...]:
        """A list of texts (empty when the field is absent), none of them empty, none of them twice."""
        values = self.fields.get(field, [])
        if not isinstance(values, list):
            raise self.error(field, "must be a list of words")
        seen: set[str] = set()
        for value in values:
            if not isinstance(value, str) or not value.strip():
                raise self.error(field, f"empty word or not a text: {value!r}")
            if value in seen:
                raise self.error(field, f"duplicate word {value}")
            seen.add(value)
        return tuple(values)

    def number(self, field: str) -> float | None:
        """A number, None when the field is absent."""
        value = self.fields.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(field, f"must be a number, not {value!r}")
        return float(value)

    def flag(self, field: str) -> bool:
        """A truth value, false when the field is absent."""
        value = self.fields.get(field, False)
        if not isinstance(value, bool):
            raise self.error(field, f"must be true or false, not {value!r}")
        return value

    def choice(self, field: str, allowed: Iterable[str], default: str | None = None) -> str:
        """A text that is one of ``allowed``."""
        value, allowed = self.string(field, default), sorted(allowed)
        if value not in allowed:
            raise self.error(field, f"{value!r} is none of {', '.join(allowed)}{near(value, allowed)}")
        return value


def entries(path: Path, table: str, key: str) -> list[Entry]:
    """The ``[[table]]`` entries of a file, each named by its field ``key``.

    Example: ``entries(Path("units.toml"), "unit", "name")``
    """
    content = read_toml(path)
    for other in content:
        if other != table:
            raise LexiconError(path.name, other, "", f"unknown table; entries are written [[{table}]]")
    rows = content.get(table, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LexiconError(path.name, table, "", f"entries are written [[{table}]]")
    named = [Entry(path.name, str(row.get(key, f"entry {number}")), row) for number, row in enumerate(rows, 1)]
    for entry in named:
        entry.string(key)
    return named
