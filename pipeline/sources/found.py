"""What a listing gives: files with the state they are in, and what the system would not show."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.sources.remote import Remote

UNREADABLE, OUTSIDE = "unreadable", "outside"
_SECOND = 10**9

Place = Path | Remote
"""Where a file is: on this machine, or on a system that fsspec knows."""


@dataclass(frozen=True, slots=True)
class State:
    """In which state a file is: bytes (-1 for unknown), time in nanoseconds, and what else names the version.

    Example: ``State(1200, 1689000000000000000, '"9bb58f26192e4ba0"')``
    """

    size: int
    mtime_ns: int
    stamp: str = ""
    changed_ns: int = field(default=0, compare=False)
    """When this machine last wrote it or moved it there; copies over a network may have their times set beforehand."""

    @classmethod
    def of(cls, about: os.stat_result) -> State:
        """The state of a file of this machine.

        Example: ``State.of(os.stat("报告/云川县.txt")).size`` → 1200
        """
        return cls(about.st_size, about.st_mtime_ns, changed_ns=about.st_ctime_ns)

    def moved(self, now: State) -> bool:
        """Whether a file that was so is another one now.

        Times are compared only without a stamp, and as seconds where one of them is in seconds: what is said of a
        folder may be more exact than what is said of one file.

        Example: ``State(3, 10**9).moved(State(6, 10**9))`` → True
        """
        if -1 not in (self.size, now.size) and self.size != now.size:
            return True
        if self.changed_ns and now.changed_ns and self.changed_ns != now.changed_ns:
            return True
        if self.stamp and now.stamp:
            return self.stamp != now.stamp
        unit = 1 if self.mtime_ns % _SECOND and now.mtime_ns % _SECOND else _SECOND
        return self.mtime_ns // unit != now.mtime_ns // unit


@dataclass(frozen=True, slots=True)
class Found:
    """A file: its path below the corpus, where it is, in which state.

    Example: ``Found("云川县/全年.txt", Path("报告/云川县/全年.txt"), State(1200, 1689000000000000000))``
    """

    relative: str
    at: Place | str
    """The place, of a file of this machine as a text: of many files nothing but that is asked."""
    state: State

    @property
    def place(self) -> Place:
        """Where it is."""
        return Path(self.at) if isinstance(self.at, str) else self.at


@dataclass(frozen=True, slots=True)
class Refused:
    """What could not be looked at, or must not be: ``reason`` is UNREADABLE or OUTSIDE.

    Example: ``Refused("云川县", "unreadable", "Permission denied")``
    """

    relative: str
    reason: str
    message: str
    folder: bool = False


@dataclass(slots=True)
class Listing:
    """The files of a corpus in no order, and what was refused.

    Example: ``[file.relative for file in listed(Address("报告")).files]`` → ``["云川县/全年.txt"]``
    """

    files: list[Found] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def refuse(self, relative: str, message: str, reason: str = UNREADABLE, folder: bool = False) -> None:
        """Note what was refused.

        Example: ``listing.refuse("云川县", "Permission denied")``
        """
        self.refused.append(Refused(relative, reason, message, folder))


def state_of(place: Place) -> State:
    """The state of a file now; OSError when it cannot be told.

    Example: ``state_of(Path("报告/云川县.txt")).size`` → 1200
    """
    if isinstance(place, Remote):
        return State(*place.state())
    about = place.stat()
    if not stat.S_ISREG(about.st_mode):
        raise OSError("not a regular file")
    return State.of(about)
