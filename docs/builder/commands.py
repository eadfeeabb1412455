"""The reference of the commands: what ``--help`` prints, with a line in Chinese."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import typer

from docs.builder.chinese import chinese
from docs.builder.markdown import code, plain, table

Path = tuple[str, ...]


def commands() -> str:
    """Every command with its arguments and options.

    Example: ``## zhibiao ingest``
    """
    return "\n".join(_section(path, command) for path, command in all_commands())


def all_commands() -> Iterator[tuple[Path, Any]]:
    """The commands that do something, in the order of ``--help``, by the words one types.

    Example: ``dict(all_commands())[("snapshots", "diff")].params``
    """
    from pipeline.cli import app

    yield from _below((), typer.main.get_command(app))


def _below(path: Path, group: Any) -> Iterator[tuple[Path, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _below((*path, name), command)
        else:
            yield (*path, name), command


def _section(path: Path, command: Any) -> str:
    words = " ".join(path)
    about, _, example = inspect.cleandoc(command.help or "").partition("Example: ")
    parameters = [one for one in command.params if not getattr(one, "hidden", False)]
    return "\n".join(
        [
            f"(command-{'-'.join(path)})=",
            f"## zhibiao {words}",
            "",
            chinese("commands", words),
            "",
            "> " + plain(" ".join(about.split())),
            "",
            "```sh",
            f"{example.strip() or f'zhibiao {words}'}",
            "```",
            "",
            table(["参数、选项", "默认值", "说明"], map(_row, parameters)),
        ]
    )


def _row(parameter: Any) -> tuple[str, str, str]:
    if parameter.param_type_name == "argument":
        name = code(parameter.human_readable_name)
    else:
        given = [*parameter.opts, *parameter.secondary_opts]
        metavar = "" if parameter.is_flag else f" {_kind(parameter)}"
        name = "、".join(code(f"{option}{metavar}") for option in given)
    return name, _default(parameter), plain(parameter.help)


def _kind(parameter: Any) -> str:
    if choices := getattr(parameter.type, "choices", None):
        return "|".join(str(getattr(one, "value", one)) for one in choices)
    return parameter.metavar or ("N" if parameter.type.name.startswith("int") else "TEXT")


def _default(parameter: Any) -> str:
    if parameter.required:
        return "必填"
    default = parameter.default
    if default is None or default is False or default == [] or callable(default):
        return ""
    if default is True:
        return code(parameter.opts[0])
    return code(default)
