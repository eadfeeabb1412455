"""The snapshots of an output folder, for people: what they hold, what they take, which is meant by a name."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.errors import StoreError, UsageError
from pipeline.store.manifest import Manifest, stored_manifest
from pipeline.store.snapshot import current, required, snapshots, taken_at


@dataclass(frozen=True, slots=True)
class Overview:
    """A snapshot in a line; bytes are ``own`` when no other snapshot has the file too. Counts are -1 where unknown.

    Example: ``Overview("20230711T020000Z", taken, 172, 9021, 161, 2, own=4711, shared=81920, current=True)``
    """

    name: str
    taken: datetime
    documents: int
    mentions: int
    findings: int
    rejects: int
    own: int
    shared: int
    current: bool


def overviews(out: Path) -> list[Overview]:
    """All snapshots of an output folder, oldest first; StoreError when there is none.

    One that a run removes meanwhile is left out.

    Example: ``overviews(Path("输出"))[-1].documents``
    """
    in_force, there = current(out), snapshots(out)
    if not there:
        required(out)
    found = []
    for path in there:
        with suppress(FileNotFoundError):
            one = _overview(path, path.resolve() == in_force)
            path.stat()
            found.append(one)
    return found


def _overview(snapshot: Path, is_current: bool) -> Overview:
    manifest = stored_manifest(snapshot)
    counts = {name: _rows(manifest, name) for name in ("documents", "mentions", "findings", "rejects")}
    own = shared = 0
    for path in snapshot.rglob("*"):
        if path.is_file():
            state = path.stat()
            own, shared = (own, shared + state.st_size) if state.st_nlink > 1 else (own + state.st_size, shared)
    return Overview(snapshot.name, taken_at(snapshot.name), **counts, own=own, shared=shared, current=is_current)


def _rows(manifest: Manifest | None, table: str) -> int:
    if manifest is None:
        return -1
    return sum(file.rows for name, file in manifest.files.items() if name.startswith(f"{table}/"))


def named(out: Path, name: str | None) -> Path:
    """The snapshot of a name or of its beginning, the one in force without; UsageError when it is none, or several.

    Example: ``named(Path("输出"), "20230711")`` → ``输出/snapshots/20230711T020000Z``
    """
    in_force = required(out)
    if name in (None, "current"):
        return in_force
    found = [path for path in snapshots(out) if path.name.startswith(str(name))]
    exact = [path for path in found if path.name == name]
    if len(exact or found) != 1:
        wrong = f"{len(found)} snapshots begin so" if found else "no snapshot of this name"
        raise UsageError(f"{name}: {wrong}; see zhibiao snapshots list --out {out}")
    return (exact or found)[0].resolve()


def before(out: Path, snapshot: Path) -> Path:
    """The snapshot before another one; StoreError when it is the first.

    Example: ``before(out, required(out))``
    """
    there = [path.resolve() for path in snapshots(out)]
    at = there.index(snapshot) if snapshot in there else 0
    if at == 0:
        raise StoreError(f"{snapshot.name} is the oldest snapshot of {out}; there is none before it")
    return there[at - 1]
