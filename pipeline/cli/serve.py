"""``zhibiao serve``: ingestion at set times, until it is interrupted."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.options import Corpus, Dask, Log, Out, Overlay, Workers, dask_settings

NIGHTLY = "0 2 * * *"


def serve(
    corpus: Corpus = None,
    out: Out = None,
    cron: Annotated[
        str, typer.Option(metavar="EXPRESSION", help="When: minute, hour, day, month, day of the week.")
    ] = NIGHTLY,
    timezone: Annotated[
        str | None, typer.Option(metavar="ZONE", help="Whose clock, like Asia/Shanghai; this machine's by default.")
    ] = None,
    name: Annotated[
        str, typer.Option(help="Name of the deployment; each needs its own where several share a Prefect server.")
    ] = "nightly",
    workers: Workers = None,
    lexicons: Overlay = None,
    dask: Dask = None,
    log: Log = None,
) -> None:
    """Ingest at the times of a cron expression (two every night), one run at a time, until interrupted.

    The runs are those of a Prefect deployment: on the server of PREFECT_API_URL, or on one of its own. They log their
    events as text unless set otherwise. Ctrl-C and SIGTERM end it, a run under way too; its tables are not published.
    Settings not given here are taken from ZHIBIAO_* of the environment and from zhibiao.toml.

    Example: zhibiao serve 报告 --out outputs --cron "0 2 * * *"
    """
    from pipeline.settings import load_settings

    given = {"corpus": corpus, "out": out, "workers": workers, "lexicons": lexicons, "log": log}
    settings = load_settings(**given, **dask_settings(dask))
    if "log" not in settings.model_fields_set:
        settings = settings.model_copy(update={"log": "text"})

    from pipeline.cli.console import complain
    from pipeline.flows import serve as run

    run(settings, cron, timezone, name, complain)
