"""Zip files opened with care: nothing is unpacked before its size is known to be within the limits."""

from __future__ import annotations

import errno
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pipeline.readers.limits import Limits
from pipeline.readers.rejected import RejectedFile
from pipeline.sources.remote import Remote

FREE_BYTES = 10_000_000
"""So much any zip may hold unpacked, however small it is packed."""
_ENCRYPTED = 0x1
_IN_UTF8 = 0x800


Zipped = bytes | Path | Remote
"""A zip at hand, or where it is."""


@contextmanager
def opened(data: Zipped, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """A zip whose directory keeps the limits; of a file only what is asked for is read.

    Raises RejectedFile: ``damaged``, ``encrypted``, ``too_large_unpacked``; damage that shows only while a member
    is read is ``damaged`` too.

    Example: ``with opened(source.data, source.limits) as archive: archive.read("word/document.xml")``
    """
    with faults_told(), open_zip(data, limits) as archive:
        yield archive


def open_zip(data: Zipped, limits: Limits) -> zipfile.ZipFile:
    """A zip that stays open, for who reads it ``with faults_told()``; RejectedFile when it exceeds the limits.

    Example: ``open_zip(Path("归档.zip"), Limits()).infolist()``
    """
    file = data if isinstance(data, Path) else _file(data, limits)
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        fault = getattr(getattr(file, "raw", None), "fault", None)
        raise fault or RejectedFile("damaged", "it is no whole zip; fetch it again") from None
    try:
        _check(archive, _size(archive), limits)
    except BaseException:
        archive.close()
        raise
    return archive


def _file(data: bytes | Remote, limits: Limits) -> IO[bytes]:
    return io.BytesIO(data) if isinstance(data, bytes) else data.open(limits.bytes)


def _size(archive: zipfile.ZipFile) -> int:
    assert archive.fp is not None
    return archive.fp.seek(0, io.SEEK_END)


@contextmanager
def faults_told() -> Iterator[None]:
    """What is wrong with a zip that is read inside becomes RejectedFile ``damaged``.

    Example: ``with faults_told(): archive.read("word/document.xml")``
    """
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError, KeyError, ValueError) as error:
        raise _damaged(error) from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a directory that points before the beginning of the file
            raise
        raise _damaged(error) from error


def _damaged(error: Exception) -> RejectedFile:
    return RejectedFile("damaged", f"the zip cannot be unpacked ({error}); fetch it again")


def member_name(member: zipfile.ZipInfo) -> str:
    """The name of a member as its maker wrote it: without the mark for UTF-8 it is GB18030 in Chinese offices.

    Example: the bytes of 县局总结.docx in GBK, which zipfile reads as CP437 → 县局总结.docx
    """
    if member.flag_bits & _IN_UTF8:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _check(archive: zipfile.ZipFile, size: int, limits: Limits) -> None:
    members = archive.infolist()
    if len(members) > limits.members:
        raise RejectedFile("too_large_unpacked", f"{len(members):,} files in it, more than {limits.members:,}")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise RejectedFile("encrypted", "it needs a password; save it without one")
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked_bytes or unpacked > max(FREE_BYTES, size * limits.ratio):
        raise RejectedFile("too_large_unpacked", f"{unpacked:,} bytes unpacked from {size:,}; it is not opened")
