"""Events: one line each, with the run's id, also from threads; off unless asked for; nothing hidden in a name."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.ingest import ingest
from pipeline.logs import Fields, Message, logging_to, run_told, visible
from pipeline.settings import load_settings

log = logging.getLogger("pipeline.test")
Capture = pytest.CaptureFixture[str]


def lines(capture: Capture) -> list[dict[str, object]]:
    """The JSON lines on standard error."""
    return [json.loads(line) for line in capture.readouterr().err.splitlines()]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_tells_its_events(tmp_path: Path, capsys: Capture, workers: int) -> None:
    corpus = tmp_path / "报告"
    corpus.mkdir()
    for name in ("甲", "乙"):
        (corpus / f"{name}.txt").write_text(
            f"云川县2024年工作总结\n\n全年{name}项目完成投资3.2亿元。", encoding="utf-8"
        )
    (corpus / "空\x1b[31m.txt").write_bytes(b"")
    settings = load_settings(workers=workers, keep_snapshots=1)
    with logging_to("json"):
        first = ingest(corpus, tmp_path / "表", settings)
        (corpus / "甲.txt").unlink()
        second = ingest(corpus, tmp_path / "表", settings)
    told = lines(capsys)
    assert {line["run_id"] for line in told} == {first.run_id, second.run_id}
    names = [line["event"] for line in told if line["run_id"] == first.run_id]
    assert [names[0], names[1], names[-1]] == ["started", "planned", "finished"]
    assert {"shard done", "tables written", "published", "document rejected"} <= set(names)
    assert "pruned" in {line["event"] for line in told if line["run_id"] == second.run_id}
    rejected = next(line for line in told if line["event"] == "document rejected")
    assert (rejected["path"], rejected["reason"], rejected["level"]) == ("空\x1b[31m.txt", "empty", "warning")
    assert "投资" not in str(told)


def test_nothing_is_said_unless_asked_for(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    ingest(tmp_path / "空.txt", tmp_path / "表", load_settings())
    assert capsys.readouterr() == ("", "")


def test_a_failure_is_told_with_the_run(capsys: Capture) -> None:
    with logging_to("text"), pytest.raises(UsageError), run_told(log) as name:
        name("20240101T020000Z")
        raise UsageError("报告 does not exist")
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith('Z ERROR 20240101T020000Z failed error="报告 does not exist"')


def test_threads_know_the_run(capsys: Capture) -> None:
    with logging_to("json"), run_told(log) as name, ThreadPoolExecutor(2) as pool:
        name("20240101T020000Z")
        for at in range(4):
            pool.submit(copy_context().run, log.warning, "worker died %s", Fields(at=at))
    assert {(line["run_id"], line["at"]) for line in lines(capsys)} == {("20240101T020000Z", at) for at in range(4)}


def test_a_line_stays_a_line() -> None:
    name = "一\n二\x1b[31m\u202e三\udcff.txt"
    record = logging.LogRecord("pipeline", logging.INFO, "", 0, "rejected %s", (Fields(path=name),), None)
    line = Message().format(record)
    assert line == 'rejected path="一\\n二\\u001b[31m\\u202e三\\udcff.txt" run_id=-'
    assert line.encode() and visible("云川县.txt") == "云川县.txt"


@pytest.mark.parametrize("form", ["text", "json"])
def test_it_is_shown_once_and_ends(capsys: Capture, form: str) -> None:
    show: Callable[[], None] = lambda: log.info("planned %s", Fields(new=3))  # noqa: E731
    with logging_to(form), logging_to(form):
        show()
    show()
    (line,) = capsys.readouterr().err.splitlines()
    assert ("planned new=3" if form == "text" else '"event": "planned", "new": 3') in line
