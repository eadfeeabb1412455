"""A night in which one report of many was changed."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

from tests.bench.corpus import stretch, written
from tests.bench.setting import SHORT, Figures, Setting
from tests.bench.whole import YARDSTICK, ingested
from tests.bench.yardstick import Spent, beside, middle
from tests.scale import path_of, varied


def measure(setting: Setting) -> Figures:
    """Seconds of an ingestion that finds one changed report, from the first import of zhibiao on.

    Example: ``measure(setting)["night.seconds"]`` → 2.4
    """
    folder = written(setting.folder("night"), setting.corpus.pieces(setting.documents, SHORT))
    out = setting.work / "tables"
    ingested(folder, out, 2, "new", setting.documents)
    yard = stretch(setting.corpus, YARDSTICK)
    texts = [text for _, text in yard.reports]
    nights = [beside(texts, partial(_changed, folder, out, setting.documents, at))[0] for at in range(1, 4)]
    return {
        "night.documents": float(setting.documents),
        "night.seconds": middle(night.it.wall for night in nights),
        "night.units": middle(night.units() for night in nights),
    }


def _changed(folder: Path, out: Path, count: int, at: int) -> tuple[Spent, None]:
    """Change one document, far from the one before, and ingest."""
    path = folder / path_of(count * at // 4)
    path.write_text(varied(path.read_text(encoding="utf-8"), random.Random(f"night {at}")), encoding="utf-8")
    return ingested(folder, out, 1, "changed", 1)[0], None
