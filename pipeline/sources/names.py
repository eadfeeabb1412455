"""Names of files: which ones hold no report, and how tables and people can be shown any of them."""

from __future__ import annotations

import os

_SKIPPED_ENDINGS = (
    "~",
    ".tmp",
    ".temp",
    ".part",
    ".partial",
    ".filepart",
    ".crdownload",
    ".opdownload",
    ".download",
    ".downloading",
    ".aria2",
    ".td",
    ".xltd",
    ".swp",
)
"""What editors, browsers, WinSCP, rclone and 迅雷 call files that are not finished."""
_SKIPPED_NAMES = frozenset(
    ("thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information", "lost+found")
)


def wanted(name: str) -> bool:
    """Whether a file or folder of that name may hold a report: hidden and temporary ones do not.

    Example: ``wanted("~$县局总结.docx")`` → False
    """
    low = name.lower()
    return not low.startswith((".", "~$")) and not low.endswith(_SKIPPED_ENDINGS) and low not in _SKIPPED_NAMES


def printable(relative: str) -> str:
    """A path that tables can hold: bytes that are no UTF-8 are written as \\xNN.

    Example: ``printable("云川县/报告.txt")`` → ``云川县/报告.txt``
    """
    return raw(relative).decode("utf-8", "backslashreplace")


def raw(relative: str) -> bytes:
    """The bytes of a path, also of one that no file system would take.

    Example: ``raw("云川县/报告.txt").decode()``
    """
    try:
        return os.fsencode(relative)
    except UnicodeEncodeError:
        return relative.encode("utf-8", "surrogatepass")


def told(error: OSError) -> str:
    """What the system said, without the path.

    Example: ``Permission denied``
    """
    missing = "No such file or directory" if isinstance(error, FileNotFoundError) else ""
    return error.strerror or missing or str(error) or type(error).__name__
