"""Word files: groups of words that mean the same to the extractors, one TOML table a group."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lexicons.errors import LexiconError, near
from lexicons.fields import Entry, read_toml

GROUP_KEYS = ("words", "note", "source")

Groups = dict[str, tuple[str, ...]]


def read_words(path: Path) -> Groups:
    """The groups of one word file, named ``<file stem>.<table>``.

    LexiconError for an unknown field, an empty word or a word that stands twice in a group.

    Example: ``comparators.toml`` with ``[ge_before]`` → ``{"comparators.ge_before": ("不低于", "不少于")}``
    """
    return {f"{path.stem}.{table}": _group(path, table, value) for table, value in read_toml(path).items()}


def _group(path: Path, table: str, value: Mapping[str, Any] | object) -> tuple[str, ...]:
    if not isinstance(value, dict):
        raise LexiconError(path.name, table, "", "must be a table: [name] with words = […]")
    entry = Entry(path.name, table, value)
    entry.only(GROUP_KEYS)
    entry.string("note", ""), entry.string("source", "")
    return entry.strings("words")


def overlay_words(base: Groups, path: Path) -> None:
    """Add the words of a user's file to the groups of ours, in place.

    LexiconError for a group we do not have and for a word the group already has.

    Example: ``[ge_before]`` with ``words = ["不小于"]`` in the user's ``comparators.toml``
    """
    for group, words in read_words(path).items():
        table = group.partition(".")[2]
        if group not in base:
            ours = [name.partition(".")[2] for name in base if name.startswith(f"{path.stem}.")]
            raise LexiconError(path.name, table, "", f"unknown group{near(table, ours)}")
        for word in words:
            if word in base[group]:
                message = f"duplicate word {word}: the group already has it"
                raise LexiconError(path.name, table, "words", message)
        base[group] += words
