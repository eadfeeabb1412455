"""Damage is found and named; a snapshot that is not whole is not published; a damaged one gives no rows to the next."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.errors import StoreError
from pipeline.ingest import Summary, groups, ingest, publish
from pipeline.ingest.versions import engine_version
from pipeline.settings import load_settings
from pipeline.store import read_manifest, read_table, required, snapshots, table_of, verified, write_part
from pipeline.store.files import BETWEEN_PART, ONLY_PART, read_part
from pipeline.store.manifest import stored_manifest, write_manifest
from pipeline.store.part_files import measured, note_damage
from pipeline.tables import GROUPED, SCHEMAS

REPORT = (
    "云川县2024年工作总结\n\n全年完成投资{0}.5亿元，同比增长5.6%。\n"
    "全县活产数1189人，早孕建册数1058例，早孕建册率93.6%。"
)
NAMES = [f"{name}/{ONLY_PART}" for name in (*SCHEMAS, "_keys")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with twelve small reports and their tables."""
    folder = tmp_path_factory.mktemp("快照")
    (folder / "报告").mkdir()
    for number in range(12):
        (folder / "报告" / f"{number:02d}.txt").write_text(REPORT.format(number), encoding="utf-8")
    ingest(folder / "报告", folder / "输出", load_settings())
    return folder


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    """A copy of the tables."""
    shutil.copytree(made / "输出", tmp_path / "输出", symlinks=True)
    return tmp_path / "输出"


@pytest.fixture
def corpus(made: Path, tmp_path: Path) -> Path:
    """A copy of the reports."""
    shutil.copytree(made / "报告", tmp_path / "报告")
    return tmp_path / "报告"


