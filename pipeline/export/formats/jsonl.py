"""JSON lines: one object a row, with all columns of its table, nothing changed."""

from __future__ import annotations

from pipeline.export.cells import as_json
from pipeline.export.model import Format, Job, Notes
from pipeline.tables import SCHEMAS


def write(job: Job) -> Notes:
    """Write the chosen tables as JSON lines; what is unknown is null.

    Example: ``mentions.jsonl`` with the line ``{"mention_id": "875a…", "text": "54.79万份", "value": 547900.0, …}``
    """
    for name in job.tables:
        with job.target.text(job.target.main if job.target.one_file else f"{name}.jsonl", bom=job.bom) as file:
            for row in job.selection.rows(name):
                file.write(as_json(row) + "\n")
    return []


FORMAT = Format("mentions.jsonl", write, tables=tuple(SCHEMAS), file_each=True)
