"""Reads the marked-up examples of tests/examples; the README there explains their form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

EXAMPLES = Path(__file__).parent / "examples"
USUAL = {"comparator": "=", "status": "actual", "measure": "level"}
FIELDS = frozenset(
    {
        "value",
        "max",
        "unit",
        "comparator",
        "status",
        "measure",
        "basis",
        "entity",
        "period",
        "qualifier",
        "part_of",
        "rule",
    }
)


@dataclass(frozen=True)
class Figure:
    """What must be said of one figure: its place in the text, its label, the fields named."""

    start: int
    end: int
    label: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Example:
    """A text, what is known of its document, and all figures in it."""

    name: str
    text: str
    document: dict[str, str]
    figures: tuple[Figure, ...]


def examples() -> Iterator[Example]:
    """All examples of all files; ValueError that names file and line where one is not well formed."""
    for path in sorted(EXAMPLES.glob("*.txt")):
        yield from _read(path)


def _read(path: Path) -> Iterator[Example]:
    document: dict[str, str] = {}
    title, text, expected = "", [], []  # type: ignore[var-annotated]
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), "= "], 1):
        mark, _, rest = line.partition(" ")
        where = f"{path.name}:{number}"
        if mark == "=":
            if title:
                yield _example(f"{path.stem}: {title}", text, expected, document, where)
            title, text, expected = rest, [], []
        elif mark == "@":
            if text:
                yield _example(f"{path.stem}: {title}", text, expected, document, where)
                title, text, expected = "", [], []
            document = _fields(
                rest, where, frozenset({"region", "region_code", "period", "title", "published", "issuer"})
            )
        elif not title and line.strip() and mark != "#":
            raise ValueError(f"{where}: a text needs a title, a line that begins with =")
        elif mark == ">":
            text.append(rest)
        elif mark == "-":
            label, _, fields = rest.partition("|")
            expected.append((label.strip(), _fields(fields, where, FIELDS)))
        elif line.strip() and mark not in {"=", "#"}:
            raise ValueError(f"{where}: a line starts with = @ > - or #, not {mark!r}")


def _fields(text: str, where: str, known: frozenset[str]) -> dict[str, str]:
    fields = dict(item.partition("=")[::2] for item in text.split())
    if unknown := fields.keys() - known:
        raise ValueError(f"{where}: unknown field {', '.join(sorted(unknown))}")
    return fields


def _example(
    name: str, lines: list[str], expected: list[tuple[str, dict[str, str]]], document: dict[str, str], where: str
) -> Example:
    if not lines:
        raise ValueError(f"{where}: {name} has no text")
    marked = "\n".join(lines)
    text, spans = "", []
    for plain, figure in re.findall(r"([^{}]*)(?:\{([^{}]*)\})?", marked):
        text += plain
        if figure:
            spans.append((len(text), len(text) + len(figure)))
            text += figure
    if len(spans) != len(expected):
        raise ValueError(f"{where}: {name} has {len(spans)} figures in braces and {len(expected)} expectations")
    figures = tuple(Figure(*span, label, fields) for span, (label, fields) in zip(spans, expected, strict=True))
    return Example(name, text, document, figures)
