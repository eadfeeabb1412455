"""One indicator over entities and periods, without mixing what cannot be compared."""

from __future__ import annotations

import re
import warnings
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

import lexicons
from extractors.numerals import SCALE, scale_value
from pipeline.errors import UsageError
from pipeline.overlay import overlay_of
from zhibiao.stored import Tables
from zhibiao.stored import tables as stored

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Final = (
    "entity", "entity_id", "period", "period_start", "period_end", "value", "value_max", "unit", "comparator",
    "decimals", "scale", "qualifier", "indicator", "confidence", "mention_id", "doc_id",
)  # fmt: skip
SHOWN: Final = 3


class ConflictWarning(UserWarning):
    """Several values were found for one cell of a panel; the message names the first of them.

    >>> import warnings, zhibiao
    >>> with warnings.catch_warnings(record=True) as said:
    ...     panel = zhibiao.panel(zhibiao.tables("outputs"), "农村卫生厕所普及率", by="year")
    >>> str(said[-1].message)
    '农村卫生厕所普及率: 1 cell has several values (霁川县 2024: 86.4, 89.1); the most certain was taken'
    """


def observations(
    tables: Tables | pd.DataFrame | str | Path,
    indicator: str,
    *,
    status: str = "actual",
    measure: str = "level",
    qualified: bool = False,
    unit: str | None = None,
) -> pd.DataFrame:
    """Every figure of one indicator, in one unit: whose, when, how much, and the mention that says so.

    ``indicator`` is a name or alias of the lexicons, an id, or a label as the table has it; ``tables`` may be an output
    folder, or a frame of mentions you chose yourself. Figures limited to a part (65岁及以上) come with
    ``qualified=True``. ``unit`` chooses one, and may carry a scale: 亿元, 万人. UsageError when nothing is found, or
    when it was found in several units and none is chosen.

    >>> import zhibiao
    >>> found = zhibiao.observations(zhibiao.tables("outputs"), "一般公共预算收入")
    >>> found[["entity", "period", "value"]].values.tolist()[:2]
    [['柏江市', '2024', 6894000000.0], ['岚海省', '2025', 162400000000.0]]
    >>> zhibiao.observations("outputs", "一般公共预算收入", unit="亿元")["value"].tolist()[:2]
    [68.94, 1624.0]
    >>> zhibiao.observations(zhibiao.tables("outputs"), "发放创业担保贷款")
    Traceback (most recent call last):
    pipeline.errors.UsageError: 发放创业担保贷款: several units: '笔' (2), '元' (2); choose one: unit='笔'
    """
    if isinstance(tables, str | Path):
        tables = stored(tables)
    found = _named(tables.mentions if isinstance(tables, Tables) else tables, indicator)
    found = found[(found["status"] == status) & (found["measure"] == measure) & found["entity"].notna()]
    if not qualified:
        found = found[found["qualifier"].isna()]
    found = _of_one_unit(found, indicator) if unit is None else _in_unit(found, unit)
    if found.empty:
        raise UsageError(f"{indicator}: no {status} {measure}" + (f" in {unit}" if unit else "") + " was found")
    return found[[name for name in COLUMNS if name in found]].reset_index(drop=True)


def panel(
    tables: Tables | pd.DataFrame | str | Path,
    indicator: str,
    *,
    by: Literal["period", "year"] = "period",
    conflicts: Literal["warn", "refuse"] = "warn",
    **chosen: Any,
) -> pd.DataFrame:
    """One indicator as entity × period; the unit is in ``attrs["unit"]``.

    ``by="year"`` keeps whole years and year's ends (2024, ../2024-12), and has numbers for columns. Of values that
    are the same but for rounding the most exact is taken. Where several others were found for a cell, the most certain
    is taken, and a ConflictWarning names them, or, with ``conflicts="refuse"``, a UsageError. Further arguments
    are those of ``observations``.

    >>> import zhibiao
    >>> panel = zhibiao.panel("outputs", "粮食总产量", by="year", unit="万吨")
    >>> panel.attrs["unit"], panel.columns.tolist()
    ('万吨', [2024, 2025])
    >>> float(panel.loc["柏江市", 2024])
    92.64
    """
    found = observations(tables, indicator, **chosen)
    found = found.assign(cell=_years(found) if by == "year" else found["period"], name=_names(found))
    if (there := found[found["cell"].notna()]).empty:
        raise UsageError(f"{indicator}: no figure of a whole {by}; there are {', '.join(found['period'].unique()[:5])}")
    found = there
    cells = [_Cell.of(key, rows) for key, rows in found.groupby(["name", "cell"], sort=False)]
    if several := [cell for cell in cells if len(cell.values) > 1]:
        _tell(indicator, several, conflicts)
    best = found.loc[[cell.best for cell in cells]]
    made = best.pivot(index="name", columns="cell", values="value").sort_index(axis=1)
    order = best.sort_values("entity_id", kind="stable")["name"].drop_duplicates()
    made = made.loc[order].rename_axis(index="entity", columns=by)
    if by == "year":
        made.columns = made.columns.astype(int)
    made.attrs |= {"indicator": indicator, "unit": found["unit"].iloc[0]}
    return made


