"""``zhibiao snapshots``: listed, compared, verified, removed, gone back to."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import StoreError, UsageError
from pipeline.ingest import ingest
from pipeline.settings import load_settings
from pipeline.store import overview, required, snapshots, verify
from pipeline.store.snapshot import remove

from .conftest import Call

TEXT = "云川县2024年工作总结\n\n全县活产数{0}人。\n全年完成投资3.2亿元。\n"
Said = Callable[..., str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two nights: a report comes, one goes, one is published again with another figure."""
    folder = tmp_path_factory.mktemp("两夜")
    corpus, out = folder / "报告", folder / "输出"
    corpus.mkdir()
    (corpus / "云川县.txt").write_text(TEXT.format(1189), encoding="utf-8")
    (corpus / "旧.txt").write_text("云川县2022年工作总结\n\n全年罚款3.8万元。\n", encoding="utf-8")
    ingest(corpus, out, load_settings())
    (corpus / "云川县.txt").write_text(TEXT.format(1198), encoding="utf-8")
    (corpus / "旧.txt").unlink()
    (corpus / "=新.txt").write_text("云川县2023年工作总结\n\n全年罚款3.9万元。\n", encoding="utf-8")
    ingest(corpus, out, load_settings())
    return folder


@pytest.fixture
def corpus(made: Path, tmp_path: Path) -> Path:
    """A copy of the reports."""
    shutil.copytree(made / "报告", tmp_path / "报告")
    return tmp_path / "报告"


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    """A copy of the tables."""
    shutil.copytree(made / "输出", tmp_path / "输出", symlinks=True)
    return tmp_path / "输出"


@pytest.fixture
def said(out: Path) -> Said:
    """What a command prints."""

    def called(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["snapshots", *arguments, "--out", str(out)])
        assert result.exit_code == code, result
        return result.stdout

    return called


def failed(*arguments: str) -> Exception:
    """How a command ends that cannot be done."""
    error = CliRunner().invoke(app, ["snapshots", *arguments]).exception
    assert isinstance(error, Exception)
    return error


def test_list(said: Said, out: Path) -> None:
    first, second = json.loads(said("list", "--json"))
    assert (first["name"], first["current"]) == (snapshots(out)[0].name, False)
    assert (second["documents"], second["mentions"], second["rejects"], second["current"]) == (2, 3, 0, True)
    assert second["own"] > 0
    shown = said("list")
    assert f"*   {second['name']}" in shown
    (snapshots(out)[0] / "_manifest.parquet").unlink()
    assert json.loads(said("list", "--json"))[0]["documents"] == -1


def test_what_snapshots_share_is_told_apart(out: Path, corpus: Path, monkeypatch: Any, said: Said) -> None:
    from pipeline.ingest import groups

    monkeypatch.setattr(groups.ends_group, "__defaults__", (1, 1))
    for text in ("全年罚款1200元。", "全年罚款1300元。"):
        (corpus / "三.txt").write_text(text, encoding="utf-8")
        ingest(corpus, out, load_settings())
    before, last = json.loads(said("list", "--json"))[-2:]
    assert last["shared"] == before["shared"] > 0
    files = [path for path in required(out).rglob("*") if path.is_file()]
    assert last["own"] + last["shared"] == sum(path.stat().st_size for path in files)


def test_diff_for_machines(said: Said) -> None:
    found = [json.loads(line) for line in said("diff", "--json").splitlines()]
    documents = {one["source_path"]: one["change"] for one in found if one["what"] == "document"}
    assert documents == {"=新.txt": "new", "云川县.txt": "changed", "旧.txt": "gone"}
    (changed,) = [one for one in found if (one["what"], one["change"]) == ("mention", "changed")]
    assert {
        "source_path": "云川县.txt", "indicator": "活产数", "entity": "云川县", "period": "2024", "before": "1189人",
        "after": "1198人", "value_before": 1189.0, "value_after": 1198.0, "unit": "人",
    }.items() <= changed.items()  # fmt: skip
    others = [(one["change"], one["source_path"]) for one in found if one["what"] == "mention" and one != changed]
    assert others == [("new", "=新.txt"), ("gone", "旧.txt")]
    assert [(one["change"], one["check"]) for one in found if one["what"] == "finding"] == [("new", "P20")]
    rows = list(csv.DictReader(io.StringIO(said("diff", "--csv"))))
    assert len(rows) == len(found)
    assert rows[0]["source_path"] == "'=新.txt"


