"""One run at a time writes an output folder: a file lock the system drops when the process dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import LockedError, StoreError, UsageError
from pipeline.store.modes import keep_from_others

LOCK_FILE = ".lock"


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the output folder, made where it is missing; LockedError when another process holds it.

    Example: ``with locked(Path("输出")): ...``
    """
    keep_from_others()
    handle = _opened(out)
    try:
        _take(handle, out)
        yield
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
        holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "another"
        raise LockedError(f"{out} is being written by process {holder}; wait for it or choose another --out") from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, str(os.getpid()).encode(), 0)
