"""Text for the terminal: tables and lines in which nothing of a report can act on it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rich.table import Table

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def safe(text: object) -> str:
    """A text in one line without control characters: escape sequences of a report do not reach the terminal.

    Example: ``safe("完成\\x1b[31m3亿元")`` → ``完成�[31m3亿元``
    """
    return _CONTROL.sub("\ufffd", " ".join(str(text).splitlines()))


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A table of plain cells; columns whose name starts with > are numbers, set to the right.

    Example: ``table("rejects", ["reason", ">files"], [("empty", 2)])``
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    made = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    for name in columns:
        number = name.startswith(">")
        justify: Literal["left", "right"] = "right" if number else "left"
        made.add_column(name.removeprefix(">"), justify=justify, overflow="fold", no_wrap=number)
    for row in rows:
        made.add_row(*(Text(safe("" if cell is None else cell)) for cell in row))
    return made


@contextmanager
def bar(total: int, label: str) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error, when that is a terminal and something is to be done: call what it yields.

    Example: ``with bar(172, "reading") as advance: advance(8)``
    """
    if not (total and sys.stderr.isatty()):
        yield lambda count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(label, total=total)
        yield lambda count: shown.advance(task, count)
