"""Snapshots: whole sets of tables, made aside and put in place with one atomic step."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.errors import StoreError, UsageError

CURRENT, SNAPSHOTS = "current", "snapshots"
STAGING, DOOMED, POINTER = ".staging-", ".doomed-", ".current-"
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
_RUN_ID = re.compile(r"(\d{8}T\d{6}Z)(?:-(\d+))?", re.ASCII)
_MOMENT = "%Y%m%dT%H%M%SZ"


def current(out: Path) -> Path | None:
    """The folder of the snapshot in force, None before the first.

    Resolve it once and read every table from it: a run that ends meanwhile then cannot mix two snapshots.

    Example: ``current(Path("输出"))`` → ``输出/snapshots/20230711T020000Z``
    """
    pointer = out / CURRENT
    return pointer.resolve() if pointer.is_dir() else None


def required(out: Path) -> Path:
    """The folder of the snapshot in force; StoreError when there is none.

    Example: ``required(Path("输出")) / "mentions"``
    """
    found = current(out)
    if found is None:
        raise StoreError(f"{out} has no tables yet; run zhibiao ingest --out {out}")
    return found


def snapshots(out: Path) -> list[Path]:
    """All published snapshots, oldest first; whatever else lies in their folder is left alone.

    Example: ``[path.name for path in snapshots(Path("输出"))]`` → ``["20230711T020000Z"]``
    """
    folder = out / SNAPSHOTS
    found = [path for path in folder.iterdir() if _RUN_ID.fullmatch(path.name)] if folder.is_dir() else []
    return sorted((path for path in found if path.is_dir() and not path.is_symlink()), key=lambda one: _order(one.name))


def taken_at(name: str) -> datetime:
    """When the run of a snapshot began, by its name.

    Example: ``20230711T020000Z-0002`` → 2023-07-11 02:00:00 UTC
    """
    try:
        return datetime.strptime(_order(name)[0], _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)


def _order(name: str) -> tuple[str, int]:
    match = _RUN_ID.fullmatch(name)
    assert match is not None
    return match[1], int(match[2] or 1)


def new_run_id(out: Path, now: datetime) -> str:
    """A name that sorts behind those of all snapshots, also when the clock was put back, and that nothing has.

    Example: 2023-07-11 02:00:00 UTC → ``20230711T020000Z``
    """
    stem, number = now.astimezone(UTC).strftime(_MOMENT), 1
    if (there := snapshots(out)) and (last := _order(there[-1].name)) >= (stem, number):
        stem, number = last[0], last[1] + 1
    while os.path.lexists(out / SNAPSHOTS / _named(stem, number)):
        number += 1
    return _named(stem, number)


def _named(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number:04d}"


@contextmanager
def staging(out: Path, run_id: str) -> Iterator[Path]:
    """A folder to build a snapshot in; whatever was not published of it is gone afterwards.

    Example: ``with staging(out, "20230711T020000Z") as folder: ...; publish(out, folder)``
    """
    folder = out / SNAPSHOTS / f"{STAGING}{run_id}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(out: Path, folder: Path) -> Path:
    """Put a finished staging folder in force: flushed to disk, renamed, then the pointer replaced at once.

    Example: ``publish(out, folder)`` → ``输出/snapshots/20230711T020000Z``
    """
    _flush(folder)
    final = folder.with_name(folder.name.removeprefix(STAGING))
    os.rename(folder, final)
    _flush_one(final.parent)
    point(out, final)
    return final


def point(out: Path, snapshot: Path) -> None:
    """Let ``current`` be a snapshot, atomically; UsageError when something else has that name.

    Example: ``point(out, snapshots(out)[-2])`` goes back to the one before
    """
    _link(out, Path(SNAPSHOTS) / snapshot.name)
    os.replace(_fresh(out), out / CURRENT)
    _flush_one(out)


def _link(out: Path, target: Path) -> None:
    """Make the link that is to replace ``current``."""
    pointer, fresh = out / CURRENT, _fresh(out)
    if pointer.exists() and not pointer.is_symlink():
        raise UsageError(f"{pointer} is not a link made by zhibiao; move it away or choose another --out")
    fresh.unlink(missing_ok=True)
    try:
        fresh.symlink_to(target, target_is_directory=True)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        raise StoreError(
            f"{out} takes no symbolic links ({error.strerror}); choose an --out on a file system that has them"
        ) from None


def _fresh(out: Path) -> Path:
    return out / f"{POINTER}{os.getpid()}"


def ready(out: Path) -> None:
    """Make an output folder ready for a run before anything is read; only for who holds the lock.

    What a killed run left is removed; a folder that cannot have the link ``current`` is refused; where the link is
    lost, it is made again to the newest snapshot.

    Example: ``ready(Path("输出"))``
    """
    clean(out)
    _link(out, Path(SNAPSHOTS))
    _fresh(out).unlink()
    if current(out) is None and (there := snapshots(out)):
        point(out, there[-1])


def clean(out: Path) -> None:
    """Remove what a run that was killed left behind; only for who holds the lock.

    Example: ``输出/snapshots/.staging-20230711T020000Z`` is removed
    """
    for pattern in (f"{SNAPSHOTS}/{STAGING}*", f"{SNAPSHOTS}/{DOOMED}*"):
        for folder in out.glob(pattern):
            shutil.rmtree(folder, ignore_errors=True)
    for left in (*out.glob(f"{POINTER}*"), *out.glob(f"{SNAPSHOTS}/*/_*.new")):
        left.unlink(missing_ok=True)  # `verify`, which holds no lock, may have put it in place


def outdated(out: Path, keep: int | None, before: datetime | None = None) -> list[Path]:
    """The snapshots to be removed: all but so many of the newest, and those taken before a moment by their own names.

    The one in force never is.

    Example: ``outdated(out, 7)`` → what came before the last week of nights
    """
    in_force, there = current(out), snapshots(out)
    too_many = set() if keep is None else set(there[: max(0, len(there) - keep)])
    too_old = {path for path in there if before and taken_at(path.name) < before}
    return [path for path in there if path in too_many | too_old and path.resolve() != in_force]


def prune(out: Path, keep: int, days: int | None = None, now: datetime | None = None) -> list[str]:
    """Remove all but the newest snapshots and those older than some days; returns the names removed.

    Example: ``prune(out, 7)`` keeps a week of nights
    """
    before = (now or datetime.now(UTC)) - timedelta(days=days) if days else None
    removed = outdated(out, keep, before)
    for path in removed:
        remove(path)
    return [path.name for path in removed]


def remove(snapshot: Path) -> None:
    """Remove a snapshot: out of sight at once, then from the disk.

    Example: ``remove(snapshots(out)[0])``
    """
    doomed = snapshot.with_name(DOOMED + snapshot.name)
    os.rename(snapshot, doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def _flush(folder: Path) -> None:
    """Flush what was written; a file that a snapshot before has too was flushed with that."""
    for root, _, files in os.walk(folder):
        for name in files:
            path = Path(root, name)
            if path.stat().st_nlink == 1:
                _flush_one(path)
        _flush_one(Path(root))


def _flush_one(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL or not path.is_dir():  # some file systems flush no folders
            raise
    finally:
        os.close(handle)
