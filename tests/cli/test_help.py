"""Every command explains itself, and what is wrong is said in one line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from pipeline.cli import app, main
from pipeline.errors import ZhibiaoError
from pipeline.terminal import safe

from .conftest import COMMAND, Call, environment


def commands(group: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The paths of all commands below a group."""
    found = []
    for name, command in group.commands.items():
        found += commands(command, (*path, name)) if hasattr(command, "commands") else [(*path, name)]
    return found


COMMANDS = commands(typer.main.get_command(app))


class TestHelp:
    @pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
    def test_every_command_has_help_with_an_example(self, path: tuple[str, ...]) -> None:
        result = CliRunner().invoke(app, [*path, "--help"])
        assert result.exit_code == 0
        assert f"Example: zhibiao {' '.join(path)}" in " ".join(result.output.split())

    @pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
    def test_every_parameter_is_explained(self, path: tuple[str, ...]) -> None:
        command: Any = typer.main.get_command(app)
        for name in path:
            command = command.commands[name]
        assert [parameter.name for parameter in command.params if not parameter.help] == []

    def test_the_promised_commands_are_there(self) -> None:
        promised = {("ingest",), ("extract",), ("evaluate",), ("serve",), ("export",)}
        promised |= {("lexicons", "check"), ("lexicons", "explain")}
        promised |= {("snapshots", name) for name in ("list", "diff", "prune", "verify", "use")}
        assert promised <= set(COMMANDS)

    def test_version(self, call: Call) -> None:
        assert call("--version").stdout.startswith("zhibiao ")

    @pytest.mark.parametrize("arguments", [(), ("lexicons",)])
    def test_without_a_command_help_is_printed(self, call: Call, arguments: tuple[str, ...]) -> None:
        done = call(*arguments)
        assert done.returncode == 2
        assert "Commands:" in done.stdout

    @pytest.mark.benchmark
    def test_help_comes_at_once(self, call: Call) -> None:
        call("--help")
        start = time.perf_counter()
        call("--help")
        assert time.perf_counter() - start < 0.2


class TestMistakes:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["nothing"], "nothing"),
            (["extract"], "FILE"),
            (["extract", "没有.txt"], "没有.txt does not exist"),
            (["extract", "."], "zhibiao ingest reads folders"),
            (["extract", "-", "--format", "xml"], "jsonl"),
            (["extract", "-", "--region", "没有县"], "region 没有县"),
            (["extract", "-", "--period", "去年"], "period 去年"),
            (["extract", "-", "--lexicons", "没有"], "not a folder"),
            (["evaluate", "没有"], "no gold files"),
            (["ingest", "没有", "--no-prefect"], "没有 does not exist"),
            (["ingest", ".", "--segmenter", "fool"], "segmenter"),
            (["lexicons", "check", "--lexicons", "没有"], "not a folder"),
            (["export", "pdf"], "the formats are csv, doccano"),
        ],
    )
    def test_wrong_usage_is_one_line_and_exit_code_2(self, call: Call, arguments: list[str], said: str) -> None:
        done = call(*arguments)
        assert done.returncode == 2, done.stderr
        assert said in done.stderr
        assert done.stderr.startswith("zhibiao: ")
        assert done.stderr.count("\n") == 1
        assert done.stdout == ""

    def test_debug_shows_the_traceback(self, call: Call) -> None:
        assert "Traceback" in call("extract", "没有.txt", "--debug").stderr
        assert "Traceback" in call("--debug", "extract", "没有.txt").stderr

    def test_surprises_are_one_line_too(self, monkeypatch: Any, capsys: Any) -> None:
        def surprise(*given: object) -> None:
            raise RuntimeError("第一行\n第二行")

        monkeypatch.setattr("lexicons.load", surprise)
        with pytest.raises(SystemExit) as ended:
            main(["lexicons", "check"])
        assert ended.value.code == 3
        assert capsys.readouterr().err == "zhibiao: RuntimeError: 第一行 第二行 (--debug shows where)\n"

    def test_the_exit_code_of_an_error_is_kept(self, monkeypatch: Any) -> None:
        def failing(*given: object) -> None:
            raise ZhibiaoError("输出 is being written", 3)

        monkeypatch.setattr("lexicons.load", failing)
        with pytest.raises(SystemExit) as ended:
            main(["lexicons", "check"])
        assert ended.value.code == 3

    @staticmethod
    def interrupted(folder: Path, after: float) -> tuple[int, bytes]:
        process = subprocess.Popen(
            [*COMMAND, "extract", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=environment(),
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background ignores it
        )
        time.sleep(after)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=30)[1]
        return process.returncode, said

    def test_interruption_is_one_line(self, tmp_path: Path) -> None:
        """While it waits for its text: a busy machine takes some seconds until it does."""
        for after in (2, 8, 20):
            code, said = self.interrupted(tmp_path, after)
            if code == 130:
                break
        assert code == 130
        assert said.decode().startswith("zhibiao: interrupted")
        assert said.count(b"\n") == 1


class TestOutput:
    def test_nothing_of_a_text_acts_on_the_terminal(self) -> None:
        assert safe("完成\x1b[31m3亿元\x07\u202e\n下一行") == "完成\ufffd[31m3亿元\ufffd\ufffd 下一行"

    def test_chinese_in_a_foreign_locale(self, call: Call) -> None:
        done = call("lexicons", "explain", "早孕建卡率", "--json", LC_ALL="C", PYTHONIOENCODING="ascii")
        assert json.loads(done.stdout)[0]["file"] == "indicators.toml"
        assert "早孕建册率" in done.stdout

    def test_a_reader_that_leaves_is_no_failure(self, tmp_path: Path) -> None:
        line = "云川县2023年全年监督检查医疗机构40户次。\n"
        many = tmp_path / "长.txt"
        many.write_text(line * 300, encoding="utf-8")
        shell = f"{' '.join(COMMAND)} extract {many} | head -1; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", shell], capture_output=True, env=environment(), timeout=120)
        assert (done.returncode, done.stderr) == (0, b"")

    def test_names_that_are_no_utf8(self, tmp_path: Path) -> None:
        name = os.fsencode(tmp_path) + b"/\xff.txt"
        with open(name, "wb") as file:
            file.write(b"")
        done = subprocess.run(
            [*map(os.fsencode, COMMAND), b"extract", name], capture_output=True, env=environment(), timeout=60
        )
        assert done.returncode == 3
        assert b"Traceback" not in done.stderr