@pytest.fixture
def parted(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Their tables in parts of three documents."""
    monkeypatch.setattr(groups.ends_group, "__defaults__", (3, 1))
    ingest(corpus, tmp_path / "b", load_settings())
    return tmp_path / "b"


@pytest.fixture
def run(corpus: Path, out: Path) -> Callable[..., Summary]:
    """Ingests them again."""
    return lambda **given: ingest(corpus, out, load_settings(**given))


def problems(snapshot: Path, **given: Any) -> dict[str, str]:
    """What is wrong with a snapshot, by part."""
    return dict(verified(snapshot, engine=engine_version(), **given))


def flip(path: Path) -> None:
    """Turn a bit in the middle of a file's first column."""
    data = bytearray(path.read_bytes())
    about = pq.read_metadata(path)
    column = about.row_group(0).column(0) if about.num_rows else None
    start = (column.dictionary_page_offset or column.data_page_offset) if column else 0
    data[start + (column.total_compressed_size if column else len(data)) // 2] ^= 4
    path.write_bytes(data)


def rewrite(snapshot: Path, name: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Write a table with its last row changed, and a manifest that agrees with it."""
    rows = read_part(snapshot / name / ONLY_PART).to_pylist()
    change(rows[-1])
    write_part(snapshot, name, table_of(name, rows))
    agree(snapshot)


def agree(snapshot: Path) -> None:
    """Let the manifest say what the files are now."""
    manifest = stored_manifest(snapshot)
    assert manifest is not None
    write_manifest(snapshot, replace(manifest, files=measured(snapshot, {})))


def test_a_whole_one_is_whole(out: Path) -> None:
    assert problems(required(out)) == {}
    assert problems(required(out), deep=False) == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_damage_is_named(out: Path, name: str) -> None:
    path = required(out) / name
    whole = path.read_bytes()
    flip(path)
    assert list(problems(required(out))) == [name]
    path.write_bytes(whole[:-1])
    assert problems(required(out), deep=False) == {name: f"{len(whole) - 1} bytes, {len(whole)} were written"}
    path.write_bytes(b"x" * len(whole))
    assert "cannot be read" in problems(required(out), deep=False)[name]
    path.unlink()
    assert problems(required(out), deep=False) == {name: "is missing"}
    path.write_bytes(whole)
    assert problems(required(out)) == {}


def test_two_parts_swapped(parted: Path) -> None:
    snapshot = required(parted)
    one, other = sorted((snapshot / "mentions").glob("part-*"))[:2]
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    assert set(problems(snapshot)) == {f"mentions/{one.name}", f"mentions/{other.name}"}


def test_a_part_that_is_not_of_the_snapshot(out: Path) -> None:
    (required(out) / "mentions" / "part-1.parquet").write_bytes((required(out) / "mentions" / ONLY_PART).read_bytes())
    assert problems(required(out), deep=False) == {"mentions/part-1.parquet": "is not of this snapshot"}


def test_without_a_manifest(out: Path) -> None:
    path = required(out) / "_manifest.parquet"
    os.truncate(path, path.stat().st_size - 1)
    assert read_manifest(required(out)) is None
    assert list(problems(required(out))) == ["_manifest.parquet"]


@pytest.mark.parametrize(
    ("name", "changed", "said"),
    [
        ("mentions", {"sentence_id": "0" * 16}, "sentence_id 0000000000000000 is nowhere (1 rows)"),
        ("mentions", {"part_of": "0" * 16}, "mentions: part_of 0000000000000000 is nowhere"),
        ("mentions", {"doc_id": "0" * 16}, "mentions: doc_id 0000000000000000 is nowhere"),
        ("sentences", {"sentence_id": "0" * 16}, "mentions: sentence_id"),
        ("relations", {"mention_ids": ["0" * 16]}, "relations: mention_id 0000000000000000 is nowhere"),
        ("findings", {"mention_ids": ["0" * 16]}, "findings: mention_id 0000000000000000 is nowhere"),
        ("findings", {"relation_id": "0" * 16}, "findings: relation_id 0000000000000000 is nowhere"),
        ("documents", {"doc_id": "0" * 16}, "documents: its 12 documents are not the 12 that were read"),
        ("mentions", {"char_end": 100_000}, "mentions: mention_id"),
        ("mentions", {"text": "九亿元"}, "does not stand where it says (1 rows)"),
        ("sentences", {"char_end": -1}, "sentences: sentence_id"),
    ],
)
def test_rows_that_do_not_belong_together(out: Path, name: str, changed: dict[str, Any], said: str) -> None:
    rewrite(required(out), name, lambda row: row.update(changed))
    found = [f"{part.partition('/')[0]}: {wrong}" for part, wrong in verified(required(out), engine=engine_version())]
    assert any(said in one for one in found), found


def test_ids_that_are_there_twice(out: Path) -> None:
    again = read_part(required(out) / "mentions" / ONLY_PART)["mention_id"][1].as_py()
    rewrite(required(out), "mentions", lambda row: row.update(mention_id=again))
    assert f"mention_id {again} is there more than once (1 such)" in [
        wrong for _, wrong in verified(required(out), engine=engine_version())
    ]


def test_figures_that_findings_between_reports_name(out: Path) -> None:
    snapshot = required(out)
    row = read_part(snapshot / "findings" / ONLY_PART).to_pylist()[0]
    write_part(snapshot, "findings", table_of("findings", [{**row, "mention_ids": ["0" * 16]}]), BETWEEN_PART)
    agree(snapshot)
    assert problems(snapshot) == {f"findings/{BETWEEN_PART}": "mention_id 0000000000000000 is nowhere (1 such)"}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("documents", "documents/part-0.parquet: its 11 documents are not the 13 that were read"),
        ("sentences", "mentions/part-0.parquet: sentence_id"),
        ("mentions", "relations/part-0.parquet: mention_id"),
    ],
)
def test_a_snapshot_that_lost_rows_is_not_published(
    run: Any, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch, table: str, said: str
) -> None:
    (corpus / "新.txt").write_text(REPORT.format(7), encoding="utf-8")
    wanted = publish.write_between

    def losing(folder: Path, *given: Any) -> Any:
        result = wanted(folder, *given)
        write_part(folder, table, read_part(folder / table / ONLY_PART).slice(2))
        return result

    monkeypatch.setattr(publish, "write_between", losing)
    before = required(out)
    with pytest.raises(StoreError, match="nothing was published: ") as error:
        run()
    assert said in error.value.message
    assert error.value.exit_code == 3
    assert required(out) == before
    assert snapshots(out) == [before]


def test_a_table_that_was_not_written_or_has_other_columns(
    run: Any, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "新.txt").write_text(REPORT.format(7), encoding="utf-8")
    monkeypatch.setattr(publish, "write_revisions", lambda *given: None)
    with pytest.raises(StoreError, match=r"findings/revisions.parquet: was not written"):
        run()
    monkeypatch.undo()
    wanted = publish.write_between

    def narrow(folder: Path, *given: Any) -> Any:
        result = wanted(folder, *given)
        path = folder / "sentences" / ONLY_PART
        pq.write_table(read_part(path).drop_columns("tokens"), path)
        return result

    monkeypatch.setattr(publish, "write_between", narrow)
    with pytest.raises(StoreError, match=r"sentences/part-0.parquet: has other columns than the table sentences"):
        run()
    assert len(snapshots(out)) == 1


class TestTheNextRun:
    def test_takes_nothing_from_a_part_cut_off(self, corpus: Path, parted: Path) -> None:
        """Only the documents of that part are read again."""
        out, snapshot = parted, required(parted)
        tables = {name: read_table(snapshot, name) for name in GROUPED}
        path = sorted((snapshot / "mentions").glob("part-*"))[1]
        lost = read_part(snapshot / "documents" / path.name).num_rows
        os.truncate(path, path.stat().st_size - 1)
        summary = ingest(corpus, out, load_settings())
        assert (summary.changed, summary.unchanged) == (lost, 12 - lost)
        assert {name: read_table(summary.snapshot, name) for name in GROUPED} == tables
        assert problems(summary.snapshot) == {}

    def test_finds_out_when_it_reads_rows(self, run: Any, corpus: Path, out: Path) -> None:
        """A bit turned in a part of which rows are needed ends the run; the next one reads the documents again."""
        flip(required(out) / "mentions" / ONLY_PART)
        assert not run().published
        (corpus / "新.txt").write_text(REPORT.format(7), encoding="utf-8")
        with pytest.raises(StoreError, match=r"mentions/part-0.parquet cannot be read"):
            run()
        assert run().documents == 13
        assert problems(required(out)) == {}

    @pytest.mark.parametrize("name", ["rejects/part-0.parquet", f"findings/{BETWEEN_PART}", "runs/part-0.parquet"])
    def test_makes_the_other_tables_anew(self, run: Any, out: Path, name: str) -> None:
        (required(out) / name).unlink()
        summary = run()
        assert (summary.published, summary.unchanged) == (True, 12)
        assert problems(required(out)) == {}

    def test_takes_nothing_from_what_was_found_damaged(self, run: Any, out: Path) -> None:
        flip(required(out) / "sentences" / ONLY_PART)
        note_damage(required(out), problems(required(out)))
        assert run().changed == 12
        assert problems(required(out)) == {}

    @pytest.mark.parametrize("name", ["findings", "mentions"])
    def test_a_part_cut_off_stops_no_run(self, corpus: Path, parted: Path, name: str) -> None:
        path = sorted((required(parted) / name).glob("part-*"))[1]
        os.truncate(path, path.stat().st_size // 2)
        summary = ingest(corpus, parted, load_settings())
        assert (summary.published, problems(summary.snapshot)) == (True, {})

    @pytest.mark.parametrize("name", ["findings", "mentions", "documents"])
    def test_a_bit_turned_in_a_part_carried_over_costs_one_run(self, corpus: Path, parted: Path, name: str) -> None:
        flip(sorted((required(parted) / name).glob("part-*"))[0])
        (corpus / "11.txt").unlink()
        with pytest.raises(StoreError, match=rf"{name}/part-.* cannot be read"):
            ingest(corpus, parted, load_settings())
        assert problems(ingest(corpus, parted, load_settings()).snapshot) == {}

    def test_hashes_of_parts_carried_over_are_those_written(self, corpus: Path, parted: Path, monkeypatch: Any) -> None:
        """Copied where there are no links: damage done before must not become what was written."""
        carried = sorted((required(parted) / "sentences").glob("part-*"))[0]
        flip(carried)

        def refuse(*_: Any) -> None:
            raise OSError(95, "Operation not supported")

        monkeypatch.setattr(os, "link", refuse)
        (corpus / "11.txt").unlink()
        new = ingest(corpus, parted, load_settings()).snapshot
        assert problems(new) == {f"sentences/{carried.name}": "other bytes than those written"}
