"""A night to be disturbed: a corpus, the output folder as it was in the evening, and as it should be in the morning."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.store import current, read_table
from pipeline.tables import SCHEMAS
from tests.faults.corpus import first_night, fresh, next_night

ROOT = Path(__file__).resolve().parents[2]
OF_THE_CLOCK = ("run_id", "started", "finished", "seconds")
Tables = dict[str, str]


@dataclass(frozen=True, slots=True)
class Night:
    """Where everything is; ``evening`` and ``morning`` are the tables before and after an undisturbed run.

    Example: ``prepare(folder).again()`` gives the output folder of the evening before
    """

    folder: Path
    evening: Tables
    morning: Tables
    seconds: float

    @property
    def corpus(self) -> Path:
        """The reports of this night."""
        return self.folder / "报告"

    @property
    def out(self) -> Path:
        """The folder runs write to."""
        return self.folder / "输出"

    def again(self, out: Path | None = None) -> Path:
        """Put the output folder back to what it was before the night."""
        shutil.rmtree(out or self.out, ignore_errors=True)
        shutil.copytree(self.folder / "昨天", out or self.out, symlinks=True, dirs_exist_ok=True)
        return out or self.out


def prepare(folder: Path, nights: int = 3, plain: bool = False) -> Night:
    """Make the corpus and its snapshots of some nights, then run the one in question undisturbed.

    Example: ``prepare(tmp_path).seconds`` → what a run takes
    """
    corpus, before = fresh(folder) / "报告", folder / "昨天"
    first_night(corpus, plain)
    for night in range(1, nights):
        _must(corpus, before, keep=nights)
        next_night(corpus, night, plain)
    _must(corpus, before, keep=nights)
    next_night(corpus, nights, plain)
    evening = tables(before)
    shutil.copytree(before, folder / "太平", symlinks=True)
    began = time.monotonic()
    _must(corpus, folder / "太平", keep=1)
    took = time.monotonic() - began
    return Night(folder, evening, tables(folder / "太平"), took)


def _must(corpus: Path, out: Path, keep: int) -> None:
    done = started(corpus, out, keep=keep)
    _, said = done.communicate()
    assert done.returncode == 0, said


def started(
    corpus: Path, out: Path, *, keep: int = 1, env: dict[str, str] | None = None, **more: Any
) -> subprocess.Popen[str]:
    """A run as an operator starts it, in a session of its own."""
    command = [sys.executable, "-m", "pipeline.cli", "ingest", str(corpus), "--out", str(out)]
    return subprocess.Popen(
        [*command, "--no-prefect", "--workers", "2"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ZHIBIAO_KEEP_SNAPSHOTS": str(keep), **(env or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **more,
    )


def run(corpus: Path, out: Path, **more: Any) -> tuple[int, str]:
    """Exit code of a run, and what it said on standard error."""
    process = started(corpus, out, **more)
    _, said = process.communicate()
    return process.returncode, said


def tables(out: Path) -> Tables:
    """What is in force, by table: its bytes, of ``runs`` only what is not of the clock. Raises when it is not whole."""
    snapshot = current(out)
    assert snapshot is not None, "no snapshot is in force"
    found = {}
    for name in SCHEMAS:
        table = read_table(snapshot, name)
        if name == "runs":
            found[name] = str(table.drop_columns(OF_THE_CLOCK).to_pylist())
            continue
        digest = hashlib.sha256()
        for path in sorted((snapshot / name).iterdir()):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
        found[name] = digest.hexdigest()
    return found


def leftovers(out: Path) -> list[str]:
    """What a run should not leave: staging, doomed snapshots, pointers."""
    return sorted(
        path.name for folder in (out, out / "snapshots") for path in folder.glob(".*") if path.name != ".lock"
    )
