"""A file that cannot be read is a row in rejects and costs no other file its rows."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import Summary, process
from pipeline.sources import folder
from pipeline.store import current, read_table

Run = Callable[..., Summary]


def rejects(out: Path) -> dict[str, dict[str, Any]]:
    """The rejects in force by path."""
    snapshot = current(out)
    assert snapshot is not None
    return {row["source_path"]: row for row in read_table(snapshot, "rejects").to_pylist()}


def test_what_the_reader_rejects(run: Run, corpus: Path, out: Path) -> None:
    (corpus / "空.txt").write_bytes(b"")
    summary = run()
    assert summary.rejects == {"empty": 1}
    assert (summary.documents, summary.rejected) == (3, 1)
    row = rejects(out)["空.txt"]
    assert (row["reason"], len(row["sha256"])) == ("empty", 64)
    assert "\n" not in row["message"]


def test_a_reject_is_not_read_again(run: Run, spy: Any, corpus: Path, out: Path) -> None:
    (corpus / "空.txt").write_bytes(b" ")
    run()
    spy.read.clear()
    assert not run().published
    assert not spy.read
    (corpus / "空.txt").write_text("全年罚款1200元。", encoding="utf-8")
    assert run().new == 1
    assert not rejects(out)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ZeroDivisionError("division\nby zero"), "ZeroDivisionError: division by zero"),
        (RecursionError("too deep"), "RecursionError: too deep"),
        (OSError(5, "Input/output error"), "OSError: [Errno 5] Input/output error"),
    ],
)
def test_a_surprise_in_one_document(run: Run, spy: Any, out: Path, error: Exception, message: str) -> None:
    def trouble(text: str) -> None:
        if "临溪市" in text:
            raise error

    spy.trouble = trouble
    summary = run()
    assert (summary.documents, summary.rejects) == (2, {"internal_error": 1})
    assert rejects(out)["临溪市 公报.txt"]["message"].strip() == message


def test_a_document_that_memory_does_not_hold(run: Run, spy: Any, out: Path) -> None:
    def trouble(text: str) -> None:
        if "临溪市" in text:
            raise MemoryError

    spy.trouble = trouble
    assert run().rejects == {"out_of_memory": 1}
    spy.trouble = lambda text: None
    assert run().new == 1, "tried again, since another time there may be more"


def test_a_file_that_may_not_be_read(run: Run, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_file = process.read_file

    def refuse(path: Path, state: Any) -> bytes | None:
        if path.name == "全年.txt":
            raise PermissionError(13, "Permission denied")
        return read_file(path, state)

    with monkeypatch.context() as patch:
        patch.setattr(process, "read_file", refuse)
        assert run().rejects == {"unreadable": 1}
    assert rejects(out)["云川县/全年.txt"]["sha256"] is None
    assert run().new == 1, "tried again, though its time has not changed"


def test_a_folder_that_may_not_be_read(run: Run, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    scandir = os.scandir

    def refuse(path: Any) -> Any:
        if isinstance(path, str) and path.endswith("云川县"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(folder.os, "scandir", refuse)
    summary = run()
    assert (summary.documents, summary.gone, summary.rejects) == (3, 0, {"unreadable": 1}), "their rows stay"
    assert rejects(out)["云川县"]["message"] == "Permission denied"
    assert not run().published


def test_a_file_that_is_too_large_is_not_read(
    run: Run, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "大.txt").write_bytes(b"1" * 1001)
    assert run(max_bytes=1000).rejects == {"too_large": 1}
    assert rejects(out)["大.txt"]["sha256"] is None
    assert not run(max_bytes=1000).published


def test_text_that_no_table_can_hold(run: Run, spy: Any, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.ingest import process

    original = process.sentence_rows

    def broken(doc_id: str, text: str, *rest: Any) -> Any:
        rows = original(doc_id, text, *rest)
        return tuple({**row, "section": "\ud800"} for row in rows) if "临溪市" in text else rows

    monkeypatch.setattr(process, "sentence_rows", broken)
    assert run().rejects == {"internal_error": 1}
    assert "UnicodeEncodeError" in rejects(out)["临溪市 公报.txt"]["message"]
