"""What nights of a large corpus cost: ``python -m tests.scale FOLDER WORK --count 50000 --characters 2000``.

FOLDER holds reports as plain text. WORK gets a corpus of that many documents (stretches of the reports with other
figures), then three nights are run: all documents new, one in a hundred changed, nothing changed. Printed are wall and
processor time, the most memory each kind of process took at once, and the bytes that came to the output folder.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
EVERY = 0.25
"""Seconds between two looks at the memory."""


def varied(text: str, chance: random.Random) -> str:
    """The text with other figures: every number keeps its digits' count, years stay.

    Example: 全年罚款38000元 → 全年罚款52417元
    """
    return _NUMBER.sub(lambda match: _another(match[0], chance), text)


def _another(number: str, chance: random.Random) -> str:
    if _YEAR.fullmatch(number) or len(number) == 1:
        return number
    return str(chance.randrange(10 ** (len(number) - 1), 10 ** len(number)))


def stretches(text: str, characters: int) -> list[str]:
    """The title with a stretch of about so many characters, cut at line ends; 0 for the whole text.

    Example: a report of 6,000 characters → three of 2,000
    """
    title, *lines = text.splitlines()
    found, here = [], [title]
    for line in lines:
        here.append(line)
        if characters and sum(map(len, here)) >= characters:
            found.append("\n".join(here))
            here = [title]
    return [*found, "\n".join(here)] if len(here) > 1 or not found else found


def documents(texts: Sequence[str], characters: int, count: int) -> Iterator[tuple[str, str]]:
    """Names and texts of so many documents, always the same.

    Example: ``next(documents(texts, 2000, 50_000))[0]`` → ``000/00000.txt``
    """
    pieces = [piece for text in texts for piece in stretches(text, characters)]
    for number in range(count):
        yield path_of(number), varied(pieces[number % len(pieces)], random.Random(number))


def path_of(number: int) -> str:
    """Where the document of a number is: 500 in a folder.

    Example: ``path_of(1200)`` → ``002/01200.txt``
    """
    return f"{number // 500:03d}/{number:05d}.txt"


def write_corpus(folder: Path, found: Iterator[tuple[str, str]]) -> int:
    """Write documents; returns their characters."""
    characters = 0
    for name, text in found:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        characters += len(text)
    return characters


def change(folder: Path, count: int) -> int:
    """Other figures in one document of a hundred, spread over all; returns how many."""
    chosen = random.Random(1).sample(range(count), max(1, count // 100))
    for number in chosen:
        path = folder / path_of(number)
        path.write_text(varied(path.read_text(encoding="utf-8"), random.Random(f"{number} again")), encoding="utf-8")
    return len(chosen)


@dataclass
class Night:
    """What a night cost: seconds, megabytes at most by kind of process, megabytes that came to the output folder."""

    name: str
    seconds: float = 0.0
    processor_seconds: float = 0.0
    memory: dict[str, int] = field(default_factory=dict)
    written: int = 0
    summary: dict[str, object] = field(default_factory=dict)


def night(name: str, corpus: Path, out: Path, workers: int) -> Night:
    """Run ``zhibiao ingest`` without Prefect and watch it."""
    before = inodes(out)
    command = [sys.executable, "-m", "pipeline.cli", "ingest", str(corpus), "--out", str(out), "--no-prefect", "--json"]
    command += ["--log", "text", "--workers", str(workers)]
    began = time.monotonic()
    peaks: defaultdict[str, int] = defaultdict(int)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        root = psutil.Process(run.pid)
        used: dict[int, float] = {}
        while run.poll() is None:
            for process in _family(root):
                _look(process, root, peaks, used)
            time.sleep(EVERY)
        told = json.loads(run.stdout.read()) if run.stdout and run.returncode == 0 else {}
    summary = {"exit": run.returncode, **{name: one for name, one in told.items() if isinstance(one, int | float)}}
    seconds = time.monotonic() - began
    new = {inode: size for inode, size in inodes(out).items() if inode not in before}
    return Night(name, seconds, sum(used.values()), {kind: size >> 20 for kind, size in peaks.items()},
                 sum(new.values()) >> 20, summary)  # fmt: skip


def _family(root: psutil.Process) -> list[psutil.Process]:
    try:
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _look(process: psutil.Process, root: psutil.Process, peaks: dict[str, int], used: dict[int, float]) -> None:
    try:
        times = process.cpu_times()
        used[process.pid] = times.user + times.system
        kind = "main" if process == root else "worker" if process.ppid() != root.pid else "helper"
        peaks[kind] = max(peaks[kind], process.memory_info().rss)
    except psutil.NoSuchProcess:
        pass


def inodes(folder: Path) -> dict[int, int]:
    """The files of a folder by inode, and their sizes: hard links count once."""
    states = (os.lstat(path) for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {state.st_ino: state.st_size for state in states}


def measure(texts: Sequence[str], work: Path, count: int, characters: int, workers: int) -> list[Night]:
    """Make the corpus and run the three nights.

    Example: ``measure(texts, Path("夜"), 1000, 2000, 2)[2].summary["published"]`` → False
    """
    corpus, out = work / "corpus", work / "out"
    written = write_corpus(corpus, documents(texts, characters, count))
    print(f"{count} documents, {written} characters", flush=True)
    nights = [night("all new", corpus, out, workers)]
    change(corpus, count)
    nights.append(night("1 % changed", corpus, out, workers))
    nights.append(night("nothing changed", corpus, out, workers))
    return nights


def main() -> None:
    """The command line; prints a JSON line a night."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--characters", type=int, default=2_000, help="of a document, about; 0 for whole reports")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in sorted(given.folder.glob("*.txt"))]
    for one in measure(texts, given.work, given.count, given.characters, given.workers):
        print(json.dumps(asdict(one), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
