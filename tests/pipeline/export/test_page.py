"""What docs/how-to/export.md shows works: its commands print what it says, its code runs on what they wrote."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from pipeline.cli import app, main
from pipeline.export import names

PAGE = (Path(__file__).parents[3] / "docs" / "how-to" / "export.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"^```python\n(.*?)^```$|^    \$ zhibiao ([^\n]*)\n((?:    (?!\$)[^\n]*\n)*)", re.MULTILINE | re.DOTALL
)


@pytest.mark.slow
def test_the_page_from_top_to_bottom(
    sample_tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "outputs").symlink_to(sample_tables)
    known: dict[str, object] = {}
    blocks = list(BLOCK.finditer(PAGE))
    for code, command, said in (block.groups() for block in blocks):
        if code:
            exec(compile(code, "export.md", "exec"), known)
            continue
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(command.split())
        shown = [line for line in capsys.readouterr().out.splitlines() if line]
        wanted = [line.strip() for line in said.splitlines()]
        assert ended.value.code == 0
        assert [line for line in wanted if line != "…" and line not in shown] == []
    assert len(blocks) > 10


def test_every_format_and_option_is_on_the_page() -> None:
    command = typer.main.get_command(app).commands["export"]  # type: ignore[attr-defined]
    options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
    assert [option for option in sorted(options) if option not in PAGE] == []
    assert all(f"`{name}`" in PAGE for name in names())
