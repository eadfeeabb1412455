"""The index page: all reports, findings and rejects of a snapshot, to be filtered, sorted and sent as an address."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from pipeline.review.index_columns import index_columns
from pipeline.review.shell import render
from pipeline.titles import titles

SCRIPTS: Final = ("index_data.js", "index_filters.js", "index_rows.js", "index.js")


def write_index(
    snapshot: Path, target: Path, overlay: Path | None = None, pages: Collection[str] | None = None
) -> Path:
    """Write ``index.html`` into a folder, from the tables of a snapshot; its links lead to ``reports/<doc_id>.html``.

    ``overlay`` is the folder of the user's lexicon files, which may have fields (domains.toml) of their own; ``pages``
    are the doc_ids of the reports that have a page, None where all have one.

    Example: ``write_index(required(Path("outputs")), Path("审阅"))`` → ``审阅/index.html``
    """
    columns = index_columns(snapshot, overlay)
    without = [] if pages is None else [one for one in columns["documents"]["id"] if one not in pages]
    page = render(
        "index.html",
        styles=("index.css",),
        scripts=SCRIPTS,
        data={"index": {**columns, "without": without, "reasons": titles()["shown"]["reasons"]}},
        title="报告目录",
        root="",
        here="index",
    )
    target.mkdir(parents=True, exist_ok=True)
    path = target / "index.html"
    path.write_text(page, encoding="utf-8")
    return path
