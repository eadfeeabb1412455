"""A disk that fills up: one line that says so, yesterday's tables in force, nothing left behind."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.night import Night, leftovers, run, tables

pytestmark = pytest.mark.slow
FAILED = 3


def ended_well(night: Night, out: Path, code: int, said: str) -> None:
    """A run without space failed as it should; with space it is done."""
    assert code == FAILED, said
    assert "nothing was published" in said or "cannot be written" in said
    assert said.count("\n") == 1
    assert tables(out) == night.evening
    assert leftovers(out) == []


@contextmanager
def small_disk(at: Path, size: int) -> Iterator[None]:
    """A file system of so many bytes, where one may be mounted."""
    at.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(at)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("needs the right to mount a file system")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def used(folder: Path) -> int:
    """Bytes below a folder, in whole pages, as a tmpfs counts them."""
    return sum(-(-path.lstat().st_size // 4096) * 4096 + 4096 for path in folder.rglob("*"))


@pytest.mark.parametrize("free", [8_192, 100_000])
def test_a_disk_without_space(night: Night, tmp_path: Path, free: int) -> None:
    evening = night.again()
    with small_disk(tmp_path / "盘", used(evening) + free):
        out = night.again(tmp_path / "盘" / "输出")
        code, said = run(night.corpus, out)
        ended_well(night, out, code, said)
        assert subprocess.run(["mount", "-o", "remount,size=64m", str(tmp_path / "盘")]).returncode == 0
        assert run(night.corpus, out)[0] == 0
        assert tables(out) == night.morning


def limited(most: int) -> Callable[[], None]:
    """What a process does first so that no file it writes can be longer."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


@pytest.mark.parametrize("most", [100, 3_000, 20_000])
def test_files_that_cannot_grow(night: Night, most: int) -> None:
    """Shards are written by workers, the tables by the run: whoever meets the end of the space, it is the run's."""
    out = night.again()
    code, said = run(night.corpus, out, preexec_fn=limited(most))
    ended_well(night, out, code, said)
    assert run(night.corpus, out)[0] == 0
    assert tables(out) == night.morning
