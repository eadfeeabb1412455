"""Where an export goes: files that get their names when all of them are whole, or standard output."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from pipeline.errors import StoreError, UsageError

STDOUT: Final = "-"


class Target:
    """The files of one export, by the names the format gives them.

    Example: ``with Target.at("导出", "zhibiao.xlsx") as target: target.path("zhibiao.xlsx")``
    """

    def __init__(self, folder: Path | None, main: str, named: str = "") -> None:
        self._folder, self._main, self._named = folder, main, named
        self._aside = Path()
        self.written: list[Path] = []

    @classmethod
    @contextmanager
    def at(cls, to: str, main: str) -> Iterator[Target]:
        """A target by what the person gave: ``-``, a file that ends like the main one, or else a folder.

        When the block fails nothing was written.

        Example: ``with Target.at("-", "mentions.jsonl") as target: ...``
        """
        if to == STDOUT:
            yield cls(None, main)
            return
        path = Path(to)
        is_file = path.suffix == Path(main).suffix and not path.is_dir()
        target = cls(path.parent if is_file else path, main, path.name if is_file else "")
        with target._written_aside():
            yield target

    @property
    def only_main(self) -> bool:
        """Whether there is room for the main file only: standard output."""
        return self._folder is None

    @property
    def one_file(self) -> bool:
        """Whether the person named one file, or standard output."""
        return self._folder is None or bool(self._named)

    @property
    def main(self) -> str:
        """The main file's name.

        Example: ``zhibiao.xlsx``
        """
        return self._named or self._main

    def beside(self, name: str) -> str:
        """The name of a file beside the main one; files of several exports in a folder do not meet.

        Example: beside gdp.csv, ``beside("structure.xml")`` → ``gdp-structure.xml``
        """
        return f"{Path(self._named).stem}-{name}" if self._named else name

    def path(self, name: str) -> Path:
        """Where to write a file, which gets its name at the end.

        Example: ``target.path(target.main)``
        """
        path = self._aside / name
        if path not in self.written:
            self.written.append(path)
        return path

    @contextmanager
    def text(self, name: str, *, bom: bool = False) -> Iterator[IO[str]]:
        """A file of UTF-8 text, line ends as they are written; standard output for the main one where that is meant.

        Example: ``with target.text("mentions.jsonl") as file: file.write("{}\\n")``
        """
        if self.only_main:
            sys.stdout.write("\ufeff" if bom else "")
            yield sys.stdout
            return
        encoding = "utf-8-sig" if bom else "utf-8"
        with open(self.path(name), "w", encoding=encoding, newline="", errors="surrogatepass") as file:
            yield file

    @contextmanager
    def _written_aside(self) -> Iterator[None]:
        assert self._folder is not None
        new = [path for path in (self._folder, *self._folder.parents) if not path.exists()]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._aside = Path(tempfile.mkdtemp(prefix=".zhibiao-export-", dir=self._folder))
        except (FileExistsError, NotADirectoryError):
            raise UsageError(f"{self._folder} is not a folder; give --to a folder or a {self._main}") from None
        except OSError as error:
            raise StoreError(f"{self._folder} cannot be written ({error.strerror}); choose another --to") from None
        try:
            yield
            self._put_in_place()
        except BaseException as error:
            self.written = []
            if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
                why = error.strerror or error
                raise StoreError(f"{self._folder} cannot be written ({why}); choose another --to") from None
            raise
        finally:
            shutil.rmtree(self._aside, ignore_errors=True)
            for path in () if self.written else new:
                path.rmdir()

    def _put_in_place(self) -> None:
        assert self._folder is not None
        for path in self.written:
            os.replace(path, self._folder / path.name)
        self.written = [self._folder / path.name for path in self.written]
