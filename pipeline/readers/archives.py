"""Archives (.zip): the files in them, each to be read as if it lay in a folder of the archive's name.

Only directories of archives are read to list them, and the bytes of archives inside archives.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pipeline.readers.limits import Limits
from pipeline.readers.rejected import RejectedFile
from pipeline.readers.zips import Zipped, faults_told, member_name, open_zip, opened
from pipeline.sources.names import wanted
from pipeline.sources.remote import Remote, fetched

T = TypeVar("T")
SUFFIX = ".zip"
_LEADING = (b"PK\x03\x04", b"PK\x05\x06")
_DOCUMENTS = ("word/document", "xl/workbook", "ppt/presentation", "OFD.xml", "mimetype")
_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_KEPT_OPEN = 4

At = tuple[int, ...]
"""Where a file is: its number in the directory of the archive, in that of the archive there, and so on."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: a harmless path, its unpacked size, where it is.

    Example: ``Member("2025年/县局总结.docx", 48_213, (3,))``
    """

    path: str
    size: int
    at: At


@dataclass(slots=True)
class Contents:
    """The files of an archive in its order, and what in it cannot be opened: its path and why.

    Example: ``contents(Path("归档.zip"), Limits()).members[0].path`` → ``县局总结.docx``
    """

    members: list[Member] = field(default_factory=list)
    rejects: list[tuple[str, RejectedFile]] = field(default_factory=list)


def contents(archive: Zipped, limits: Limits) -> Contents | None:
    """What is in an archive; None when the file is none (another format, a .docx called .zip).

    RejectedFile when nothing of it can be read: ``damaged``, ``encrypted``, ``empty``, ``too_large_unpacked``.

    Example: ``contents(Path("归档.zip"), Limits())`` → the files, those of archives in it too
    """
    return _asked(archive, lambda: _contents(archive, limits))


def _contents(archive: Zipped, limits: Limits) -> Contents | None:
    if not _is_zip(archive, limits):
        return None
    with opened(archive, limits) as opened_archive:
        if _is_document(opened_archive):
            return None
        listing = _Listing(limits)
        listing.add(opened_archive)
    found = listing.found
    if not found.members and not found.rejects:
        raise _empty()
    return found


def member_bytes(archive: Zipped, at: At, limits: Limits) -> bytes:
    """The bytes of a file in an archive; RejectedFile when it is too large, damaged, or not there any more.

    Example: ``member_bytes(Path("归档.zip"), (3,), Limits())``
    """
    return _asked(archive, lambda: _member_bytes(archive, at, limits))


def _asked(archive: Zipped, ask: Callable[[], T]) -> T:
    """Asked with patience where the archive is on another system; what is wrong with the archive itself is final."""
    if not isinstance(archive, Remote):
        return ask()

    def caught(_: object) -> T | RejectedFile:
        try:
            return ask()
        except RejectedFile as error:
            return error

    answer = fetched(archive.address, caught)
    if isinstance(answer, RejectedFile):
        raise answer
    return answer


def _member_bytes(archive: Zipped, at: At, limits: Limits) -> bytes:
    stamp = archive.stat().st_mtime_ns if isinstance(archive, Path) else 0
    try:
        return _bytes(_archive(archive, stamp, at[:-1], limits), at[-1], limits)
    except OSError:
        _archive.cache_clear()  # what it was read through may be broken: the next one opens it again
        raise


# The files of an archive are read one after the other, and its directory may be long.
@lru_cache(maxsize=_KEPT_OPEN)
def _archive(archive: Zipped, stamp: int, at: At, limits: Limits) -> zipfile.ZipFile:
    with faults_told():
        if not at:
            return open_zip(archive, limits)
        return open_zip(_bytes(_archive(archive, stamp, at[:-1], limits), at[-1], limits), limits)


def _bytes(archive: zipfile.ZipFile, number: int, limits: Limits) -> bytes:
    members = archive.infolist()
    if number >= len(members):
        raise RejectedFile("damaged", "the archive was changed while it was read; read it again")
    if members[number].file_size > limits.bytes:
        size = members[number].file_size
        raise RejectedFile("too_large", f"{size:,} bytes, more than {limits.bytes:,}; split it or raise the limit")
    with faults_told():
        return archive.read(members[number])


def _is_zip(archive: Zipped, limits: Limits) -> bool:
    if isinstance(archive, bytes):
        return archive.startswith(_LEADING)
    with archive.open(limits.bytes) if isinstance(archive, Remote) else archive.open("rb") as file:
        return file.read(4) in _LEADING


def _is_document(archive: zipfile.ZipFile) -> bool:
    return any(name.startswith(_DOCUMENTS) for name in archive.namelist())


class _Listing:
    """Goes through an archive and those in it, all within one budget."""

    def __init__(self, limits: Limits) -> None:
        self.found = Contents()
        self._limits = limits
        self._names: Counter[str] = Counter()
        self._files = self._unpacked = 0

    def add(self, archive: zipfile.ZipFile, at: At = (), folder: str = "") -> None:
        members = archive.infolist()
        self._files += len(members)
        self._unpacked += sum(member.file_size for member in members)
        if self._files > self._limits.members or self._unpacked > self._limits.unpacked_bytes:
            raise RejectedFile("too_large_unpacked", "with the archives in it, it holds more than the limit")
        for number, member in enumerate(members):
            name = None if member.is_dir() else _harmless(member_name(member))
            if name is not None:
                self._add_file(archive, member, (*at, number), self._distinct(f"{folder}{name}"))

    def _add_file(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, at: At, path: str) -> None:
        try:
            if not path.lower().endswith(SUFFIX) or not self._add_archive(
                _bytes(archive, at[-1], self._limits), at, path
            ):
                self.found.members.append(Member(path, member.file_size, at))
        except RejectedFile as error:
            self.found.rejects.append((path, error))

    def _add_archive(self, data: bytes, at: At, path: str) -> bool:
        if not _is_zip(data, self._limits):
            return False
        with opened(data, self._limits) as archive:
            if _is_document(archive):
                return False
            if len(at) >= self._limits.nesting:
                raise RejectedFile("too_deep", f"more than {self._limits.nesting} archives inside one another")
            before = len(self.found.members) + len(self.found.rejects)
            self.add(archive, at, f"{path}/")
        if before == len(self.found.members) + len(self.found.rejects):
            raise _empty()
        return True

    def _distinct(self, path: str) -> str:
        self._names[path] += 1
        while (count := self._names[path]) > 1:
            here = PurePosixPath(path)
            path = str(here.with_name(f"{here.stem} ({count}){here.suffix}"))
            self._names[path] += 1
        return path


def _harmless(name: str) -> str | None:
    """A path below the archive, whatever the name says; None for what is hidden or temporary."""
    parts = [_CONTROLS.sub("_", part) for part in name.replace("\\", "/").split("/")]
    parts = [part for part in parts if part not in ("", ".", "..") and not _DRIVE.fullmatch(part)]
    return "/".join(parts) if parts and all(map(wanted, parts)) else None


def _empty() -> RejectedFile:
    return RejectedFile("empty", "there is no file in it; remove it or pack it again")
