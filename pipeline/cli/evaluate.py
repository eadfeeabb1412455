"""``zhibiao evaluate``: how well the tables agree with annotated documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import AsJson


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(help="Folder of gold files (<doc>.jsonl), one of them, or Label Studio's .json."),
    ],
    out: Annotated[Path, typer.Argument(help="Output folder of zhibiao ingest, or a folder of tables.")] = Path(
        "outputs"
    ),
    errors: Annotated[int, typer.Option(metavar="N", min=0, help="Show up to N errors of each kind.")] = 0,
    json: AsJson = False,
) -> None:
    """Score the tables against gold files.

    A document is found by its file's name without the ending, or by its path where the gold file says it, as those
    saved from review pages do.

    Example: zhibiao evaluate 金标 outputs --errors 5
    """
    from pipeline.cli.console import complain, console
    from pipeline.evaluate import evaluate as compare
    from pipeline.evaluate import report

    evaluation = compare(gold, out)
    if evaluation.absent:
        complain(
            f"not in the tables of {out}: {', '.join(evaluation.absent)}; "
            "ingest these documents, or give the folder of their tables behind GOLD"
        )
    if evaluation.moved:
        complain(f"not scored, since the text is no longer the one annotated: {', '.join(evaluation.moved)}")
    if json:
        print(report.as_json(evaluation))
        return
    screen = console()
    for table in [*report.tables(evaluation), *(report.error_tables(evaluation, errors) if errors else ())]:
        screen.print(table)
