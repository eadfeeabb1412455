"""One run at a time writes an output folder: a file lock the system drops when the process dies.

The file says who holds it. It is emptied when the folder is let go of, so that who finds a name in it while nobody
holds the lock knows of a run that died.
"""

from __future__ import annotations

import fcntl
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import LockedError, StoreError, UsageError
from pipeline.logs import Fields
from pipeline.store.modes import keep_from_others

LOCK_FILE = ".lock"

log = logging.getLogger(__name__)


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the output folder, made where it is missing; LockedError when another process holds it.

    Example: ``with locked(Path("输出")): ...``
    """
    keep_from_others()
    handle = _opened(out)
    try:
        _take(handle, out)
        try:
            yield
        finally:
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _opened(out: Path) -> int:
    try:
        out.mkdir(parents=True, exist_ok=True)
        return os.open(out / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except (FileExistsError, NotADirectoryError):
        raise UsageError(f"{out} is not a folder; give --out a folder for the tables") from None
    except OSError as error:
        raise StoreError(f"{out} cannot be written ({error.strerror}); choose another --out") from None


def _take(handle: int, out: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LockedError(f"{out} is being written by {_named(handle)}; wait for it or choose another --out") from None
    if os.fstat(handle).st_size:
        log.warning("an earlier run died %s", Fields(holder=_named(handle)))
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    os.ftruncate(handle, 0)
    with suppress(OSError):  # the name is for people; a full disk is told where it matters
        os.pwrite(handle, f"{os.getpid()} on {socket.gethostname()} since {since}".encode(), 0)


def _named(handle: int) -> str:
    return f"process {os.pread(handle, 200, 0).decode('utf-8', 'replace').strip() or 'that has just begun'}"
