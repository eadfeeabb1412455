"""``zhibiao extract``: the mentions of a few files or of standard input; no Prefect, no tables on disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipeline.cli.options import Overlay, overlay_of

if TYPE_CHECKING:
    from extractors.model import Facts, Mention, Sentence
    from lexicons import Lexicons

STDIN = "-"
FORMATS = Literal["table", "jsonl", "csv"]
SHOWN = ("text", "value", "unit", "indicator", "entity", "period", "comparator", "status", "measure")
"""Columns of the table for people; JSONL and CSV have all."""
LEFT_OUT = ("start", "end", "sentence", "part_of")
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
    from pipeline.errors import FAILED

    _check(files)
    words = knowledge.load(overlay_of(lexicons))
    hints = _hints(region, period, words)
    read: list[str] = []
    failed: list[str] = []
    _print(_rows_of_all(files, words, hints, read, failed), format or ("table" if sys.stdout.isatty() else "jsonl"))
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


def _hints(region: str, period: str, words: Lexicons) -> Facts:
    from extractors.model import Facts
    from pipeline.edtf import edtf_bounds
    from pipeline.errors import UsageError

    if region and words.regions.resolve(region, None) is None:
        raise UsageError(f"--region {region}: no region, or several, have this name; give the official full name")
    if period and edtf_bounds(period) == (None, None):
        raise UsageError(f"--period {period}: not EDTF; write 2023, 2023-06 or 2023-01/2023-06")
    return Facts(region=region, period=period)


def _rows_of_all(
    files: Sequence[str], words: Lexicons, hints: Facts, read: list[str], failed: list[str]
) -> Iterator[Row]:
    """Rows of document after document; their names are added to ``read`` or, where that cannot be, to ``failed``."""
    from pipeline.cli.console import complain
    from pipeline.readers import RejectedFile

    for name in files:
        for document, load in _documents(name):
            try:
                yield from rows_of(document, load(), words, hints)
            except RejectedFile as error:
                complain(f"{document}: {error.message} ({error.reason})")
                failed.append(document)
            except OSError as error:
                complain(f"{document}: {error.strerror or error}")
                failed.append(document)
            else:
                read.append(document)


def _documents(name: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """What is to be read of a file, each document with how its bytes are had: an archive stands for its files."""
    from pipeline.readers import Limits, RejectedFile
    from pipeline.readers.archives import SUFFIX, contents, member_bytes

    limits = Limits()
    data = sys.stdin.buffer.read() if name == STDIN else None
    archive = Path(name) if data is None else data
    try:
        inside = contents(archive, limits) if data or name.lower().endswith(SUFFIX) else None
    except (RejectedFile, OSError) as error:
        yield name, partial(_raise, error)
        return
    if inside is None:
        yield name, Path(name).read_bytes if data is None else lambda: data
        return
    for member in inside.members:
        yield f"{name}/{member.path}", partial(member_bytes, archive, member.at, limits)
    for path, why in inside.rejects:
        yield f"{name}/{path}", partial(_raise, why)


def _raise(error: Exception) -> bytes:
    raise error


def rows_of(name: str, data: bytes, words: Lexicons, hints: Facts) -> list[Row]:
    """The mentions of one report as rows, in text order; RejectedFile when it cannot be read.

    ``number`` counts the mentions of a report from 0 and ``part_of`` is the number of the total; ``value`` is
    in the canonical unit, offsets are code points of the reader's text.

    Example: ``rows_of("报告.txt", "全年罚款38000元。".encode(), load(), Facts())[0]["value"]`` → 38000.0
    """
    import extractors
    from extractors.facts import document_facts
    from pipeline.readers import read
    from pipeline.segment import segment

    document = read(data, "standard-input.txt" if name == STDIN else name)
    sentences = segment(document.text, tables=document.tables)
    known = _with_reader(hints, document.title, document.issuer, document.published)
    facts = document_facts(document.text, name, sentences, words, known)
    mentions = extractors.extract(document.text, sentences, facts, words, document.tables)
    return [_row(name, at, one, sentences[one.sentence], document.text) for at, one in enumerate(mentions)]


def _with_reader(hints: Facts, title: str, issuer: str, published: str) -> Facts:
    from dataclasses import replace

    return replace(hints, title=title, issuer=issuer, published=published)


def _row(name: str, number: int, mention: Mention, sentence: Sentence, text: str) -> Row:
    from pipeline.edtf import edtf_bounds

    first, last = edtf_bounds(mention.period)
    said = {field: getattr(mention, field) for field in mention.__slots__ if field not in LEFT_OUT}
    return {
        "source": name,
        "number": number,
        "char_start": mention.start,
        "char_end": mention.end,
        **said,
        "period_start": first.isoformat() if first else None,
        "period_end": last.isoformat() if last else None,
        "part_of": mention.part_of,
        "section": " / ".join(sentence.section),
        "sentence": "".join(text[start:end] for start, end in sentence.pieces),
    }


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
