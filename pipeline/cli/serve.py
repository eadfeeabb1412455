"""``zhibiao serve``: ingestion at set times, until it is interrupted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import Dask, Overlay, dask_settings

NIGHTLY = "0 2 * * *"


def serve(
    corpus: Annotated[
        Path | None, typer.Argument(help="Folder of reports, or one report; the sample when not given.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder the tables go to (outputs).")] = None,
    cron: Annotated[
        str, typer.Option(metavar="EXPRESSION", help="When: minute, hour, day, month, day of the week.")
    ] = NIGHTLY,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read.")] = None,
    lexicons: Overlay = None,
    dask: Dask = None,
) -> None:
    """Ingest at the times of a cron expression (two every night), one run at a time, until interrupted.

    The runs are those of a Prefect deployment: on the server of PREFECT_API_URL, or on one of its own. Settings not
    given here are taken from ZHIBIAO_* of the environment and from zhibiao.toml.

    Example: zhibiao serve 报告 --out outputs --cron "0 2 * * *"
    """
    from pipeline.settings import load_settings

    settings = load_settings(corpus=corpus, out=out, workers=workers, lexicons=lexicons, **dask_settings(dask))

    from pipeline.cli.console import complain
    from pipeline.flows import serve as run

    run(settings, cron, complain)
