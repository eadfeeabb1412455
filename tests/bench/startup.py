"""How long commands take from the shell: ``zhibiao --help``, ``zhibiao extract`` of one report, importing alone."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil

from tests.bench.child import environment
from tests.bench.corpus import ROOT, SAMPLE
from tests.bench.setting import Figures, Setting
from tests.bench.yardstick import Spent, cut, middle

REPORT = SAMPLE / "yunchuan-health-2024h1.txt"
COMMAND = "from pipeline.cli import main; main()"
"""What the installed command does."""
NAMES = "import sys; from pipeline.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
IMPORT = """
import importlib, sys, time
began = time.perf_counter(), time.process_time()
for name in sys.argv[1:]:
    try: importlib.import_module(name)
    except ImportError: pass
print(time.perf_counter() - began[0], time.process_time() - began[1])
"""
TIMES = 7


def measure(setting: Setting) -> Figures:
    """Seconds from the shell of the commands, of nothing at all, and of importing what ``extract`` imports.

    Medians; ``.units`` are processor seconds, in those jieba.cut takes for a million characters.

    Example: ``measure(setting)["startup.help.seconds"]`` → 0.15
    """
    yard = cut(text for _, text in setting.corpus.reports[:50])
    million = yard.processor / sum(len(text) for _, text in setting.corpus.reports[:50]) * 1e6
    return figures(_rounds(setting.folder("cache")), million)


def figures(rounds: list[dict[str, Spent]], million: float) -> Figures:
    """The medians of some rounds, in seconds and in units of the yardstick.

    Example: ``figures([{"help": Spent(0.2, 0.15)}], 2.5)["startup.help.seconds"]`` → 0.2
    """
    found: Figures = {}
    for name in rounds[0]:
        found[f"startup.{name}.seconds"] = middle(one[name].wall for one in rounds)
        found[f"startup.{name}.units"] = middle(one[name].processor for one in rounds) / million
    return found


def _rounds(cache: Path) -> list[dict[str, Spent]]:
    """Each command in turn, some times; the first round, in which byte code is written, does not count."""
    modules = _called(["-c", NAMES, "extract", str(REPORT)], cache).split()
    commands = {
        "python": ["-c", "pass"],
        "help": ["-c", COMMAND, "--help"],
        "extract": ["-c", COMMAND, "extract", str(REPORT)],
    }
    rounds = []
    for _ in range(TIMES + 1):
        one = {name: _timed(arguments, cache) for name, arguments in commands.items()}
        rounds.append({**one, "import": _importing(modules, cache)})
    return rounds[1:]


def _importing(modules: list[str], cache: Path) -> Spent:
    wall, processor = _run(["-c", IMPORT, *modules], cache).stdout.split()
    return Spent(float(wall), float(processor))


def _called(arguments: list[str], cache: Path) -> str:
    """The modules in memory after a command, in the order they came."""
    return str(_run(arguments, cache).stderr).splitlines()[-1]


def _run(arguments: list[str], cache: Path) -> Any:
    command = [sys.executable, *arguments]
    given = environment(PYTHONPYCACHEPREFIX=str(cache))
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=120, check=True)


def _timed(arguments: list[str], cache: Path) -> Spent:
    before = _children()
    began = time.perf_counter()
    _run(arguments, cache)
    return Spent(time.perf_counter() - began, _children() - before)


def _children() -> float:
    """Processor seconds of the processes that this one started and that ended."""
    times = psutil.Process().cpu_times()
    return float(times.children_user + times.children_system)
