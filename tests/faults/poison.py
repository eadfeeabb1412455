"""A fault planted into the processes of a run without touching its code: a ``sitecustomize`` on their path."""

from __future__ import annotations

import os
from pathlib import Path

from tests.faults.night import ROOT

POISON = "毒"

_SITE = f"""
import os, signal, sys

def hook(event, args):
    if event == "open" and isinstance(args[0], (str, bytes, os.PathLike)):
        if os.path.basename(os.fsdecode(args[0])).startswith({POISON!r}) and "-c" in sys.orig_argv:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(hook)
"""


def poisoned(folder: Path) -> dict[str, str]:
    """The environment of a run whose workers end whenever they open a file whose name begins with 毒.

    Example: ``run(corpus, out, env=poisoned(tmp_path))``
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(_SITE, encoding="utf-8")
    return {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
