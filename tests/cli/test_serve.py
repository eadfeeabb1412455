"""``zhibiao serve``: what is wrong is said at once; it runs when it is time and ends when it is told to."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest

from pipeline.store import current

from .conftest import COMMAND, Call, environment


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["没有"], "没有 does not exist"),
        pytest.param([".", "--out", "."], "lies inside the corpus", marks=pytest.mark.slow),
        ([".", "--out", "../表", "--cron", "每天两点"], "'每天两点' is no cron expression"),
        pytest.param(
            [".", "--out", "../表", "--cron", "99 2 * * *"],
            "'99 2 * * *' is no cron expression",
            marks=pytest.mark.slow,
        ),
        ([".", "--out", "../表", "--timezone", "火星"], "火星 is no time zone"),
        ([".", "--workers", "0"], "workers"),
    ],
)
def test_mistakes_are_one_line(call: Call, arguments: list[str], said: str) -> None:
    done = call("serve", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.slow
def test_it_ingests_when_it_is_time_until_interrupted(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "表"
    corpus = tmp_path / "报告"
    corpus.mkdir()
    report.rename(corpus / report.name)
    process = subprocess.Popen(
        [*COMMAND, "serve", str(corpus), "--out", str(out), "--cron", "* * * * *"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(PREFECT_HOME=str(tmp_path / "prefect")),
    )
    deadline = time.monotonic() + 180
    while current(out) is None and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert current(out) is not None, said.decode()
    assert f"{corpus} goes to {out} at * * * * *" in said.decode()
    assert "Traceback" not in said.decode()
    assert process.returncode in (0, 130)