class _Cell(NamedTuple):
    """What was found for one cell."""

    key: Any
    best: Any
    """Label of the row to take."""
    values: list[float]
    """Its value, and those that rounding does not explain."""

    @classmethod
    def of(cls, key: Any, rows: pd.DataFrame) -> _Cell:
        """The most certain row, in the figure that is written most exactly of those that agree with it.

        A bound (90%以上) says nothing where a value is known.
        """
        if (rows["comparator"] == "=").any():
            rows = rows[rows["comparator"] == "="]
        rows = rows.assign(half=rows["scale"] * 10.0 ** -rows["decimals"] / 2)
        first = rows.sort_values("confidence", ascending=False, kind="stable").iloc[0]
        apart = (rows["value"] - first["value"]).abs()
        agree = apart <= (rows["half"] + first["half"]) * (1 + 1e-9)
        best = rows[agree].sort_values("half", kind="stable").iloc[0]
        return cls(key, best.name, [best["value"], *rows.loc[~agree, "value"].unique()])


def _named(mentions: pd.DataFrame, indicator: str) -> pd.DataFrame:
    known = lexicons.load(overlay_of(None)).indicators.lookup(indicator)
    same = mentions["indicator"] == indicator
    ids = {indicator, *mentions.loc[same, "indicator_id"].dropna(), *([known.id] if known else [])}
    found = mentions[same | mentions["indicator_id"].isin(ids)]
    if found.empty:
        labels = mentions["indicator"].dropna().unique().tolist()
        near = [label for label in labels if indicator in label] or get_close_matches(indicator, labels)
        raise UsageError(f"{indicator}: no such indicator here" + (f"; there is {'、'.join(near[:5])}" if near else ""))
    return found


def _of_one_unit(found: pd.DataFrame, indicator: str) -> pd.DataFrame:
    units = found["unit"].value_counts()
    if len(units) > 1:
        said = ", ".join(f"{name!r} ({count})" for name, count in units.items())
        raise UsageError(f"{indicator}: several units: {said}; choose one: unit={units.index[0]!r}")
    return found


def _in_unit(found: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The figures of a unit, or, where none is of it and it begins with a scale, those of the unit behind, scaled."""
    scaled = re.fullmatch(f"({SCALE})(.+)", unit)
    if scaled is None or (found["unit"] == unit).any():
        return found[found["unit"] == unit]
    found, factor = found[found["unit"] == scaled[2]], scale_value(scaled[1])
    numbers = {name: found[name] / factor for name in ("value", "value_max", "scale")}
    return found.assign(unit=unit, **numbers)


def _years(found: pd.DataFrame) -> pd.Series[Any]:
    import pandas as pd

    years = [_year(*days) for days in zip(found["period_start"], found["period_end"], strict=True)]
    return pd.Series(years, found.index, dtype="object")


def _year(start: Any, end: Any) -> int | None:
    """The year of a period that is a whole year, or that only has an end, the last day of one."""
    import pandas as pd

    if pd.isna(end) or (end.month, end.day) != (12, 31):
        return None
    return int(end.year) if pd.isna(start) or (start.year, start.month, start.day) == (end.year, 1, 1) else None


def _names(found: pd.DataFrame) -> list[str]:
    """The names of entities, with the id where several have the same."""
    shared = found.groupby("entity")["entity_id"].nunique()
    pairs = zip(found["entity"], found["entity_id"], strict=True)
    return [f"{name} ({id})" if shared[name] > 1 else name for name, id in pairs]


def _tell(indicator: str, several: list[_Cell], conflicts: str) -> None:
    cells = [f"{' '.join(map(str, one.key))}: {', '.join(f'{value:,.12g}' for value in one.values)}" for one in several]
    more = "; …" if len(cells) > SHOWN else ""
    count = "1 cell has" if len(cells) == 1 else f"{len(cells)} cells have"
    said = f"{indicator}: {count} several values ({'; '.join(cells[:SHOWN])}{more})"
    if conflicts == "refuse":
        raise UsageError(f"{said}; zhibiao.observations shows them")
    warnings.warn(f"{said}; the most certain was taken", ConflictWarning, stacklevel=3)
