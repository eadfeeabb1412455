"""A night reads what is new or changed, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.ingest import Summary, process, versions
from pipeline.sources import SourceError
from pipeline.store import current, read_table, snapshots
from pipeline.store.part_files import note_damage

Run = Callable[..., Summary]


def counts(summary: Summary) -> tuple[int, int, int, int]:
    """New, changed, unchanged, gone."""
    return summary.new, summary.changed, summary.unchanged, summary.gone


def table(out: Path, name: str) -> list[dict[str, Any]]:
    """Rows of a table in force."""
    snapshot = current(out)
    assert snapshot is not None
    rows: list[dict[str, Any]] = read_table(snapshot, name).to_pylist()
    return rows


def touch(path: Path, by: int = 10**9) -> None:
    """Another time of change."""
    state = path.stat()
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + by))


def test_the_first_run_reads_everything(run: Run, spy: Any, out: Path) -> None:
    summary = run()
    assert counts(summary) == (3, 0, 0, 0)
    assert sorted(spy.read) == ["临溪市 公报.txt", "云川县/上半年.txt", "云川县/全年.txt"]
    assert [row["source_path"] for row in table(out, "documents")] == sorted(spy.read)
    assert summary.mentions == len(table(out, "mentions")) > 0


def test_the_second_run_does_nothing_and_says_so(run: Run, spy: Any, out: Path) -> None:
    first = run()
    spy.read.clear()
    second = run()
    assert not spy.read
    assert (second.published, second.snapshot.name) == (False, first.snapshot.name)
    assert second.lines()[0] == "nothing changed: 3 documents"
    assert second.mentions == first.mentions
    assert len(snapshots(out)) == 1


def test_a_changed_file_is_read_and_no_other(run: Run, spy: Any, corpus: Path, out: Path) -> None:
    run()
    before = {row["mention_id"] for row in table(out, "mentions")}
    spy.read.clear()
    path = corpus / "云川县" / "全年.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("\n\n", "\n\n全年罚款1200元。\n\n"), encoding="utf-8")
    assert counts(run()) == (0, 1, 2, 0)
    assert spy.read == ["云川县/全年.txt"]
    after = {row["mention_id"] for row in table(out, "mentions")}
    assert before < after
    assert len(after - before) == 1


def test_an_unchanged_file_is_not_even_opened(run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    (corpus / "新.txt").write_text("全年罚款1200元。", encoding="utf-8")
    opened: list[str] = []
    read_file = process.read_file

    def watched(path: Path, state: Any) -> bytes | None:
        opened.append(path.name)
        return read_file(path, state)

    monkeypatch.setattr(process, "read_file", watched)
    run()
    assert opened == ["新.txt"]


def test_a_touched_file_is_hashed_but_not_extracted(run: Run, spy: Any, corpus: Path, out: Path) -> None:
    run()
    spy.read.clear()
    touch(corpus / "云川县" / "全年.txt")
    assert not run().published
    assert not spy.read
    assert len(snapshots(out)) == 1


def test_a_touched_file_is_hashed_once(run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    touch(corpus / "云川县" / "全年.txt")
    run()
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    assert not run().published


def test_a_touched_file_keeps_its_rows_when_another_changes(run: Run, corpus: Path, out: Path) -> None:
    run()
    before = table(out, "mentions")
    touch(corpus / "云川县" / "全年.txt")
    (corpus / "新.txt").write_text("新罚款1200元。", encoding="utf-8")
    assert counts(run()) == (1, 0, 3, 0)
    assert {row["mention_id"] for row in before} < {row["mention_id"] for row in table(out, "mentions")}


def test_a_file_that_is_gone_leaves(run: Run, spy: Any, corpus: Path, out: Path) -> None:
    run()
    spy.read.clear()
    (corpus / "临溪市 公报.txt").unlink()
    assert counts(run()) == (0, 0, 2, 1)
    assert not spy.read
    ids = {row["doc_id"] for row in table(out, "documents")}
    for name in ("sentences", "mentions"):
        assert {row["doc_id"] for row in table(out, name)} == ids


def test_new_code_or_lexicons_make_everything_stale(
    run: Run, spy: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run()
    monkeypatch.setattr(versions, "engine_version", lambda: "9.9")
    assert counts(run()) == (0, 3, 0, 0)
    overlay = tmp_path / "词典"
    overlay.mkdir()
    (overlay / "units.toml").write_text("", encoding="utf-8")
    assert counts(run(lexicons=overlay)) == (0, 3, 0, 0)
    assert counts(run(lexicons=overlay, segmenter="jieba")) == (0, 3, 0, 0)
    assert not run(lexicons=overlay, segmenter="jieba").published


def test_another_corpus_of_the_same_names_is_read(run: Run, spy: Any, corpus: Path, out: Path) -> None:
    run()
    spy.read.clear()
    state = (corpus / "云川县" / "全年.txt").stat()
    moved = corpus.rename(corpus.with_name("旧报告"))
    corpus.mkdir()
    for path in moved.rglob("*.txt"):
        copy = corpus / path.relative_to(moved)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes().replace(b"3.2", b"4.2"))
        os.utime(copy, ns=(state.st_atime_ns, path.stat().st_mtime_ns))
    moved.rename(out.with_name("另处"))
    from pipeline.ingest import ingest
    from pipeline.settings import load_settings

    summary = ingest(out.with_name("另处"), out, load_settings())
    assert not summary.published
    assert counts(ingest(corpus, out, load_settings())) == (0, 1, 2, 0)


def test_a_snapshot_without_its_files_is_made_again(run: Run, out: Path) -> None:
    run()
    next((out / "current" / "mentions").iterdir()).unlink()
    assert counts(run()) == (0, 3, 0, 0)
    assert table(out, "mentions")
    (out / "current" / "_manifest.parquet").unlink()
    assert counts(run()) == (3, 0, 0, 0)
    assert len(table(out, "runs")) == 3


def test_runs_are_remembered_and_old_snapshots_pruned(run: Run, corpus: Path, out: Path) -> None:
    for number in range(4):
        (corpus / f"{number}.txt").write_text(f"全年罚款{number}元。", encoding="utf-8")
        run(keep_snapshots=2)
    assert len(snapshots(out)) == 2
    rows = table(out, "runs")
    assert [row["documents"] for row in rows] == [4, 5, 6, 7]
    assert [row["new"] for row in rows] == [4, 1, 1, 1]
    assert rows[-1]["run_id"] == snapshots(out)[-1].name


def test_a_corpus_that_is_empty_one_night_keeps_the_tables(run: Run, corpus: Path, out: Path) -> None:
    run()
    away = corpus.rename(corpus.with_name("ausgehängt"))
    corpus.mkdir()
    with pytest.raises(SourceError, match=r"报告 has no files, but the tables have 3 documents; .* --allow-empty"):
        run()
    (corpus / "归档.zip").write_bytes(b"PK\x03\x04")
    with pytest.raises(SourceError, match=r"has no files to be read \(归档.zip: .*\), but the tables"):
        run()
    assert len(table(out, "documents")) == 3
    note_damage(snapshots(out)[-1], ["mentions/part-0.parquet"])
    with pytest.raises(SourceError, match="but the tables have 3 documents"):
        run()
    assert counts(run(allow_empty=True))[3] == 3
    (corpus / "归档.zip").unlink()
    assert run().published, "there is nothing to lose any more"
    corpus.rmdir()
    with pytest.raises(UsageError, match="does not exist"):
        run()
    away.rename(corpus)
    assert run().new == 3
