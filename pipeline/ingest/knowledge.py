"""The tables that say what ids stand for: indicators and entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from lexicons import Lexicons
from lexicons.regions import Region
from pipeline.ingest.model import Row
from pipeline.store import each_part, table_of


def indicator_table(words: Lexicons) -> pa.Table:
    """All indicators of the lexicons, by id.

    Example: the row of 早孕建册率 with numerator 早孕建册人数 and multiplier 100
    """
    rows = [
        {
            "indicator_id": one.id,
            "name": one.name,
            "aliases": list(one.aliases),
            "unit": one.unit or None,
            "numerator": one.numerator or None,
            "denominator": one.denominator or None,
            "multiplier": one.multiplier,
            "plausible_min": one.min,
            "plausible_max": one.max,
            "direction": one.direction,
            "definition": one.definition or None,
            "source": one.source or None,
        }
        for one in words.indicators
    ]
    return table_of("indicators", sorted(rows, key=lambda row: str(row["indicator_id"])))


def entity_table(folder: Path, words: Lexicons) -> pa.Table:
    """What the entity_ids and region codes of a snapshot stand for, the regions around them included.

    Example: 云川县医院 of a mention, 522300 黔西南布依族苗族自治州 with its parent 520000 贵州省
    """
    codes = {row["region_code"] for row in _distinct(folder, "documents", ["region_code"])}
    organizations: dict[str, str] = {}
    for row in _distinct(folder, "mentions", ["entity_id", "entity", "entity_kind"]):
        if row["entity_kind"] == "region":
            codes.add(row["entity_id"])
        elif row["entity_id"]:
            known = organizations.setdefault(row["entity_id"], row["entity"] or row["entity_id"])
            organizations[row["entity_id"]] = min(known, row["entity"] or known)
    rows = [_region_row(region) for region in _regions(words, (code for code in codes if code))]
    rows += [_organization_row(id, name) for id, name in organizations.items()]
    return table_of("entities", sorted(rows, key=lambda row: str(row["entity_id"])))


def _distinct(folder: Path, name: str, columns: list[str]) -> Iterator[Row]:
    """Rows of a table that differ, those of each part."""
    for table in each_part(folder, name, columns):
        yield from table.group_by(columns).aggregate([]).to_pylist()


def _regions(words: Lexicons, codes: Iterable[str]) -> list[Region]:
    found: dict[str, Region] = {}
    for code in codes:
        region = words.regions.by_code(code)
        for one in (region, *words.regions.ancestors(code)) if region else ():
            found[one.code] = one
    return list(found.values())


def _region_row(region: Region) -> Row:
    return {
        "entity_id": region.code,
        "name": region.name,
        "short_names": list(region.short_names),
        "kind": "region",
        "code": region.code,
        "parent": region.parent or None,
    }


def _organization_row(id: str, name: str) -> Row:
    return {
        "entity_id": id,
        "name": name,
        "short_names": [],
        "kind": "organization",
        "code": None,
        "parent": None,
    }
