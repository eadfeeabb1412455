"""How time grows with text made to be slow: ``python -m tests.adversarial`` prints a table of all kinds.

For each kind the seconds of every stage at n, 2n, 4n and 8n characters, and the exponent of the growth: 1 where time
grows with the text, 2 where it grows with its square.
"""

from __future__ import annotations

import argparse
import gc
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from extractors.model import Facts
from pipeline.document import Document
from pipeline.ingest.model import EngineSpec
from pipeline.ingest.process import Engine, open_engine
from pipeline.ingest.rows import document_row, mention_rows, sentence_rows
from pipeline.readers.limits import Limits
from pipeline.readers.rejected import RejectedFile
from tests.adversarial_kinds import KINDS

STAGES = ("read", "segment", "facts", "extract", "rows", "audit")
NOISE = 0.02
"""Seconds below which a stage says nothing of its growth."""
ENOUGH = 20.0
"""Seconds after which a kind is not tried with more text."""
Result = TypeVar("Result")


@dataclass(slots=True)
class Run:
    """One text through all stages.

    Example: ``timed("digits", 10_000).seconds["extract"]``
    """

    size: int
    seconds: dict[str, float] = field(default_factory=dict)
    mentions: int = 0

    @property
    def total(self) -> float:
        """Seconds of all stages."""
        return sum(self.seconds.values())

    def stage(self, name: str, function: Callable[..., Result], *args: object) -> Result:
        """What a function gives, its time noted."""
        began = time.process_time()
        try:
            return function(*args)
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - began


@cache
def engine() -> Engine:
    """The engine of an ingestion."""
    return open_engine(EngineSpec("rjieba", None, Limits()))


def timed(kind: str, size: int) -> Run:
    """A kind of text, so many characters of it, through all stages."""
    name, make = KINDS[kind]
    data = make(size).encode("utf-8", "replace")
    run, does = Run(size), engine()
    # What the collector takes grows with all that the process holds, not with the text.
    gc.collect()
    gc.disable()
    try:
        document = run.stage("read", does.read, data, name)
        _rest(run, document, name, does)
    except RejectedFile:
        pass
    finally:
        gc.enable()
    return run


def _rest(run: Run, document: Document, name: str, does: Engine) -> None:
    text, tables = document.text, document.tables
    sentences = run.stage("segment", does.segment, text, tables)
    hints = Facts(title=document.title, issuer=document.issuer, published=document.published)
    facts = run.stage("facts", does.facts, text, name, sentences, hints)
    mentions = run.stage("extract", does.extract, text, sentences, facts, tables)
    said = run.stage("rows", sentence_rows, "0" * 16, text, sentences, does.tokenize)
    identity = {"doc_id": "0" * 16, "source_path": name, "sha256": "", "bytes": len(text)}
    row = run.stage("rows", document_row, identity, document, facts)
    found = run.stage("rows", mention_rows, "0" * 16, sentences, said, mentions)
    run.stage("audit", does.audit, row, said, found)
    run.mentions = len(mentions)


def grown(kind: str, smallest: int, steps: int = 4) -> list[Run]:
    """A kind at n, 2n, 4n … characters, as far as that is done in time."""
    runs: list[Run] = []
    for step in range(steps):
        if runs and runs[-1].total > ENOUGH:
            break
        runs.append(timed(kind, smallest * 2**step))
    return runs


def exponent(runs: Sequence[Run], seconds: Callable[[Run], float] = lambda run: run.total) -> float:
    """The slope of time over size, both as logarithms; 0 where there is too little time to tell.

    Example: 1, 2, 4 and 8 seconds → 1.0; 1, 4, 16 and 64 → 2.0
    """
    points = [(math.log(run.size), math.log(seconds(run))) for run in runs if seconds(run) > NOISE]
    if len(points) < 2:
        return 0.0
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def worst_stage(runs: Sequence[Run]) -> tuple[str, float]:
    """The stage whose time grows fastest, of those that matter at the largest size."""
    weighty = [name for name in STAGES if runs[-1].seconds.get(name, 0.0) > max(NOISE, runs[-1].total / 10)]
    slopes = {name: exponent(runs, lambda run, name=name: run.seconds.get(name, 0.0)) for name in weighty}  # type: ignore[misc]
    name = max(slopes, key=lambda one: slopes[one], default="")
    return name, slopes.get(name, 0.0)


def row(kind: str, runs: Sequence[Run], speed: float) -> str:
    """A kind as a row of the table; ``speed`` is that of normal text, in characters a second."""
    last, (stage, slope) = runs[-1], worst_stage(runs)
    took = " ".join(f"{run.total:.2f}" for run in runs)
    times = last.total / last.size * speed
    return f"| {kind} | {runs[0].size} | {took} | {exponent(runs):.2f} | {stage} {slope:.2f} | {times:.1f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", help="all when none is given")
    parser.add_argument("--size", type=int, default=10_000, help="characters of the smallest text")
    given = parser.parse_args()
    timed("normal report", 5_000)
    normal = timed("normal report", 8 * given.size)
    speed = normal.size / normal.total
    print(f"normal report: {speed:.0f} characters a second\n")
    print("| kind | n | s at n … 8n | exponent | fastest growing stage | times as slow as normal |")
    print("|---|--:|---|--:|---|--:|")
    for kind in given.kinds or KINDS:
        print(row(kind, grown(kind, given.size), speed), flush=True)


if __name__ == "__main__":
    main()
