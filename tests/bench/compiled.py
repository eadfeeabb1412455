"""The engine as machine code: its stages and whole ingestions, from the wheel that ``make bench-compiled`` builds."""

from __future__ import annotations

import compileall
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.bench import stages, whole
from tests.bench.child import fresh
from tests.bench.corpus import ROOT
from tests.bench.setting import Figures, Setting

PREFIX = "compiled."
"""Before the name of each figure."""
BUILT = ROOT / "build" / "compiled"


def wheel(folder: Path = BUILT) -> Path | None:
    """The wheel with machine code in a folder, where there is one.

    Example: ``wheel()`` → ``build/compiled/zhibiao-0.1.0-cp311-cp311-linux_x86_64.whl``
    """
    return next(iter(sorted(folder.glob("zhibiao-*.whl"))), None)


def measure(setting: Setting) -> Figures:
    """What the parts ``stages`` and ``whole`` measure, of the wheel; the clone stays as it is.

    Example: ``measure(setting)["compiled.extract.ratio"]`` → 1.7
    """
    built = wheel()
    if built is None:
        raise SystemExit("tests.bench: no engine was compiled; make bench-compiled does it")
    if changed := next(others(built), None):
        raise SystemExit(f"tests.bench: {changed} was compiled as it is no more; make bench-compiled does it again")
    other = replace(setting, code=unpacked(built, setting.folder("compiled")))
    if not fresh("pipeline.compiled:is_compiled", code=other.code):
        raise SystemExit(f"tests.bench: {built.name} is not for this Python; make bench-compiled builds one")
    return {PREFIX + name: one for name, one in {**stages.measure(other), **whole.measure_whole(other)}.items()}


def others(built: Path, root: Path = ROOT) -> Iterator[str]:
    """The files of a wheel's packages, but for machine code, that are not those of the clone.

    Example: ``next(others(wheel()))`` → ``extractors/periods.py``
    """
    with zipfile.ZipFile(built) as archive:
        for name in archive.namelist():
            if not name.endswith((".so", ".pyd")) and ".dist-info/" not in name:
                path = root / name
                if not path.is_file() or path.read_bytes() != archive.read(name):
                    yield name


def unpacked(built: Path, folder: Path) -> Path:
    """A folder with the packages of a wheel beside our tests, to run measurements in.

    Example: ``unpacked(wheel(), setting.folder("compiled"))``
    """
    with zipfile.ZipFile(built) as archive:
        archive.extractall(folder)
    compileall.compile_dir(folder, quiet=2)
    (folder / "tests").symlink_to(ROOT / "tests", target_is_directory=True)
    return folder
