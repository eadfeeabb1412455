"""Work that comes in pieces, shared by processes of its own where a run may have several."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from typing import TypeVar

from pipeline.ingest.worker import DEATHS, new_process

Piece = TypeVar("Piece")
Result = TypeVar("Result")


def shared(
    task: Callable[[Piece], Result], pieces: Iterable[Piece], processes: int, worth: Callable[[Piece], bool]
) -> Iterator[Result]:
    """What a task gives of each piece, in their order; those that are worth it are worked at beside each other.

    What a process that dies was at is done in this one: nothing depends on them.

    Example: ``[*shared(len, ["云川县", "盐池县"], 2, lambda name: True)]`` → ``[3, 3]``
    """
    waiting: deque[tuple[Piece, Future[Result] | None]] = deque()
    with ExitStack() as ending:
        pool: ProcessPoolExecutor | None = None
        for piece in pieces:
            if processes > 1 and worth(piece) and pool is None:
                pool = new_process(processes)
                ending.callback(pool.shutdown, cancel_futures=True)
            waiting.append((piece, _submitted(pool, task, piece) if pool and worth(piece) else None))
            if len(waiting) > processes:
                yield _result(task, *waiting.popleft())
        while waiting:
            yield _result(task, *waiting.popleft())


def _submitted(pool: ProcessPoolExecutor, task: Callable[[Piece], Result], piece: Piece) -> Future[Result] | None:
    try:
        return pool.submit(task, piece)
    except DEATHS:
        return None


def _result(task: Callable[[Piece], Result], piece: Piece, elsewhere: Future[Result] | None) -> Result:
    if elsewhere is not None:
        try:
            return elsewhere.result()
        except DEATHS:
            pass
    return task(piece)
