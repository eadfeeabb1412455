"""``zhibiao ingest``: the nightly run, and what it did."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson, Dask, Overlay, dask_settings
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.ingest import Summary
    from pipeline.settings import Settings


def ingest(
    corpus: Annotated[
        Path | None, typer.Argument(help="Folder of reports, or one report; the sample when not given.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder the tables go to (outputs).")] = None,
    segmenter: Annotated[
        str | None, typer.Option(metavar="NAME", help="rjieba (as set by default), jieba, pkuseg or spacy.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read.")] = None,
    lexicons: Overlay = None,
    audit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="TOML file with your settings of the checks.")
    ] = None,
    dask: Dask = None,
    prefect: Annotated[bool, typer.Option(help="Run as a Prefect flow, or without Prefect.")] = True,
    strict: Annotated[bool, typer.Option(help="End with 1 when a file was rejected.")] = False,
    json: AsJson = False,
) -> None:
    """Read what is new or changed and publish the tables.

    Settings not given here are taken from ZHIBIAO_* of the environment and from zhibiao.toml.

    Example: zhibiao ingest 报告 --out outputs
    """
    from pipeline.settings import load_settings

    given = {"corpus": corpus, "out": out, "segmenter": segmenter, "workers": workers}
    if dask and not prefect:
        raise UsageError("--dask is a part of the Prefect flow; leave --no-prefect out")
    settings = load_settings(**given, lexicons=lexicons, audit=audit, **dask_settings(dask))
    summary = _run(settings, prefect)
    if json:
        _print_json(summary)
    else:
        _print_tables(summary)
    if strict and summary.rejected:
        raise typer.Exit(1)


def _run(settings: Settings, prefect: bool) -> Summary:
    if prefect:
        from pipeline.flows import run_ingest

        return run_ingest(settings)
    from pipeline.ingest import ingest as run

    return run(settings.corpus, settings.out, settings)


def _print_json(summary: Summary) -> None:
    import json

    counts = {name: getattr(summary, name) for name in ("documents", "new", "changed", "unchanged", "gone", "mentions")}
    about = {
        "snapshot": str(summary.snapshot),
        "published": summary.published,
        "seconds": round(summary.seconds, 3),
    }
    by_name = {"rejects": dict(summary.rejects), "findings": dict(summary.findings)}
    print(json.dumps({**about, **counts, **by_name}, ensure_ascii=False))


def _print_tables(summary: Summary) -> None:
    from pipeline.cli.console import console
    from pipeline.cli.summary import summary_tables

    screen = console()
    for table in summary_tables(summary.snapshot):
        screen.print(table)
    for line in summary.lines():
        screen.print(line, markup=False, soft_wrap=True)
