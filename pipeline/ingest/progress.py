"""Progress: a bar for people while files are read, silence where nobody looks, and a line a shard for the log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pipeline.logs import Fields
from pipeline.terminal import bar

Advance = Callable[[int], None]

log = logging.getLogger(__name__)


@contextmanager
def progress(total: int, label: str = "reading") -> Iterator[Advance]:
    """Call what it yields with the count of each shard that is done.

    The bar is on standard error when that is a terminal and something is to be done.

    Example: ``with progress(172) as advance: advance(8)``
    """
    done, began = 0, time.monotonic()
    with bar(total, label) as moved:

        def advance(count: int) -> None:
            nonlocal done
            done += count
            moved(count)
            elapsed = round(time.monotonic() - began, 3)
            log.info("shard done %s", Fields(count=count, done=done, of=total, elapsed=elapsed))

        yield advance
