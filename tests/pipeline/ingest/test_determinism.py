"""The tables do not depend on workers, shards, the order of files or the clock; only ``runs`` knows the time."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import Summary, groups, ingest
from pipeline.settings import load_settings
from pipeline.store import current
from pipeline.tables import GROUPED, SCHEMAS

Run = Callable[..., Summary]
ROOT = Path(__file__).parents[3]


def contents(out: Path) -> dict[str, bytes]:
    """Every file of every table in force but ``runs``."""
    snapshot = current(out)
    assert snapshot is not None
    files = sorted(path for name in SCHEMAS if name != "runs" for path in (snapshot / name).iterdir())
    return {path.relative_to(snapshot).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def many(corpus: Path) -> Path:
    """Forty reports, some with the same bytes."""
    for number in range(37):
        text = f"云川县2024年工作总结\n\n全年完成投资{number % 30}.5亿元，其中财政投资{number % 30}万元。"
        (corpus / f"{number:02d}.txt").write_text(text, encoding="utf-8")
    return corpus


@pytest.fixture
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups of a few documents."""
    monkeypatch.setattr(groups.ends_group, "__defaults__", (3, 4))


@pytest.mark.parametrize("shard_size", [1, 7, 1000])
def test_shard_sizes(many: Path, tmp_path: Path, shard_size: int) -> None:
    ingest(many, tmp_path / "a", load_settings(workers=1))
    ingest(many, tmp_path / "b", load_settings(workers=1, shard_size=shard_size))
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_workers(many: Path, tmp_path: Path) -> None:
    ingest(many, tmp_path / "a", load_settings(workers=1))
    ingest(many, tmp_path / "b", load_settings(workers=2, shard_size=5))
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_file_order(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(many, tmp_path / "a", load_settings())
    from pipeline.sources import folder

    wanted, chance = folder.entries_of, random.Random(3)
    monkeypatch.setattr(folder, "entries_of", lambda *args: chance.sample(found := wanted(*args), len(found)))
    ingest(many, tmp_path / "b", load_settings(shard_size=3))
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., dict[str, bytes]]:
    """The tables of the sample, read by the command in a process of its own."""

    def tables(*options: str, **environment: str) -> dict[str, bytes]:
        out = tmp_path_factory.mktemp("out")
        command = [sys.executable, "-m", "pipeline.cli", "ingest", "corpus/sample", "--out", str(out), "--no-prefect"]
        known = {"PATH": os.environ["PATH"], "HOME": str(out), "PYTHONPATH": str(ROOT)}
        subprocess.run([*command, *options], cwd=ROOT, env=known | environment, check=True, capture_output=True)
        return contents(out)

    return tables


@pytest.fixture(scope="module")
def plainly(elsewhere: Callable[..., dict[str, bytes]]) -> dict[str, bytes]:
    """Those of one worker, in the time of Greenwich."""
    return elsewhere("--workers", "1", TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="0")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("workers", "environment"),
    [
        ("2", {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1"}),
        ("4", {"TZ": "America/New_York", "PYTHONHASHSEED": "2", "ZHIBIAO_SHARD_SIZE": "2"}),
        ("1", {"LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "3"}),
    ],
)
def test_machines(
    elsewhere: Callable[..., dict[str, bytes]],
    plainly: dict[str, bytes],
    workers: str,
    environment: dict[str, str],
) -> None:
    """Neither the time zone nor the language of a machine plays a part, nor how Python orders sets."""
    assert len(plainly) >= 8
    assert elsewhere("--workers", workers, **environment) == plainly


@pytest.mark.usefixtures("small_groups")
def test_the_way_to_a_corpus(many: Path, tmp_path: Path) -> None:
    """In one night or in several, with files that come, change, go and come again: the same bytes."""
    ingest(many, tmp_path / "a", load_settings())
    nights = tmp_path / "夜"
    shutil.copytree(many, nights)
    for number in range(5, 20):
        (nights / f"{number:02d}.txt").unlink()
    (nights / "03.txt").write_text("全年罚款1200元。", encoding="utf-8")
    (nights / "旧.txt").write_text("全年罚款1300元。", encoding="utf-8")
    ingest(nights, tmp_path / "b", load_settings())
    (nights / "旧.txt").unlink()
    ingest(nights, tmp_path / "b", load_settings(shard_size=2))
    for path in many.rglob("*.txt"):
        shutil.copyfile(path, nights / path.relative_to(many))
    ingest(nights, tmp_path / "b", load_settings())
    assert len(list((tmp_path / "b" / "current" / "mentions").iterdir())) > 2
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


@pytest.mark.usefixtures("small_groups")
def test_parts_that_did_not_change_are_carried_over(many: Path, tmp_path: Path) -> None:
    first = ingest(many, tmp_path / "a", load_settings()).snapshot
    (many / "36.txt").write_text("全年罚款1200元。", encoding="utf-8")
    second = ingest(many, tmp_path / "a", load_settings()).snapshot
    for name in GROUPED:
        inodes = [{path.stat().st_ino for path in (one / name).glob("part-*")} for one in (first, second)]
        assert len(inodes[0] & inodes[1]) >= len(inodes[0]) - 2


@pytest.mark.usefixtures("small_groups")
def test_without_hard_links_parts_are_copied(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    ingest(many, tmp_path / "a", load_settings())
    (many / "36.txt").unlink()
    ingest(many, tmp_path / "a", load_settings())
    ingest(many, tmp_path / "b", load_settings())
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_duplicates_name_the_first_by_path(run: Run, corpus: Path, out: Path) -> None:
    import pandas as pd

    copied = (corpus / "云川县" / "全年.txt").read_bytes()
    (corpus / "云川县" / "全年（副本）.txt").write_bytes(copied)
    run()
    documents = pd.read_parquet(out / "current" / "documents").set_index("source_path")
    first = documents.loc["云川县/全年.txt"]
    assert documents.loc["云川县/全年（副本）.txt"].duplicate_of == first.doc_id
    assert documents.duplicate_of.notna().sum() == 1
    (corpus / "A.txt").write_bytes(copied)
    run()
    documents = pd.read_parquet(out / "current" / "documents").set_index("source_path")
    assert (
        documents.loc[["云川县/全年.txt", "云川县/全年（副本）.txt"]].duplicate_of == documents.loc["A.txt"].doc_id
    ).all()
    (corpus / "A.txt").unlink()
    run()
    documents = pd.read_parquet(out / "current" / "documents").set_index("source_path")
    assert documents.duplicate_of.notna().sum() == 1
