"""Errors that are meant for the person at the terminal: one line that says what to do."""

from __future__ import annotations

USAGE, FAILED = 2, 3


class ZhibiaoError(Exception):
    """Something the user can put right; the command prints the message and leaves with ``exit_code``.

    Example: ``ZhibiaoError("报告/ does not exist; give a folder of reports", USAGE)``
    """

    def __init__(self, message: str, exit_code: int = FAILED) -> None:
        super().__init__(" ".join(message.split()))
        self.exit_code = exit_code

    @property
    def message(self) -> str:
        """The message, always a single line."""
        return str(self.args[0])

    def __reduce__(self) -> tuple[type[ZhibiaoError], tuple[str, int]]:
        return type(self), (self.message, self.exit_code)


class UsageError(ZhibiaoError):
    """Wrong arguments or configuration, exit code 2.

    Example: ``UsageError("报告/ does not exist; give a folder of reports")``
    """

    def __init__(self, message: str, exit_code: int = USAGE) -> None:
        super().__init__(message, exit_code)


class LockedError(ZhibiaoError):
    """Another run is writing the same output folder, exit code 3.

    Example: ``LockedError("outputs is being written by process 4711; wait for it")``
    """


class StoreError(ZhibiaoError):
    """The output folder cannot be written or read, exit code 3.

    Example: ``StoreError("outputs has no snapshot yet; run zhibiao ingest")``
    """
