"""The streams of the command: rich tables to standard output, complaints in one line to standard error."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from pipeline.terminal import safe

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 120
"""Columns of output that goes to a file or a pipe."""


def complain(message: str) -> None:
    """Write one line to standard error.

    Example: ``complain("报告.txt: empty")`` → ``zhibiao: 报告.txt: empty``
    """
    print(f"zhibiao: {safe(message)}", file=sys.stderr)


def drop_output() -> None:
    """Let what is still to be printed vanish: the reader of the pipe (``| head``) has left.

    Example: ``except BrokenPipeError: drop_output()``
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def console() -> Console:
    """Standard output for rich tables: as wide as the terminal, or 120 columns where there is none."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)


def package_version() -> str:
    """The installed version of zhibiao, 0 when it runs from a source tree without being installed.

    Example: ``0.1.0``
    """
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("zhibiao")
    except PackageNotFoundError:
        return "0"
