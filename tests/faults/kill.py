"""kill -9 at random moments of a night: ``python -m tests.faults.kill --times 200 --seed 1`` prints what became of it.

After every one the tables in force are a whole snapshot, that of the evening before or the new one; nothing of the
run lingers; the next run ends with the tables of an undisturbed one and leaves nothing behind.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pipeline.store import current
from tests.faults.night import Night, leftovers, prepare, run, started, tables
from tests.faults.processes import forkserver, gone_soon, kill, workers

VICTIMS = ("main", "main", "worker", "worker", "forkserver", "group")
STAGES = ("planning", "reading", "writing", "publishing", "pruning")
"""Where a run is, by what it has put into the output folder."""
SOON = 10.0


@dataclass(frozen=True, slots=True)
class Kill:
    """What was done, and what was seen afterwards.

    Example: ``Kill("writing", "main", 2.31, "old", True, [])``
    """

    stage: str
    victim: str
    moment: float
    in_force: str
    code: int
    wrong: tuple[str, ...]


def stage_of(out: Path, evening: str) -> str:
    """What a run is doing, by what is in the output folder.

    Example: a folder ``.staging-20240711T020000Z`` → ``writing``
    """
    names = {path.name for path in (out / "snapshots").iterdir()}
    point = current(out)
    if point is not None and point.name != evening:
        return "pruning"
    if any(name[0] != "." and name > evening for name in names) or any(out.glob(".current-*")):
        return "publishing"
    if any(name.startswith(".staging-") and not name.endswith(".work") for name in names):
        return "writing"
    return "reading" if any(out.glob("snapshots/.staging-*.work/*")) else "planning"


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom to kill, and when: so many seconds after a stage was seen, of the whole run where none is named.

    Example: ``Plan("worker", "reading", 0.02)``
    """

    victim: str
    stage: str
    wait: float


def plans(times: int, seed: int, seconds: float) -> list[Plan]:
    """Every other at any moment of a run that takes so long, the rest a little after a stage has begun.

    Example: ``plans(10, 1, 3.1)[1].stage`` → ``reading``
    """
    chance = random.Random(seed)
    found = []
    for number in range(times):
        victim, stage = chance.choice(VICTIMS), STAGES[1 + number // 2 % 4] if number % 2 else ""
        found.append(Plan(victim, stage, chance.uniform(0, 0.05 if stage else seconds * 1.1)))
    return found


def killed(night: Night, plan: Plan) -> Kill:
    """Disturb a night as planned, look at what is left, and let the next run mend it.

    Example: ``killed(night, Plan("main", "writing", 0.01)).wrong`` → ``()``
    """
    out = night.again()
    evening = _name(out)
    process = started(night.corpus, out)
    began = time.monotonic()
    _until(process, out, evening, plan.stage, 5 * night.seconds + SOON)
    if plan.stage == "reading":
        _come(process, plan.victim)
    time.sleep(plan.wait)
    stage = "done" if process.poll() is not None else stage_of(out, evening)
    hit = _hit(process, plan.victim) if stage != "done" else "nobody"
    moment = time.monotonic() - began
    _, said = process.communicate()
    wrong = [] if gone_soon(process.pid) else ["processes linger"]
    in_force, more = _in_force(night, out)
    wrong += more
    if hit in ("worker", "forkserver", "nobody") and (process.returncode, in_force) != (0, "new"):
        wrong.append(f"the run ended with {process.returncode}: {said.strip()[-200:]}")
    return Kill(stage, hit, moment, in_force, process.returncode, tuple(wrong + _next_run(night, out)))


def _until(process: subprocess.Popen[str], out: Path, evening: str, aimed: str, seconds: float) -> None:
    """Wait until a run has come to a stage or is over."""
    deadline = time.monotonic() + seconds
    while aimed and process.poll() is None and time.monotonic() < deadline:
        if STAGES.index(stage_of(out, evening)) >= STAGES.index(aimed):
            return
        time.sleep(0.0005)


def _come(process: subprocess.Popen[str], victim: str) -> None:
    """Wait for whom it should be, a few seconds: at the beginning of reading there is no worker yet."""
    find = {"worker": workers, "forkserver": forkserver}.get(victim)
    deadline = time.monotonic() + SOON
    while find and process.poll() is None and time.monotonic() < deadline and not find(process.pid):
        time.sleep(0.002)


def _hit(process: subprocess.Popen[str], victim: str) -> str:
    """Kill whom it should be, or the main process when that one is not there (any more); returns who it was."""
    at_work, server = workers(process.pid), forkserver(process.pid)
    if victim == "worker" and at_work:
        kill(at_work[-1])
        return "worker"
    if victim == "forkserver" and server:
        kill(server)
        return "forkserver"
    if victim == "group":
        os.killpg(process.pid, signal.SIGKILL)
        return "group"
    kill(process.pid)
    return "main"


def _in_force(night: Night, out: Path) -> tuple[str, list[str]]:
    try:
        found = tables(out)
    except Exception as error:
        return "broken", [f"{type(error).__name__}: {error}"]
    if found == night.morning:
        return "new", []
    return ("old", []) if found == night.evening else ("mixed", ["neither the old tables nor the new"])


def _next_run(night: Night, out: Path) -> list[str]:
    code, said = run(night.corpus, out)
    if code:
        return [f"the next run ended with {code}: {said.strip()[-200:]}"]
    after = tables(out)
    wrong = [f"{name} differs after the next run" for name in after if after[name] != night.morning[name]]
    return wrong + [f"{name} is left over" for name in leftovers(out)]


def _name(out: Path) -> str:
    point = current(out)
    assert point is not None
    return point.name


def report(found: list[Kill]) -> str:
    """The counts by stage and victim as a table for people, and each thing that was wrong.

    Example: ``| writing | main | 21 | 21 | 0 | 21 |``
    """
    lines = ["| stage | killed | times | old in force | new in force | all well |", "|---|---|--:|--:|--:|--:|"]
    groups = Counter((one.stage, one.victim) for one in found)
    for stage, victim in sorted(groups, key=lambda key: ((*STAGES, "done").index(key[0]), key[1])):
        those = [one for one in found if (one.stage, one.victim) == (stage, victim)]
        state = Counter(one.in_force for one in those)
        well = sum(not one.wrong for one in those)
        lines.append(f"| {stage} | {victim} | {len(those)} | {state['old']} | {state['new']} | {well} |")
    well = sum(not one.wrong for one in found)
    lines += ["", f"{len(found)} kills, all well after {well}"]
    return "\n".join(
        lines + [f"{one.stage}/{one.victim} at {one.moment:.2f} s: {one.wrong}" for one in found if one.wrong]
    )


def main() -> None:
    """Disturb as many nights as asked for and print the table; ends with 1 when something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder when not given")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        night = prepare((given.folder or Path(temporary)) / "夜")
        found: list[Kill] = []
        for plan in plans(given.times, given.seed, night.seconds):
            found.append(killed(night, plan))
            print(f"{len(found)} {found[-1]}", flush=True)
    print(report(found))
    raise SystemExit(any(one.wrong for one in found))


if __name__ == "__main__":
    main()
