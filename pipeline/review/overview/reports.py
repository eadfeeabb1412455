"""The reports of a snapshot as a data frame: whose they are, where that lies, what they are about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import lexicons
from pipeline.review.places import NATION, Places
from pipeline.review.report_text import shown
from pipeline.store import read_table

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Final = ("doc_id", "title", "issuer", "region", "region_code")
UNKNOWN: Final = "未识别"
OTHER: Final = "其他"


def reports(snapshot: Path, overlay: Path | None = None) -> pd.DataFrame:
    """A row a report: doc_id, region, code, province (its code; empty for 全国 and what has no code) and domain.

    Example: ``reports(snapshot).domain.value_counts()``
    """
    import pandas as pd

    places, fields = Places.of(snapshot), lexicons.load(overlay).domains
    rows: list[dict[str, Any]] = []
    for one in read_table(snapshot, "documents", COLUMNS).to_pylist():
        domain = fields.of(one["issuer"], one["title"])
        code = one["region_code"] or ""
        rows.append(
            {
                "doc_id": one["doc_id"],
                "region": shown(one["region"] or "") or (places.name(code) if code else UNKNOWN),
                "code": code,
                "province": places.province(code) or "",
                "domain": domain.name if domain else OTHER,
            }
        )
    return pd.DataFrame(rows, columns=["doc_id", "region", "code", "province", "domain"])


def short_name(name: str, code: str) -> str:
    """What a province is called on a map: 内蒙古 for 内蒙古自治区; the name itself for what is no province.

    Example: ``short_name("宁夏回族自治区", "640000")`` → ``宁夏``
    """
    region = lexicons.load().regions.by_code(code) if code else None
    if region is None or region.level != "province" or not region.short_names:
        return name
    return region.short_names[0]


def is_nation(code: str) -> bool:
    """Whether a code is that of 全国.

    Example: ``is_nation("000000")`` → True
    """
    return code == NATION
