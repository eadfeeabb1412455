"""A dry run says what would be read and leaves no trace."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.ingest import Preview, Summary, ingest, landing, versions
from pipeline.ingest.preview import preview
from pipeline.settings import load_settings
from pipeline.sources import Address
from pipeline.sources.remote import opened
from pipeline.store import locked, read_manifest, required, write_manifest

Run = Callable[..., Summary]


@pytest.fixture
def look(corpus: Path, out: Path) -> Callable[[], Preview]:
    """Looks at the corpus of the tests."""
    return lambda: preview(load_settings(corpus=corpus, out=out))


def test_before_the_first_run_all_is_new(look: Callable[[], Preview], out: Path) -> None:
    found = look()
    assert len(found.new) == 3 and found.kept == 0
    assert found.lines()[-1] == "would read 3 files: 3 new, 0 changed, 0 again; 0 kept, 0 gone, 0 rejected"
    assert not out.exists()


def test_it_says_what_a_run_then_does(look: Callable[[], Preview], run: Run, corpus: Path, out: Path) -> None:
    run()
    (corpus / "新.txt").write_text("全年罚款1200元。", encoding="utf-8")
    (corpus / "云川县/全年.txt").write_text("全年罚款9000元。", encoding="utf-8")
    (corpus / "云川县/上半年.txt").unlink()
    os.symlink("自己", corpus / "自己")
    before = sorted(out.rglob("*"))
    with locked(out):
        found = look()
    assert sorted(out.rglob("*")) == before
    assert (found.new, found.changed, found.gone) == (("新.txt",), ("云川县/全年.txt",), ("云川县/上半年.txt",))
    assert [one.source_path for one in found.refused] == ["自己"]
    assert json.loads(json.dumps(found.as_json()))["kept"] == 1
    summary = run()
    assert (summary.new, summary.changed, summary.unchanged, summary.gone) == (1, 1, 1, 1)


def test_other_versions_read_all_again(look: Callable[[], Preview], run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    monkeypatch.setattr(versions, "engine_version", lambda: "0.2.0+other")
    found = look()
    assert (len(found.again), found.new, found.changed, found.kept) == (3, (), (), 0)


def test_what_is_still_being_written_is_told(
    run: Run, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    fresh = corpus / "新.txt"
    fresh.write_text("全年罚款1200", encoding="utf-8")
    monkeypatch.setattr(landing.time, "sleep", lambda seconds: fresh.write_text("全年罚款1200元。", encoding="utf-8"))
    found = preview(load_settings(corpus=corpus, out=out, settle_seconds=20))
    assert (found.new, found.waiting, found.as_json()["waiting"]) == ((), 1, 1)
    assert found.lines()[-1].endswith("3 kept, 0 gone, 0 rejected, 1 waiting")


def test_a_file_of_another_version_is_a_changed_one(out: Path) -> None:
    """A store of objects says so by a stamp; its times may be those of whoever copied it."""
    address = Address("memory://preview")
    system, root = opened(address)
    files = [f"{root}/{name}.txt" for name in ("全年", "上半年")]
    for path in files:
        system.pipe_file(path, "全年罚款1200元。".encode())
    try:
        ingest(address, out)
        manifest = read_manifest(required(out))
        assert manifest is not None
        first = manifest.entries["全年.txt"]
        write_manifest(
            required(out), replace(manifest, entries={**manifest.entries, "全年.txt": replace(first, stamp='"9b"')})
        )
        assert preview(load_settings(corpus=address, out=out)).changed == ("全年.txt",)
    finally:
        system.rm(root, recursive=True)


def test_wrong_paths_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        preview(load_settings(corpus=tmp_path / "无", out=tmp_path / "表"))
