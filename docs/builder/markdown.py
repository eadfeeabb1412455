"""Pieces of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; ``None`` is an empty cell.

    Example: ``table(["词", "义"], [["余", "略多"]])`` → ``| 词 | 义 |`` …
    """
    lines = [_row(heads), "|" + "---|" * len(heads), *(_row(row) for row in rows)]
    return "\n".join(lines) + "\n"


def code(text: object) -> str:
    """As code; nothing for an empty text.

    Example: ``code("|")`` → `` `|` ``
    """
    return f"`{text}`" if str(text) else ""


def plain(text: object) -> str:
    """Words from elsewhere, of which nothing is to be read as Markdown.

    Example: ``plain("a*b*c")`` → ``a\\*b\\*c``
    """
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#$~" else sign for sign in str(text))


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join("" if cell is None else str(cell).replace("|", "\\|") for cell in cells) + " |"
