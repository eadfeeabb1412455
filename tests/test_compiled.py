"""The compiled engine (``make compiled``): what may be compiled is, and it makes the very tables the Python makes."""

from __future__ import annotations

import ast
import os
import pickle
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from pathspec import GitIgnoreSpec

import extractors
from extractors.clauses import Slot
from extractors.entities import Entity, EntityHit
from extractors.model import Mention
from extractors.periods import PeriodHit
from extractors.phrases import Phrase
from extractors.places import Link, Place
from extractors.quantities import Quantity
from extractors.resolution import Said
from extractors.view import View
from extractors.written import mention
from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval
from pipeline.audit.moves import Move
from pipeline.audit.relation import Relation
from pipeline.audit.whole import Whole
from pipeline.compiled import is_compiled
from pipeline.store import current
from pipeline.tables import SCHEMAS

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpus" / "sample"
PACKAGES = ("extractors", "lexicons", "pipeline")
_INHERITS = re.compile(r"^class \w+\(", re.MULTILINE)
LAZY = {"prefect", "pandas", "pyarrow", "numpy", "spacy", "trafilatura", "pydantic", "jieba", "lxml", "typer", "rich"}
"""What no compiled module imports while it is imported: all of them are, when one is."""


def hook() -> dict[str, Any]:
    """What pyproject.toml says of compiling."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    hooks: dict[str, Any] = project["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]
    return hooks["mypyc"]  # type: ignore[no-any-return]


def compiled() -> list[str]:
    """The modules that are compiled, as the build hook chooses them."""
    include, exclude = (GitIgnoreSpec.from_lines(hook()[key]) for key in ("include", "exclude"))
    every = [path.relative_to(ROOT).as_posix() for name in PACKAGES for path in _in(name)]
    return [module for module in every if include.match_file(module) and not exclude.match_file(module)]


def _in(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


COMPILED = compiled()


@cache
def tree(module: str) -> ast.Module:
    """The syntax of a module."""
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def imported(module: str) -> Iterator[tuple[str, str]]:
    """The modules and names a module imports when it is imported."""
    for node in tree(module).body:
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def not_final(module: str) -> list[str]:
    """The constants of a module that are not said to be final; types are none."""
    nodes = [node for node in tree(module).body if isinstance(node, ast.Assign)]
    targets = [target for node in nodes if not isinstance(node.value, ast.Subscript) for target in node.targets]
    return [target.id for target in targets if isinstance(target, ast.Name) and target.id.isupper()]


def inherited(module: str) -> set[str]:
    """The compiled modules a module inherits from."""
    if not _INHERITS.search((ROOT / module).read_text(encoding="utf-8")):
        return set()
    classes = [node for node in ast.walk(tree(module)) if isinstance(node, ast.ClassDef)]
    bases = {ast.unparse(base) for node in classes for base in node.bases}
    return {f"{source.replace('.', '/')}.py" for source, name in imported(module) if name in bases} & set(COMPILED)


class TestChoice:
    """It is never the default, and takes no module that would be another one compiled."""

    def test_only_who_asks_for_it_compiles(self) -> None:
        assert hook()["enable-by-default"] is False
        assert not is_compiled()

    @pytest.mark.parametrize("pattern", [*hook()["include"], *hook()["exclude"]])
    def test_every_path_is_there(self, pattern: str) -> None:
        spec = GitIgnoreSpec.from_lines([pattern])
        assert any(spec.match_file(path.relative_to(ROOT).as_posix()) for path in ROOT.glob("[elp]*/**/*.py"))

    def test_what_takes_the_time_of_a_report_is_in(self) -> None:
        wanted = {
            "extractors/engine.py",
            "extractors/quantities.py",
            "lexicons/region_scan.py",
            "pipeline/audit/run.py",
            "pipeline/ingest/rows.py",
        }
        assert wanted <= set(COMPILED)

    def test_none_imports_at_once_what_must_wait(self) -> None:
        heavy = {module: {name.partition(".")[0] for name, _ in imported(module)} & LAZY for module in COMPILED}
        assert {module: found for module, found in heavy.items() if found} == {}

    def test_what_people_get_stays_python(self) -> None:
        """So that it can be pickled, inherited from and asked for its docstring."""
        types = [getattr(extractors, name) for name in extractors.__all__ if name[0].isupper()]
        assert {f"{kind.__module__.replace('.', '/')}.py" for kind in types} & set(COMPILED) == set()

    def test_nobody_inherits_from_what_is_compiled(self) -> None:
        """An interpreted class cannot."""
        modules = [path.relative_to(ROOT).as_posix() for name in (*PACKAGES, "zhibiao") for path in _in(name)]
        assert {module: found for module in modules if module not in COMPILED and (found := inherited(module))} == {}

    def test_none_remembers_by_cached_property(self) -> None:
        """mypyc makes a property of it: worked out each time it is asked for."""
        assert [module for module in COMPILED if ("functools", "cached_property") in imported(module)] == []


class TestSpeed:
    """What makes machine code fast, and no test of rows would miss."""

    def test_the_objects_of_a_figure_write_their_own_init(self) -> None:
        """The one that dataclasses generate stays Python: it takes six times as long."""
        made = (
            Quantity, Slot, Place, Link, Phrase, View, Said, EntityHit, Entity, PeriodHit, Figure, Interval, Relation,
            Whole, Move,
        )  # fmt: skip
        assert [kind.__name__ for kind in made if kind.__init__.__code__.co_filename == "<string>"] == []

    def test_constants_are_final(self) -> None:
        """Others are looked up by name each time they are used."""
        assert {name: found for name in COMPILED if (found := not_final(name))} == {}

    def test_a_mention_is_written_as_it_is_made(self) -> None:
        """And is frozen, copied and pickled like any other."""
        values = {field.name: field.name for field in fields(Mention)}
        written, made = mention(**values), Mention(**values)  # type: ignore[arg-type]
        assert type(written) is Mention
        assert (written, hash(written), repr(written)) == (made, hash(made), repr(made))
        assert pickle.loads(pickle.dumps(written)) == replace(written, rule="rule") == made
        with pytest.raises(FrozenInstanceError):
            written.rule = "other"  # type: ignore[misc]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled wheel, unpacked: built as ``make compiled`` builds it, outside the clone."""
    if find_spec("hatch_mypyc") is None:
        pytest.skip("needs requirements/compiled.txt")
    if shutil.which(os.environ.get("CC", "cc")) is None:
        pytest.skip("needs a C compiler")
    folder = tmp_path_factory.mktemp("compiled")
    hatchling(ROOT, "sdist", folder)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    hatchling(next(folder.glob("zhibiao-*/")), "wheel", folder, HATCH_BUILD_HOOK_ENABLE_MYPYC="true")
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        archive.extractall(folder / "wheel")
    return folder / "wheel"


