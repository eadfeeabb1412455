"""The pages of the documentation, and a place where what they show is done as a reader would do it.

- ``python`` blocks run; a ``text`` block behind one is what it prints. A first line ``# name.py`` makes it a file, too.
- ``console`` blocks: what stands behind ``$`` is done, the rest is what comes out. ``…`` stands for anything.
- ``toml`` and ``csv`` blocks begin with the name of their file, and are read by whoever reads such a file.
- ``sh`` blocks are for what needs a server, another machine or a long time: their commands must exist.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from sybil import Document, Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser

import lexicons
from lexicons.loader import DATA, files

ROOT = Path(__file__).resolve().parents[2]
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
PAGES = (*READMES, *(path for path in sorted((ROOT / "docs").rglob("*.md")) if "_build" not in path.parts))
NAMES = [path.relative_to(ROOT).as_posix() for path in PAGES]
SHELL = re.compile(r"[|<>&;`$]")


def place(folder: Path, tables: Path) -> Path:
    """A clone of the project as far as pages speak of it, with the tables of the sample."""
    (folder / "corpus").symlink_to(ROOT / "corpus")
    (folder / "tests").mkdir()
    (folder / "tests" / "gold").symlink_to(ROOT / "tests" / "gold")
    shutil.copytree(tables, folder / "outputs", symlinks=True)
    (folder / "bin").mkdir()
    command = folder / "bin" / "zhibiao"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m pipeline.cli "$@"\n')
    command.chmod(0o755)
    return folder


def follow(page: Path, but: str = "") -> None:
    """Do what a page shows, from its first block to its last, in the current folder; AssertionError where it errs.

    Commands that begin with ``but`` are left out.
    """
    document = Sybil([python, *others]).parse(page)
    document.namespace["_but"] = but
    for example in document.examples():
        example.evaluate()


SECOND_RUN = re.compile(r"(\d{8}T\d{6}Z)-\d{4}\b")
"""Two runs of one second have names of their own; pages show two nights."""


def code_of(page: Path, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^ *```{language}\n(.*?)^ *```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def python(document: Document) -> Iterator[object]:
    """The Python of a page; what it prints is kept for the block behind it."""
    for region in PythonCodeBlockParser()(document):
        region.evaluator = _run_python
        yield region


def _run_python(example: Example) -> None:
    code = str(example.parsed)
    if name := re.match(r"# (\S+\.py)\n", code):
        Path(name[1]).write_text(code, encoding="utf-8")
    lines = "\n" * (example.line + example.parsed.line_offset)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(lines + code, example.path, "exec", dont_inherit=True), example.namespace)
    example.namespace["_printed"] = printed.getvalue()


def _compare(example: Example) -> None:
    printed = example.namespace.pop("_printed", "")
    if printed:
        assert_like(printed, str(example.parsed), example.path)


def _console(example: Example) -> None:
    example.namespace.pop("_printed", None)
    but = example.namespace["_but"]
    for command, shown in transcript(str(example.parsed)):
        if but and command.startswith(but):
            continue
        said, code = run(command)
        assert code in (0, 1) or "zhibiao: " in shown, f"{command} ends with {code}: {said}"
        assert_like(said, shown, command)


def transcript(block: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with what it prints; nothing shown is anything."""
    _, *parts = re.split(r"^\$ (.*)\n?", block, flags=re.MULTILINE)
    for command, shown in zip(parts[::2], parts[1::2], strict=True):
        yield command, shown.strip("\n") or "…"


def run(command: str) -> tuple[str, object]:
    """What a command prints and ends with; zhibiao runs in this process, without Prefect, all else in a shell."""
    words = shlex.split(command)
    if words[0] != "zhibiao" or SHELL.search(command):
        return _in_shell(command)
    from pipeline.cli import main

    with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.redirect_stderr(said):
        code: object = None
        try:
            main([*words[1:], *(["--no-prefect"] if words[1] == "ingest" else [])])
        except SystemExit as ended:
            code = ended.code
    return said.getvalue(), code


def _in_shell(command: str) -> tuple[str, int]:
    path = f"{Path.cwd() / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, env={**os.environ, "PATH": path}, timeout=120, check=False
    )
    return (done.stdout + done.stderr).decode(), done.returncode


def assert_like(printed: str, shown: str, where: object) -> None:
    """Whether lines are those that are shown, blanks and the lengths of rules aside."""
    wanted = [re.escape(line).replace("…", ".*") for line in _lines(shown)]
    pattern = "".join(r"(?:.*\n)*?" if line == ".*" else f"{line}\n" for line in wanted)
    said = "".join(f"{line}\n" for line in _lines(printed))
    assert re.fullmatch(pattern, said), f"{where} prints\n{printed}\nnot\n{shown}"


def _lines(text: str) -> list[str]:
    text = SECOND_RUN.sub(r"\1", text)
    return [re.sub("─+", "─", " ".join(line.split())) for line in text.splitlines() if line.strip()]


def _file(example: Example) -> None:
    name, _, _ = str(example.parsed).partition("\n")
    path = Path(name.removeprefix("# ").strip())
    assert path.suffix in (".toml", ".csv"), f"{example.path}: the block does not begin with the name of its file"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(example.parsed), encoding="utf-8")
    read(path)


def read(path: Path) -> None:
    """Let a file be read by who reads files of its name."""
    from pipeline.audit.settings import audit_settings
    from pipeline.settings import load_settings

    ours = files(DATA)
    if path.name in ours and not _settings_of_the_audit(path):
        with tempfile.TemporaryDirectory() as copy:  # what is read of a folder is kept; more files may come
            for name in ours.keys() & files(path.parent).keys():
                shutil.copy(path.parent / name, copy)
            assert lexicons.load(Path(copy)).regions
    elif path.name == "zhibiao.toml":
        assert load_settings()
        path.unlink()
    else:
        assert audit_settings(path).checks


def _settings_of_the_audit(path: Path) -> bool:
    """Whether an audit.toml is the settings' and not the lexicons'."""
    return path.suffix == ".toml" and tomllib.loads(path.read_text(encoding="utf-8")).keys() <= {"checks", "plugins"}


others = [
    CodeBlockParser("text", _compare),
    CodeBlockParser("console", _console),
    CodeBlockParser("toml", _file),
    CodeBlockParser("csv", _file),
]
