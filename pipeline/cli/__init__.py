"""The command ``zhibiao``: its subcommands, its exit codes, and errors as one line that says what to do.

Exit codes: 0 done, 1 something was found or rejected that was asked to fail, 2 wrong usage, 3 failed.

Example: ``zhibiao extract 报告.txt --format csv``
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from typing import Annotated, TextIO

import typer

from pipeline.cli import audit, evaluate, explain, export, extract, ingest, lexicons, review, serve, snapshots
from pipeline.cli.options import help_without_command
from pipeline.errors import FAILED, USAGE, ZhibiaoError

INTERRUPTED = 130
DEBUG = "--debug"
"""Taken out of the command line before it is read, so that it may stand anywhere."""
COLLECT_AFTER = 100_000
"""Objects that are made before those that nobody holds any more are looked for: a command makes few of these."""

app = typer.Typer(
    name="zhibiao",
    help="Finds the figures in Chinese government reports and writes them as tables.",
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="zhibiao COMMAND --help explains a command with an example.",
)
app.command("ingest")(ingest.ingest)
app.command("extract")(extract.extract)
app.command("audit")(audit.audit)
app.command("review")(review.review)
app.command("explain")(explain.explain)
app.command("evaluate")(evaluate.evaluate)
app.command("export")(export.export)
app.command("serve")(serve.serve)
app.add_typer(lexicons.app, name="lexicons")
app.add_typer(snapshots.app, name="snapshots")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line (that of the process by default) and end with its exit code.

    Example: ``main(["extract", "报告.txt"])``
    """
    if arguments is None:
        gc.set_threshold(COLLECT_AFTER)
        atexit.register(gc.freeze)  # the process takes everything with it: Python need not look for garbage first
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = DEBUG in given
    for stream in (sys.stdout, sys.stderr):
        _write_utf8(stream)
    try:
        code = app([word for word in given if word != DEBUG], prog_name="zhibiao", standalone_mode=False)
        sys.stdout.flush()
        if code == INTERRUPTED:
            raise typer.Abort
    except Exception as error:
        if debug:
            raise
        code = _report(error)
    sys.exit(code if isinstance(code, int) else 0)


@app.callback(invoke_without_command=True)
def _common(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
    debug: Annotated[bool, typer.Option(DEBUG, help="Show a traceback when something fails.")] = False,
) -> None:
    if version:
        from pipeline.cli.console import package_version
        from pipeline.compiled import is_compiled

        print(f"zhibiao {package_version()}{' (compiled)' if is_compiled() else ''}")
    else:
        help_without_command(context)


def _report(error: Exception) -> int:
    """Say in one line what went wrong; the exit code of it."""
    if isinstance(error, BrokenPipeError):
        return _nobody_reads()
    if isinstance(error, typer.Abort):
        return _say("interrupted; what was there before is untouched", INTERRUPTED)
    if isinstance(error, ZhibiaoError):
        return _say(error.message, error.exit_code)
    if callable(wording := getattr(error, "format_message", None)):  # typer's errors, wherever a release keeps them
        return _say(f"{wording()} See zhibiao --help.", USAGE)
    if isinstance(error, OSError) and error.filename:
        return _say(f"{os.fsdecode(error.filename)}: {error.strerror}", FAILED)
    from lexicons import LexiconError

    if isinstance(error, LexiconError):
        return _say(str(error), USAGE)
    return _say(f"{type(error).__name__}: {error} (--debug shows where)", FAILED)


def _nobody_reads() -> int:
    from pipeline.cli.console import drop_output

    drop_output()
    return 0


def _say(message: str, code: int) -> int:
    from pipeline.cli.console import complain

    complain(message)
    return code


def _write_utf8(stream: TextIO | None) -> None:
    """Chinese must come out whatever the locale; a file name that is no UTF-8 must not end the command."""
    if stream is not None and hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
