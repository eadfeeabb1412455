"""All references by the name that pages ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docs.builder import checks, codes, commands, knowledge, python, settings, speed, tables

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
    "speed": speed.figures,
    "speed-libraries": speed.libraries,
    "speed-stages": speed.stages,
    "speed-compiled": speed.compiled,
    "speed-plot": speed.plot,
    "speed-growth": speed.growth,
    "speed-peers": speed.peers,
    "speed-layout": speed.layout,
    "speed-tables": speed.tables,
}
