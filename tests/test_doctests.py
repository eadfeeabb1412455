"""The examples in the docstrings of public names run, and every public name has one."""

from __future__ import annotations

import doctest
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import extractors
import lexicons
import zhibiao

PUBLIC: tuple[ModuleType, ...] = (zhibiao, extractors, lexicons, import_module("pipeline.audit.frames"))
PLAIN = {"Evaluation", "RejectedFile", "StoreError", "Summary", "UsageError", "ZhibiaoError"}
"""Types that Python code only meets as a result or an error: their docstring has an example, but not one that runs."""


def public() -> Iterator[tuple[str, Any]]:
    """The public names with what they are."""
    for module in PUBLIC:
        for name in getattr(module, "__all__", ("audit", "reports_of")):
            yield f"{module.__name__}.{name}", getattr(module, name)


NAMES = dict(public())
MODULES = sorted({thing.__module__ for thing in NAMES.values()} | {module.__name__ for module in PUBLIC})
MODULES.append("pipeline.spacy_component")


@pytest.fixture
def tables(tmp_path: Path, sample_tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty working folder with the sample's tables as outputs."""
    (tmp_path / "outputs").symlink_to(sample_tables)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    failed, _ = doctest.testmod(import_module(name))
    assert failed == 0


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_has_an_example(name: str) -> None:
    text = inspect.getdoc(NAMES[name]) or ""
    if name.rpartition(".")[2] in PLAIN:
        assert "Example:" in text
    else:
        assert ">>> " in text
        assert any("\u4e00" <= character <= "\u9fff" for character in text), "no Chinese in it"
