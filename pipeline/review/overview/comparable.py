"""Figures that may be compared: of one indicator and unit, of regions of one level, for periods of one kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, Final

import lexicons
from pipeline.review.overview.counts import counted
from pipeline.review.periods import Kind, kind_of, period_label
from pipeline.review.places import Places
from pipeline.review.report_text import shown
from pipeline.store import read_table

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd
    import pyarrow as pa

READ: Final = (
    "indicator_id", "unit", "dimension", "entity", "entity_id", "entity_kind", "period", "value", "value_max", "status",
    "measure", "comparator", "qualifier", "confidence",
)  # fmt: skip
KEYS: Final = ("indicator_id", "unit", "dimension", "entity", "entity_id", "period", "value")
TRUSTED: Final = 0.8
"""Least confidence of a figure that is compared."""
ROUNDING: Final = 0.01
"""Values so near to each other are the same figure, rounded differently."""
UNSCALED: Final = frozenset({"ratio", "percentage_points", "time", "temperature"})
MADE: Final = (
    "indicator", "unit", "dimension", "level", "kind", "region", "period", "at", "value", "stated", "readings",
)  # fmt: skip
COLUMNS: Final = (
    "choice",
    "indicator",
    "unit",
    "level",
    "kind",
    "region",
    "period",
    "at",
    "value",
    "stated",
    "readings",
)
TITLES: Final = {
    "region": "地区",
    "period": "时期",
    "value": "数值",
    "unit": "单位",
    "stated": "出现次数",
    "readings": "不同说法",
}
"""The columns that are shown below a chart, and what they are called there."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit to be shown: the factor and its name.

    Example: ``Scale(1e8, "亿元")``
    """

    factor: float
    name: str


def shown_unit(size: float, unit: str, dimension: str = "") -> Scale:
    """The unit in which people write a value of that size; incomes of some 50,000元 they write in 元.

    Example: ``shown_unit(5.2e10, "元")`` → ``Scale(1e8, "亿元")``
    """
    if dimension not in UNSCALED and "/" not in unit and unit[:1] not in ("%", "‰"):
        for least, factor, word in ((1e8, 1e8, "亿"), (1e5, 1e4, "万")):
            if abs(size) >= least:
                return Scale(factor, word + unit)
    return Scale(1.0, unit)


def comparable(snapshot: Path) -> pd.DataFrame:
    """Every region's own facts that may be compared, one a region and period.

    Levels, no changes and targets; exact values of the whole region, nothing qualified (65岁及以上), of a confidence of
    0.8 or more. Of several values
    for one region and period the one said more often than all others counts; where none is, there is no row. Those
    that differ by rounding only are one. ``readings`` says how many values there were, ``stated`` how often the one.

    Example: ``comparable(snapshot).query("indicator == '地区生产总值' and level == '地级'")``
    """
    import pandas as pd

    found = counted(snapshot, "mentions", READ, KEYS, _wanted)
    places, names = Places.of(snapshot), _names(snapshot)
    own_level = lexicons.load().words("entities.own_level")
    rows = []
    for key, group in groupby(found.itertuples(index=False, name=None), key=lambda row: row[:6]):
        id, unit, dimension, entity, code, period = key
        (kind, label), chosen = _period(period), most_said((value, count) for *_, value, count in group)
        if kind and chosen:
            level = places.level(code) or ("本级" if entity.endswith(own_level) else "无代码")
            about = (names.get(id, id), unit, dimension, level, kind.name, intern(shown(entity)))
            rows.append((*about, label, _at(kind.at), *chosen))
    return _in_shown_units(pd.DataFrame(rows, columns=list(MADE)))


def _wanted(rows: pa.Table) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    known = pc.and_(pc.is_valid(rows["indicator_id"]), pc.equal(rows["entity_kind"], "region"))
    for column, wanted in (("status", "actual"), ("measure", "level"), ("comparator", "=")):
        known = pc.and_(known, pc.equal(rows[column], wanted))
    known = pc.and_(known, pc.greater_equal(rows["confidence"], TRUSTED))
    for column in ("value_max", "qualifier"):
        known = pc.and_(known, pc.is_null(rows[column]))
    for column in ("entity", "period"):
        known = pc.and_(known, pc.is_valid(rows[column]))
    chosen = rows.filter(pc.fill_null(known, False))
    codes = pc.fill_null(chosen["entity_id"], pa.scalar(""))
    return chosen.set_column(chosen.column_names.index("entity_id"), "entity_id", codes)


def most_said(values: Iterable[tuple[float, int]]) -> tuple[float, int, int] | None:
    """Of values with how often each was said: the one said more often than all others, its number, that of all values.

    Example: ``most_said([(1286.4, 3), (1286.0, 1)])`` → ``(1286.4, 4, 1)``, of 10 and 25 once each None
    """
    given = sorted(values)
    if len(given) == 1:
        return *given[0], 1
    groups: list[list[tuple[float, int]]] = []
    for value, count in given:
        if groups and abs(value - groups[-1][-1][0]) <= ROUNDING * abs(value):
            groups[-1].append((value, count))
        else:
            groups.append([(value, count)])
    sizes = [sum(count for _, count in group) for group in groups]
    if not sizes or 2 * max(sizes) <= sum(sizes):
        return None
    best = groups[sizes.index(max(sizes))]
    value = max(best, key=lambda one: (one[1], len(repr(one[0])), one[0]))[0]
    return value, max(sizes), len(groups)


@lru_cache(4096)
def _period(period: str) -> tuple[Kind | None, str]:
    """What a period may be compared with and what it is called: asked for very many figures, of few periods."""
    return kind_of(period), period_label(period)


def _at(at: str) -> float:
    """Where a period stands on the axis: its year, months as twelfths."""
    year, _, month = at.partition("-")
    return int(year) + (int(month) - 1) / 12 if month else float(year)


def _names(snapshot: Path) -> dict[str, str]:
    return {one["indicator_id"]: one["name"] for one in
            read_table(snapshot, "indicators", ["indicator_id", "name"]).to_pylist()}  # fmt: skip


def _in_shown_units(frame: pd.DataFrame) -> pd.DataFrame:
    """Each group in the unit of its middle value, which becomes part of what the reader chooses."""
    keys = ["indicator", "unit", "dimension", "level", "kind"]
    sizes = frame.value.abs().groupby([frame[key] for key in keys]).transform("median")
    scales = [shown_unit(*one) for one in zip(sizes, frame.unit, frame.dimension, strict=True)]
    frame["value"] = frame.value / [scale.factor for scale in scales]
    frame["unit"] = [scale.name for scale in scales]
    units = [f"（{scale.name}）" if scale.name else "" for scale in scales]
    named = zip(frame.indicator, units, frame.level, frame.kind, strict=True)
    frame["choice"] = [f"{indicator}{unit}，{level}，{kind}" for indicator, unit, level, kind in named]
    return frame[list(COLUMNS)]


def tooltips() -> list[alt.Tooltip]:
    """What a chart says of the figure one points at: the columns that are shown below it.

    Example: 地区 云川县, 时期 2024年, 数值 1,250 …
    """
    import altair as alt

    return [
        alt.Tooltip("region:N", title=TITLES["region"]),
        alt.Tooltip("period:N", title=TITLES["period"]),
        alt.Tooltip("value:Q", title=TITLES["value"], format=",~r"),
        alt.Tooltip("unit:N", title=TITLES["unit"]),
        alt.Tooltip("stated:Q", title=TITLES["stated"]),
        alt.Tooltip("readings:Q", title=TITLES["readings"]),
    ]
