"""The parts of the benchmark by name, in the order they run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.bench import compiled, layout, night, peers, reading, stages, startup, whole
from tests.bench.setting import Figures, Setting

PARTS: Mapping[str, Callable[[Setting], Figures]] = {
    "startup": startup.measure,
    "stages": stages.measure,
    "whole": whole.measure_whole,
    "compiled": compiled.measure,
    "workers": whole.measure_workers,
    "growth": whole.measure_growth,
    "night": night.measure,
    "reading": reading.measure,
    "peers": peers.measure,
    "layout": layout.measure,
}
LONG = ("compiled", "layout")
"""Left out of a quick run that names no parts."""


def usual(quick: bool, built: Path | None) -> list[str]:
    """The parts of a run that names none; machine code is measured where it is that of the code here.

    Example: ``usual(quick=True, built=None)`` → all but layout and compiled
    """
    known = built is not None and not any(compiled.others(built))
    return [name for name in PARTS if not (quick and name in LONG) and (known or name != "compiled")]


def measured(setting: Setting, names: Sequence[str]) -> Figures:
    """The figures of some parts, of all that belong to the run when none is named.

    Example: ``measured(setting, ["startup"])["startup.help.seconds"]``
    """
    found: Figures = {}
    for name in names or usual(setting.quick, compiled.wheel()):
        print(f"tests.bench: {name} …", flush=True)
        found |= PARTS[name](setting)
    return found
