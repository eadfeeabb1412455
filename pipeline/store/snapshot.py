"""Snapshots: whole sets of tables, made aside and put in place with one atomic step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import StoreError, UsageError

CURRENT, SNAPSHOTS = "current", "snapshots"
STAGING, DOOMED, POINTER = ".staging-", ".doomed-", ".current-"


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
    """All published snapshots, oldest first.

    Example: ``[path.name for path in snapshots(Path("输出"))]`` → ``["20230711T020000Z"]``
    """
    folder = out / SNAPSHOTS
    return sorted(path for path in folder.iterdir() if path.name[0] != ".") if folder.is_dir() else []


def new_run_id(out: Path, now: datetime) -> str:
    """A name that sorts behind those of all snapshots, also when the clock was put back.

    Example: 2023-07-11 02:00:00 UTC → ``20230711T020000Z``
    """
    name = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    last = max((path.name for path in snapshots(out)), default="")
    if name > last:
        return name
    stem, _, number = last.partition("-")
    return f"{stem}-{int(number or 1) + 1:04d}"


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
    pointer = out / CURRENT
    if pointer.exists() and not pointer.is_symlink():
        raise UsageError(f"{pointer} is not a link made by zhibiao; move it away or choose another --out")
    fresh = out / f"{POINTER}{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path(SNAPSHOTS) / snapshot.name, target_is_directory=True)
    os.replace(fresh, pointer)
    _flush_one(out)


def clean(out: Path) -> None:
    """Remove what a run that was killed left behind; only for who holds the lock.

    Example: ``输出/snapshots/.staging-20230711T020000Z`` is removed
    """
    for pattern in (f"{SNAPSHOTS}/{STAGING}*", f"{SNAPSHOTS}/{DOOMED}*"):
        for folder in out.glob(pattern):
            shutil.rmtree(folder, ignore_errors=True)
    for link in out.glob(f"{POINTER}*"):
        link.unlink()


def prune(out: Path, keep: int) -> list[str]:
    """Remove all but the newest snapshots, never the one in force; returns the names removed.

    Example: ``prune(out, 7)`` keeps a week of nights
    """
    in_force, all_of_them = current(out), snapshots(out)
    removed = [path for path in all_of_them[: max(0, len(all_of_them) - keep)] if path.resolve() != in_force]
    for path in removed:
        doomed = path.with_name(DOOMED + path.name)
        os.rename(path, doomed)
        shutil.rmtree(doomed, ignore_errors=True)
    return [path.name for path in removed]


def _flush(folder: Path) -> None:
    for root, _, files in os.walk(folder):
        for name in files:
            _flush_one(Path(root, name))
        _flush_one(Path(root))


def _flush_one(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
