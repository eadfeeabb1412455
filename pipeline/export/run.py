"""Runs an export: finds the format by its name, has it write, says what was written."""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.export import formats
from pipeline.export.model import Format, Job, Notes
from pipeline.export.selection import Selection
from pipeline.export.target import STDOUT, Target
from pipeline.tables import SCHEMAS
from pipeline.terminal import bar


def names() -> list[str]:
    """The formats there are: the modules of ``formats``, none of which is imported.

    Example: ``["csv", "doccano", "jsonl", "label-studio", "sdmx", "xlsx"]``
    """
    return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(formats.__path__))


def format_named(name: str) -> Format:
    """A format by its name; UsageError when there is none.

    Example: ``format_named("label-studio").main`` → ``tasks.json``
    """
    if name not in names():
        raise UsageError(f"{name}: no such format; the formats are {', '.join(names())}")
    found = import_module(f"{formats.__name__}.{name.replace('-', '_')}").FORMAT
    assert isinstance(found, Format)
    return found


def export(
    format: Format, selection: Selection, to: str, tables: Sequence[str] = (), *, bom: bool = False
) -> tuple[list[Path], Notes]:
    """Write an export; the files there are now, and what the person should know of them.

    Example: ``export(format_named("xlsx"), Selection(snapshot), "云川县.xlsx")``
    """
    if to == STDOUT and format.needs_file:
        raise UsageError(
            f"this format cannot go to standard output; give --to a folder or a file ending in {format.suffix}"
        )
    with Target.at(to, format.main) as target:
        chosen = _tables(format, tables, target)
        counted = chosen or ("mentions",)
        with bar(selection.count(*counted), "exporting") as advance:
            watched = replace(selection, read=lambda name, rows: advance(rows if name in counted else 0))
            notes = format.write(Job(watched, chosen, target, bom))
    if not selection.whole and not len(selection.mentions):
        notes = [*notes, "no figure fits what was asked for"]
    return target.written, notes


def _tables(format: Format, given: Sequence[str], target: Target) -> tuple[str, ...]:
    if given and not format.tables:
        raise UsageError("--table: this format has no choice of tables")
    if unknown := [name for name in given if name not in SCHEMAS]:
        raise UsageError(f"--table {unknown[0]}: no such table; the tables are {', '.join(SCHEMAS)}")
    chosen = tuple(name for name in SCHEMAS if name in (given or format.tables))
    if not (format.file_each and target.one_file):
        return chosen
    if len(given) > 1:
        raise UsageError("several tables are several files; give --to a folder, or one --table")
    return chosen if given else ("mentions",)
