"""Landing folders: files that are still being copied into the corpus wait for the next run."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from pipeline.sources import Found
from pipeline.sources.found import state_of

_NANO = 10**9


def settled(files: Sequence[Found], seconds: float, known: Callable[[Found], bool]) -> tuple[list[Found], list[Found]]:
    """Files that can be read, and those that wait, since they are being written.

    A file is young when it changed less than ``seconds`` ago (or will change so soon, by a clock that is ahead); all
    young ones are looked at again after one short pause. Those that ``known`` answers for are not.

    Example: ``settled(files, 2, earlier.knows)``
    """
    now = time.time_ns()
    young = [file for file in files if abs(now - file.state.mtime_ns) < seconds * _NANO and not known(file)]
    if not young:
        return list(files), []
    latest = max(file.state.mtime_ns for file in young)
    time.sleep(min(seconds, (latest - now) / _NANO + seconds))
    waiting = {file.relative for file in young if _moved(file)}
    return (
        [file for file in files if file.relative not in waiting],
        [file for file in files if file.relative in waiting],
    )


def _moved(file: Found) -> bool:
    try:
        return file.state.moved(state_of(file.place))
    except OSError:
        return True
