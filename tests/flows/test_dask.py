"""On a real Dask cluster of two worker processes: the same tables, whatever happens to documents and to workers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline import cluster
from pipeline.errors import UsageError, ZhibiaoError
from pipeline.ingest.model import EngineSpec, Job, Outcome, Shard, SourceFile, Work
from pipeline.readers.limits import Limits
from pipeline.store import required

distributed = pytest.importorskip("distributed", reason="needs prefect-dask")
pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]

HOOK = """
import os, signal, sys, time

def hook(event, args):
    if event == "open" and isinstance(args[0], (str, os.PathLike)):
        name = os.path.basename(os.fsdecode(args[0]))
        if "致命" in name:
            os.kill(os.getpid(), signal.SIGKILL)
        if "慢" in name:
            time.sleep(0.5)

sys.addaudithook(hook)
"""
"""Python reads it when it starts: opening a document of a telling name kills the process, or takes a while."""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """That of all processes: the hook, and no Prefect but our own."""
    folder = tmp_path_factory.mktemp("hook")
    (folder / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "ZHIBIAO_"))}
    own = {"PREFECT_HOME": str(folder / "prefect"), "PYTHONPATH": f"{folder}:{ROOT}"}
    return kept | own | {"ZHIBIAO_CRASH_RETRIES": "1", "ZHIBIAO_SHARD_SIZE": "6"}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty reports; one kills whoever opens it, some take half a second."""
    folder = tmp_path_factory.mktemp("报告")
    for number in range(40):
        kind = "致命" if number == 17 else "慢" if number % 4 == 0 else ""
        text = f"云川县2024年工作总结\n\n全年完成投资{number}.5亿元，其中财政投资{number}万元。"
        (folder / f"{number:02d}{kind}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def expected(corpus: Path, tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> dict[str, bytes]:
    """The tables without Dask and without Prefect."""
    out = tmp_path_factory.mktemp("out")
    with ingesting(corpus, out, environment, "--no-prefect", "--workers", "2") as alone:
        assert '"rejects": {"crashed": 1}' in alone.communicate(timeout=300)[0]
    found = tables(out)
    assert len(found) >= 8
    return found


Start = Callable[..., tuple[str, list[subprocess.Popen[bytes]]]]


@pytest.fixture
def start(tmp_path: Path, environment: dict[str, str]) -> Iterator[Start]:
    """Starts a scheduler and two workers: its address, and the processes of the workers."""
    with ExitStack() as stack:

        def run(command: str, *options: str, **more: str) -> subprocess.Popen[bytes]:
            line = [sys.executable, "-m", f"distributed.cli.dask_{command}", "--no-dashboard", *options]
            process = subprocess.Popen(
                line, cwd=tmp_path, env={**environment, **more}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
            return process

        def started(*options: str, **more: str) -> tuple[str, list[subprocess.Popen[bytes]]]:
            port = str(free_port())
            address = f"tcp://127.0.0.1:{port}"
            run("scheduler", "--host", "127.0.0.1", "--port", port, **more)
            return address, [run("worker", address, "--nthreads", "1", *options) for _ in range(2)]

        yield started


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def ingesting(corpus: Path, out: Path, environment: dict[str, str], *options: str) -> subprocess.Popen[str]:
    """The command, under way."""
    command = [sys.executable, "-m", "pipeline.cli", "ingest", str(corpus), "--out", str(out), "--json", *options]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def tables(out: Path) -> dict[str, bytes]:
    """Every file of every table but ``runs``."""
    snapshot = required(out)
    files = [path for path in snapshot.rglob("*.parquet") if path.parent.name not in (snapshot.name, "runs")]
    return {path.relative_to(snapshot).as_posix(): path.read_bytes() for path in files}


def test_the_tables_are_the_same_with_a_deadly_document_among_them(
    corpus: Path, tmp_path: Path, environment: dict[str, str], start: Start, expected: dict[str, bytes]
) -> None:
    address, workers = start()
    with ingesting(corpus, tmp_path / "b", environment, "--dask", address) as run:
        done, complaints = run.communicate(timeout=300)
    assert (run.returncode, complaints) == (0, "")
    assert '"documents": 39' in done
    assert tables(tmp_path / "b") == expected
    assert all(worker.poll() is None for worker in workers)


def test_a_dask_worker_that_is_killed_costs_no_row(
    corpus: Path, tmp_path: Path, environment: dict[str, str], start: Start, expected: dict[str, bytes]
) -> None:
    """The scheduler gives up at the first death; what the worker was at is read by the run itself."""
    address, workers = start("--no-nanny", DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
    telling = {**environment, "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "WARNING"}
    with ingesting(corpus, tmp_path / "b", telling, "--dask", address) as run:
        while not list((tmp_path / "b").glob("snapshots/.staging*/at-*")):
            assert run.poll() is None
            time.sleep(0.05)
        time.sleep(0.3)
        workers[0].send_signal(signal.SIGKILL)
        done, log = run.communicate(timeout=300)
    assert '"documents": 39' in done
    assert "Dask lost shard" in log
    assert tables(tmp_path / "b") == expected


@pytest.fixture
def client() -> Iterator[Any]:
    """A cluster of one worker, in threads of this process."""
    with (
        distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=None) as local,
        distributed.Client(local) as found,
    ):
        yield found


def job(work: Path) -> Job:
    """A job whose rows go to that folder."""
    return Job(EngineSpec("rjieba", None, Limits()), work, 1, 60)


def test_a_cluster_that_is_ready(client: Any, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        cluster.check_workers(client, job(tmp_path), None, f"http://127.0.0.1:{server.getsockname()[1]}/api")


def test_workers_that_do_not_see_the_folders(client: Any, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"无 cannot be seen on .*; workers need the corpus and the output folder"):
        cluster.check_workers(client, job(tmp_path / "无"), None, "")


def test_workers_that_do_not_reach_prefect(client: Any, tmp_path: Path) -> None:
    with pytest.raises(ZhibiaoError, match=r"cannot reach the Prefect server at .*; set PREFECT_API_URL"):
        cluster.check_workers(client, job(tmp_path), None, f"http://127.0.0.1:{free_port()}/api")


def test_a_cluster_without_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "WAIT", 0.2)
    with (
        distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=None) as local,
        distributed.Client(local) as empty,
        pytest.raises(ZhibiaoError, match="the Dask cluster at tcp://云川:8786 has no workers"),
    ):
        cluster.check_workers(empty, job(tmp_path), "tcp://云川:8786", "")


@pytest.mark.parametrize(
    ("address", "says"), [("tcp://127.0.0.1:{}", "no Dask scheduler answers at"), ("云川", "is no address")]
)
def test_a_scheduler_that_is_not_there(address: str, says: str) -> None:
    where = address.format(free_port())
    with pytest.raises(ZhibiaoError, match=says), cluster.reachable(where):
        distributed.Client(where, timeout=0.5)


def test_a_cluster_that_loses_all_its_workers_is_not_waited_for(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "WAIT", 1.0)
    future = client.submit(time.sleep, 2, pure=False)
    with cluster.given_up_when_deserted(client, [future]):
        client.cluster.scale(0)
        with pytest.raises(distributed.client.CancelledError):
            future.result(timeout=30)


class TestWhatAShardGives:
    class Future:
        """One that is done."""

        def __init__(self, found: list[Outcome] | Exception) -> None:
            self.found = found

        def result(self) -> list[Outcome]:
            """What was found."""
            if isinstance(self.found, Exception):
                raise self.found
            return self.found

    @pytest.fixture(autouse=True)
    def quiet(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """There is no run to log to."""
        import logging

        from pipeline import flows

        monkeypatch.setattr(flows, "get_run_logger", logging.getLogger)

    def read(self, found: list[Outcome] | Exception, runner: str = "dask") -> tuple[list[Outcome], list[Shard]]:
        """The outcomes that count, and what is to be read again."""
        from pipeline import flows

        shard = Shard("00003", tuple(Work(source(name)) for name in ("1", "2")))
        lost: list[Shard] = []
        run: Any = SimpleNamespace(settings=SimpleNamespace(runner=runner))
        future: Any = self.Future(found)
        return flows._result(run, future, shard, lost), lost

    def test_files_that_could_not_be_opened_there_are_read_here(self) -> None:
        one = Outcome(source("1"), "read", "3c", file="00003-1")
        two = Outcome(source("2"), "rejected", "", reason="unreadable", message="No such file or directory")
        assert self.read([one, two]) == ([one], [Shard("00003-here", (Work(source("2")),))])
        assert self.read([one, two], "local") == ([one, two], [])

    def test_a_shard_whose_worker_died_is_read_here(self) -> None:
        worker: Any = SimpleNamespace(address="tcp://10.0.0.2:9000")
        found, lost = self.read(distributed.scheduler.KilledWorker("读", worker, 3))
        assert (found, [shard.name for shard in lost]) == ([], ["00003"])

    def test_what_the_user_did_wrong_ends_the_run(self) -> None:
        with pytest.raises(UsageError, match="another version"):
            self.read(UsageError("another version"))

    def test_without_dask_an_error_ends_the_run(self) -> None:
        with pytest.raises(OSError, match="full"):
            self.read(OSError(28, "full"), "local")


def source(name: str) -> SourceFile:
    """A file of that name."""
    return SourceFile(name, Path(name), name, 1, 1)
