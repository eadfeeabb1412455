"""A dry run says what would be read and leaves no trace."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.ingest import Preview, Summary, preview, versions
from pipeline.settings import load_settings
from pipeline.store import locked

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


def test_wrong_paths_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        preview(load_settings(corpus=tmp_path / "无", out=tmp_path / "表"))
