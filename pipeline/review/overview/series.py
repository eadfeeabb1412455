"""Time series of one indicator over regions; the reader chooses which."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.review.overview.comparable import COLUMNS, TITLES, comparable, tooltips
from pipeline.review.overview.look import layered, rows_of
from pipeline.review.overview.panel import Choice, Panel, address

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

MOST_CHOICES: Final = 30
MOST_REGIONS: Final = 40
MARKED: Final = "datum.region === region || (isValid(near.region) && indexof(near.region, datum.region) >= 0)"
FORMS: Final = (("value", "数值"), ("index", "首期为 100"))
APART: Final = 0.06
"""Labels of lines keep this share of the height between them."""


def series(snapshot: Path, figures: pd.DataFrame | None = None) -> pd.DataFrame:
    """The indicators with the most series, and their series: regions that have a value for two periods or more.

    ``choice`` names indicator, unit, level of the regions and kind of the periods, the one with the most series first;
    of each the 40 regions with the most periods. ``figures`` are those of ``comparable``, where they are known already.
    ``index`` is the value when that of the region's first period is 100. ``end`` names the region at the last point of
    its line, ``label`` where there is room for that.

    Example: ``series(snapshot).query("choice == '一般公共预算收入（亿元），地级，年度'")``
    """
    rows = comparable(snapshot) if figures is None else figures
    rows = rows[rows.groupby(["choice", "region"])["at"].transform("nunique") > 1]
    counts = rows.groupby("choice").region.nunique().sort_values(ascending=False, kind="stable")
    groups = rows.groupby("choice")
    parts = [_chosen(groups.get_group(choice)) for choice in counts.index[:MOST_CHOICES]]
    if not parts:
        return rows.reindex(columns=[*COLUMNS, "end", "label", "index"])
    import pandas as pd

    return pd.concat(parts, ignore_index=True)


def _chosen(rows: pd.DataFrame) -> pd.DataFrame:
    """The regions with the most periods, those with the greatest last value before others; with labels."""
    rows = rows.sort_values(["region", "at"])
    last = rows.groupby("region").tail(1).set_index("region")
    last["periods"] = rows.groupby("region")["at"].nunique()
    last = last.sort_values(["periods", "value"], ascending=False, kind="stable").head(MOST_REGIONS)
    rows = rows[rows.region.isin(last.index)].copy()
    latest = last[last["at"] == last["at"].max()]
    labelled = _with_room(latest, float(rows.value.max() - rows.value.min()))
    ends = rows.groupby("region")["at"].transform("max") == rows["at"]
    rows["end"] = rows.region.where(ends, "")
    rows["label"] = rows.end.where(rows.end.isin(labelled), "")
    first = rows.groupby("region")["value"].transform("first")
    rows["index"] = 100 * rows.value / first.where(first > 0)
    return rows


def _with_room(last: pd.DataFrame, height: float) -> set[str]:
    """The regions whose last values are far enough from each other to be labelled, the greatest first."""
    found: set[str] = set()
    lowest = float("inf")
    for region, value in last.value.sort_values(ascending=False, kind="stable").items():
        if lowest - value >= APART * height:
            found.add(str(region))
            lowest = value
    return found


def chart_of_series(frame: pd.DataFrame) -> alt.LayerChart:
    """The lines of ``series``.

    Its parameters ``choice``, ``form`` and ``region`` say what is shown, how, and which line is marked.

    Example: ``chart_of_series(series(snapshot))``
    """
    import altair as alt

    choice = alt.param(name="choice", value=frame.choice.iloc[0] if len(frame) else "")
    region, form = alt.param(name="region", value=""), alt.param(name="form", value="value")
    hover = alt.selection_point(name="near", fields=["region"], on="pointerover", nearest=True, clear="pointerout",
                                empty=False)  # fmt: skip
    said = "datum.value % 1 ? '' : datum.value + '年'"
    year = alt.Axis(tickMinStep=1, grid=False, labelExpr=said)
    base = alt.Chart(rows_of(frame)).transform_filter("datum.choice === choice").transform_calculate(
        shown="datum[form]", name=f"({MARKED}) ? datum.end : form === 'value' ? datum.label : ''"
    ).encode(
        x=alt.X("at:Q", title=None, axis=year, scale=alt.Scale(zero=False, nice=False, padding=12)),
        y=alt.Y("shown:Q", title=None, axis=alt.Axis(format=",~r", tickCount=6), scale=alt.Scale(zero=False)),
    )  # fmt: skip
    marked = alt.condition(MARKED, alt.value(1), alt.value(0.45))
    lines = base.mark_line(strokeWidth=2).encode(detail="region:N", opacity=marked)
    points = (
        base.mark_point(filled=True, size=45, cursor="pointer")
        .encode(opacity=marked, tooltip=_tooltip())
        .add_params(hover)
    )
    ends = base.mark_text(align="left", dx=7, fontSize=11, limit=66, style="quiet").encode(text="name:N")
    return layered(lines, points, ends, height=380, right=72).add_params(choice, region, form)


def _tooltip() -> list[alt.Tooltip]:
    import altair as alt

    region, *others = tooltips()
    return [region, alt.Tooltip("indicator:N", title="指标"), *others]


def panel_of_series(figures: pd.DataFrame, snapshot: Path) -> Panel:
    """The panel of series; ``figures`` are those of ``comparable``.

    Example: ``panel_of_series(comparable(snapshot), snapshot).choices[0].parameter`` → ``choice``
    """
    frame = series(snapshot, figures)
    counts = frame.groupby("choice", sort=False).region.nunique()
    options = [(str(choice), f"{choice}：{count} 个地区") for choice, count in counts.items()]
    regions = sorted(set(frame.region))
    title = "还没有两期以上可比的数值"
    if options:
        first = frame.iloc[0]
        title = f"{first.indicator}：{counts.iloc[0]} 个地区（{first.level}）有两期以上可比"
    return Panel(
        "series",
        title,
        "一条线是一个地区。只连可比的数：同一指标、同一单位、同一级地区、同一类时期，"
        "实际数、水平、确数，属于整个地区、没有附加限定，可信度 0.8 以上。"
        "同一地区同一时期有几种说法时取占多数的，没有多数的不画。"
        f"列出序列最多的 {MOST_CHOICES} 组，每组至多 {MOST_REGIONS} 个地区。",
        frame.assign(address=[address(q=region) for region in frame.region]),
        TITLES,
        chart_of_series(frame),
        [
            Choice("choice", "指标", options),
            Choice("form", "显示", FORMS),
            Choice("region", "突出", [("", "不突出"), *((one, one) for one in regions)]),
        ],
    )
