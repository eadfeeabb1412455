"""Progress: a bar for people while files are read, silence where nobody looks, and a line a shard for the log."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pipeline.logs import Fields

Advance = Callable[[int], None]

log = logging.getLogger(__name__)


@contextmanager
def progress(total: int, label: str = "reading") -> Iterator[Advance]:
    """Call what it yields with the count of each shard that is done.

    The bar is on standard error when that is a terminal and something is to be done.

    Example: ``with progress(172) as advance: advance(8)``
    """
    done, began = 0, time.monotonic()
    with _bar(total, label) as moved:

        def advance(count: int) -> None:
            nonlocal done
            done += count
            moved(count)
            elapsed = round(time.monotonic() - began, 3)
            log.info("shard done %s", Fields(count=count, done=done, of=total, elapsed=elapsed))

        yield advance


@contextmanager
def _bar(total: int, label: str) -> Iterator[Advance]:
    if not (total and sys.stderr.isatty()):
        yield lambda count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda count: bar.advance(task, count)
