"""Runs of the benchmark as JSON: figures, what they were measured on, and the record kept in the repository."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.corpus import ROOT
from tests.bench.setting import Figures

RECORD = ROOT / "tests" / "bench" / "record.json"
DIGITS = 4
"""How many digits of a figure are kept."""


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured, over which reports, on which machine.

    Example: ``record()["full"].figures["whole.ratio"]``
    """

    machine: Mapping[str, str]
    corpus: Mapping[str, str | int]
    figures: Figures

    def with_parts_of(self, older: Run) -> Run:
        """This run with figures of an older one that it did not measure.

        Example: ``run.with_parts_of(record()["full"])``
        """
        return Run(self.machine, self.corpus, {**older.figures, **self.figures})


def record(path: Path = RECORD) -> dict[str, Run]:
    """The runs of a file: ``full``, and ``quick``, which others are compared with; empty where there is none.

    Example: ``record()["quick"].figures["extract.ratio"]``
    """
    if not path.is_file():
        return {}
    return {name: Run(**run) for name, run in json.loads(path.read_text(encoding="utf-8")).items()}


def save(runs: Mapping[str, Run], path: Path = RECORD) -> None:
    """Write runs to a file, one figure a line.

    Example: ``save({"full": run}, Path("outputs/bench/bench.json"))``
    """
    told = {name: {**asdict(run), "figures": rounded(run.figures)} for name, run in runs.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def rounded(figures: Figures) -> Figures:
    """Figures with as many digits as mean anything.

    Example: ``rounded({"whole.ratio": 1.0234567})`` → ``{"whole.ratio": 1.023}``
    """
    return {name: float(f"{one:.{DIGITS}g}") for name, one in sorted(figures.items())}
