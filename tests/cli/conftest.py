"""The command as a user calls it: a process of its own, in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "pipeline.cli"]
Call = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(**more: str) -> dict[str, str]:
    """That of the tests, without settings of zhibiao but for waits, with the source tree to import from."""
    own = {name for name in os.environ if name.startswith("ZHIBIAO_")} - {"ZHIBIAO_SETTLE_SECONDS"}
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


@pytest.fixture
def call(tmp_path: Path) -> Call:
    """Calls ``zhibiao`` with arguments, ``given`` on standard input and ``settings`` in the environment."""

    def run(*arguments: object, given: str | bytes = "", **settings: str) -> subprocess.CompletedProcess[str]:
        data = given.encode() if isinstance(given, str) else given
        command = [*COMMAND, *map(str, arguments)]
        done = subprocess.run(
            command, input=data, capture_output=True, cwd=tmp_path, env=environment(**settings), timeout=180
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        return subprocess.CompletedProcess(command, done.returncode, out, err)

    return run


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """An invented report of a few figures."""
    path = tmp_path / "云川县.txt"
    text = "云川县卫生健康局2023年工作总结\n一、工作情况\n全年监督检查医疗机构40户次，罚款3.8万元。\n"
    path.write_text(text, encoding="utf-8")
    return path
