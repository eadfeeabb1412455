"""Only one run writes an output folder, and a dead one does not hold it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import LockedError, StoreError, UsageError
from pipeline.store import locked

ROOT = Path(__file__).parents[3]
HOLD = (
    "import sys, time; from pathlib import Path; from pipeline.store import locked\n"
    "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(600)"
)


def holder(out: Path) -> subprocess.Popen[str]:
    """Another process that holds a folder."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(out)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_is_told_who_writes(tmp_path: Path) -> None:
    process = holder(tmp_path)
    try:
        with (
            pytest.raises(
                LockedError, match=f"is being written by process {process.pid} on .+ since 20.+ UTC; wait"
            ) as error,
            locked(tmp_path),
        ):
            pass
        assert error.value.exit_code == 3
    finally:
        process.kill()
        process.wait()


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    process = holder(tmp_path)
    process.kill()
    process.wait()
    with locked(tmp_path):
        pass


def test_it_can_be_taken_again(tmp_path: Path) -> None:
    for _ in range(2):
        with locked(tmp_path / "输出"):
            pass


def test_an_output_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "输出").write_text("")
    with pytest.raises(UsageError, match="is not a folder"), locked(tmp_path / "输出"):
        pass


def test_an_output_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with (
        pytest.raises(StoreError, match=r"cannot be written .Permission denied.; choose another"),
        locked(tmp_path / "输出"),
    ):
        pass
