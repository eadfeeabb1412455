"""The memory a document may take: a ceiling for the process that reads, above what it needs by itself."""

from __future__ import annotations

import resource
from functools import cache
from pathlib import Path

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
