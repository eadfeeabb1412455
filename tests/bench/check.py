"""Whether a new run is as fast as the record says; ratios are compared, never seconds, since machines differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.setting import STAGES, Figures


@dataclass(frozen=True, slots=True)
class Watched:
    """A figure that must not become worse than the record's by more than a factor.

    Example: ``Watched("extract.ratio", 1.4)``
    """

    figure: str
    factor: float
    larger_is_better: bool = True

    def bound(self, recorded: float) -> float:
        """The worst that is let pass.

        Example: ``Watched("extract.ratio", 1.25).bound(1.5)`` → 1.2
        """
        return recorded / self.factor if self.larger_is_better else recorded * self.factor

    def worse(self, found: float, recorded: float) -> bool:
        """Whether a figure is beyond what is let pass.

        Example: ``Watched("extract.ratio", 1.25).worse(1.1, 1.5)`` → True
        """
        bound = self.bound(recorded)
        return found < bound if self.larger_is_better else found > bound


LEAST_SHARE = 0.03
"""Stages below this share of the time are too short to be compared."""
WATCHED = (
    Watched("whole.processor_ratio", 1.3),
    Watched("stages.ratio", 1.3),
    *(Watched(f"{name}.ratio", 1.5) for name in STAGES),
    Watched("growth.4", 1.2, larger_is_better=False),
    Watched("memory.worker.1", 1.3, larger_is_better=False),
    Watched("memory.worker.4", 1.3, larger_is_better=False),
    Watched("startup.help.units", 1.5, larger_is_better=False),
    Watched("startup.extract.units", 1.5, larger_is_better=False),
    Watched("startup.import.units", 1.5, larger_is_better=False),
    Watched("night.units", 1.5, larger_is_better=False),
)
"""Processor time and memory only: the clock tells of others' work as well."""


def slower(found: Figures, recorded: Figures) -> Iterator[str]:
    """A line for each figure that is worse than the record's.

    Example: ``next(slower({"extract.ratio": 0.8}, {"extract.ratio": 1.6}))``
    → ``extract.ratio is 0.8, the record says 1.6: at least 1.07 was expected``
    """
    for one in WATCHED:
        name = one.figure
        known = name in found and name in recorded and not _too_short(name, recorded)
        if known and one.worse(found[name], recorded[name]):
            side = "at least" if one.larger_is_better else "at most"
            bound = f"{side} {one.bound(recorded[name]):.3g} was expected"
            yield f"{name} is {found[name]:.3g}, the record says {recorded[name]:.3g}: {bound}"


def _too_short(name: str, recorded: Figures) -> bool:
    stage = name.removesuffix(".ratio")
    return stage in STAGES and recorded.get(f"{stage}.share", 0.0) < LEAST_SHARE
