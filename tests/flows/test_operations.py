"""What operators rely on: failures in a line, nothing left of what was killed, a schedule that keeps its clock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.store import current, snapshots

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "pipeline.cli"]
SENTENCE = "全年完成投资{0}.5亿元，同比增长5.6%；新建村卫生室1{0}个，其中标准化卫生室8个。"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Reports that take some seconds, so that a run can be met in its middle."""
    folder = tmp_path / "报告"
    folder.mkdir()
    for number in range(80):
        text = "云川县2024年工作总结\n\n" + "\n".join(SENTENCE.format(line) for line in range(20))
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def prefect_server() -> Iterator[str]:
    """The address of a Prefect server with a database for these tests only."""
    from prefect.settings import PREFECT_API_URL
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        url = PREFECT_API_URL.value()
        assert url
        yield url


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    """That of the tests, without settings of zhibiao and Prefect."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZHIBIAO_", "PREFECT_"))}
    return {**kept, "PYTHONPATH": str(ROOT), "PREFECT_HOME": str(tmp_path / "prefect"), **more}


def processes(session: int) -> list[str]:
    """Command lines of what still runs of a session."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append((path / "cmdline").read_text().replace("\0", " "))
        except (OSError, ValueError):
            continue
    return found


def until(true: Any, seconds: float) -> bool:
    """Whether something came true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.1)
    return bool(true())


def served(client: Any) -> Any:
    """The deployment, once it is there."""
    from prefect.exceptions import ObjectNotFound

    for _ in range(600):
        try:
            return client.read_deployment_by_name("zhibiao-ingest/nightly")
        except ObjectNotFound:
            time.sleep(0.2)
    pytest.fail("nothing is served")


def reading(out: Path) -> bool:
    """Whether a run has begun to read."""
    return bool(list((out / "snapshots").glob(".staging-*.work/documents-*")))


def test_a_failed_run_says_why_in_a_line(prefect_server: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    from prefect.client.orchestration import get_client

    from pipeline.flows import ingest_flow

    state = ingest_flow({"corpus": str(tmp_path / "无"), "out": str(tmp_path / "表")}, return_state=True)
    assert (state.name, state.message) == (
        "Failed",
        f"{tmp_path / '无'} does not exist; give a folder of reports, one report, a pattern or an address",
    )
    with get_client(sync_client=True) as client:
        run = client.read_flow_run(state.state_details.flow_run_id)
    assert run.state is not None and run.state.message == state.message
    assert not [record for record in caplog.records if record.exc_info]


def test_a_locked_folder_is_a_failed_run(prefect_server: str, tmp_path: Path) -> None:
    from pipeline.flows import ingest_flow
    from pipeline.store import locked

    (tmp_path / "空.txt").write_bytes(b"")
    with locked(tmp_path / "表"):
        state = ingest_flow({"corpus": str(tmp_path / "空.txt"), "out": str(tmp_path / "表")}, return_state=True)
    assert state.is_failed() and f"is being written by process {os.getpid()} on " in (state.message or "")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_nothing_is_left_of_a_killed_run_and_the_next_begins_at_once(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "表"
    command = [*COMMAND, "ingest", str(corpus), "--out", str(out), "--workers", "2"]
    with subprocess.Popen(command, env=environment(tmp_path), start_new_session=True) as first:
        assert until(lambda: reading(out), 120)
        assert len(processes(first.pid)) >= 4  # itself, the server, two workers
        first.kill()
    done = subprocess.run(
        [*command[:-2], "--no-prefect", "--log", "text"], env=environment(tmp_path), capture_output=True
    )
    assert done.returncode == 0
    assert f'an earlier run died holder="process {first.pid} on ' in done.stderr.decode()
    assert len(snapshots(out)) == 1 and not list((out / "snapshots").glob(".*"))
    assert until(lambda: not processes(first.pid), 10), processes(first.pid)


def test_serve_ends_within_seconds_in_the_middle_of_a_run(prefect_server: str, corpus: Path, tmp_path: Path) -> None:
    from prefect.client.orchestration import get_client

    out = tmp_path / "表"
    command = [*COMMAND, "serve", str(corpus), "--out", str(out), "--timezone", "Asia/Shanghai"]
    more = {"PREFECT_API_URL": prefect_server}
    process = subprocess.Popen(
        command, env=environment(tmp_path, **more), stderr=subprocess.PIPE, start_new_session=True
    )
    with get_client(sync_client=True) as client:
        deployment = served(client)
        client.create_flow_run_from_deployment(deployment.id)
        met = until(lambda: reading(out), 120)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)
        assert met, said.decode()
    assert (process.returncode, current(out)) == (0, None)
    assert said.decode().splitlines()[-1] == "zhibiao: ended; the tables in force stay as they are"
    assert "Traceback" not in said.decode() and " started corpus=" in said.decode()
    assert until(lambda: not processes(process.pid), 10), processes(process.pid)
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment(deployment.id)
        states = [run.state_name for run in client.read_flow_runs() if run.deployment_id == deployment.id]
    assert "Crashed" in states and "Running" not in states
    assert deployment.paused and deployment.schedules[0].schedule.timezone == "Asia/Shanghai"


def test_the_file_for_a_work_pool_can_be_deployed() -> None:
    import yaml
    from prefect.flows import load_flow_from_entrypoint

    from pipeline.flows import ARTIFACT, _schedule
    from pipeline.settings import load_settings

    file = yaml.safe_load((ROOT / "docs" / "operating" / "prefect.yaml").read_text(encoding="utf-8"))
    (deployment,) = file["deployments"]
    assert load_flow_from_entrypoint(deployment["entrypoint"]).name == ARTIFACT
    assert load_settings(**deployment["parameters"]["settings"]).out == Path("/srv/zhibiao/tables")
    (when,) = deployment["schedules"]
    assert _schedule(when["cron"], when["timezone"]).timezone == "Asia/Shanghai"


def test_two_o_clock_is_that_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    from tzlocal import reload_localzone

    from pipeline.flows import _schedule

    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Urumqi")
        reload_localzone()  # another test may have asked for it
        assert _schedule("0 2 * * *", None).timezone == "Asia/Urumqi"
    reload_localzone()
