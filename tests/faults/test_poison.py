"""A document that ends its worker every time it is opened: a reject; all others keep their rows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.store import read_table, required
from tests.faults.night import Night, run
from tests.faults.poison import poisoned
from tests.faults.processes import needs_proc

pytestmark = [pytest.mark.slow, needs_proc]


@pytest.mark.parametrize("count", [1, 3])
def test_poison(night: Night, tmp_path: Path, count: int) -> None:
    out, corpus = night.again(tmp_path / "输出"), tmp_path / "报告"
    shutil.copytree(night.corpus, corpus)
    for number in range(count):
        (corpus / f"毒{number}.txt").write_text("全年罚款1200元。", encoding="utf-8")
    code, said = run(corpus, out, env=poisoned(tmp_path / "path"))
    assert code == 0, said
    found = read_table(required(out), "rejects").to_pylist()
    crashed = [row["source_path"] for row in found if row["reason"] == "crashed"]
    assert crashed == [f"毒{number}.txt" for number in range(count)]
    assert run(night.corpus, night.again())[0] == 0
    sound = read_table(required(night.out), "documents")["source_path"].to_pylist()
    assert read_table(required(out), "documents")["source_path"].to_pylist() == sound
