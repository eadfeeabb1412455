"""Tables are written while documents are still read, and are those of a run that waits for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ingest import Run, assemble, begin, finish, ingest, run_shard
from pipeline.ingest.publish import take
from pipeline.settings import Settings, load_settings
from pipeline.store.files import read_table
from pipeline.tables import GROUPED


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nine reports, two of them with the same bytes; stretches are of two."""
    monkeypatch.setattr(assemble, "STRETCH", 2)
    folder = tmp_path / "报告"
    folder.mkdir()
    for number in range(9):
        text = f"云川县2024年工作总结\n全年完成投资{number % 8}.5亿元。"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


def settings(corpus: Path, out: Path) -> Settings:
    """A shard a report, read in this process."""
    return load_settings(corpus=corpus, out=out, shard_size=1)


def waiting(run: Run) -> list[str]:
    """The reports whose rows wait in the files of their shards."""
    return sorted(path.stem.removeprefix("mentions-") for path in run.job.work.glob("mentions-*.arrow"))


def test_what_was_written_waits_no_more(reports: Path, tmp_path: Path) -> None:
    with begin(settings(reports, tmp_path / "输出")) as run:
        left = []
        for shard in run.shards:
            take(run, run_shard(run.job, shard))
            left.append(len(waiting(run)))
        assert left == [1, 0, 1, 0, 1, 0, 1, 0, 1]


@pytest.mark.parametrize("order", [range(9), range(8, -1, -1), (4, 0, 8, 1, 2, 3, 7, 6, 5)], ids=str)
def test_in_whichever_order_shards_come_back(reports: Path, tmp_path: Path, order: list[int]) -> None:
    ingest(reports, tmp_path / "一次", load_settings())
    with begin(settings(reports, tmp_path / "输出")) as run:
        outcomes = []
        for at in order:
            found = run_shard(run.job, run.shards[at])
            take(run, found)
            outcomes += found
        finish(run, outcomes)
    for name in (*GROUPED, "_keys"):
        there = [(tmp_path / out / "current" / name / "part-0.parquet").read_bytes() for out in ("一次", "输出")]
        assert there[0] == there[1]
    documents = read_table(tmp_path / "输出" / "current", "documents", ["duplicate_of"])
    assert documents["duplicate_of"].null_count == 8


def test_nothing_is_written_where_nothing_changed(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(reports, tmp_path / "输出", load_settings())
    taken: list[object] = []
    monkeypatch.setattr(assemble.Assembly, "take", lambda *args: taken.append(args))
    (reports / "3.txt").touch()
    assert not ingest(reports, tmp_path / "输出", load_settings()).published
    assert not taken
