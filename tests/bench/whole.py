"""Whole ingestions as users run them: one worker, without Prefect, to the published tables."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import time
from pathlib import Path

from pipeline.store import current, required
from tests.bench.child import fresh_with_peaks
from tests.bench.corpus import ROOT, Corpus, stretch
from tests.bench.memory import Peaks
from tests.bench.setting import Figures, Setting
from tests.bench.yardstick import Beside, Spent, beside, middle

YARDSTICK = 400_000
"""Characters that are enough for the yardstick between long measurements."""


def measure_whole(setting: Setting) -> Figures:
    """Characters a second of a whole ingestion with one worker, and the ratio to jieba.cut over the same text.

    Example: ``measure_whole(setting)["whole.ratio"]`` → 1.1
    """
    corpus = setting.corpus
    folder = corpus.write(setting.folder("whole"))
    runs = [_beside(corpus, folder, setting)[0] for _ in range(setting.rounds)]
    return {
        "whole.speed": corpus.characters / middle(run.it.wall for run in runs),
        "whole.ratio": middle(run.ratio() for run in runs),
        "whole.processor_ratio": middle(run.processor_ratio() for run in runs),
    }


def measure_growth(setting: Setting) -> Figures:
    """Processor time and memory at 1, 2, 4, 8, 16 times the documents; time is 1 for the first.

    The two smallest are measured three times and the median taken, as a little load tells most there.

    Example: ``measure_growth(setting)["growth.16"]`` → 16.2
    """
    yard = stretch(setting.corpus, YARDSTICK)
    units, peaks = {}, {}
    for factor in setting.factors:
        folder = setting.base.times(factor).write(setting.folder(f"growth-{factor}"))
        runs = [_beside(yard, folder, setting) for _ in range(setting.rounds if factor <= 2 else 1)]
        units[factor] = middle(run.units() for run, _ in runs)
        peaks[factor] = Peaks(*(max(getattr(found, name) for _, found in runs) for name in ("main", "worker")))
        shutil.rmtree(folder)
    return growth(units) | memory(peaks)


def growth(units: dict[int, float]) -> Figures:
    """How many times as long as the first it takes.

    Example: ``growth({1: 2.0, 16: 32.0})`` → ``{"growth.1": 1.0, "growth.16": 16.0}``
    """
    first = units[min(units)]
    return {f"growth.{factor}": one / first for factor, one in units.items()}


def memory(peaks: dict[int, Peaks]) -> Figures:
    """The peaks of the run itself and of its worker at each size, in megabytes.

    Example: ``memory({1: Peaks(300, 200)})["memory.worker.1"]`` → 200
    """
    return {
        f"memory.{kind}.{factor}": getattr(found, kind)
        for factor, found in peaks.items()
        for kind in ("main", "worker")
    }


def measure_workers(setting: Setting) -> Figures:
    """How many times as fast two workers are as one, by the clock, one after the other.

    Example: ``measure_workers(setting)["workers.ratio"]`` → 1.85
    """
    factor = 1 if setting.quick else 4
    folder = setting.base.times(factor).write(setting.folder("workers"))
    pairs = [(_anew(folder, setting, 1)[0], _anew(folder, setting, 2)[0]) for _ in range(setting.rounds)]
    return {"workers.ratio": middle(one.wall / two.wall for one, two in pairs)}


def _beside(yard: Corpus, folder: Path, setting: Setting) -> tuple[Beside, Peaks]:
    return beside((text for _, text in yard.reports), lambda: _anew(folder, setting, 1))


def _anew(folder: Path, setting: Setting, workers: int) -> tuple[Spent, Peaks]:
    out = setting.folder("out")
    shutil.rmtree(out)
    count = sum(path.is_file() for path in folder.rglob("*"))
    return ingested(folder, out, workers, "new", count, setting.code)


def ingested(corpus: Path, out: Path, workers: int, state: str, count: int, code: Path = ROOT) -> tuple[Spent, Peaks]:
    """What an ingestion in a fresh process takes, in which so many documents must be new, or changed.

    Example: ``ingested(folder, out, 1, "changed", 1)[0].wall``
    """
    done, peaks = fresh_with_peaks("tests.bench.whole:once", str(corpus), str(out), workers, code=code)
    if done[state] != count or done["rejected"]:
        raise SystemExit(f"tests.bench: {done[state]} documents were {state}, not {count}: {done}")
    return Spent(done["wall"], done["processor"]), peaks


def snapshot_of(setting: Setting) -> Path:
    """The tables of the reports, which are ingested when they are asked for first.

    Example: ``read_table(snapshot_of(setting), "mentions")``
    """
    out = setting.folder("tables-of-reports")
    if current(out) is None:
        ingested(setting.corpus.write(setting.folder("reports")), out, 2, "new", len(setting.corpus.reports))
    return required(out)


def once(corpus: str, out: str, workers: int) -> dict[str, float]:
    """An ingestion: ``wall`` and ``processor`` seconds (of all processes), and the counts of its summary.

    The clock begins with the first import of zhibiao: Python's own start is none of its doing.

    Example: ``once("报告", "输出", 1)["wall"]``
    """
    began = time.perf_counter()
    from pipeline.cli import main

    arguments = ["ingest", corpus, "--out", out, "--no-prefect", "--workers", str(workers), "--json"]
    with contextlib.redirect_stdout(io.StringIO()) as said:
        try:
            main(arguments)
        except SystemExit as ended:
            if ended.code:
                raise SystemExit(f"zhibiao ingest ended with {ended.code}: {said.getvalue()}") from None
    wall, processor = time.perf_counter() - began, time.process_time() + _of_children()
    told = json.loads(said.getvalue())
    counts = {name: float(told[name]) for name in ("new", "changed")}
    return {**counts, "rejected": float(sum(told["rejects"].values())), "wall": wall, "processor": processor}


def _of_children() -> float:
    """Processor seconds of the server that forks workers, and of the workers that ended."""
    import psutil

    times = [child.cpu_times() for child in psutil.Process().children()]
    return float(sum(one.user + one.system + one.children_user + one.children_system for one in times))
