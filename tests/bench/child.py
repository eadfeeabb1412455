"""Fresh processes: caches are cold in them, and what they take of memory is theirs alone.

``python -m tests.bench.child MODULE:FUNCTION JSON`` calls a function with the arguments of a list, and prints what it
gives as JSON.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bench.corpus import ROOT
from tests.bench.memory import Peaks, watched

MARK = "tests.bench.child: "


def environment(**more: str) -> dict[str, str]:
    """Of a user without settings of his own, but for the pause that files wait which were just written.

    Example: ``environment(PYTHONPYCACHEPREFIX=str(work))``
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZHIBIAO_", "PYTHON"))}
    return {**kept, "PYTHONPATH": str(ROOT), "ZHIBIAO_SETTLE_SECONDS": "0", **more}


def fresh(function: str, *arguments: Any, code: Path = ROOT) -> Any:
    """What a function gives in a process of its own, with the packages of a folder.

    Example: ``fresh("tests.bench.stages:once", str(folder))``
    """
    return fresh_with_peaks(function, *arguments, code=code)[0]


def fresh_with_peaks(function: str, *arguments: Any, code: Path = ROOT) -> tuple[Any, Peaks]:
    """The same, with the most memory that each kind of process took.

    Example: ``fresh_with_peaks("tests.bench.whole:once", …)[1].worker``
    """
    command = [sys.executable, "-m", "tests.bench.child", function, json.dumps(arguments)]
    with (
        subprocess.Popen(
            command,
            cwd=code,
            env=environment(PYTHONPATH=str(code)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process,
        watched(process.pid) as peaks,
    ):
        said, told = process.communicate()
    if process.returncode or MARK not in said:
        raise SystemExit(f"tests.bench: {function} ended with {process.returncode}: {(told or said)[-2000:]}")
    return json.loads(said.rpartition(MARK)[2]), peaks


def main() -> None:
    """Call the function that is named."""
    module, _, name = sys.argv[1].partition(":")
    result = getattr(importlib.import_module(module), name)(*json.loads(sys.argv[2]))
    print(f"{MARK}{json.dumps(result)}")


if __name__ == "__main__":
    main()
