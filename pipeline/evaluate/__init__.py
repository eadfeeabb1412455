"""Scores what was found against annotated documents, by the rules of docs/how-to/evaluate.md.

Example: ``evaluate(Path("金标"), Path("outputs")).total.figures()["tuple"]``
"""

from __future__ import annotations

from pathlib import Path

from pipeline.evaluate.gold import load_gold
from pipeline.evaluate.label_studio import SUFFIX, load_annotations
from pipeline.evaluate.scores import Evaluation, score
from pipeline.evaluate.tables import load_predictions

__all__ = ["Evaluation", "evaluate"]


def evaluate(gold: Path, out: Path) -> Evaluation:
    """Score the tables of an output folder against a folder of gold files, or an export of Label Studio (.json).

    UsageError for gold that cannot be read, StoreError for tables that are missing.

    Example: ``evaluate(Path("金标"), Path("outputs")).by_rule``
    """
    documents = load_annotations(gold) if gold.suffix == SUFFIX else load_gold(gold)
    return score(documents, load_predictions(out))
