"""kill -9, whoever it hits and whenever: whole tables afterwards, and the right ones after the next run."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.faults.kill import Plan, killed
from tests.faults.night import ROOT, Night
from tests.faults.processes import needs_proc

pytestmark = [pytest.mark.slow, needs_proc]


@pytest.mark.parametrize("stage", ["reading", "writing", "publishing"])
@pytest.mark.parametrize("victim", ["main", "group"])
def test_a_run_killed(night: Night, victim: str, stage: str) -> None:
    assert killed(night, Plan(victim, stage, 0.0)).wrong == ()


@pytest.mark.parametrize("victim", ["worker", "forkserver"])
def test_a_helper_of_a_run_killed(night: Night, victim: str) -> None:
    """It costs time, no rows."""
    kills = (killed(night, Plan(victim, "reading", seconds)) for seconds in (0.0, 0.01, 0.02, 0.05, 0.1, 0.2))
    one = next(one for one in kills if one.victim == victim)  # it may be gone again when it should be hit
    assert (one.code, one.in_force, one.wrong) == (0, "new", ())


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_killed_before_anything_is_written(night: Night, share: float) -> None:
    assert killed(night, Plan("main", "", share * night.seconds)).wrong == ()


@pytest.mark.parametrize("how", ["kill", "full"])
def test_ended_at_a_step_of_writing(how: str) -> None:
    command = [sys.executable, "-m", "tests.faults.steps", how, "--every", "7"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "wrong at 0" in done.stdout, done.stdout + done.stderr
