"""The memory a document may take: a ceiling for the process that reads; and how often a run looks for garbage."""

from __future__ import annotations

import gc
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

COLLECTED_AFTER = 100_000
_STATUS = Path("/proc/self/status")
_MEGABYTE = 1_048_576


@cache
def limit_memory(megabytes: int) -> None:
    """Let this process take so much more memory than it has now; what needs more fails with MemoryError, or ends it.

    Called when everything is loaded that all documents need; the first call decides. Does nothing where the system
    does not tell what a process has (only Linux does).

    Example: ``limit_memory(2000)``
    """
    taken = _data_bytes()
    if taken is None:
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = taken + megabytes * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def _data_bytes() -> int | None:
    try:
        lines = _STATUS.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
    stated = next((line.split() for line in lines if line.startswith("VmData:")), None)
    return int(stated[1]) * 1024 if stated else None


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let the collector of garbage look less often: figures that are compared are many, and are none while they are.

    Example: ``with seldom_collected(): finish(run, outcomes)``
    """
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], COLLECTED_AFTER) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
