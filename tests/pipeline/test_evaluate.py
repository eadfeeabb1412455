"""Scoring: what is matched, when a field is right, what is counted, and the same figures as the reference."""

from __future__ import annotations

import json
import random
import runpy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import StoreError, UsageError
from pipeline.evaluate import evaluate
from pipeline.evaluate.gold import Reading
from pipeline.evaluate.report import as_json, error_tables, sentence_around, tables
from pipeline.evaluate.rules import same_label, same_period

TEXT = "一、工作情况\n全年检查医院12家，合格率95.5%。力争明年增长5%以上。"
MENTIONS = pa.schema(
    [(name, pa.int32()) for name in ("char_start", "char_end")]
    + [(name, pa.float64()) for name in ("value", "value_max")]
    + [
        (name, pa.string())
        for name in (
            "doc_id",
            "unit",
            "comparator",
            "indicator",
            "entity",
            "period",
            "status",
            "measure",
            "rule",
        )
    ]
)


def annotated(text: str, value: float, unit: str, label: str, **more: Any) -> dict[str, Any]:
    """A gold mention of TEXT."""
    start = TEXT.index(text)
    basic = {"start": start, "end": start + len(text), "text": text, "value": value, "unit": unit}
    default = {
        "comparator": "=",
        "entity": "云川县",
        "period": "2023",
        "status": "actual",
        "measure": "level",
    }
    return {**basic, **default, "indicator_core": [label], "indicator_full": label, **more}


HOSPITALS = annotated("12家", 12, "家", "检查医院", unit_alt=["个"])
PASS_RATE = annotated("95.5%", 95.5, "%", "合格率", optional=True)
GROWTH = annotated("5%", 5, "%", "增长", comparator=">=", status="target", measure="change", period="2024")
GROWTH |= {"start": TEXT.index("5%以上"), "end": TEXT.index("5%以上") + 2}


