"""Tasks for annotation tools: Label Studio's as its documentation wants them, doccano's as its importer does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from pipeline.export import Filter, Selection, export, format_named
from pipeline.export.formats.label_studio import interface

from .conftest import TEXT, identified

SPAN = {"start": {"type": "integer", "minimum": 0}, "end": {"type": "integer", "minimum": 1}}
STRINGS = {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1, "maxItems": 1}


def region(kind: str, value: str) -> dict[str, Any]:
    """The schema of a result of a kind, whose value has a list of that name."""
    fields = {"id": {"type": "string"}, "from_name": {"type": "string"}, "to_name": {"const": "text"}}
    text = {"text": {"type": "string"}} if kind == "labels" else {}
    inside = {"type": "object", "properties": {**SPAN, **text, value: STRINGS}, "required": ["start", "end", value],
              "additionalProperties": False}  # fmt: skip
    return {
        "type": "object",
        "properties": {**fields, "type": {"const": kind}, "value": inside, "score": {"type": "number"}},
        "required": ["id", "from_name", "to_name", "type", "value"],
        "additionalProperties": False,
    }


RELATION = {
    "type": "object",
    "properties": {
        "type": {"const": "relation"},
        "from_id": {"type": "string"},
        "to_id": {"type": "string"},
        "direction": {"enum": ["left", "right", "bi"]},
        "labels": STRINGS,
    },
    "required": ["type", "from_id", "to_id", "direction"],
    "additionalProperties": False,
}
RESULTS = [region("labels", "labels"), region("textarea", "text"), region("choices", "choices"), RELATION]
PREDICTION = {
    "type": "object",
    "properties": {"model_version": {"type": "string"}, "result": {"type": "array", "items": {"oneOf": RESULTS}}},
    "required": ["result"],
    "additionalProperties": False,
}
TASKS = Draft202012Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "data": {"type": "object", "required": ["text", "title"]},
                "predictions": {"type": "array", "items": PREDICTION},
            },
            "required": ["data"],
            "additionalProperties": False,
        },
    }
)
"""Label Studio's documented format of tasks with predictions, as far as texts have it."""


def tasks(selection: Selection, folder: Path) -> list[dict[str, Any]]:
    """The tasks of an export to Label Studio."""
    files, notes = export(format_named("label-studio"), selection, str(folder))
    assert ([path.name for path in files], notes) == (["tasks.json", "interface.xml"], [])
    found = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    assert isinstance(found, list)
    return found


class TestLabelStudio:
    def test_tasks_are_as_documented(self, snapshot: Path, tmp_path: Path) -> None:
        found = tasks(Selection(snapshot), tmp_path)
        TASKS.validate(found)
        assert [task["data"]["source_path"] for task in found] == ["盐池/上半年.txt", "+云川.txt"]

    def test_the_schema_refuses_what_is_none(self, snapshot: Path, tmp_path: Path) -> None:
        found = tasks(Selection(snapshot), tmp_path)
        found[0]["predictions"][0]["result"][0]["value"]["labels"] = []
        assert not TASKS.is_valid(found)

    def test_spans_are_those_of_the_text_behind_an_astral_character(self, snapshot: Path, tmp_path: Path) -> None:
        """Label Studio counts code points: its editor converts them to what JavaScript counts."""
        task = tasks(Selection(snapshot), tmp_path)[0]
        text = task["data"]["text"]
        spans = [one["value"] for one in task["predictions"][0]["result"] if one["type"] == "labels"]
        assert [text[one["start"] : one["end"]] for one in spans] == ["54.79万元", "5.4%", "60万元", "30.5万元"]
        assert [one["labels"] for one in spans] == [["实际水平"], ["实际变动"], ["目标水平"], ["实际水平"]]
        assert text == TEXT.replace("\x00", "\ufffd")

    def test_fields_and_relations(self, snapshot: Path, tmp_path: Path) -> None:
        result = tasks(Selection(snapshot), tmp_path)[0]["predictions"][0]["result"]
        of_first = {one["from_name"]: one["value"] for one in result if one.get("id") == identified(1)}
        assert (of_first["value"]["text"], of_first["unit"]["text"], of_first["comparator"]["choices"]) == (
            ["547900"], ["元"], ["="],
        )  # fmt: skip
        (relation,) = [one for one in result if one["type"] == "relation"]
        assert (relation["from_id"], relation["to_id"], relation["labels"]) == (identified(4), identified(1), ["其中"])

    def test_the_interface_knows_every_control_and_value(self, snapshot: Path, tmp_path: Path) -> None:
        controls = {one.get("name"): one for one in etree.fromstring(interface()).iter() if one.get("name")}
        assert controls["text"].get("value") == "$text"
        for task in tasks(Selection(snapshot), tmp_path):
            for one in task["predictions"][0]["result"]:
                if one["type"] != "relation":
                    control = controls[one["from_name"]]
                    known = {child.get("value") for child in control}
                    said = one["value"].get("labels") or one["value"].get("choices") or []
                    assert (control.tag.lower(), control.get("toName")) == (one["type"], "text")
                    assert set(said) <= known

    def test_a_total_that_was_not_chosen_is_no_relation(self, snapshot: Path, tmp_path: Path) -> None:
        (task,) = tasks(Selection(snapshot, Filter(indicators=("税收",))), tmp_path)
        assert {one["type"] for one in task["predictions"][0]["result"]} == {"labels", "textarea", "choices"}


def test_doccano(snapshot: Path, tmp_path: Path) -> None:
    export(format_named("doccano"), Selection(snapshot), str(tmp_path))
    lines = (tmp_path / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    first, second = (json.loads(line) for line in lines)
    spans = [(first["text"][one["start_offset"] : one["end_offset"]], one["label"]) for one in first["entities"]]
    assert spans == [("54.79万元", "实际水平"), ("5.4%", "实际变动"), ("60万元", "目标水平"), ("30.5万元", "实际水平")]
    assert first["relations"] == [{"id": 3, "from_id": 3, "to_id": 0, "type": "其中"}]
    assert [one["id"] for one in (*first["entities"], *second["entities"])] == list(range(7))


@pytest.mark.parametrize("format", ["label-studio", "doccano"])
def test_standard_output(snapshot: Path, capsys: pytest.CaptureFixture[str], format: str) -> None:
    export(format_named(format), Selection(snapshot), "-")
    shown = capsys.readouterr().out
    assert len(json.loads(shown) if format == "label-studio" else shown.splitlines()) == 2
