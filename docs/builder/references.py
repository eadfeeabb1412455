"""All references by the name that pages ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docs.builder import checks, codes, commands, knowledge, python, settings, tables

MAKERS: Mapping[str, Callable[[], str]] = {
    "commands": commands.commands,
    "tables": tables.tables,
    "checks": checks.checks,
    "units": knowledge.units,
    "indicators": knowledge.indicators,
    "words": knowledge.words,
    "regions": knowledge.regions,
    "settings": settings.settings,
    "reasons": codes.reasons,
    "exits": codes.exits,
    "python": python.python,
}
