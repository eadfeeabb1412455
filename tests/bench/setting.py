"""What a run of the benchmark has to go by: how much, over what, where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.ingest.plan import WORTH_A_PROCESS
from tests.bench.corpus import ROOT, Corpus

STAGES = ("read", "segment", "facts", "extract", "tokens", "rows", "audit")
"""Those that a document goes through; the rows are whatever is none of the others."""
SHORT = 1200
"""Characters of a document, about, where many are needed."""
Figures = dict[str, float]
"""Numbers by name; the first word says what was measured (``extract.ratio``, ``growth.16``)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The reports, a folder to write to, and whether to be done in two minutes.

    Example: ``Setting(sample(), Path("work"), quick=True).rounds`` → 3
    """

    corpus: Corpus
    work: Path
    quick: bool = False
    among: int = 0
    """Documents of which one changes; 0 for the usual number."""
    code: Path = ROOT
    """Where the packages lie that are measured."""

    @property
    def rounds(self) -> int:
        """How often a thing is measured of which the median is taken."""
        return 3

    @property
    def base(self) -> Corpus:
        """The documents that growth begins with: more than a run reads without a worker process."""
        half = self.corpus.every(2)
        if not self.quick and len(half.reports) > WORTH_A_PROCESS:
            return half
        return Corpus(self.corpus.kind, tuple(self.corpus.pieces(WORTH_A_PROCESS + 16, SHORT)))

    @property
    def factors(self) -> tuple[int, ...]:
        """How many times the base is read."""
        return (1, 4) if self.quick else (1, 2, 4, 8, 16)

    @property
    def documents(self) -> int:
        """Among how many one is changed."""
        return self.among or (300 if self.quick else 10_000)

    @property
    def mentions(self) -> int:
        """Rows of the table that is read."""
        return 100_000 if self.quick else 1_000_000

    def folder(self, name: str) -> Path:
        """A folder of the run's.

        Example: ``setting.folder("night")``
        """
        path = self.work / name
        path.mkdir(parents=True, exist_ok=True)
        return path
