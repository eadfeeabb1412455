"""A small snapshot with invented figures, some of them hostile to the tools that open them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.store import point, table_of, write_part
from pipeline.tables import SCHEMAS

NAME = "20230711T020000Z"
FORMULA = '=HYPERLINK("http://127.0.0.1/","看")'
LONG = "长" * 40_000
TEXT = "𠮷林镇2023年上半年收入54.79万元，增长5.4%。\x00目标为不低于60万元；其中：税收30.5万元。"
"""It begins with a character beyond the basic plane, and has one that XML does not take."""


def identified(number: int) -> str:
    """An id as those of the tables.

    Example: ``identified(3)`` → ``0000000000000003``
    """
    return f"{number:016x}"


def mention(number: int, said: str, **given: Any) -> dict[str, Any]:
    """A row of the mentions: the words ``said`` of TEXT in the first document, and what differs from a plain figure."""
    start = TEXT.index(said) if said in TEXT else 0
    end = start + (len(said) if said in TEXT else 1)
    row: dict[str, Any] = {
        "mention_id": identified(number), "doc_id": identified(1), "sentence_id": identified(1), "char_start": start,
        "char_end": end, "text": said, "value": 1.0, "value_text": "1", "decimals": 0, "unit": "元",
        "unit_text": "元", "scale": 1.0, "dimension": "money", "comparator": "=", "status": "actual",
        "measure": "level", "basis": "none", "indicator": "收入", "entity": "盐池县", "entity_id": "640323",
        "entity_kind": "region", "period": "2023-01/2023-06", "period_start": date(2023, 1, 1),
        "period_end": date(2023, 6, 30), "period_from": "sentence", "rule": "label.named", "confidence": 0.9,
    }  # fmt: skip
    return {**row, **given}


def mentions() -> list[dict[str, Any]]:
    """Figures of two documents: a level, a change, a target, a part, and those of a hostile one."""
    other = {"doc_id": identified(2), "sentence_id": identified(2), "entity": "云川县", "entity_id": None}
    of_2022 = {"period": "2022", "period_start": date(2022, 1, 1), "period_end": date(2022, 12, 31)}
    return [
        mention(1, "54.79万元", value=547_900.0, decimals=2, scale=1e4, indicator_id="fiscal"),
        mention(2, "5.4%", value=5.4, decimals=1, unit="%", measure="change", basis="yoy"),
        mention(3, "60万元", value=600_000.0, scale=1e4, comparator=">=", status="target"),
        mention(4, "30.5万元", value=305_000.0, decimals=1, scale=1e4, part_of=identified(1), indicator="税收"),
        mention(5, "-3", **other, **of_2022, value=-3.0, indicator=FORMULA, text="-3元"),
        mention(6, "3\n4", **other, **of_2022, value=3.0, value_max=4.0, indicator="第一行\n第二行", text="3\n4"),
        mention(7, "9", **other, period="20XX", period_start=None, period_end=None, indicator=LONG),
    ]


def rows() -> dict[str, list[dict[str, Any]]]:
    """All tables."""
    document = {"sha256": "0" * 64, "bytes": 1, "media_type": "text/plain", "reader": "text", "figures_kept": 1.0}
    places = [{"start": 0, "name": "第1页"}]
    reports = [
        {**document, "doc_id": identified(1), "source_path": "盐池/上半年.txt", "title": "盐池县2023年上半年工作总结",
         "region": "盐池县", "region_code": "640323", "text": TEXT, "places": places},
        {**document, "doc_id": identified(2), "source_path": "+云川.txt", "title": FORMULA, "text": "九" * 9,
         "places": []},
    ]  # fmt: skip
    region = {"short_names": [], "kind": "region"}
    noted = {"check": "A01", "doc_id": identified(1), "mention_ids": [identified(1), identified(4)]}
    finding = {**noted, "finding_id": identified(1), "relation_id": identified(1), "severity": "error"}
    moment = datetime(2023, 7, 11, 2, tzinfo=UTC)
    counts = ("documents", "new", "changed", "unchanged", "gone", "mentions", "rejects")
    run = {"run_id": NAME, "started": moment, "finished": moment, "seconds": 1.5, "corpus": "报告", "version": "0",
           "engine_version": "0", "lexicon_version": "0", "segmenter": "rjieba"}  # fmt: skip
    return {
        "documents": reports,
        "sentences": [
            {"doc_id": identified(one), "sentence_id": identified(one), "char_start": 0, "char_end": 9, "section": "",
             "tokens": ["收入", '"引号"']} for one in (1, 2)
        ],
        "mentions": mentions(),
        "indicators": [
            {"indicator_id": "fiscal", "name": "财政收入", "aliases": ["收入总额"], "unit": "元", "direction": "up"}
        ],
        "entities": [
            {**region, "entity_id": "640300", "name": "吴忠市", "code": "640300"},
            {**region, "entity_id": "640323", "name": "盐池县", "code": "640323", "parent": "640300"},
        ],
        "relations": [{**noted, "relation_id": identified(1), "roles": ["total", "part"], "formula": "30.5<=54.79",
                       "verdict": "consistent"}],
        "findings": [{**finding, "char_start": 0, "char_end": 5, "message": "“收入”与“税收”不符。", "stated": 1.0}],
        "rejects": [{"source_path": "坏.pdf", "reason": "damaged", "message": "is no PDF"}],
        "runs": [{**run, **dict.fromkeys(counts, 2)}],
    }  # fmt: skip


@pytest.fixture(scope="session")
def small_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with those tables."""
    out = tmp_path_factory.mktemp("small") / "outputs"
    snapshot = out / "snapshots" / NAME
    snapshot.mkdir(parents=True)
    tables = rows()
    for name in SCHEMAS:
        write_part(snapshot, name, table_of(name, tables[name]))
    point(out, snapshot)
    return out


@pytest.fixture(scope="session")
def snapshot(small_tables: Path) -> Path:
    """The snapshot in force of them."""
    return (small_tables / "current").resolve()
