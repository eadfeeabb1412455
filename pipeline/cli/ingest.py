"""``zhibiao ingest``: the nightly run, and what it did."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipeline.cli.options import AsJson, Corpus, Dask, Log, Out, Overlay, Workers, dask_settings
from pipeline.errors import UsageError
from pipeline.terminal import safe

FOUND = 1
Segmenter = Annotated[
    str | None, typer.Option(metavar="NAME", help="rjieba (as set by default), jieba, pkuseg or spacy.")
]
Audit = Annotated[Path | None, typer.Option(metavar="FILE", help="TOML file with your settings of the checks.")]
FailOn = Annotated[
    Literal["error", "warning", "info"] | None,
    typer.Option(help="End with 1 when a finding this severe, or more, is new: the tables before had it not."),
]
AllowEmpty = Annotated[
    bool, typer.Option("--allow-empty", help="Empty the tables when the corpus has no files any more.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be read; write nothing, wait for nobody.")]

if TYPE_CHECKING:
    from pipeline.ingest import Summary
    from pipeline.settings import Settings


def ingest(
    corpus: Corpus = None,
    out: Out = None,
    segmenter: Segmenter = None,
    workers: Workers = None,
    lexicons: Overlay = None,
    audit: Audit = None,
    dask: Dask = None,
    prefect: Annotated[bool, typer.Option(help="Run as a Prefect flow, or without Prefect.")] = True,
    allow_empty: AllowEmpty = False,
    strict: Annotated[bool, typer.Option(help="End with 1 when a file was rejected.")] = False,
    fail_on: FailOn = None,
    dry_run: DryRun = False,
    log: Log = None,
    json: AsJson = False,
) -> None:
    """Read what is new or changed and publish the tables.

    Ends with 0 when the tables are there, 1 as --fail-on and --strict ask for, 2 for wrong usage, 3 when it failed;
    then those of the run before stay. Settings not given are those of ZHIBIAO_* and zhibiao.toml.

    Example: zhibiao ingest 报告 --out outputs
    """
    _begin(None if prefect or dry_run else corpus, out)
    from pipeline.settings import load_settings

    given = {"corpus": corpus, "out": out, "segmenter": segmenter, "workers": workers}
    if dask and not prefect:
        raise UsageError("--dask is a part of the Prefect flow; leave --no-prefect out")
    given |= {"lexicons": lexicons, "audit": audit, "log": log, "allow_empty": allow_empty or None}
    settings = load_settings(**given, **dask_settings(dask))
    if dry_run:
        return _dry_run(settings, json)
    summary = _run(settings, prefect)
    if json:
        _print_json(summary.as_json())
    else:
        _print_tables(summary)
    _judge(summary, fail_on, strict)


def _begin(corpus: str | None, out: Path | None) -> None:
    """Where it is plain what will be read, workers need not wait for what makes settings and tables."""
    if corpus and out:
        from pipeline.ingest.server import start_early
        from pipeline.sources import address_of

        start_early(address_of(corpus), out)
    from pipeline.store.spare import spare_pandas

    spare_pandas()


def _dry_run(settings: Settings, json: bool) -> None:
    from pipeline.cli.console import console
    from pipeline.ingest.preview import preview

    found = preview(settings)
    if json:
        return _print_json(found.as_json())
    screen = console()
    for line in found.lines():
        screen.print(safe(line), markup=False, soft_wrap=True)


def _judge(summary: Summary, fail_on: str | None, strict: bool) -> None:
    """Say why, and end with 1, when what was found or rejected is asked to fail."""
    from pipeline.cli.console import complain

    reasons = []
    if fail_on and (count := summary.new_at_least(fail_on)):
        reasons.append(f"{count} new findings at or above {fail_on} (--fail-on {fail_on})")
    if strict and summary.rejected:
        reasons.append(f"{summary.rejected} files rejected (--strict)")
    if reasons:
        complain("; ".join(reasons))
        raise typer.Exit(FOUND)


def _run(settings: Settings, prefect: bool) -> Summary:
    from pipeline.logs import logging_to

    with logging_to(settings.log):
        if prefect:
            from pipeline.flows import run_ingest

            return run_ingest(settings)
        from pipeline.ingest import ingest as run

        return run(settings.corpus, settings.out, settings)


def _print_json(value: dict[str, Any]) -> None:
    import json

    print(json.dumps(value, ensure_ascii=False))


def _print_tables(summary: Summary) -> None:
    from pipeline.cli.console import console
    from pipeline.cli.summary import summary_tables

    screen = console()
    for table in summary_tables(summary.snapshot):
        screen.print(table)
    for line in summary.lines():
        screen.print(line, markup=False, soft_wrap=True)
