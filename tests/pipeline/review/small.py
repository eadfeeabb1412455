"""Small snapshots for tests of pages: rows that say only what an example is about."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pipeline.store import table_of, write_part
from pipeline.tables import SCHEMAS

Row = dict[str, Any]
YUNCHUAN = [
    {"entity_id": "640000", "name": "宁夏回族自治区", "parent": "000000"},
    {"entity_id": "640300", "name": "吴忠市", "parent": "640000"},
    {"entity_id": "640399", "name": "云川县", "parent": "640300"},
    {"entity_id": "640398", "name": "枫川县", "parent": "640300"},
]
"""Two invented counties and what they lie in."""

USUAL: dict[str, Row] = {
    "documents": {"sha256": "", "bytes": 1, "media_type": "text/plain", "reader": "text", "text": "",
                  "figures_kept": 1.0, "places": []},
    "mentions": {"sentence_id": "s", "char_start": 0, "char_end": 1, "text": "", "value_text": "", "decimals": 0,
                 "unit_text": "", "scale": 1.0, "dimension": "money", "comparator": "=", "status": "actual",
                 "measure": "level", "basis": "none", "entity_kind": "region", "period_from": "sentence",
                 "rule": "label.named", "confidence": 0.95, "unit": "元", "value": 1.0},
    "findings": {"mention_ids": [], "char_start": 0, "char_end": 1, "message": "不符", "check": "A01",
                 "severity": "error"},
    "entities": {"short_names": [], "kind": "region"},
    "indicators": {"aliases": []},
}  # fmt: skip


def snapshot(folder: Path, **tables: list[Row]) -> Path:
    """Write tables into a folder; what a row does not say is as usual, ids are counted.

    Example: ``snapshot(tmp_path, documents=[{"doc_id": "d1", "title": "云川县2023年工作总结"}])``
    """
    folder.mkdir(exist_ok=True)
    for name in SCHEMAS:
        rows = [_whole(name, at, row) for at, row in enumerate(tables.get(name, []))]
        write_part(folder, name, table_of(name, rows))
    return folder


def _whole(name: str, at: int, row: Row) -> Row:
    made = {**USUAL.get(name, {}), **row}
    if name == "documents":
        made.setdefault("source_path", f"{made['doc_id']}.txt")
    if name == "mentions":
        made.setdefault("mention_id", f"m{at}")
        year = str(made.get("period") or "")[-4:]
        made.setdefault("period_end", date(int(year), 12, 31) if year.isdecimal() else None)
    if name == "findings":
        made.setdefault("finding_id", f"f{at}")
    return made
