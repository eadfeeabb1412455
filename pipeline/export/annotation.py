"""What annotation tools are told of a report: its text, its figures as labelled spans, which is part of which.

Offsets are code points, as everywhere in zhibiao; Label Studio and doccano count them so too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.export.cells import printable
from pipeline.export.selection import Row, Selection
from pipeline.titles import titles

DOCUMENT: Final = ("doc_id", "source_path", "title", "text")


@dataclass(frozen=True, slots=True)
class Task:
    """A report to be annotated; its text has no character that a browser or a data base refuses.

    Example: ``Task("9f86d081884c7d65", "云川县.txt", "云川县工作总结", "共3家。", mentions)``
    """

    doc_id: str
    source_path: str
    title: str
    text: str
    mentions: Sequence[Row]


def tasks(selection: Selection) -> Iterator[Task]:
    """The selected reports, one after the other.

    Example: ``next(tasks(selection)).mentions[0]["text"]``
    """
    for row, mentions in selection.reports(DOCUMENT):
        title = row["title"] or row["source_path"]
        yield Task(row["doc_id"], row["source_path"], title, printable(row["text"]), mentions)


def kind(mention: Row) -> str:
    """The label of a figure: fact or goal, level or change.

    Example: ``kind({"status": "target", "measure": "level"})`` → ``目标水平``
    """
    return _kind(mention["status"], mention["measure"])


def kinds() -> list[str]:
    """All labels.

    Example: ``["实际水平", "实际变动", "目标水平", "目标变动"]``
    """
    names = titles()["values"]
    return [_kind(status, measure) for status in names["status"] for measure in names["measure"]]


def kind_said(label: str) -> tuple[str, str] | None:
    """The status and the measure that a label stands for; None for another label.

    Example: ``kind_said("目标水平")`` → ``("target", "level")``
    """
    names = titles()["values"]
    pairs = ((status, measure) for status in names["status"] for measure in names["measure"])
    return next((pair for pair in pairs if _kind(*pair) == label), None)


def parts(task: Task) -> Iterator[tuple[str, str]]:
    """Pairs of figures of a report, the part and its total; totals that were not selected are left out.

    Example: ``("875a4e3e626d144f", "735ca7422aab37d4")``
    """
    there = {one["mention_id"] for one in task.mentions}
    for one in task.mentions:
        if one["part_of"] in there:
            yield one["mention_id"], one["part_of"]


def _kind(status: str, measure: str) -> str:
    names = titles()["values"]
    return f"{names['status'][status]}{names['measure'][measure]}"
