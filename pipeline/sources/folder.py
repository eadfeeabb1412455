"""A folder of this machine: every file below it, once, however it is linked, and no way out of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.sources.found import OUTSIDE, Found, Listing, State
from pipeline.sources.names import told, wanted

HERE = "."
LEADS_OUT = "a link that leads out of the corpus; set follow_links = true to follow it"


@dataclass(slots=True)
class Walk:
    """Goes through a folder: real folders first and linked ones after them, so that a file is known by its own path.

    Example: ``Walk(Path("报告").resolve(), Listing()).files()``
    """

    root: Path
    listing: Listing
    follow_links: bool = False
    depth: int | None = None
    """How many folders deep to look, None for all."""
    _seen: set[str] = field(default_factory=set)

    def files(self) -> Listing:
        """Add every file below the folder to the listing; OSError when the folder itself is refused.

        Example: ``Walk(root, Listing()).files().files[0].relative`` → ``云川县/全年.txt``
        """
        os.scandir(self.root).close()
        for path in self._paths():
            try:
                about = os.stat(path)
                if stat.S_ISREG(about.st_mode):
                    self.listing.files.append(Found(self._relative(path), path, State.of(about)))
                else:
                    self.listing.refuse(self._relative(path), "not a regular file")
            except OSError as error:
                self.listing.refuse(self._relative(path), told(error))
        return self.listing

    def _paths(self) -> Iterator[str]:
        """As texts: a corpus has a hundred thousand, and a ``Path`` takes longer than the system needs to show them."""
        waiting, linked = [os.fspath(self.root)], list[str]()
        while waiting or linked:
            folder = waiting.pop() if waiting else linked.pop(0)
            real = os.path.realpath(folder)
            if real in self._seen:
                continue
            self._seen.add(real)
            for entry in self._entries(folder):
                if not _is_folder(entry):
                    yield entry.path
                elif entry.is_symlink():
                    linked.append(entry.path)
                else:
                    waiting.append(entry.path)
            linked.sort(key=Path)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        inside = self._relative(folder)
        if self.depth is not None and inside != HERE and inside.count("/") + 1 >= self.depth:
            return []
        try:
            return [entry for entry in entries_of(folder) if wanted(entry.name) and self._inside(entry)]
        except OSError as error:
            self.listing.refuse(inside, told(error), folder=True)
            return []

    def _inside(self, entry: os.DirEntry[str]) -> bool:
        if self.follow_links or not entry.is_symlink():
            return True
        if Path(os.path.realpath(entry.path)).is_relative_to(self.root):
            return True
        self.listing.refuse(self._relative(entry.path), LEADS_OUT, OUTSIDE)
        return False

    def _relative(self, path: str) -> str:
        return path[len(os.fspath(self.root)) :].lstrip("/") or HERE


def entries_of(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder.

    Example: ``[entry.name for entry in entries_of("报告")]``
    """
    with os.scandir(folder) as entries:
        return list(entries)


def read_file(path: Path, state: State) -> bytes | None:
    """The bytes of a file, None when it is not in that state before and after; never waits for a pipe.

    Example: ``read_file(path, state_of(path))``
    """
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode) or state.moved(State.of(before)):
            return None
        data = file.read()
        return None if State.of(before).moved(State.of(os.fstat(file.fileno()))) else data


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself: its stat will say so
        return False
