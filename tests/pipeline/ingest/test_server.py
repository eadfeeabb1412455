"""The server that forks workers: it comes up early where much is to be read, and workers share its engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.ingest import Summary, server
from pipeline.ingest.model import EngineSpec
from pipeline.ingest.process import open_engine
from pipeline.ingest.worker import new_process
from pipeline.readers.limits import Limits
from pipeline.sources import Address


def engines() -> int:
    """How many engines this process has."""
    return open_engine.cache_info().currsize


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """How often the server was asked to come up."""
    found: list[bool] = []
    monkeypatch.setattr(server, "start_server", lambda: found.append(True))
    return found


def test_a_worker_begins_with_an_engine() -> None:
    with new_process() as process:
        assert process.submit(engines).result() == 1
        spec = EngineSpec("rjieba", None, Limits())
        assert process.submit(_cut, spec).result() == [["早孕建册率", "94.5%"]]
        assert process.submit(engines).result() == 1


def _cut(spec: EngineSpec) -> list[list[str]]:
    return open_engine(spec).tokenize(["早孕建册率94.5%"])


@pytest.mark.parametrize(("count", "times"), [(server.WORTH_A_PROCESS, 0), (server.WORTH_A_PROCESS + 1, 1)])
def test_where_much_is_to_be_read(tmp_path: Path, started: list[bool], count: int, times: int) -> None:
    for number in range(count):
        (tmp_path / f"{number}.txt").touch()
    server.start_early(Address(str(tmp_path)), tmp_path / "输出")
    assert len(started) == times


def test_where_something_is_in_force_the_plan_decides(
    run: Callable[..., Summary], corpus: Path, out: Path, started: list[bool]
) -> None:
    run()
    for number in range(server.WORTH_A_PROCESS + 1):
        (corpus / f"{number}.txt").touch()
    server.start_early(Address(str(corpus)), out)
    assert not started


@pytest.mark.parametrize("corpus", ["没有", "没有/*.txt", "memory://报告"])
def test_where_nothing_can_be_counted(tmp_path: Path, started: list[bool], corpus: str) -> None:
    server.start_early(Address(corpus), tmp_path / "输出")
    assert not started
