"""docs/how-to/export.md is complete; tests/docs runs what it shows."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.cli import app
from pipeline.export import names

PAGE = (Path(__file__).parents[3] / "docs" / "how-to" / "export.md").read_text(encoding="utf-8")


def test_every_format_and_option_is_on_the_page() -> None:
    command = typer.main.get_command(app).commands["export"]  # type: ignore[attr-defined]
    options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
    assert [option for option in sorted(options) if option not in PAGE] == []
    assert all(f"`{name}`" in PAGE for name in names())
