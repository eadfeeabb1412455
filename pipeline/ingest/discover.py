"""Discovery: every file of a corpus, in the order of paths, and what could not be looked at."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path, PurePosixPath

from pipeline.errors import UsageError
from pipeline.ingest.earlier import archive_stamp
from pipeline.ingest.model import UNREADABLE, Reject, SourceFile
from pipeline.ingest.rows import doc_id
from pipeline.readers.archives import SUFFIX, contents
from pipeline.readers.limits import Limits
from pipeline.readers.rejected import RejectedFile
from pipeline.sources import Address, Found, address_of, check_source, listed
from pipeline.sources.names import printable, told

Sieve = Callable[[Sequence[Found]], tuple[list[Found], list[Found]]]
"""Parts files into those to be read and those that wait."""


@dataclass(slots=True)
class Discovery:
    """The files of a corpus, the rejects for what the system would not show, the paths of what is still being written.

    Example: ``[file.relative for file in discover(Path("报告")).files]`` → ``["云川县/2023上半年.txt"]``
    """

    files: list[SourceFile] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


def check_paths(corpus: Address | Path, out: Path) -> None:
    """UsageError when there can be no corpus, the output is a file or lies inside the corpus.

    Example: ``check_paths(Path("报告"), Path("输出"))``
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file; give --out a folder for the tables")
    check_source(address_of(corpus), out)


def discover(
    corpus: Address | Path, limits: Limits | None = None, follow_links: bool = False, sieve: Sieve | None = None
) -> Discovery:
    """All files at an address; hidden and temporary ones are left out.

    Links are followed, each folder once, as long as they stay in the corpus or ``follow_links`` is set. What the
    system refuses is a reject. An archive stands for the files in it (归档.zip/县局总结.docx).

    Example: ``discover(Path("报告")).files[0].relative`` → ``云川县/2023上半年.txt``
    """
    listing = listed(address_of(corpus).resolve(), follow_links)
    steady, waiting = sieve(listing.files) if sieve else (listing.files, [])
    found = Discovery(waiting=sorted(printable(file.relative) for file in waiting))
    found.rejects += [Reject(printable(one.relative), "", one.reason, one.message) for one in listing.refused]
    for file in sorted(steady, key=lambda file: file.relative):
        if not file.relative.lower().endswith(SUFFIX) or not _add_members(found, file, limits or Limits()):
            state = file.state
            found.files.append(_file(file, file.relative, state.size, (), state.stamp))
    found.files.sort(key=lambda file: (file.relative, file.member))
    found.files = _distinct(found.files)
    found.rejects.sort(key=lambda reject: reject.source_path)
    return found


def _add_members(found: Discovery, file: Found, limits: Limits) -> bool:
    """Add what is in an archive; False when the file is none."""
    relative = file.relative
    try:
        inside = contents(file.place, limits)
    except RejectedFile as error:
        found.rejects.append(Reject(printable(relative), "", error.reason, error.message))
        return True
    except OSError as error:
        found.rejects.append(Reject(printable(relative), "", UNREADABLE, told(error)))
        return True
    if inside is None:
        return False
    stamp = archive_stamp(file.state)
    for member in inside.members:
        found.files.append(_file(file, f"{relative}/{member.path}", member.size, member.at, stamp))
    for name, why in inside.rejects:
        found.rejects.append(Reject(printable(f"{relative}/{name}"), "", why.reason, why.message))
    return True


def _file(file: Found, relative: str, size: int, member: tuple[int, ...], stamp: str) -> SourceFile:
    identity = (printable(relative), file.at, doc_id(relative))
    return SourceFile(*identity, size, file.state.mtime_ns, member, stamp)


def _distinct(files: list[SourceFile]) -> list[SourceFile]:
    """A store of objects may hold a.zip and a.zip/b.txt: the file in the archive then is a.zip/b (2).txt."""
    given = {file.relative for file in files}
    seen: set[str] = set()
    result = []
    for file in files:
        if file.relative in seen:
            path = _free(file.relative, given | seen)
            file = replace(file, relative=path, doc_id=doc_id(path))
        seen.add(file.relative)
        result.append(file)
    return sorted(result, key=lambda file: file.relative)


def _free(path: str, taken: Container[str]) -> str:
    here = PurePosixPath(path)
    names = (str(here.with_name(f"{here.stem} ({number}){here.suffix}")) for number in count(2))
    return next(name for name in names if name not in taken)
