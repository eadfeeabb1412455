"""Discovery: every file of a corpus, in the order of paths, and what could not be looked at."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.ingest.model import UNREADABLE, Reject, SourceFile
from pipeline.ingest.rows import doc_id
from pipeline.readers.archives import SUFFIX, contents, wanted
from pipeline.readers.limits import Limits
from pipeline.readers.rejected import RejectedFile


@dataclass(slots=True)
class Discovery:
    """The files of a corpus, and the rejects for what the system would not show.

    Example: ``[file.relative for file in discover(Path("报告")).files]`` → ``["云川县/2023上半年.txt"]``
    """

    files: list[SourceFile] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def check_paths(corpus: Path, out: Path) -> None:
    """UsageError when the corpus is missing, the output is a file or lies inside the corpus.

    Example: ``check_paths(Path("报告"), Path("输出"))``
    """
    if not corpus.exists():
        raise UsageError(f"{corpus} does not exist; give a folder of reports or one report")
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file; give --out a folder for the tables")
    if corpus.is_dir() and out.resolve().is_relative_to(corpus.resolve()):
        raise UsageError(f"{out} lies inside the corpus {corpus}; choose an --out outside of it")


def discover(corpus: Path, limits: Limits | None = None) -> Discovery:
    """All files below a folder, or the one file given; hidden and temporary ones are left out.

    Links are followed, each folder once, however they are linked. What the system refuses is a reject. An archive
    stands for the files in it (归档.zip/县局总结.docx).

    Example: ``discover(Path("报告")).files[0].relative`` → ``云川县/2023上半年.txt``
    """
    found, limits = Discovery(), limits or Limits()
    for path in _walk(corpus, found) if corpus.is_dir() else (corpus,):
        _add(found, path, path.relative_to(corpus).as_posix() if path != corpus else corpus.name, limits)
    found.files.sort(key=lambda file: file.relative)
    found.rejects.sort(key=lambda reject: reject.source_path)
    return found


def _walk(corpus: Path, found: Discovery) -> Iterator[Path]:
    """Real folders first and linked ones after them, so that a file is known by its own path."""
    seen: set[str] = set()
    waiting = [corpus]
    linked: list[Path] = []
    while waiting or linked:
        folder = waiting.pop() if waiting else linked.pop(0)
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        for entry in _entries(folder, corpus, found):
            if not _is_folder(entry):
                yield Path(entry.path)
            elif entry.is_symlink():
                linked.append(Path(entry.path))
            else:
                waiting.append(Path(entry.path))
        linked.sort()


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself: its stat will say so
        return False


def _entries(folder: Path, corpus: Path, found: Discovery) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if wanted(entry.name)]
    except OSError as error:
        found.rejects.append(_reject(folder.relative_to(corpus).as_posix(), error))
        return []


def _add(found: Discovery, path: Path, relative: str, limits: Limits) -> None:
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            found.rejects.append(Reject(printable(relative), "", UNREADABLE, "not a regular file"))
        elif not relative.lower().endswith(SUFFIX) or not _add_members(found, path, relative, state, limits):
            found.files.append(_file(path, relative, state.st_size, state))
    except OSError as error:
        found.rejects.append(_reject(relative, error))


def _add_members(found: Discovery, path: Path, relative: str, state: os.stat_result, limits: Limits) -> bool:
    """Add what is in an archive; False when the file is none."""
    try:
        inside = contents(path, limits)
    except RejectedFile as error:
        found.rejects.append(Reject(printable(relative), "", error.reason, error.message))
        return True
    if inside is None:
        return False
    for member in inside.members:
        found.files.append(_file(path, f"{relative}/{member.path}", member.size, state, member.at))
    for name, why in inside.rejects:
        found.rejects.append(Reject(printable(f"{relative}/{name}"), "", why.reason, why.message))
    return True


def _file(path: Path, relative: str, size: int, state: os.stat_result, member: tuple[int, ...] = ()) -> SourceFile:
    return SourceFile(printable(relative), path, doc_id(relative), size, state.st_mtime_ns, member)


def _reject(relative: str, error: OSError) -> Reject:
    return Reject(printable(relative), "", UNREADABLE, error.strerror or type(error).__name__)


def printable(relative: str) -> str:
    """A path that tables can hold: bytes that are no UTF-8 are written as \\xNN.

    Example: ``printable("云川县/报告.txt")`` → ``云川县/报告.txt``
    """
    return os.fsencode(relative).decode("utf-8", "backslashreplace")
