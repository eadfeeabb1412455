"""The place a worker process is at in its shard, noted where the note outlives the process."""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Mark = Callable[[int], None]

_PLACE = struct.Struct("=id")


@contextmanager
def marking(path: Path | None) -> Iterator[Mark]:
    """What to call with the place of each document that is begun; notes nothing when there is no path.

    Example: ``with marking(mark_file(work, "00000")) as mark: mark(0); 读取(第一份)``
    """
    if path is None:
        yield lambda at: None
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield lambda at: _note(handle, at)
    finally:
        os.close(handle)


def mark_file(work: Path, name: str) -> Path:
    """Where the process that reads a shard notes its place.

    Example: ``mark_file(work, "00000")`` → ``work/at-00000``
    """
    return work / f"at-{name}"


def marked(path: Path) -> tuple[int, float] | None:
    """The document begun last and for how many seconds; None when none was.

    Example: ``marked(mark_file(work, "00000"))`` → ``(3, 0.7)``: the fourth report, for 0.7 s
    """
    try:
        noted = path.read_bytes()
    except FileNotFoundError:
        return None
    if len(noted) != _PLACE.size:
        return None
    at, began = _PLACE.unpack(noted)
    return at, time.monotonic() - began


def _note(handle: int, at: int) -> None:
    os.pwrite(handle, _PLACE.pack(at, time.monotonic()), 0)
