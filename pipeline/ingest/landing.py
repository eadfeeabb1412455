"""Landing folders: files that are still being copied into the corpus wait for the next run."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from math import inf

from pipeline.sources import Found
from pipeline.sources.found import state_of

_NANO = 10**9


def settled(files: Sequence[Found], seconds: float, known: Callable[[Found], bool]) -> tuple[list[Found], list[Found]]:
    """Files that can be read, and those that wait, since they are being written.

    A file is young when it changed or came less than ``seconds`` ago (or will, by a clock that is a little ahead); all
    young ones are looked at again after one short pause. Those that ``known`` answers for are not.

    Example: ``settled(files, 2, earlier.knows)``
    """
    now = time.time_ns()
    young = [file for file in files if _age(file, now, seconds) < seconds and not known(file)]
    if not young:
        return list(files), []
    time.sleep(min(seconds, seconds - min(_age(file, now, seconds) for file in young)))
    waiting = {file.relative for file in young if _moved(file)}
    return (
        [file for file in files if file.relative not in waiting],
        [file for file in files if file.relative in waiting],
    )


def _age(file: Found, now: int, seconds: float) -> float:
    """Seconds since it changed or came; times further ahead than a pause are those of a wrong clock."""
    changed, came = (now - file.state.mtime_ns) / _NANO, (now - file.state.changed_ns) / _NANO
    if changed > -seconds and came > -seconds:
        return min(changed, came)
    return changed if changed > -seconds else came if came > -seconds else inf


def _moved(file: Found) -> bool:
    try:
        return file.state.moved(state_of(file.place))
    except OSError:
        return True
