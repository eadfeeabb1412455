"""``zhibiao review``: pages on which people see what was extracted, and correct it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.cli.options import AsJson

LEVEL = Literal["error", "warning", "info"]


def review(
    out: Annotated[Path, typer.Argument(help="Output folder of zhibiao ingest.")] = Path("outputs"),
    to: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder the pages go to (OUT/review).")] = None,
    document: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Only of this doc_id, or where path or title has it.")
    ] = None,
    region: Annotated[
        str, typer.Option(help="Only of reports on this region (name or code) and what lies in it.")
    ] = "",
    severity: Annotated[LEVEL | None, typer.Option(help="Only of reports with a finding this severe, or more.")] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the index in the browser.")] = False,
    json: AsJson = False,
) -> None:
    """Write pages to look at and correct: an index, an overview, and each report with its figures and findings marked.

    The pages need no network. Pages of reports that are not chosen stay as they are.

    Example: zhibiao review outputs --severity warning --open
    """
    from pipeline.overlay import overlay_of
    from pipeline.review.write import Choice, write_pages
    from pipeline.store import required

    choice = Choice(tuple(document or ()), region, severity or "")
    written = write_pages(required(out), to or out / "review", choice, overlay_of(None))
    index = written.folder / "index.html"
    if json:
        import json as coder

        counts = {name: getattr(written, name) for name in ("reports", "changed", "removed", "without")}
        print(coder.dumps({"folder": str(written.folder), "index": str(index), **counts}, ensure_ascii=False))
    else:
        from pipeline.terminal import safe

        others = f", {written.without} others have no page" if written.without else ""
        print(f"{written.reports} reports, {written.changed} pages new or changed{others}; open {safe(index)}")
    if show:
        typer.launch(index.resolve().as_uri())
