"""The parts of the benchmark by name, in the order they run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tests.bench import layout, night, peers, reading, stages, startup, whole
from tests.bench.setting import Figures, Setting

PARTS: Mapping[str, Callable[[Setting], Figures]] = {
    "startup": startup.measure,
    "stages": stages.measure,
    "whole": whole.measure_whole,
    "workers": whole.measure_workers,
    "growth": whole.measure_growth,
    "night": night.measure,
    "reading": reading.measure,
    "peers": peers.measure,
    "layout": layout.measure,
}
LONG = ("layout",)
"""Left out of a quick run that names no parts."""


def measured(setting: Setting, names: Sequence[str]) -> Figures:
    """The figures of some parts, of all that belong to the run when none is named.

    Example: ``measured(setting, ["startup"])["startup.help.seconds"]``
    """
    usual = [name for name in PARTS if not (setting.quick and name in LONG)]
    found: Figures = {}
    for name in names or usual:
        print(f"tests.bench: {name} …", flush=True)
        found |= PARTS[name](setting)
    return found