def test_diff_for_people(said: Said, out: Path) -> None:
    shown = said("diff")
    assert "1189人" in shown
    assert "figures of documents that came or went: 1 new, 1 gone" in shown
    old, new = (path.name for path in snapshots(out))
    assert f"{old} → {new}" in shown
    assert f"{new} → {old}" in said("diff", new, old)
    assert "documents: 0 new, 0 gone, 0 changed" in said("diff", new, new)


def test_diff_reads_no_part_of_the_same_signature(said: Said, out: Path) -> None:
    for path in snapshots(out)[1].glob("*/part-*.parquet"):
        path.unlink()
    name = snapshots(out)[1].name
    assert said("diff", name, name, "--json") == ""


def test_diff_says_when_code_or_words_are_others(said: Said, out: Path, corpus: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "词典"
    overlay.mkdir()
    (overlay / "units.toml").write_text("", encoding="utf-8")
    ingest(corpus, out, load_settings(lexicons=overlay))
    shown = said("diff")
    assert "other code, lexicons or settings" in shown
    assert "figures: 0 new, 0 gone, 0 changed" in shown


def test_a_document_that_is_rejected_now_is_gone_and_says_why(said: Said, out: Path, corpus: Path) -> None:
    (corpus / "云川县.txt").write_bytes(b"")
    ingest(corpus, out, load_settings())
    found = [json.loads(line) for line in said("diff", "--json").splitlines()]
    (one,) = [one for one in found if one["what"] == "document"]
    assert (one["change"], one["source_path"], one["message"][:6]) == ("gone", "云川县.txt", "empty:")


def test_prune(said: Said, out: Path) -> None:
    old = snapshots(out)[0].name
    assert json.loads(said("prune", "--keep", "1", "--dry-run", "--json")) == {"removed": [], "would_remove": [old]}
    assert said("prune", "--older-than", "30d") == "removed: 0\n"
    assert json.loads(said("prune", "--older-than", "0d", "--dry-run", "--json"))["would_remove"] == [old]
    assert said("prune", "--older-than", "99999w") == "removed: 0\n"
    assert len(snapshots(out)) == 2
    aged = out / "snapshots" / "20200101T000000Z"
    snapshots(out)[0].rename(aged)
    assert said("prune", "--older-than", "4w").splitlines() == [aged.name, "removed: 1"]
    assert snapshots(out) == [required(out)]


def test_verify(said: Said, out: Path) -> None:
    assert said("verify").split() == [required(out).name, "whole"]
    assert len(json.loads(said("verify", "--all", "--json"))) == 2
    path = snapshots(out)[0] / "mentions" / "part-0.parquet"
    os.truncate(path, 100)
    assert "mentions/part-0.parquet: 100 bytes" in said("verify", "--all", code=3)
    assert said("verify", code=0)
    (one,) = json.loads(said("verify", snapshots(out)[0].name, "--json", code=3))
    assert (one["whole"], [wrong["part"] for wrong in one["problems"]]) == (False, ["mentions/part-0.parquet"])


def test_a_snapshot_that_a_run_removes_meanwhile_is_not_damaged(said: Said, out: Path, monkeypatch: Any) -> None:
    old, new = snapshots(out)
    every = verify.verified

    def slowly(snapshot: Path, *given: Any) -> Any:
        if snapshot.name == old.name:
            remove(old)
        return every(snapshot, *given)

    monkeypatch.setattr("pipeline.store.verified", slowly)
    assert said("verify", "--all").splitlines() == [f"{old.name}  removed meanwhile", f"{new.name}  whole"]


def test_a_snapshot_that_a_run_removes_meanwhile_is_not_listed(said: Said, out: Path, monkeypatch: Any) -> None:
    old, new = snapshots(out)
    read = overview.stored_manifest

    def slowly(snapshot: Path) -> Any:
        manifest = read(snapshot)
        if snapshot.name == old.name:
            shutil.rmtree(old / "mentions")
            remove(old)
        return manifest

    monkeypatch.setattr(overview, "stored_manifest", slowly)
    assert [one["name"] for one in json.loads(said("list", "--json"))] == [new.name]


def test_what_is_found_is_noted_until_it_is_whole_again(said: Said, out: Path) -> None:
    path = required(out) / "mentions" / "part-0.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[:200] + b"x" + whole[201:])
    assert "other bytes" in said("verify", code=3)
    assert "was found damaged" in said("verify", "--no-deep", code=3)
    path.write_bytes(whole)
    said("verify")
    assert "whole" in said("verify", "--no-deep")


def test_use(said: Said, out: Path, corpus: Path) -> None:
    old, new = snapshots(out)
    assert said("use", old.name).split()[-3:] == ["is", old.name, "now"]
    assert required(out) == old
    summary = ingest(corpus, out, load_settings())
    assert (summary.new, summary.changed, summary.gone) == (1, 1, 1)
    assert [path.name for path in snapshots(out)] == sorted([old.name, new.name, summary.snapshot.name])
    assert required(out) == snapshots(out)[-1]


def test_a_damaged_one_is_not_used(said: Said, out: Path) -> None:
    os.truncate(snapshots(out)[0] / "mentions" / "part-0.parquet", 100)
    error = failed("use", snapshots(out)[0].name, "--out", str(out))
    assert isinstance(error, StoreError)
    assert "is damaged" in error.message
    assert required(out) == snapshots(out)[1]


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        (["diff", "1999"], UsageError, "no snapshot of this name"),
        (["verify", "2"], UsageError, "2 snapshots begin so"),
        (["verify", "2026", "--all"], UsageError, "name one snapshot, or say --all"),
        (["prune", "--older-than", "a month"], UsageError, "write an age like 30d"),
        (["prune", "--older-than", "999999w"], UsageError, "write an age like 30d"),
        (["list", "--out", "没有"], StoreError, "has no tables yet"),
        (["prune", "--out", "没有"], StoreError, "has no tables yet"),
    ],
)
def test_mistakes(out: Path, arguments: list[str], kind: type[StoreError], message: str) -> None:
    error = failed(*arguments, *([] if "--out" in arguments else ["--out", str(out)]))
    assert isinstance(error, kind)
    assert message in error.message
    assert not Path("没有").exists()


def test_nothing_before_the_first(out: Path) -> None:
    error = failed("diff", snapshots(out)[1].name, snapshots(out)[0].name, "--out", "没有")
    assert isinstance(error, StoreError)
    said = CliRunner().invoke(app, ["snapshots", "prune", "--keep", "1", "--out", str(out)])
    assert said.exit_code == 0
    error = failed("diff", "--out", str(out))
    assert isinstance(error, StoreError)
    assert "is the oldest snapshot" in error.message


def test_as_a_user_calls_it(call: Call, out: Path) -> None:
    """The process itself: its exit codes and its one line of complaint."""
    done = call("snapshots", "list", "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    os.truncate(required(out) / "mentions" / "part-0.parquet", 100)
    done = call("snapshots", "verify", "--out", out)
    assert done.returncode == 3
    assert done.stderr == ("zhibiao: 1 of 1 snapshots damaged; zhibiao ingest reads the documents concerned again\n")
