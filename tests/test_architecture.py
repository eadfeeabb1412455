"""The shape of the project: who may import whom, how long things are, what is explained, what is used."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from lexicons import load

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("zhibiao", "pipeline", "extractors", "lexicons")
MODULES = sorted(path.relative_to(ROOT).as_posix() for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
LONGEST_MODULE, LONGEST_FUNCTION = 400, 40

LOWER = {
    "lexicons": {"zhibiao", "pipeline", "extractors"},
    "extractors": {"zhibiao", "pipeline"},
    "pipeline": {"zhibiao"},
    "zhibiao": set[str](),
}
"""What each package must not import: it lies above."""
HEAVY = {"prefect", "pandas", "pyarrow", "spacy", "duckdb", "trafilatura", "pydantic", "typer", "rich"}
PREFECT = {"pipeline/flows.py"}

REGISTRIES = re.compile(r"(?i)pyp[i]\b|python[h]osted|tun[a]\.|mirror[s]?\.[a-z]+\.|--(?:extra-)?inde[x]-url")
OF_A_MACHINE = re.compile(r"/(?:root|home|Users|work|tmp)[/][A-Za-z]")


@cache
def tree(module: str) -> ast.Module:
    """The syntax of a module."""
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def imports(module: str, *, at_start: bool = False) -> set[str]:
    """The top-level packages a module imports: anywhere, or only while it is being imported itself."""
    found: set[str] = set()
    for node in _top(tree(module)) if at_start else ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def _top(node: ast.AST) -> Iterator[ast.AST]:
    """What runs on import: not the bodies of functions, not ``if TYPE_CHECKING``."""
    for child in ast.iter_child_nodes(node):
        typing_only = isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
        if not typing_only and not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
            yield from _top(child)


def functions(module: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions and methods of a module."""
    return (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def unexplained(node: ast.Module | ast.ClassDef, name: str = "") -> Iterator[str]:
    """Public classes, functions and methods without a docstring; those of private classes are private."""
    for child in node.body:
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and child.name[0] != "_":
            if ast.get_docstring(child) is None:
                yield f"{name}{child.name}"
            if isinstance(child, ast.ClassDef):
                yield from unexplained(child, f"{name}{child.name}.")


class TestDependencies:
    @pytest.mark.parametrize("package", LOWER)
    def test_nothing_flows_backwards(self, package: str) -> None:
        wrong = {module: imports(module) & LOWER[package] for module in MODULES if module.startswith(f"{package}/")}
        assert {module: found for module, found in wrong.items() if found} == {}

    def test_the_engine_and_the_knowledge_know_nothing_of_tables_flows_or_commands(self) -> None:
        inner = [module for module in MODULES if module.startswith(("extractors/", "lexicons/"))]
        assert {module: found for module in inner if (found := imports(module) & HEAVY)} == {}

    def test_only_the_flow_imports_prefect(self) -> None:
        known = {"prefect", "prefect_dask"}
        assert {module for module in MODULES if imports(module) & known} == PREFECT

    def test_only_the_component_of_spacy_imports_it_when_it_is_imported(self) -> None:
        assert [module for module in MODULES if "spacy" in imports(module, at_start=True)] == [
            "pipeline/spacy_component.py"
        ]
        users = {"from pipeline.spacy_component", "import pipeline.spacy_component"}
        assert [module for module in MODULES if any(use in (ROOT / module).read_text("utf-8") for use in users)] == []

    def test_commands_import_nothing_heavy_before_they_run(self) -> None:
        commands = [module for module in MODULES if module.startswith("pipeline/cli/") and "summary" not in module]
        assert {
            module: found for module in commands if (found := imports(module, at_start=True) & (HEAVY - {"typer"}))
        } == {}


class TestSize:
    @pytest.mark.parametrize("module", MODULES)
    def test_modules_and_functions_are_short(self, module: str) -> None:
        lines = (ROOT / module).read_text(encoding="utf-8").count("\n")
        long = {node.name: length for node in functions(module) if (length := _length(node)) > LONGEST_FUNCTION}
        assert lines < LONGEST_MODULE
        assert long == {}


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


class TestDocumentation:
    @pytest.mark.parametrize("module", MODULES)
    def test_every_module_and_public_name_has_a_docstring(self, module: str) -> None:
        assert ast.get_docstring(tree(module)), "the module itself"
        assert list(unexplained(tree(module))) == []


class TestLexicons:
    def test_every_group_of_words_is_used(self) -> None:
        words = load()
        assert [group for group in (*words.groups, *words.regions.guards) if not _used(group)] == []


def _used(group: str) -> bool:
    """Whether a package names a group whole, or its file and, as a word of its own, its table (or its varying part)."""
    stem, _, table = group.partition(".")
    varying = re.sub("_(?:before|after)$", "", table)
    part = re.compile(rf"(?<!\w){re.escape(varying)}(?!\w)|\b{re.escape(table)}\b")
    return any(group in text or (_names(text, stem) and part.search(text)) for text in _strings())


def _names(text: str, stem: str) -> bool:
    """Whether a string is the file's name, or the beginning of a group's that is completed when it runs."""
    return re.search(rf"(?m)^{re.escape(stem)}(?:\.|\.toml)?$", text) is not None


@cache
def _strings() -> tuple[str, ...]:
    """The strings of each package but for docstrings, one a line."""
    return tuple(
        "\n".join(text for module in MODULES if module.startswith(f"{package}/") for text in _strings_of(module))
        for package in PACKAGES
    )


def _strings_of(module: str) -> list[str]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    texts = {ast.get_docstring(node, clean=False) for node in ast.walk(tree(module)) if isinstance(node, documented)}
    constants = (node.value for node in ast.walk(tree(module)) if isinstance(node, ast.Constant))
    return [text for text in constants if isinstance(text, str) and text not in texts]


class TestRepository:
    @pytest.mark.parametrize("pattern", [REGISTRIES, OF_A_MACHINE], ids=["registries", "machine paths"])
    def test_tracked_files_name_no(self, pattern: re.Pattern[str]) -> None:
        found = {path.relative_to(ROOT).as_posix(): match[0] for path in _tracked() if (match := _match(pattern, path))}
        assert found == {}


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True)
    if listed.returncode:
        pytest.skip("needs git and a clone")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def _match(pattern: re.Pattern[str], path: Path) -> re.Match[str] | None:
    return pattern.search(path.read_bytes().decode("utf-8", "ignore"))