def found(gold: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A row of mentions that answers a gold mention rightly, but for what is given."""
    kept = ("value", "unit", "comparator", "entity", "period", "status", "measure")
    row = {name: gold[name] for name in kept} | {
        "value_max": gold.get("value_max"),
        "doc_id": "d1",
        "rule": "count",
    }
    return row | {"char_start": gold["start"], "char_end": gold["end"], "indicator": gold["indicator_full"]} | more


@pytest.fixture
def folders(tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    """Writes gold and tables, and returns the two folders."""

    def write(gold: list[dict[str, Any]], rows: list[dict[str, Any]], **facts: Any) -> tuple[Path, Path]:
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in gold)
        for name in ("gold", "out"):
            (tmp_path / name).mkdir()
        (tmp_path / "gold" / "云川.jsonl").write_text(lines, encoding="utf-8")
        (tmp_path / "gold" / "docs.json").write_text(json.dumps({"云川": facts}), encoding="utf-8")
        documents = [{"doc_id": "d1", "source_path": "县/云川.txt", "text": TEXT}]
        pq.write_table(pa.Table.from_pylist(documents), tmp_path / "out" / "documents.parquet")
        pq.write_table(pa.Table.from_pylist(rows, schema=MENTIONS), tmp_path / "out" / "mentions.parquet")
        return tmp_path / "gold", tmp_path / "out"

    return write


Folders = Callable[..., tuple[Path, Path]]


class TestCounting:
    def test_all_right(self, folders: Folders) -> None:
        gold = [HOSPITALS, PASS_RATE, GROWTH]
        figures = evaluate(*folders(gold, [found(row) for row in gold])).total.figures()
        assert (figures["gold"], figures["predicted"]) == (2, 2)
        assert figures["tuple"] == (1.0, 1.0, 1.0)
        assert figures["target"] == figures["change"] == figures["not '='"] == (1.0, 1.0, 1.0)

    def test_optional_costs_nothing(self, folders: Folders) -> None:
        figures = evaluate(*folders([HOSPITALS, PASS_RATE], [found(HOSPITALS)])).total.figures()
        assert figures["detected"] == (1.0, 1.0, 1.0)

    def test_missed_and_spurious(self, folders: Folders) -> None:
        stray = found(HOSPITALS, char_start=0, char_end=2, indicator="杂项")
        evaluation = evaluate(*folders([HOSPITALS, GROWTH], [stray, found(GROWTH)]))
        assert evaluation.total.figures()["detected"] == (0.5, 0.5, 0.5)
        assert sorted(miss.kind for miss in evaluation.misses) == ["missed", "spurious"]

    def test_a_wrong_field_breaks_the_tuple_only(self, folders: Folders) -> None:
        rows = [found(HOSPITALS, entity="云川县医院"), found(GROWTH, comparator="=")]
        evaluation = evaluate(*folders([HOSPITALS, GROWTH], rows))
        figures = evaluation.total.figures()
        assert (figures["entity"], figures["comparator"], figures["quantity"]) == (0.5, 0.5, 1.0)
        assert figures["tuple"] == (0.0, 0.0, 0.0)
        assert [(miss.kind, miss.wanted, miss.got) for miss in evaluation.misses] == [
            ("entity", "云川县", "云川县医院"),
            ("comparator", ">=", "="),
        ]

    def test_accepted_others(self, folders: Folders) -> None:
        assert evaluate(*folders([HOSPITALS], [found(HOSPITALS, unit="个")])).total.figures()["quantity"] == 1.0

    def test_best_overlap_wins(self, folders: Folders) -> None:
        wide = found(HOSPITALS, char_start=HOSPITALS["start"] - 4, value=1.0)
        evaluation = evaluate(*folders([HOSPITALS], [wide, found(HOSPITALS)]))
        assert evaluation.total.figures()["quantity"] == 1.0
        assert [miss.kind for miss in evaluation.misses] == ["spurious"]

    def test_only_annotated_ranges_count(self, folders: Folders) -> None:
        rows = [found(HOSPITALS), found(GROWTH)]
        start, end = HOSPITALS["start"], HOSPITALS["end"]
        evaluation = evaluate(*folders([HOSPITALS], rows, annotated=[[start, end]]))
        assert evaluation.total.figures()["predicted"] == 1

    def test_by_rule(self, folders: Folders) -> None:
        rows = [found(HOSPITALS), found(GROWTH, rule="growth", period="2023")]
        by_rule = evaluate(*folders([HOSPITALS, GROWTH], rows)).by_rule
        assert by_rule["count"].figures()["period"] == 1.0
        assert by_rule["growth"].figures()["period"] == 0.0

    def test_absent_documents(self, folders: Folders) -> None:
        gold, out = folders([HOSPITALS], [])
        (gold / "云川.jsonl").rename(gold / "石桥.jsonl")
        evaluation = evaluate(gold, out)
        assert evaluation.absent == ["石桥"]
        assert evaluation.total.figures()["detected"] == (0.0, 0.0, 0.0)


class TestSavedFromAPage:
    """A file whose first line says of which document it is."""

    @staticmethod
    def save(folder: Path, name: str, *rows: dict[str, Any], **about: Any) -> Path:
        """Write such a file."""
        head = {"document": "县/云川.txt", "text": TEXT, "annotated": [[0, len(TEXT)]], **about}
        path = folder / name
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in (head, *rows)), encoding="utf-8")
        return path

    def test_the_document_is_found_by_its_path(self, folders: Folders, tmp_path: Path) -> None:
        _, out = folders([], [found(HOSPITALS), found(GROWTH)])
        evaluation = evaluate(self.save(tmp_path, "改名 (1).jsonl", HOSPITALS, GROWTH), out)
        assert list(evaluation.by_document) == ["县/云川.txt"] and evaluation.absent == []
        assert evaluation.total.figures()["tuple"] == (1.0, 1.0, 1.0)

    def test_its_ranges_are_those_that_count(self, folders: Folders, tmp_path: Path) -> None:
        _, out = folders([], [found(HOSPITALS), found(GROWTH)])
        part = [[HOSPITALS["start"], HOSPITALS["end"]]]
        assert evaluate(self.save(tmp_path, "金标.jsonl", annotated=part), out).total.figures()["predicted"] == 1

    def test_separators_of_lines_in_a_text_end_no_line(self, folders: Folders, tmp_path: Path) -> None:
        _, out = folders([], [found(HOSPITALS)])
        assert evaluate(self.save(tmp_path, "金标.jsonl", HOSPITALS, title="一\u2028二"), out).misses == []

    def test_another_text_is_not_scored(self, folders: Folders, tmp_path: Path) -> None:
        _, out = folders([], [found(HOSPITALS)])
        evaluation = evaluate(self.save(tmp_path, "金标.jsonl", HOSPITALS, text="旧" + TEXT), out)
        assert evaluation.moved == ["县/云川.txt"]
        assert evaluation.total.figures()["gold"] == 0
        assert json.loads(as_json(evaluation))["moved"] == ["县/云川.txt"]

    def test_a_document_twice_is_refused(self, folders: Folders, tmp_path: Path) -> None:
        gold, out = folders([], [found(HOSPITALS)])
        for name in ("云川.1.jsonl", "云川.2.jsonl"):
            self.save(gold, name, HOSPITALS)
        with pytest.raises(UsageError, match=r"云川\.1\.jsonl and 云川\.2\.jsonl are both of 县/云川\.txt"):
            evaluate(gold, out)

    def test_what_is_not_known_on_both_sides_is_right(self, folders: Folders, tmp_path: Path) -> None:
        bare = {**HOSPITALS, "entity": None, "period": ""}
        _, out = folders([], [found(bare, entity=None, period=None)])
        assert evaluate(self.save(tmp_path, "金标.jsonl", bare), out).misses == []


class TestRules:
    @pytest.mark.parametrize(
        ("gold", "found", "right", "strict"),
        [
            ("2023", "2023", True, True),
            ("2023", "2023-01/2023-12", True, True),
            ("../2023-06-30", "2023-06", True, False),
            ("../2023-06", "2023-01/2023-06", True, False),
            ("../2023-06", "../2023-06-30", True, True),
            ("2023-01/2023-06", "2023-02/2023-06", False, False),
            ("2023-02", "2023-02-28", False, False),
            ("../2024-02", "../2024-02-28", False, False),
            ("20XX-05", "20XX-05", True, True),
            ("2023", "", False, False),
            ("2023", None, False, False),
        ],
    )
    def test_periods(self, gold: str, found: str | None, right: bool, strict: bool) -> None:
        assert same_period([gold], found) is right
        assert same_period([gold], found, strict=True) is strict

    @pytest.mark.parametrize(
        ("label", "lenient", "strict"),
        [
            ("监督检查公共场所（宾馆、理发店）", True, True),
            ("监督检查公共场所", True, False),
            ("公共场所监督检查", False, False),
            ("公共场所", False, False),
            ("", False, False),
            (None, False, False),
        ],
    )
    def test_labels(self, label: str | None, lenient: bool, strict: bool) -> None:
        readings = [Reading(("监督检查", "公共场所"), "监督检查公共场所（宾馆、理发店）")]
        assert same_label(readings, label, 0.6) is lenient
        assert same_label(readings, label, 0.85) is strict


class TestReport:
    def test_json_and_tables(self, folders: Folders) -> None:
        evaluation = evaluate(*folders([HOSPITALS, GROWTH], [found(HOSPITALS), found(GROWTH, unit="‰")]))
        content = json.loads(as_json(evaluation))
        assert content["total"]["detected"] == {"p": 1.0, "r": 1.0, "f1": 1.0}
        assert set(content["documents"]) == {"云川"}
        assert content["rules"]["count"]["quantity"] == 0.5
        assert [str(table.title) for table in tables(evaluation)] == [
            "by document",
            "all documents",
            "by rule",
            "by confidence",
        ]
        (errors,) = error_tables(evaluation, 5)
        assert errors.title == "quantity: 1"

    def test_sentence_around(self) -> None:
        start = TEXT.index("95.5%")
        assert sentence_around(TEXT, start, start + 5) == "全年检查医院12家，合格率【95.5%】"
        assert sentence_around("", 3, 5) == "【】"


class TestMistakes:
    def test_no_gold(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="no gold files"):
            evaluate(tmp_path, tmp_path)

    @pytest.mark.parametrize("line", ["{", '{"start": 1}', '{"start": "甲"}', "[]"])
    def test_bad_gold_line(self, tmp_path: Path, line: str) -> None:
        (tmp_path / "云川.jsonl").write_text(line, encoding="utf-8")
        with pytest.raises(UsageError, match=r"云川\.jsonl, line 1"):
            evaluate(tmp_path, tmp_path)

    def test_no_tables(self, folders: Folders) -> None:
        gold, out = folders([HOSPITALS], [])
        (out / "mentions.parquet").unlink()
        with pytest.raises(StoreError, match="no table mentions"):
            evaluate(gold, out)

    def test_damaged_table(self, folders: Folders) -> None:
        gold, out = folders([HOSPITALS], [])
        (out / "mentions.parquet").write_bytes(b"PAR1")
        with pytest.raises(StoreError, match="cannot be read"):
            evaluate(gold, out)


def disturbed(gold: Path, seed: int) -> Iterator[dict[str, Any]]:
    """Rows of mentions made of a gold file, most right, some wrong in some way, some missing, some too many."""
    chance = random.Random(seed)
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = found(json.loads(line), doc_id=gold.stem)
        if chance.random() < 0.1:
            continue
        row["char_start"] = max(0, row["char_start"] + chance.choice([0, 0, 0, -3, 1, 9]))
        for name, wrong in DISTURBANCES.items():
            if chance.random() < 0.15:
                row[name] = chance.choice(wrong)
        yield row
        if chance.random() < 0.1:
            yield row | {"char_end": row["char_end"] + 5}


DISTURBANCES: dict[str, list[Any]] = {
    "value": [0.0, 1e9, float("nan"), None],
    "value_max": [7.0],
    "unit": ["", None, "人"],
    "comparator": ["=", ">=", "about", None],
    "status": ["actual", "target", None],
    "measure": ["level", "change"],
    "indicator": ["增加值", "", None],
    "entity": ["云川县", None],
    "period": ["2025", "../2025-12", "2025-12-31", "2025-01/2025-12", "20XX", "", None],
}


@pytest.mark.parametrize("seed", [1, 2])
def test_same_figures_as_the_reference(shared: Path, tmp_path: Path, seed: int, monkeypatch: Any) -> None:
    gold = shared / "gold" / "dev"
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(gold.glob("*.txt"))}
    documents = [{"doc_id": name, "source_path": f"{name}.txt", "text": text} for name, text in texts.items()]
    rows = [row for path in sorted(gold.glob("*.jsonl")) for row in disturbed(path, seed)]
    pq.write_table(pa.Table.from_pylist(documents[1:]), tmp_path / "documents.parquet")
    pq.write_table(pa.Table.from_pylist(rows, schema=MENTIONS), tmp_path / "mentions.parquet")
    reference = tmp_path / "reference.json"
    command = [str(shared / "gold" / "score.py"), str(gold), str(tmp_path), "--json", str(reference)]
    monkeypatch.setattr(sys, "argv", command)
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(command[0], run_name="__main__")
    assert ended.value.code == 0
    ours = json.loads(as_json(evaluate(gold, tmp_path)))
    assert {"total": ours["total"], **ours["documents"]} == json.loads(reference.read_text(encoding="utf-8"))
    assert 0 < ours["total"]["tuple"]["f1"] < 1
