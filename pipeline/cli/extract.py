"""``zhibiao extract``: the mentions of a few files or of standard input; no Prefect, no tables on disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipeline.cli.options import Overlay
from pipeline.overlay import overlay_of

if TYPE_CHECKING:
    from extractors.model import Facts
    from lexicons import Lexicons

STDIN, TYPED = "-", "standard-input.txt"
FORMATS = Literal["table", "jsonl", "csv"]
SHOWN = ("text", "value", "unit", "indicator", "entity", "period", "comparator", "status", "measure")
"""Columns of the table for people; JSONL and CSV have all."""
Row = dict[str, Any]


def extract(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Reports, or - for standard input.")],
    format: Annotated[
        FORMATS | None,
        typer.Option(help="table, jsonl or csv; by default a table on a terminal, jsonl elsewhere."),
    ] = None,
    region: Annotated[str, typer.Option(help="Region the reports are about, where they do not say: 云川县.")] = "",
    period: Annotated[str, typer.Option(help="Period they report on, EDTF, where they do not say: 2023.")] = "",
    lexicons: Overlay = None,
    strict: Annotated[bool, typer.Option(help="End with 1 when a file cannot be read.")] = False,
) -> None:
    """Print the mentions of a few files.

    A file that cannot be read is a line on standard error; the others are still printed.

    An archive stands for the files in it.

    Example: zhibiao extract 报告.txt --format csv
    """
    import lexicons as knowledge
    from pipeline.analyse import hints
    from pipeline.errors import FAILED

    _check(files)
    words = knowledge.load(overlay_of(lexicons))
    known = hints(words, region, period)
    read: list[str] = []
    failed: list[str] = []
    _print(_rows_of_all(files, words, known, read, failed), format or ("table" if sys.stdout.isatty() else "jsonl"))
    if failed and not read:
        raise typer.Exit(FAILED)
    if failed and strict:
        raise typer.Exit(1)


def _check(files: Sequence[str]) -> None:
    from pipeline.errors import UsageError

    for name in files:
        if name == STDIN:
            continue
        if os.path.isdir(name):
            raise UsageError(f"{name} is a folder; zhibiao ingest reads folders")
        try:
            os.stat(name)
        except FileNotFoundError:
            raise UsageError(f"{name} does not exist; give files, or - for standard input") from None
        except OSError:  # said when its turn comes, so that the others are still printed
            continue


def _rows_of_all(
    files: Sequence[str], words: Lexicons, hints: Facts, read: list[str], failed: list[str]
) -> Iterator[Row]:
    """Rows of document after document; their names are added to ``read`` or, where that cannot be, to ``failed``."""
    from pipeline.analyse import analyse_file, documents_in
    from pipeline.cli.console import complain
    from pipeline.readers import RejectedFile

    for name in files:
        given = sys.stdin.buffer.read() if name == STDIN else Path(name)
        for document, load in documents_in(name, given):
            try:
                yield from analyse_file(load(), TYPED if document == STDIN else document, words, hints).rows(document)
            except RejectedFile as error:
                complain(f"{document}: {error.message} ({error.reason})")
                failed.append(document)
            except OSError as error:
                complain(f"{document}: {error.strerror or error}")
                failed.append(document)
            else:
                read.append(document)


def _print(rows: Iterator[Row], format: FORMATS) -> None:
    from pipeline.cli.console import drop_output

    try:
        {"table": _print_table, "jsonl": _print_jsonl, "csv": _print_csv}[format](rows)
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()


def _print_jsonl(rows: Iterator[Row]) -> None:
    import json

    for row in rows:
        print(json.dumps(row, ensure_ascii=False))


def _print_csv(rows: Iterator[Row]) -> None:
    import csv

    from pipeline.spreadsheet import cell

    writer = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(sys.stdout, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow({name: cell(value) for name, value in row.items()})


def _print_table(rows: Iterator[Row]) -> None:
    from itertools import groupby

    from pipeline.cli.console import console
    from pipeline.terminal import safe, table

    out = console()
    for name, group in groupby(rows, key=lambda row: str(row["source"])):
        shown = [[_cell(row, column) for column in SHOWN] for row in group]
        columns = [f">{column}" if column == "value" else column for column in SHOWN]
        out.print(table(f"{safe(name)}: {len(shown)} mentions", columns, shown))


def _cell(row: Row, column: str) -> object:
    if column != "value":
        return row[column]
    upper = row["value_max"]
    return f"{row['value']:,.12g}" + ("" if upper is None else f"..{upper:,.12g}")
