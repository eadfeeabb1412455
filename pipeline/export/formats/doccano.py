"""doccano: a line of JSON a report, with its figures as spans, and relations from parts to their totals (其中)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from pipeline.export.annotation import Task, kind, parts, tasks
from pipeline.export.cells import as_json
from pipeline.export.model import Format, Job, Notes
from pipeline.titles import titles


def write(job: Job) -> Notes:
    """Write a report a line; ids of spans are not used twice in the file, as doccano wants it.

    Example: ``{"text": "共3家。", "entities": [{"id": 0, "start_offset": 1, "end_offset": 3, "label": …}], …}``
    """
    numbers = count()
    with job.target.text(job.target.main) as file:
        for task in tasks(job.selection):
            file.write(as_json(_line(task, numbers)) + "\n")
    return []


def _line(task: Task, numbers: Iterator[int]) -> dict[str, object]:
    ids = {one["mention_id"]: next(numbers) for one in task.mentions}
    spans = [
        {
            "id": ids[one["mention_id"]],
            "start_offset": one["char_start"],
            "end_offset": one["char_end"],
            "label": kind(one),
        }
        for one in task.mentions
    ]
    word = titles()["annotation"]["relation"]
    pairs = [{"id": ids[part], "from_id": ids[part], "to_id": ids[total], "type": word} for part, total in parts(task)]
    about = {"doc_id": task.doc_id, "source_path": task.source_path, "title": task.title}
    return {"text": task.text, "entities": spans, "relations": pairs, **about}


FORMAT = Format("reports.jsonl", write)
