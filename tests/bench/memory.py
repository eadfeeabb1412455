"""Memory: the most that a process and those below it take, by kind."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

EVERY = 0.05
"""Seconds between two looks."""
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


@dataclass(slots=True)
class Peaks:
    """Megabytes at most: of the process itself, of the largest worker (0 when there was none).

    Example: ``Peaks(main=310.0, worker=205.0)``
    """

    main: float = 0.0
    worker: float = 0.0
    _done: threading.Event = field(default_factory=threading.Event, repr=False)


@contextmanager
def watched(pid: int) -> Iterator[Peaks]:
    """The peaks of a process and those below it while the block runs.

    Example: ``with watched(process.pid) as peaks: process.wait()``
    """
    peaks = Peaks()
    looking = threading.Thread(target=_look, args=(pid, peaks), daemon=True)
    looking.start()
    try:
        yield peaks
    finally:
        peaks._done.set()
        looking.join()


def _look(pid: int, peaks: Peaks) -> None:
    while not peaks._done.wait(EVERY):
        try:
            root = psutil.Process(pid)
            peaks.main = max(peaks.main, peak_of(pid))
            for process in root.children(recursive=True):
                if process.ppid() != pid:  # below the server that forks them
                    peaks.worker = max(peaks.worker, peak_of(process.pid))
        except psutil.NoSuchProcess:
            continue


def peak_of(pid: int) -> float:
    """The most megabytes a process ever had; what it has now where the system does not keep that.

    Example: ``peak_of(os.getpid())``
    """
    try:
        found = _PEAK.search(Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace"))
        if found:
            return int(found[1]) / 1024
    except OSError:
        pass
    return float(psutil.Process(pid).memory_info().rss) / 2**20
