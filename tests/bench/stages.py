"""The stages a document goes through: characters a second of each beside jieba.cut's over the same documents."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.ingest.model import EngineSpec, Reject, SourceFile
from pipeline.ingest.process import Engine, open_engine, process_bytes
from pipeline.ingest.rows import doc_id
from pipeline.readers.limits import Limits
from tests.bench.child import fresh
from tests.bench.setting import STAGES, Figures, Setting
from tests.bench.yardstick import cut, jieba, middle

FUNCTIONS = {name: name for name in ("read", "segment", "facts", "extract", "audit")} | {"tokenize": "tokens"}
"""Of an engine, with the stages they are."""


def measure(setting: Setting) -> Figures:
    """Seconds a million characters and speed of each stage, its share, and its ratio to jieba.cut.

    Example: ``measure(setting)["extract.ratio"]`` → 1.6
    """
    folder = setting.corpus.write(setting.folder("stages"))
    rounds = [fresh("tests.bench.stages:once", str(folder), code=setting.code) for _ in range(setting.rounds)]
    return figures(rounds, setting.corpus.characters)


def figures(rounds: list[dict[str, float]], characters: int) -> Figures:
    """The seconds of some rounds as speeds, shares and ratios; medians of them.

    Example: ``figures([{"read": 1.0, …, "jieba": 5.0}], 2_000_000)["read.ratio"]`` → 5.0
    """
    found: Figures = {"jieba.speed": characters / middle(one["jieba"] for one in rounds)}
    every = [{**one, "stages": sum(one[name] for name in STAGES)} for one in rounds]
    for name in (*STAGES, "stages"):
        found[f"{name}.speed"] = characters / max(middle(one[name] for one in every), 1e-9)
        found[f"{name}.ratio"] = middle(one["jieba"] / max(one[name], 1e-9) for one in every)
        found[f"{name}.share"] = middle(one[name] / one["stages"] for one in every)
    return found


def once(folder: str) -> dict[str, float]:
    """Processor seconds of each stage over the files of a folder, and of jieba.cut, document by document.

    Example: ``once("报告")["extract"]``
    """
    seconds: defaultdict[str, float] = defaultdict(float)
    engine = timed_engine(open_engine(EngineSpec("rjieba", None, Limits())), seconds)
    paths = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    jieba()
    _process(paths[0], engine)  # what is imported at the first use is not part of a stage
    seconds.clear()
    for at, path in enumerate(paths):
        if at % 2:
            seconds["jieba"] += cut([path.read_text(encoding="utf-8")]).processor
        began = time.process_time()
        _process(path, engine)
        seconds["all"] += time.process_time() - began
        if not at % 2:
            seconds["jieba"] += cut([path.read_text(encoding="utf-8")]).processor
    named = sum(seconds[name] for name in STAGES)
    return {**seconds, "rows": seconds["all"] - named}


def timed_engine(engine: Engine, seconds: dict[str, float]) -> Engine:
    """An engine that notes how long each of its functions takes; what is left of a document is making rows.

    Example: ``timed_engine(engine, seconds).read(data, "云川县.txt")``
    """
    timed: dict[str, Any] = {name: _timed(getattr(engine, name), stage, seconds) for name, stage in FUNCTIONS.items()}
    return replace(engine, **timed)


def _timed(function: Callable[..., Any], stage: str, seconds: dict[str, float]) -> Callable[..., Any]:
    clock = time.process_time

    def call(*arguments: Any) -> Any:
        began = clock()
        try:
            return function(*arguments)
        finally:
            seconds[stage] += clock() - began

    return call


def _process(path: Path, engine: Engine) -> None:
    data = path.read_bytes()
    done = process_bytes(SourceFile(path.name, path, doc_id(path.name), len(data), 0), data, engine)
    if isinstance(done, Reject):
        raise SystemExit(f"tests.bench: {path.name} was rejected: {done.message}")
