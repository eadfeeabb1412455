"""``zhibiao export``: tables for spreadsheets, statistical tools and annotation tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.cli.options import Overlay
from pipeline.overlay import overlay_of

Several = list[str] | None
Name = Annotated[str, typer.Argument(metavar="FORMAT", help="csv, doccano, jsonl, label-studio, sdmx or xlsx.")]
Out = Annotated[Path | None, typer.Argument(metavar="[OUT]", help="Output folder of zhibiao ingest (outputs).")]
To = Annotated[
    str, typer.Option("--to", metavar="FILE|DIR", help="File or folder (exports/FORMAT); - for standard output.")
]
Table = Annotated[Several, typer.Option("--table", metavar="NAME", help="Only this table (csv, jsonl).")]
Region = Annotated[
    Several, typer.Option("--region", metavar="NAME", help="Only this region and those in it, by name or code.")
]
Indicator = Annotated[
    Several, typer.Option("--indicator", metavar="NAME", help="Only this indicator, by label, alias or id.")
]
Period = Annotated[
    Several, typer.Option("--period", "--year", metavar="EDTF", help="Only periods that lie in this one: 2024.")
]
Document = Annotated[
    Several, typer.Option("--document", metavar="TEXT", help="Only where path or title has it, or the id is it.")
]
Status = Annotated[Literal["actual", "target"] | None, typer.Option(help="Only facts, or only targets.")]
Measure = Annotated[Literal["level", "change"] | None, typer.Option(help="Only levels, or only changes.")]
Snapshot = Annotated[str | None, typer.Option(metavar="NAME", help="Another snapshot than the current one.")]
Bom = Annotated[bool, typer.Option("--bom", help="Begin with a byte order mark, by which Excel knows UTF-8 (csv).")]


def export(
    format: Name,
    out: Out = None,
    to: To = "",
    table: Table = None,
    region: Region = None,
    indicator: Indicator = None,
    period: Period = None,
    document: Document = None,
    status: Status = None,
    measure: Measure = None,
    snapshot: Snapshot = None,
    bom: Bom = False,
    lexicons: Overlay = None,
) -> None:
    """Write tables, all rows or chosen ones, in another format.

    Options given several times want any of what they name.

    Example: zhibiao export xlsx outputs --region 云川县 --year 2024 --to 云川县.xlsx
    """
    from pipeline.cli.console import complain
    from pipeline.export import Filter, Selection, format_named
    from pipeline.export import export as write
    from pipeline.settings import load_settings
    from pipeline.store.overview import named

    chosen = format_named(format)
    regions, indicators, periods, documents = (tuple(given or ()) for given in (region, indicator, period, document))
    wanted = Filter(regions, indicators, periods, documents, status or "", measure or "")
    selection = Selection(named(load_settings(out=out).out, snapshot), wanted, overlay_of(lexicons))
    files, notes = write(chosen, selection, to or f"exports/{format}", table or (), bom=bom)
    print("".join(f"{path}\n" for path in files), end="")
    for note in notes:
        complain(note)
