"""A folder of pages that is replaced at once, by one run at a time: there is always a whole one, old or new.

Example: ``with replaced(Path("outputs/review")) as (old, fresh): ...``
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from pipeline.errors import LockedError, StoreError, UsageError
from pipeline.store.modes import keep_from_others

MARK: Final = ".zhibiao-review"
"""In a folder of pages: it may be replaced, since nothing else lies in it."""


@contextmanager
def replaced(folder: Path) -> Iterator[tuple[Path, Path]]:
    """The folder as it is, and one to write into that takes its place when the block has ended well.

    UsageError when it holds something else, LockedError while another run writes it, StoreError when it cannot be
    written. A run that was killed leaves nothing that is in the way of the next one.

    Example: ``with replaced(Path("核对")) as (old, fresh): (fresh / "index.html").write_text("…")``
    """
    keep_from_others()
    real = folder.resolve()  # a link stays a link, to the new pages
    if real.exists() and not _is_ours(real):
        raise UsageError(f"{folder} holds something else than review pages; choose another --to")
    fresh, aside = (real.with_name(f".{real.name}.{kind}") for kind in ("new", "old"))
    with _disk_errors(folder):
        handle = _held(fresh, folder)
        try:
            _tidied(real, fresh, aside)
            yield real, fresh
            _swap(real, fresh, aside)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
            if real.exists():
                shutil.rmtree(aside, ignore_errors=True)
            os.close(handle)


def carry(old: Path, new: Path) -> None:
    """Take a file over as it is: the same file where the disk can, else a copy.

    Example: ``carry(old / "reports" / "9f86d081884c7d65.html", fresh / "reports" / "9f86d081884c7d65.html")``
    """
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def _is_ours(folder: Path) -> bool:
    return (folder / MARK).is_file() or (folder.is_dir() and not any(folder.iterdir()))


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    """What the disk refuses, in a line."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{folder} cannot be written ({error.strerror or error}); choose another --to") from None


def _held(fresh: Path, folder: Path) -> int:
    """The folder to write into, made and locked; the system lets go of the lock when the process ends."""
    while True:
        fresh.mkdir(parents=True, exist_ok=True)
        handle = os.open(fresh, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise LockedError(f"{folder} is being written by another run; wait for it or choose another --to") from None
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), os.stat(fresh)):
                return handle
        os.close(handle)  # the other run was done just now, and what was locked is in its place


def _tidied(real: Path, fresh: Path, aside: Path) -> None:
    """Clear away what a killed run has left; its last step but one had moved the old pages aside."""
    if aside.is_dir() and not real.exists():
        os.rename(aside, real)
    shutil.rmtree(aside, ignore_errors=True)
    for left in fresh.iterdir():
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()
    (fresh / MARK).touch()


def _swap(real: Path, fresh: Path, aside: Path) -> None:
    """Let the fresh folder be the folder; what was there goes aside, and comes back when that fails."""
    if real.exists():
        os.rename(real, aside)
    try:
        os.rename(fresh, real)
    except OSError:
        if aside.exists():
            os.rename(aside, real)
        raise