def hatchling(source: Path, target: str, folder: Path, **variables: str) -> None:
    """Build a target of the project into a folder."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    done = subprocess.run(command, cwd=source, env={**os.environ, **variables}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]


def zhibiao(wheel: Path, *arguments: str) -> str:
    """Run a command of the unpacked wheel; what it says."""
    environment = {**os.environ, "PYTHONPATH": str(wheel)}
    command = [sys.executable, "-m", "pipeline.cli", *arguments]
    return subprocess.run(command, cwd=wheel, env=environment, capture_output=True, text=True, check=True).stdout


def tables(out: Path) -> dict[str, bytes]:
    """Every file of every table in force but ``runs``, which knows the time."""
    snapshot = current(out)
    assert snapshot is not None
    files = sorted(path for name in SCHEMAS if name != "runs" for path in (snapshot / name).iterdir())
    return {path.relative_to(snapshot).as_posix(): path.read_bytes() for path in files}


@pytest.mark.slow
class TestWheel:
    def test_it_says_that_it_is_compiled(self, wheel: Path) -> None:
        assert zhibiao(wheel, "--version").endswith(" (compiled)\n")

    def test_every_module_is_machine_code_and_python(self, wheel: Path) -> None:
        """The Python is there too: its hash is the engine's version, so that the same rows are not read again."""
        code = {path.relative_to(wheel).as_posix().partition(".")[0] for path in wheel.glob("*/**/*.so")}
        assert code == {module.removesuffix(".py") for module in COMPILED}
        assert [module for module in COMPILED if not (wheel / module).is_file()] == []

    def test_a_report_gives_the_same_rows(self, wheel: Path) -> None:
        report = str(SAMPLE / "yunchuan-health-2024h1.txt")
        assert zhibiao(wheel, "extract", report) == zhibiao(ROOT, "extract", report) != ""

    @pytest.mark.parametrize("workers", ["1", "2"])
    def test_the_tables_are_the_same(self, wheel: Path, tmp_path: Path, sample_tables: Path, workers: str) -> None:
        out = tmp_path / "outputs"
        zhibiao(wheel, "ingest", str(SAMPLE), "--out", str(out), "--no-prefect", "--workers", workers)
        assert tables(out) == tables(sample_tables)
