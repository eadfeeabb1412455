"""The notebooks run on the sample and the reports they write themselves, and are kept without outputs."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
METADATA = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"}}  # fmt: skip
MADE = {
    "02-duckdb-polars": "polars",
    "03-panel": "image/svg+xml",
    "05-own-gold": "image/svg+xml",
    "06-segmenters": "image/svg+xml",
}
"""What must be among the outputs of some: a plot is drawn without a network."""


def named(path: Path) -> str:
    """A notebook's name in the list of tests."""
    return path.stem


def read(path: Path) -> Any:
    """A notebook, valid."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_kept_without_outputs_and_traces_of_a_machine(path: Path) -> None:
    notebook = read(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.source for cell in code if cell.outputs or cell.execution_count is not None] == []
    assert dict(notebook.metadata) == METADATA
    assert [cell.id for cell in notebook.cells if cell.metadata] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_it_says_what_it_is_about(path: Path) -> None:
    text = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    assert text.startswith("# ")
    assert len(re.findall("^## ", text, re.MULTILINE)) > 1


def test_links_and_the_list_of_notebooks_are_complete() -> None:
    listed = re.findall(r"\]\(([^)]+\.ipynb)\)", (FOLDER / "README.md").read_text(encoding="utf-8"))
    assert listed == [path.name for path in NOTEBOOKS]
    for path in NOTEBOOKS:
        text = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
        assert [link for link in re.findall(r"\]\(([^)]+)\)", text) if not (FOLDER / link).exists()] == []


@pytest.mark.slow
@pytest.mark.usefixtures("pkuseg")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_runs(path: Path) -> None:
    from nbclient import NotebookClient

    notebook = read(path)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(FOLDER)}})
    client.execute(env={**os.environ, "PYTHONPATH": str(ROOT)})
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    shown = " ".join(
        f"{list(output.get('data', ()))} {output.get('data', {}).get('text/html', '')}" for output in outputs
    )
    assert len(outputs) > 5
    assert MADE.get(path.stem, "text/html") in shown or "shape: (" in shown
