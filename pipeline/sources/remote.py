"""Files of other systems, by fsspec: opened once a process, asked again with patience, told in one line."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import IO, Any, TypeVar, cast

from pipeline.errors import UsageError, ZhibiaoError
from pipeline.sources.address import Address
from pipeline.sources.hosts import never_hang, ssh_options
from pipeline.sources.names import told

T = TypeVar("T")
PAUSES = (0.5, 1.0, 2.0)
"""Seconds before each further try."""
AWAY_AFTER = 10
"""So many files one after the other that no try could fetch: the system is away, not the files."""
PIECE, TAIL = 1_048_576, 65_536
SSH = frozenset(("sftp", "ssh"))
EXTRAS = {"s3": "zhibiao[s3]", "s3a": "zhibiao[s3]", "sftp": "zhibiao[sftp]", "ssh": "zhibiao[sftp]"}
TIMES = ("LastModified", "mtime", "last_modified", "updated", "modified", "timeModified", "created")
STAMPS = ("ETag", "etag", "generation", "md5Hash", "content_md5", "Content-MD5", "Digest", "sha", "Last-Modified")
_FINAL = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)
_NOWHERE = (404, 410)
_DENIED = frozenset(("AuthenticationException", "BadAuthenticationType", "BadHostKeyException", "NoCredentialsError"))
"""Errors of paramiko and botocore: asking again would only lock the account."""
_counting, _failed = threading.Lock(), [0]


class SourceError(ZhibiaoError):
    """The system the reports are on cannot be read, exit code 3; what was published stays.

    Example: ``SourceError("s3://bucket/2025 cannot be read (Access Denied); nothing was changed")``
    """


class NotThereError(SourceError):
    """There is nothing at an address; a store of objects says so of an empty folder too.

    Example: ``NotThereError("s3://bucket/2025 cannot be read (there is no such folder or file)")``
    """


@dataclass(frozen=True, slots=True)
class Remote:
    """A file of another system; small, so that any process can open it by itself.

    Example: ``Remote(Address("s3://bucket/2025"), "bucket/2025/云川县.txt").read(50_000_000)``
    """

    address: Address
    path: str = field(repr=False)  # a web page's may hold a key
    version: str = ""
    """What the listing said of its state: another version is another file."""

    def state(self) -> tuple[int, int, str]:
        """Size, time and stamp now; OSError when they cannot be had.

        Example: ``Remote(address, "bucket/2025/云川县.txt").state()`` → ``(1200, 1689000000000000000, '"9bb5…"')``
        """
        return patiently(self.address, lambda system: state_in(fresh_info(system, self.path)))

    def read(self, most: int) -> bytes:
        """Its bytes, never more than one above ``most``; OSError when they cannot be had.

        Example: ``len(Remote(address, "bucket/2025/云川县.txt").read(1_000))`` → at most 1001
        """

        def fetch(system: Any) -> bytes:
            with system.open(self.path, "rb") as file:
                return _limited(file, most)

        return fetched(self.address, fetch)

    def open(self, most: int) -> IO[bytes]:
        """A file that can be read anywhere; fetched whole, up to ``most`` bytes, where the system cannot do that.

        Example: ``zipfile.ZipFile(Remote(address, "bucket/归档.zip").open(50_000_000))``
        """

        def opened(system: Any) -> IO[bytes]:
            file: IO[bytes] = system.open(self.path, "rb")
            with suppress(ValueError, NotImplementedError, io.UnsupportedOperation):
                file.seek(-min(file.seek(0, io.SEEK_END) or file.tell(), TAIL), io.SEEK_END)
                file.read(1)
                file.seek(0)
                return cast("IO[bytes]", io.BufferedReader(Seekable(file, self.address)))
            with file:
                return io.BytesIO(_limited(file, most))

        return patiently(self.address, opened)


def check_system(address: Address) -> None:
    """UsageError when fsspec does not know the system of an address, or its package is not installed.

    Example: ``check_system(Address("s3://bucket/2025"))``
    """
    from fsspec import get_filesystem_class

    name = address.protocol
    try:
        get_filesystem_class(name)
    except ImportError as error:
        missing = getattr(error.__cause__, "name", None) or name
        package = EXTRAS.get(name) or str(missing).partition(".")[0]
        raise UsageError(f"{address}: {error}; pip install '{package}'") from None
    except ValueError:
        raise UsageError(f"{address}: nothing is known of {name}://; give a folder or an address of fsspec") from None


@cache
def opened(address: Address) -> tuple[Any, str]:
    """The file system of an address and the path on it.

    Example: ``opened(Address("s3://bucket/2025"))[1]`` → ``bucket/2025``
    """
    from fsspec.core import url_to_fs

    if address.protocol not in SSH:
        system, path = url_to_fs(address.text)
        return system, str(path)
    plain, options = ssh_options(address)
    system, path = url_to_fs(plain, **options)
    never_hang(system)
    return system, str(path)


def patiently(address: Address, ask: Callable[[Any], T]) -> T:
    """What a file system answers; asked again after a while, over a new connection, where that may help.

    OSError when it does not help: FileNotFoundError, PermissionError or, in one line without secrets, ConnectionError.

    Example: ``patiently(address, lambda system: system.ls("bucket/2025"))``
    """
    pauses = PAUSES if _failed[0] < 2 else ()
    for pause in (*pauses, None):
        try:
            return ask(opened(address)[0])
        except (MemoryError, ZhibiaoError):
            raise
        except UnicodeError:
            raise OSError("a name in it is no UTF-8; rename it") from None
        except Exception as error:
            if isinstance(error, OSError) and final(error):
                raise type(error)(address.clean(told(error))) from None
            _forget(address)
            said = address.clean(error.__cause__ or error) or type(error).__name__
            if type(error).__name__ in _DENIED:
                raise PermissionError(said) from None
            if pause is None:
                raise ConnectionError(said) from None
            time.sleep(pause)
    raise AssertionError("the last pause is None")


def trust_again() -> None:
    """Forget what could not be fetched before: a run begins, and the system may be back.

    Example: called before a listing
    """
    with _counting:
        _failed[0] = 0


def final(error: OSError) -> bool:
    """Whether asking again is of no use; a web page that is not found because nobody answered is no such case.

    Example: ``final(FileNotFoundError("bucket/2024"))`` → True
    """
    cause = error.__cause__
    unanswered = type(cause).__module__.startswith("aiohttp") and getattr(cause, "status", 0) not in _NOWHERE
    return isinstance(error, _FINAL) and not unanswered


def _forget(address: Address) -> None:
    """Let go of a connection that may be broken."""
    from fsspec import get_filesystem_class

    get_filesystem_class(address.protocol).clear_instance_cache()
    opened.cache_clear()


def fetched(address: Address, ask: Callable[[Any], T]) -> T:
    """What ``patiently`` gives; SourceError when file after file cannot be had: then the system is away.

    Example: ``fetched(address, lambda system: system.cat_file("bucket/2025/云川县.txt"))``
    """
    try:
        answer = patiently(address, ask)
    except ConnectionError as error:
        with _counting:
            _failed[0] += 1
        if _failed[0] >= AWAY_AFTER:
            raise SourceError(f"{address} is away ({error}); nothing was published, run it again later") from None
        raise
    with _counting:
        _failed[0] = 0
    return answer


def fresh_info(system: Any, path: str) -> dict[str, Any]:
    """What a system says of a file now, whatever it said before.

    Example: ``fresh_info(system, "bucket/2025/云川县.txt")["size"]`` → 1200
    """
    system.invalidate_cache()
    info: dict[str, Any] = system.info(path)
    return info


def state_in(info: dict[str, Any]) -> tuple[int, int, str]:
    """Size (-1 for unknown), time and stamp in what a system says of a file.

    Example: ``state_in({"size": 3, "ETag": '"9bb5…"'})`` → ``(3, 0, '"9bb5…"')``
    """
    size = info.get("size")
    time = next((info[name] for name in TIMES if info.get(name)), None)
    stamp = next((str(info[name]) for name in STAMPS if info.get(name)), "")
    return (-1 if size is None else int(size)), _nanoseconds(time), stamp


def _nanoseconds(time: object) -> int:
    if isinstance(time, str):
        try:
            time = datetime.fromisoformat(time)
        except ValueError:
            return 0
    if isinstance(time, datetime):
        exact = time if time.tzinfo else time.replace(tzinfo=UTC)
        return int(exact.replace(microsecond=0).timestamp()) * 10**9 + exact.microsecond * 1000
    return round(time * 10**6) * 1000 if isinstance(time, int | float) else 0


def _limited(file: IO[bytes], most: int) -> bytes:
    """A read may give less than it was asked for."""
    pieces, left = [], most + 1
    while left and (piece := file.read(min(left, PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


class Seekable(io.RawIOBase):
    """A file of another system whose faults are ConnectionErrors, whatever its library calls them.

    Example: ``io.BufferedReader(Seekable(system.open("bucket/归档.zip"), address))``
    """

    def __init__(self, file: IO[bytes], address: Address) -> None:
        self._file, self._address = file, address
        self.fault: ConnectionError | None = None
        """Why it could not be read, for callers of libraries that keep such things to themselves."""

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place.

        Example: ``seek(0, io.SEEK_END)``
        """
        self._file.seek(offset, whence)
        return self._file.tell()

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer; ConnectionError when it cannot be read.

        Example: ``readinto(bytearray(4))`` → 4
        """
        try:
            data = self._file.read(len(buffer))
        except Exception as error:
            self.fault = ConnectionError(self._address.clean(error) or type(error).__name__)
            raise self.fault from None
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file too."""
        with suppress(Exception):
            self._file.close()
        super().close()
