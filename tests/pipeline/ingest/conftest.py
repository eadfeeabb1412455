"""A small corpus, and an engine that counts what it is asked to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import Document
from pipeline.ingest import Summary, ingest, shard
from pipeline.ingest.model import EngineSpec
from pipeline.ingest.process import Engine, open_engine
from pipeline.settings import Settings, load_settings

REPORTS = {
    "云川县/上半年.txt": "云川县2024年上半年工作总结\n\n全县新建村卫生室12个，其中标准化卫生室8个。",
    "云川县/全年.txt": "云川县2024年工作总结\n\n全年完成投资3.2亿元，同比增长5.6%。",
    "临溪市 公报.txt": "临溪市2024年统计公报\n\n年末常住人口45.6万人。\n\n全年接待游客120余万人次。",
}


@dataclass
class Spy:
    """Counts the documents read; ``trouble`` is called with each text before it is segmented."""

    read: list[str] = field(default_factory=list)
    trouble: Callable[[str], None] = lambda text: None


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three small reports."""
    for name, text in REPORTS.items():
        path = tmp_path / "报告" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "报告"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the tables go; made by the run."""
    return tmp_path / "输出"


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Spy:
    """Watches the real engine, as far as it works in this process."""
    watching = Spy()

    def opened(spec: EngineSpec) -> Engine:
        engine = open_engine(spec)

        def read(data: bytes, name: str) -> Document:
            watching.read.append(name)
            document = engine.read(data, name)
            watching.trouble(document.text)
            return document

        return replace(engine, read=read)

    monkeypatch.setattr(shard, "open_engine", opened)
    return watching


@pytest.fixture
def run(corpus: Path, out: Path) -> Callable[..., Summary]:
    """Ingest the corpus into the output with some settings."""

    def ingested(**given: Any) -> Summary:
        settings: Settings = load_settings(**given)
        return ingest(corpus, out, settings)

    return ingested
