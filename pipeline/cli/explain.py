"""``zhibiao explain``: why a row of the table mentions is as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.options import AsJson, Overlay
from pipeline.errors import USAGE
from pipeline.overlay import overlay_of

SHOWN = ("mention_id", "text", "indicator", "entity", "period", "status", "measure")
MOST = 40


def explain(
    mention: Annotated[str, typer.Argument(help="Its id or the beginning of it, its span (93.6%) or its indicator.")],
    out: Annotated[Path, typer.Argument(help="Output folder of zhibiao ingest.")] = Path("outputs"),
    lexicons: Overlay = None,
    json: AsJson = False,
) -> None:
    """Say why a figure is as it is: its sentence, and where value, indicator, period and entity came from.

    When several are meant they are listed with their ids.

    Example: zhibiao explain 早孕建册率 outputs
    """
    import lexicons as knowledge
    from pipeline.explain_stored import explain_stored, mentions_named
    from pipeline.store import required
    from pipeline.terminal import safe

    snapshot = required(out)
    found = mentions_named(snapshot, mention)
    if len(found) > 1:
        _list(found, mention)
        raise typer.Exit(USAGE)
    told = explain_stored(snapshot, found[0], knowledge.load(overlay_of(lexicons)))
    if json:
        import json as coder

        print(coder.dumps({"mention_id": found[0]["mention_id"], **told.as_dict()}, ensure_ascii=False))
        return
    for line in str(told).splitlines():
        print(safe(line))


def _list(found: Sequence[Mapping[str, Any]], given: str) -> None:
    from pipeline.cli.console import complain, console
    from pipeline.terminal import table

    console().print(
        table(f"{given}: {len(found)} mentions", SHOWN, [[one[name] for name in SHOWN] for one in found[:MOST]])
    )
    complain(f"{given}: {len(found)} mentions; give the id of one")
