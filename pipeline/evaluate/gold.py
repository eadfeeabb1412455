"""Gold files: ``<doc>.jsonl`` with one mention a line, ``docs.json`` with what is known of the documents.

A file saved from a review page says in its first line itself of which document it is, and on which text it was made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import UsageError

Made = TypeVar("Made")

WORDS = ("unit", "comparator", "status", "measure", "entity", "period")
"""Fields that are right when they equal the gold's value or one of its accepted others."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One accepted label: the pieces it must contain, in order, and the whole of it.

    Example: core 监督检查, 公共场所; full 监督检查公共场所（宾馆、理发商超）
    """

    core: tuple[str, ...]
    full: str


@dataclass(frozen=True, slots=True)
class GoldMention:
    """An annotated mention; ``accepted`` holds per field the value and its accepted others.

    Example: 54.79万份 → value 547900, accepted["unit"] ("份",)
    """

    start: int
    end: int
    text: str
    value: float
    value_max: float | None
    readings: tuple[Reading, ...]
    accepted: Mapping[str, tuple[str, ...]]
    optional: bool

    def value_of(self, field: str) -> str:
        """What the annotation itself says of a field, leaving accepted others aside."""
        return self.accepted[field][0]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """The mentions of one document; ``annotated`` are the ranges that were annotated, none for the whole.

    ``name`` is the stem of its file's name, or its path in the corpus; ``text`` is the one that was annotated, None
    where the gold does not hold it.

    Example: 云川县2023年总结 with 96 mentions
    """

    name: str
    mentions: tuple[GoldMention, ...]
    annotated: tuple[tuple[int, int], ...]
    text: str | None = None

    def covers(self, start: int, end: int) -> bool:
        """Whether a span lies in what was annotated."""
        return not self.annotated or any(low <= start and end <= high for low, high in self.annotated)


def load_gold(folder: Path) -> list[GoldDocument]:
    """The documents of a gold folder by name, or of one file; UsageError names the file and the line that is wrong.

    Example: ``load_gold(Path("金标"))[0].mentions[0].text``
    """
    paths = [folder] if folder.is_file() else sorted(folder.glob("*.jsonl"))
    if not paths:
        raise UsageError(f"{folder} has no gold files; give a folder with <doc>.jsonl files")
    facts = _facts(paths[0].parent / "docs.json")
    documents = [_document(path, facts.get(path.stem, {})) for path in paths]
    for path, document in zip(paths, documents, strict=True):
        first = paths[[one.name for one in documents].index(document.name)]
        if first != path:
            raise UsageError(f"{first.name} and {path.name} are both of {document.name}; keep the one saved last")
    return documents


def _facts(path: Path) -> dict[str, dict[str, Any]]:
    if not path.exists():
        return {}
    try:
        facts: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageError(f"{path} is not valid JSON: {error}") from None
    return facts


def _document(path: Path, facts: Mapping[str, Any]) -> GoldDocument:
    lines = [(at, line) for at, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1) if line.strip()]
    head = _head(path, lines[0][1]) if lines else None
    mentions = tuple(_line(path, number, line, _mention) for number, line in lines[head is not None :])
    about = {**facts, **(head or {})}
    ranges = tuple((int(low), int(high)) for low, high in about.get("annotated") or ())
    return GoldDocument(str(about.get("document", path.stem)), mentions, ranges, about.get("text"))


def _head(path: Path, line: str) -> dict[str, Any] | None:
    """What the first line says of the document, None where it is a mention."""
    row: dict[str, Any] = _line(path, 1, line, dict)
    return row if "document" in row else None


def _line(path: Path, number: int, line: str, read: Callable[[Any], Made]) -> Made:
    try:
        return read(json.loads(line))
    except KeyError as error:
        raise UsageError(f"{path}, line {number}: the field {error} is missing") from None
    except (TypeError, ValueError) as error:
        raise UsageError(f"{path}, line {number}: {error}") from None


def _mention(row: Mapping[str, Any]) -> GoldMention:
    first = {"core": row["indicator_core"], "full": row["indicator_full"]}
    readings = [first, *row.get("indicator_alt", [])]
    upper = row.get("value_max")
    return GoldMention(
        start=int(row["start"]),
        end=int(row["end"]),
        text=str(row["text"]),
        value=float(row["value"]),
        value_max=None if upper is None else float(upper),
        readings=tuple(Reading(tuple(reading["core"]), reading["full"]) for reading in readings),
        accepted={field: (row[field] or "", *row.get(f"{field}_alt", [])) for field in WORDS},
        optional=bool(row.get("optional")),
    )
