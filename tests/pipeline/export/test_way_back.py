"""What people mark in Label Studio comes back as gold, by which the tables are scored."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.evaluate import evaluate
from pipeline.evaluate.label_studio import load_annotations
from pipeline.export import Selection, export, format_named

Tasks = list[dict[str, Any]]
Annotate = Callable[[Callable[[Tasks], object]], Path]


@pytest.fixture
def annotate(snapshot: Path, tmp_path: Path) -> Annotate:
    """What Label Studio exports when every prediction was taken over, after a change."""

    def annotated(change: Callable[[Tasks], object]) -> Path:
        export(format_named("label-studio"), Selection(snapshot), str(tmp_path))
        tasks: Tasks = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
        for task in tasks:
            task["annotations"] = [{"result": task.pop("predictions")[0]["result"], "was_cancelled": False}]
        change(tasks)
        (tmp_path / "标注结果.json").write_text(json.dumps(tasks), encoding="utf-8")
        return tmp_path / "标注结果.json"

    return annotated


def results(tasks: Tasks, from_name: str) -> list[dict[str, Any]]:
    """The results of a field in the first task."""
    return [one for one in tasks[0]["annotations"][0]["result"] if one.get("from_name") == from_name]


def test_what_was_accepted_is_right(annotate: Annotate, small_tables: Path) -> None:
    figures = evaluate(annotate(lambda tasks: None), small_tables).total.figures()
    assert figures["detected"] == figures["tuple"] == (1, 1, 1)


def test_a_correction_costs_a_point(annotate: Annotate, small_tables: Path) -> None:
    def correct(tasks: Tasks) -> None:
        results(tasks, "unit")[0]["value"]["text"] = ["美元"]
        results(tasks, "kind")[1]["value"]["labels"] = ["目标变动"]

    figures = evaluate(annotate(correct), small_tables).total.figures()
    assert figures["detected"] == (1, 1, 1)
    assert figures["tuple"] == pytest.approx((5 / 7, 5 / 7, 5 / 7))


def test_cancelled_and_missing_annotations_are_left_out(annotate: Annotate) -> None:
    def leave(tasks: Tasks) -> None:
        tasks[0]["annotations"].append({"result": [], "was_cancelled": True})
        tasks[1]["annotations"] = []

    (document,) = load_annotations(annotate(leave))
    assert (document.name, [one.text for one in document.mentions][:2]) == ("上半年", ["54.79万元", "5.4%"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda tasks: results(tasks, "value")[0]["value"].update(text=["五十"]), "'54.79万元' at 13: .*五十"),
        (lambda tasks: results(tasks, "kind")[0]["value"].update(labels=["别的"]), "别的"),
        (lambda tasks: tasks[0].pop("data"), "no JSON export of tasks"),
        (lambda tasks: [task.pop("annotations") for task in tasks], "no annotated task"),
    ],
    ids=["value", "label", "task", "nothing"],
)
def test_mistakes_name_the_place(annotate: Annotate, change: Callable[[Tasks], object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        load_annotations(annotate(change))


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="does not exist"):
        load_annotations(Path("没有.json"))
