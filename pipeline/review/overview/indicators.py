"""The most frequent indicators: how many figures, in how many regions and years."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.review.overview.counts import counted, with_year
from pipeline.review.overview.look import ROW, SHORT, layered, rows_of
from pipeline.review.overview.panel import Panel
from pipeline.review.overview.reports import reports
from pipeline.store import read_table

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd
    import pyarrow as pa

MOST: Final = 25
COLUMNS: Final = ("indicator", "figures", "reports", "regions", "years")


def indicators(snapshot: Path, most: int = MOST) -> pd.DataFrame:
    """The indicators of the lexicon with the most figures: indicator, figures, reports, regions, years.

    Example: ``indicators(snapshot).head(3)``
    """
    by_report = counted(snapshot, "mentions", ["indicator_id", "doc_id"], ["indicator_id", "doc_id"], _known)
    by_year = counted(
        snapshot,
        "mentions",
        ["indicator_id", "period_end"],
        ["indicator_id", "year"],
        lambda rows: with_year(_known(rows)),
    )
    rows = by_report.merge(reports(snapshot)[["doc_id", "region"]], on="doc_id")
    found = rows.groupby("indicator_id").agg(
        figures=("rows", "sum"), reports=("doc_id", "nunique"), regions=("region", "nunique")
    )
    found["years"] = by_year.groupby("indicator_id").year.nunique().reindex(found.index, fill_value=0)
    found = found.reset_index()
    names = read_table(snapshot, "indicators", ["indicator_id", "name"]).to_pylist()
    known = {one["indicator_id"]: one["name"] for one in names}
    found["indicator"] = [known.get(id, id) for id in found.indicator_id]
    found = found.sort_values(["figures", "indicator"], ascending=[False, True])
    return found[list(COLUMNS)].head(most).reset_index(drop=True)


def _known(rows: pa.Table) -> pa.Table:
    import pyarrow.compute as pc

    return rows.filter(pc.is_valid(rows["indicator_id"]))


def chart_of_indicators(frame: pd.DataFrame) -> alt.LayerChart:
    """The bars of ``indicators``, each with its regions and years behind it.

    Example: ``chart_of_indicators(indicators(snapshot))``
    """
    import altair as alt

    base = alt.Chart(rows_of(frame)).encode(
        y=alt.Y("indicator:N", sort=list(frame.indicator), title=None, axis=alt.Axis(ticks=False, domain=False)),
        x=alt.X("figures:Q", title="数值个数", axis=alt.Axis(labelExpr=SHORT, tickCount=5), scale=_room(frame)),
        tooltip=[
            alt.Tooltip("indicator:N", title="指标"),
            alt.Tooltip("figures:Q", title="数值", format=","),
            alt.Tooltip("reports:Q", title="报告", format=","),
            alt.Tooltip("regions:Q", title="地区", format=","),
            alt.Tooltip("years:Q", title="年份"),
        ],
    )
    note = "format(datum.figures, ',') + '（' + datum.regions + ' 地 ' + datum.years + ' 年）'"
    words = base.mark_text(align="left", dx=5, style="quiet").transform_calculate(note=note).encode(text="note:N")
    return layered(base.mark_bar(), words, height=ROW * len(frame))


def _room(frame: pd.DataFrame) -> alt.Scale:
    """Room behind the longest bar for its words."""
    import altair as alt

    most = float(frame.figures.max()) if len(frame) else 1.0
    return alt.Scale(domain=[0, most * 1.45], nice=False)


def panel_of_indicators(snapshot: Path) -> Panel:
    """The panel of indicators.

    Example: ``panel_of_indicators(snapshot).title``
    """
    frame = indicators(snapshot)
    title = "提到最多的指标"
    if len(frame):
        first = frame.iloc[0]
        title = f"提到最多的是{first.indicator}：{first.regions:,} 个地区、{first.years} 个年份"
    return Panel(
        "indicators",
        title,
        f"词典所知指标中数值最多的 {MOST} 个。每个数值计一次，水平、变动、目标都算在内；"
        "括号里是说到它的报告属于多少个地区，数值属于多少个年份。",
        frame,
        {"indicator": "指标", "figures": "数值", "reports": "报告", "regions": "地区", "years": "年份"},
        chart_of_indicators(frame),
    )
