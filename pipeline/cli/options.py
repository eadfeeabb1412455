"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.errors import USAGE

Overlay = Annotated[
    Path | None,
    typer.Option("--lexicons", metavar="DIR", help="Folder of your own lexicon files, added to ours."),
]
Corpus = Annotated[str | None, typer.Argument(help="Folder, report, pattern or address; the sample when not given.")]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder the tables go to (outputs).")]
Workers = Annotated[int | None, typer.Option(min=1, help="Processes that read.")]
Dask = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Read on the Dask cluster of that scheduler; local for one on this machine."),
]
Log = Annotated[
    Literal["off", "text", "json"] | None,
    typer.Option(help="Events on standard error, a line each with time, level and the run's id."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def help_without_command(context: typer.Context) -> None:
    """Print the help of a group that was called without a command, which is wrong usage.

    Example: ``zhibiao lexicons``
    """
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(USAGE)


def dask_settings(address: str | None) -> dict[str, str]:
    """The settings that --dask stands for.

    Example: ``dask_settings("tcp://10.0.0.1:8786")["runner"]`` → ``dask``
    """
    return {"runner": "dask", "dask_address": address} if address else {}
