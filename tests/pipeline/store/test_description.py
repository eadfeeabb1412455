"""The description of the tables belongs to a snapshot as its part files do."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.datapackage import FILE
from pipeline.store import read_manifest, required, verified, write_manifest
from pipeline.store.part_files import note_damage


@pytest.fixture
def copied(sample_tables: Path, tmp_path: Path) -> Path:
    """A snapshot of the sample that may be damaged."""
    snapshot = tmp_path / required(sample_tables).name
    shutil.copytree(required(sample_tables), snapshot)
    return snapshot


def test_a_snapshot_with_its_description_is_whole(copied: Path) -> None:
    assert json.loads((copied / FILE).read_text(encoding="utf-8"))["name"] == "zhibiao"
    assert list(verified(copied)) == []


def test_a_description_that_was_changed_is_noticed(copied: Path) -> None:
    (copied / FILE).write_text("{}", encoding="utf-8")
    note_damage(copied, [FILE])
    assert list(verified(copied, deep=False)) == [(FILE, "other bytes than those written")]


def test_a_description_that_is_gone_is_noticed(copied: Path) -> None:
    (copied / FILE).unlink()
    assert list(verified(copied)) == [(FILE, "cannot be read: No such file or directory")]


def test_snapshots_from_before_there_was_one_are_whole(copied: Path) -> None:
    (copied / FILE).unlink()
    manifest = read_manifest(copied)
    assert manifest is not None
    write_manifest(copied, replace(manifest, package=""))
    assert list(verified(copied)) == []
