"""Annotations made in Label Studio, in the interface that ``zhibiao export label-studio`` writes, as gold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pipeline.errors import UsageError
from pipeline.evaluate.gold import GoldDocument, GoldMention, Reading
from pipeline.export.annotation import kind_said

SUFFIX: Final = ".json"
CONTROLS: Final = {"labels": "labels", "textarea": "text", "choices": "choices"}
"""What the kinds of results call what was said."""
Fields = dict[str, str]


def load_annotations(path: Path) -> list[GoldDocument]:
    """The annotated documents of an export, by name; UsageError names the task and the field at fault.

    Example: ``load_annotations(Path("标注结果.json"))[0].mentions[0].text``
    """
    try:
        exported = json.loads(path.read_text(encoding="utf-8"))
        made = {task["data"]["source_path"]: _newest(task) for task in exported}
        texts = {task["data"]["source_path"]: task["data"]["text"] for task in exported}
    except FileNotFoundError:
        raise UsageError(f"{path} does not exist; give a folder of gold files or an export of Label Studio") from None
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{path} is no JSON export of tasks that zhibiao made ({error!r})") from None
    found = [_document(path, name, texts[name], results) for name, results in made.items() if results is not None]
    if not found:
        raise UsageError(f"{path} has no annotated task; submit an annotation in Label Studio and export again")
    return sorted(found, key=lambda one: one.name)


def _newest(task: Mapping[str, Any]) -> Sequence[Mapping[str, Any]] | None:
    """The results of the last annotation that was not cancelled."""
    given = [one["result"] for one in task.get("annotations", ()) if not one.get("was_cancelled")]
    return given[-1] if given else None


def _document(path: Path, name: str, text: str, results: Sequence[Mapping[str, Any]]) -> GoldDocument:
    spans: dict[str, tuple[int, int]] = {}
    said: dict[str, Fields] = {}
    for one in results:
        if key := CONTROLS.get(one["type"]):
            value = one["value"]
            said.setdefault(one["id"], {})[one["from_name"]] = "".join(value[key])
            spans[one["id"]] = (value["start"], value["end"])
    mentions = []
    for id, fields in said.items():
        try:
            mentions.append(_mention(spans[id], text, fields))
        except (KeyError, ValueError) as error:
            where = f"{path}, {name}, {text[slice(*spans[id])]!r} at {spans[id][0]}"
            raise UsageError(f"{where}: the field is missing or wrong: {error}") from None
    return GoldDocument(PurePosixPath(name).stem, tuple(sorted(mentions, key=lambda one: one.start)), ())


def _mention(span: tuple[int, int], text: str, fields: Fields) -> GoldMention:
    kind = kind_said(fields["kind"])
    if kind is None:
        raise ValueError(fields["kind"])
    said = {"unit": "", "comparator": "=", "entity": "", "period": "", **fields, "status": kind[0], "measure": kind[1]}
    label = fields.get("indicator", "")
    highest = fields.get("value_max")
    return GoldMention(
        start=span[0],
        end=span[1],
        text=text[slice(*span)],
        value=_number(fields["value"]),
        value_max=_number(highest) if highest else None,
        readings=(Reading((label,), label),),
        accepted={name: (said[name],) for name in ("unit", "comparator", "status", "measure", "entity", "period")},
        optional=False,
    )


def _number(said: str) -> float:
    return float(said.replace(",", ""))
