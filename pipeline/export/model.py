"""What a format is, and what it is given to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.export.selection import Selection
from pipeline.export.target import Target

Notes = list[str]
"""What the person should know of the export, a line each: what could not be said in the format."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be exported, and where to; ``bom`` asks for a byte order mark where texts are written.

    Example: ``Job(Selection(snapshot), ("mentions",), target)``
    """

    selection: Selection
    tables: tuple[str, ...]
    target: Target
    bom: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its main file, the tables it takes when nothing is said, and the function that writes it.

    A format whose ``tables`` are empty decides for itself what it shows, and takes no choice of tables. With
    ``file_each`` every table is a file of its own. One that ``needs_file`` cannot go to standard output.

    Example: ``Format("mentions.jsonl", write, tables=("mentions",))``
    """

    main: str
    write: Callable[[Job], Notes]
    tables: tuple[str, ...] = ()
    file_each: bool = False
    needs_file: bool = False

    @property
    def suffix(self) -> str:
        """The end of the main file's name.

        Example: ``.csv``
        """
        return self.main[self.main.rindex(".") :]
