"""Every step a run takes in its output folder, disturbed: ``python -m tests.faults.steps kill`` or ``… full``.

The run is a fork of this process in which an audit hook counts what Python does to files below the output folder. At
the n-th step it is killed, or from there on the disk is full. So no moment between two steps is left to chance.
"""

from __future__ import annotations

import argparse
import errno
import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.errors import StoreError
from pipeline.ingest import assemble, ingest
from pipeline.ingest.process import open_engine
from pipeline.ingest.run import spec_of
from pipeline.ingest.versions import versions_of
from pipeline.settings import load_settings
from tests.faults.night import Night, leftovers, prepare, tables

MAKING = {"open", "os.mkdir", "os.rename", "os.symlink", "os.link"}
REMOVING = {"os.remove", "os.rmdir"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
FAILED = 3


def disturbed(night: Night, out: Path, at: int, how: str) -> None:
    """Run the night in this process and end it with its exit code; ``at`` counts the steps from 1.

    Example: ``disturbed(night, out, 17, "kill")``
    """
    step = 0

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal step
        if not _is_step(event, args, str(out)):
            return
        step += 1
        if step == at and how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if step >= at and how == "full" and event in MAKING:
            raise OSError(errno.ENOSPC, "No space left on device")

    assemble.TABLES_AT_ONCE = 1  # so that the steps have one order
    sys.addaudithook(hook)
    try:
        ingest(night.corpus, out, load_settings(workers=1, keep_snapshots=1))
    except StoreError as error:
        (night.folder / "said").write_text(error.message, encoding="utf-8")
        os._exit(FAILED)
    os._exit(0)


def _is_step(event: str, args: tuple[Any, ...], out: str) -> bool:
    if event not in MAKING | REMOVING or not isinstance(args[0], str | bytes | os.PathLike):
        return False
    if event == "open" and not (isinstance(args[2], int) and args[2] & WRITING):
        return False
    paths = args[:2] if event in ("os.rename", "os.symlink", "os.link") else args[:1]
    return any(out in os.fsdecode(path) for path in paths) or event in REMOVING


def forked(function: Callable[..., None], *args: object) -> int:
    """Exit code of a function that runs in a fork of this process; negative when a signal ended it."""
    process = multiprocessing.get_context("fork").Process(target=function, args=args)
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def check(night: Night, out: Path, code: int) -> None:
    """Raise unless what is in force is whole, and the next run ends as an undisturbed one."""
    found = tables(out)
    assert found in (night.evening, night.morning), "neither the old tables nor the new"
    said = (night.folder / "said").read_text(encoding="utf-8") if code == FAILED else ""
    assert "nothing was published" not in said or found == night.evening, "it was published, unlike what was said"
    assert code != FAILED or ("No space left" in said and "\n" not in said), said
    ingest(night.corpus, out, load_settings(workers=1, keep_snapshots=1))
    assert tables(out) == night.morning, "other tables than those of an undisturbed run"
    assert not leftovers(out), leftovers(out)


def every_step(folder: Path, how: str, every: int = 1) -> tuple[int, list[str]]:
    """Disturb the night at every step, or every so many; the first that a run no longer has, and what was wrong where.

    Example: ``every_step(tmp_path, "kill")`` → ``(98, [])``
    """
    night, at, wrong = prepare(folder / "夜", nights=2, plain=True), 1 - every, []
    spec = spec_of(load_settings())
    open_engine(spec), versions_of(spec)
    while True:
        at += every
        out = night.again()
        code = forked(disturbed, night, out, at, how)
        if forked(check, night, out, code):
            wrong.append(f"step {at}, exit code {code}")
        if code == 0:
            return at, wrong


def main() -> None:
    """Print how many steps there are; ends with 1 when something was wrong at one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("how", choices=("kill", "full"))
    parser.add_argument("--every", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        steps, wrong = every_step(Path(folder), given.how, given.every)
    print(f"{steps - 1} steps, wrong at {len(wrong)}", *wrong, sep="\n")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
