"""What is written is never open to everybody, whatever the umask of who starts a run."""

from __future__ import annotations

import os
import stat
from functools import cache


@cache
def keep_from_others() -> None:
    """From now on, no file or folder of this process can be written by everybody; nothing else of its umask changes.

    Processes started from now on inherit it; those of another parent (Dask) call it themselves.

    Example: with ``umask 000``, ``outputs/current/mentions`` is ``drwxrwxr-x``
    """
    before = os.umask(0o077)  # there is no other way to ask
    os.umask(before | stat.S_IWOTH)
