"""Zip files opened with care: nothing is unpacked before its size is known to be within the limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.readers.limits import Limits
from pipeline.readers.rejected import RejectedFile

FREE_BYTES = 10_000_000
"""So much any zip may hold unpacked, however small it is packed."""
_ENCRYPTED = 0x1
_IN_UTF8 = 0x800


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """A zip whose directory keeps the limits.

    Raises RejectedFile: ``damaged``, ``encrypted``, ``too_large_unpacked``; damage that shows only while a member
    is read is ``damaged`` too.

    Example: ``with opened(source.data, source.limits) as archive: archive.read("word/document.xml")``
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, len(data), limits)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError, KeyError, ValueError) as error:
        raise RejectedFile("damaged", f"the zip cannot be unpacked ({error}); fetch it again") from error


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
