"""Label Studio: reports as tasks with the figures found as predictions, and the labelling interface beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import quoteattr

from pipeline.datapackage import ENUMS
from pipeline.export.annotation import Task, kind, kinds, parts, tasks
from pipeline.export.cells import as_json, number
from pipeline.export.model import Format, Job, Notes
from pipeline.export.selection import Row
from pipeline.titles import title, titles

INTERFACE_FILE: Final = "interface.xml"
LABELS, TEXT = "kind", "text"
WRITTEN: Final = ("indicator", "value", "value_max", "unit", "qualifier", "entity", "period")
"""Fields of a figure that are written into boxes."""
CHOSEN: Final = ("comparator", "basis")
"""Fields that are one of few."""
COLORS: Final = ("#2f6fb2", "#8a5fb0", "#c2571a", "#2f8f5b")
Result = dict[str, object]


def write(job: Job) -> Notes:
    """Write the tasks as one JSON list, a task a line, and the interface that shows them.

    Example: ``{"data": {"text": "共3家。", …}, "predictions": [{"result": [{"type": "labels", …}], …}]}``
    """
    with job.target.text(job.target.main) as file:
        file.write("[")
        for at, task in enumerate(tasks(job.selection)):
            file.write(",\n" if at else "\n")
            file.write(as_json(_task(task)))
        file.write("\n]\n")
    if not job.target.only_main:
        with job.target.text(job.target.beside(INTERFACE_FILE)) as file:
            file.write(interface())
    return []


def interface() -> str:
    """The labelling interface: what the tool shows, and which fields a figure has.

    Example: ``<Labels name="kind" toName="text"><Label value="实际水平" …/>``
    """
    labels = [
        f'    <Label value={quoteattr(one)} background="{color}"/>' for one, color in zip(kinds(), COLORS, strict=True)
    ]
    lines = [
        "<View>",
        '  <Header value="$title"/>',
        f'  <Header value={quoteattr(titles()["annotation"]["help"])} size="6"/>',
        f'  <Labels name="{LABELS}" toName="{TEXT}">',
        *labels,
        "  </Labels>",
        f'  <Text name="{TEXT}" value="$text" granularity="symbol"/>',
        *_boxes(),
        *_choices(),
        f"  <Relations>\n    <Relation value={quoteattr(titles()['annotation']['relation'])}/>\n  </Relations>",
        "</View>",
    ]
    return "\n".join(lines) + "\n"


def _boxes() -> Iterator[str]:
    for name in WRITTEN:
        shown = f'editable="true" rows="1" placeholder={quoteattr(title("mentions", name))}'
        yield f'  <TextArea name="{name}" toName="{TEXT}" perRegion="true" {shown}/>'


def _choices() -> Iterator[str]:
    for name in CHOSEN:
        yield f'  <Choices name="{name}" toName="{TEXT}" perRegion="true" choice="single" showInline="true">'
        for value in ENUMS["mentions", name]:
            hint = quoteattr(titles()["values"][name][value])
            yield f"    <Choice value={quoteattr(value)} hint={hint}/>"
        yield "  </Choices>"


def _task(task: Task) -> dict[str, object]:
    data = {"text": task.text, "title": task.title, "source_path": task.source_path, "doc_id": task.doc_id}
    result = [one for mention in task.mentions for one in _results(mention, task.text)]
    word = titles()["annotation"]["relation"]
    for part, total in parts(task):
        result.append({"type": "relation", "from_id": part, "to_id": total, "direction": "right", "labels": [word]})
    return {"data": data, "predictions": [{"model_version": "zhibiao", "result": result}]}


def _results(mention: Row, text: str) -> Iterator[Result]:
    """The span, and a result with the same id for every field that is known."""
    span = {"start": mention["char_start"], "end": mention["char_end"]}
    shared = {"id": mention["mention_id"], "to_name": TEXT}
    words = text[span["start"] : span["end"]]
    labels = {**span, "text": words, "labels": [kind(mention)]}
    yield {**shared, "from_name": LABELS, "type": "labels", "value": labels, "score": mention["confidence"]}
    for name in WRITTEN:
        if mention[name] not in (None, ""):
            yield {**shared, "from_name": name, "type": "textarea", "value": {**span, "text": [_said(mention[name])]}}
    for name in CHOSEN:
        yield {**shared, "from_name": name, "type": "choices", "value": {**span, "choices": [mention[name]]}}


def _said(value: object) -> str:
    return number(value) if isinstance(value, float) else str(value)


FORMAT = Format("tasks.json", write)
