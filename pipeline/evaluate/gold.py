"""Gold files: ``<doc>.jsonl`` with one mention a line, ``docs.json`` with what is known of the documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError

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

    Example: 云川县2023年总结 with 96 mentions
    """

    name: str
    mentions: tuple[GoldMention, ...]
    annotated: tuple[tuple[int, int], ...]

    def covers(self, start: int, end: int) -> bool:
        """Whether a span lies in what was annotated."""
        return not self.annotated or any(low <= start and end <= high for low, high in self.annotated)


def load_gold(folder: Path) -> list[GoldDocument]:
    """The documents of a gold folder by name; UsageError names the file and the line that cannot be read.

    Example: ``load_gold(Path("金标"))[0].mentions[0].text``
    """
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise UsageError(f"{folder} has no gold files; give a folder with <doc>.jsonl files")
    facts = _facts(folder / "docs.json")
    return [_document(path, facts.get(path.stem, {})) for path in paths]


def _facts(path: Path) -> dict[str, dict[str, Any]]:
    if not path.exists():
        return {}
    try:
        facts: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageError(f"{path} is not valid JSON: {error}") from None
    return facts


def _document(path: Path, facts: Mapping[str, Any]) -> GoldDocument:
    lines = path.read_text(encoding="utf-8").splitlines()
    mentions = tuple(_line(path, number, line) for number, line in enumerate(lines, 1) if line.strip())
    ranges = tuple((int(low), int(high)) for low, high in facts.get("annotated") or ())
    return GoldDocument(path.stem, mentions, ranges)


def _line(path: Path, number: int, line: str) -> GoldMention:
    try:
        return _mention(json.loads(line))
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
        accepted={field: (row[field], *row.get(f"{field}_alt", [])) for field in WORDS},
        optional=bool(row.get("optional")),
    )
