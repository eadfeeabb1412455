"""An archive in a corpus gives a document a file, and is read again only when it changes."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import Summary
from pipeline.ingest.discover import discover
from pipeline.ingest.model import Work
from pipeline.ingest.plan import processes_for
from pipeline.ingest.process import load
from pipeline.readers.limits import Limits
from pipeline.settings import load_settings
from pipeline.store import current, read_table

Run = Callable[..., Summary]
TOTALS = {
    "县局总结.txt": "云川县2023年工作总结\n全年罚款3.8万元。",
    "乡/临溪.txt": "临溪市2023年总结\n全年接待游客120万人次。",
}


def pack(path: Path, files: dict[str, str | bytes]) -> Path:
    """An archive of those files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def paths(out: Path, table: str = "documents") -> dict[str, dict[str, Any]]:
    """The rows of a table in force by path."""
    snapshot = current(out)
    assert snapshot is not None
    return {row["source_path"]: row for row in read_table(snapshot, table).to_pylist()}


@pytest.fixture
def archive(corpus: Path) -> Path:
    """An archive of two reports beside the others."""
    return pack(corpus / "归档.zip", dict(TOTALS))


def test_each_file_is_a_document(run: Run, archive: Path, out: Path) -> None:
    summary = run(workers=1)
    assert (summary.documents, summary.rejected) == (5, 0)
    row = paths(out)["归档.zip/县局总结.txt"]
    assert (row["text"], row["bytes"]) == (TOTALS["县局总结.txt"], len(TOTALS["县局总结.txt"].encode()))
    assert "归档.zip/乡/临溪.txt" in paths(out)


def test_an_unchanged_archive_is_not_read_again(run: Run, spy: Any, archive: Path) -> None:
    found = discover(archive.parent).files
    assert all(one.member for one in found if one.path == archive)
    assert run().documents == 5
    assert not run().published


def test_only_the_changed_file_counts_as_changed(run: Run, archive: Path) -> None:
    run()
    pack(archive, {**TOTALS, "县局总结.txt": "云川县2023年工作总结\n全年罚款4.8万元。"})
    os.utime(archive, ns=(1, 1))
    summary = run()
    assert (summary.changed, summary.unchanged, summary.gone) == (1, 4, 0)
    pack(archive, {"乡/临溪.txt": TOTALS["乡/临溪.txt"]})
    assert run().gone == 1
    archive.unlink()
    assert (run().documents, run().gone) == (3, 0)


def test_what_was_refused_and_is_mended_is_not_gone(run: Run, corpus: Path) -> None:
    (corpus / "归档.zip").write_bytes(b"PK\x03\x04")
    (corpus / "链.txt").symlink_to("无.txt")
    assert run().rejects == {"damaged": 1, "unreadable": 1}
    pack(corpus / "归档.zip", dict(TOTALS))
    (corpus / "链.txt").unlink()
    summary = run()
    assert (summary.documents, summary.new, summary.gone, summary.rejected) == (5, 2, 0, 0)


def test_a_file_without_a_reader_costs_no_other_its_rows(run: Run, archive: Path, out: Path) -> None:
    pack(archive, {**TOTALS, "数据.json": "{}", "图.png": b"\x89PNG\r\n\x1a\n\0", "空.txt": ""})
    summary = run()
    assert summary.rejects == {"unknown_type": 1, "unsupported": 1, "empty": 1}
    assert summary.documents == 5
    assert "归档.zip/数据.json" in paths(out, "rejects")


def test_an_archive_that_cannot_be_read_is_one_reject(run: Run, archive: Path, out: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-9])
    pack(archive.with_name("空.zip"), {})
    archive.with_name("文字.zip").write_text("全年增长5.1%。", encoding="utf-8")
    summary = run()
    assert summary.rejects == {"damaged": 1, "empty": 1, "unknown_type": 1}
    assert summary.documents == 3
    assert paths(out, "rejects")["归档.zip"]["reason"] == "damaged"


def test_an_archive_is_a_corpus(archive: Path) -> None:
    assert [one.relative for one in discover(archive).files] == ["归档.zip/乡/临溪.txt", "归档.zip/县局总结.txt"]


def test_texts_in_an_archive_are_read_in_a_process(archive: Path) -> None:
    todo = [Work(one) for one in discover(archive).files]
    assert processes_for(todo, load_settings()) == 1


def test_an_archive_that_is_gone_when_it_is_read(archive: Path) -> None:
    source = discover(archive).files[0]
    archive.unlink()
    reject = load(source, Limits())
    assert not isinstance(reject, bytes) and reject.reason == "unreadable"
