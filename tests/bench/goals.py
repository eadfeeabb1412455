"""What shall be reached, and whether it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tests.bench.setting import Figures

LARGEST, MANY = 16, 10_000


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound that a figure shall keep.

    Example: ``Goal("at least", 1.0).reached(1.2)`` → True
    """

    side: Literal["at least", "at most", "under"]
    bound: float

    def reached(self, figure: float) -> bool:
        """Whether a figure keeps it.

        Example: ``Goal("under", 0.2).reached(0.2)`` → False
        """
        return {"at least": figure >= self.bound, "at most": figure <= self.bound, "under": figure < self.bound}[
            self.side
        ]

    def __str__(self) -> str:
        sign = {"at least": "≥", "at most": "≤", "under": "<"}[self.side]
        return f"{sign} {self.bound:g}"


GOALS: Mapping[str, Goal] = {
    "whole.ratio": Goal("at least", 1.0),
    "extract.ratio": Goal("at least", 1.5),
    "compiled.whole.ratio": Goal("at least", 1.0),
    "compiled.extract.ratio": Goal("at least", 1.5),
    "workers.ratio": Goal("at least", 1.8),
    "growth.last": Goal("at most", 17),
    "memory.worker.last": Goal("under", 500),
    "memory.worker.grown": Goal("at most", 1.1),
    "startup.help.seconds": Goal("under", 0.2),
    "startup.extract.seconds": Goal("under", 0.8),
    "startup.import.seconds": Goal("under", 0.4),
    "night.seconds": Goal("under", 3),
}
"""By figure; memory counts as the same when it grew by less than a tenth."""


def derived(figures: Figures) -> Figures:
    """The figures with those that follow from them: growth and memory at the largest size.

    Example: ``derived({"growth.1": 1, "growth.16": 16.2})["growth.last"]`` → 16.2
    """
    found = dict(figures)
    factors = sorted(int(name.rpartition(".")[2]) for name in figures if name.startswith("growth."))
    if factors:
        last = factors[-1]
        found |= {"growth.factor": float(last), "growth.last": figures[f"growth.{last}"]}
        first_peak, last_peak = (figures.get(f"memory.worker.{factor}", 0.0) for factor in (1, last))
        found |= {"memory.worker.last": last_peak, "memory.worker.grown": last_peak / (first_peak or 1.0)}
        found["memory.main.last"] = figures.get(f"memory.main.{last}", 0.0)
    return found


def judged(figures: Figures) -> dict[str, bool]:
    """Which goals were reached, of those that the figures can tell of; ``figures`` are ``derived`` ones.

    Goals for 16 times the documents and for 10,000 of them say nothing of less.

    Example: ``judged({"whole.ratio": 1.1})`` → ``{"whole.ratio": True}``
    """
    found = {name: goal.reached(figures[name]) for name, goal in GOALS.items() if name in figures}
    if figures.get("growth.factor", 0) < LARGEST:
        found = {name: one for name, one in found.items() if not name.startswith(("growth.", "memory."))}
    if figures.get("night.documents", 0) < MANY:
        found.pop("night.seconds", None)
    return found
