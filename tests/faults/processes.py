"""The processes of a run, as the system lists them; Linux only."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

import pytest

needs_proc = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")


def members(session: int) -> list[int]:
    """The processes of a session that still run; those that only wait to be collected do not."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (state := _state(int(folder.name))) and state[0] != "Z":
            found += [int(folder.name)] if state[3] == str(session) else []
    return sorted(found)


def workers(session: int) -> list[int]:
    """The worker processes of the run that leads a session: children of its server of forks."""
    server = forkserver(session)
    return [pid for pid in members(session) if (state := _state(pid)) and state[1] == str(server)] if server else []


def forkserver(session: int) -> int | None:
    """The process that starts the workers of a run, None before there is one."""
    named = [pid for pid in members(session) if b"forkserver" in _command(pid)]
    return next((pid for pid in named if (state := _state(pid)) and state[1] == str(session)), None)


def gone_soon(session: int, seconds: float = 10) -> bool:
    """Whether nothing of a session runs after a while."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not members(session):
            return True
        time.sleep(0.02)
    return not members(session)


def kill(pid: int) -> None:
    """End a process at once, if it is still there."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _state(pid: int) -> list[str]:
    """State, parent, group and session of a process; nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:4]
    except (FileNotFoundError, ProcessLookupError):
        return []


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
