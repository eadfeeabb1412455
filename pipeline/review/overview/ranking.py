"""Regions side by side: one indicator, the period for which most regions give it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.review.overview.comparable import COLUMNS, TITLES, comparable, tooltips
from pipeline.review.overview.look import ROW, layered, rows_of
from pipeline.review.overview.panel import Choice, Panel, address

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

MOST_CHOICES: Final = 40
MOST_REGIONS: Final = 30


def ranking(snapshot: Path, figures: pd.DataFrame | None = None) -> pd.DataFrame:
    """The indicators that most regions give for one period, and the regions with the greatest values.

    ``choice`` names indicator, unit, level and kind of period, that with the most regions first; ``regions`` says how
    many there are. ``figures`` are those of ``comparable``, where they are known already.

    Example: ``ranking(snapshot).query("choice == '地区生产总值（亿元），地级，年度'").head(3)``
    """
    import pandas as pd

    rows = comparable(snapshot) if figures is None else figures
    counts = rows.groupby(["choice", "at"]).region.nunique().rename("regions").reset_index()
    best = counts.sort_values(["regions", "at", "choice"], ascending=[False, False, True]).drop_duplicates("choice")
    chosen = best[best.regions > 1].head(MOST_CHOICES)
    parts, groups = [], rows.groupby("choice")
    for choice, at, regions in zip(chosen.choice, chosen["at"], chosen.regions, strict=True):
        group = groups.get_group(choice)
        one = group[group["at"] == at].sort_values(["value", "region"], ascending=[False, True])
        parts.append(one.head(MOST_REGIONS).assign(regions=regions))
    return pd.concat(parts, ignore_index=True) if parts else rows.head(0).reindex(columns=[*COLUMNS, "regions"])


def chart_of_ranking(frame: pd.DataFrame) -> alt.LayerChart:
    """The bars of ``ranking``; its parameter ``choice`` says what is shown.

    Example: ``chart_of_ranking(ranking(snapshot))``
    """
    import altair as alt

    shown = str(frame.choice.iloc[0]) if len(frame) else ""
    choice = alt.param(name="choice", value=shown)
    base = alt.Chart(rows_of(frame)).transform_filter("datum.choice === choice").encode(
        y=alt.Y("region:N", sort=None, title=None,
                axis=alt.Axis(ticks=False, domain=False)),
        x=alt.X("value:Q", title=None, axis=alt.Axis(format=",~r", tickCount=5)),
        tooltip=tooltips(),
    )  # fmt: skip
    words = base.mark_text(align="left", dx=5, style="quiet").encode(text=alt.Text("value:Q", format=",~r"))
    chart = layered(
        base.mark_bar(cursor="pointer"), words, height=ROW * int((frame.choice == shown).sum()), right=60
    ).add_params(choice)
    return chart.properties(usermeta={"row": ROW})


def panel_of_ranking(figures: pd.DataFrame, snapshot: Path) -> Panel:
    """The panel of the ranking; ``figures`` are those of ``comparable``.

    Example: ``panel_of_ranking(comparable(snapshot), snapshot).title``
    """
    frame = ranking(snapshot, figures)
    groups = frame.drop_duplicates("choice")
    named = zip(groups.choice, groups.period, groups.regions, strict=True)
    options = [(choice, f"{choice}，{period}：{regions} 个地区") for choice, period, regions in named]
    title = "还没有几个地区同一时期可比的数值"
    if options:
        first = groups.iloc[0]
        title = f"{first.period}的{first.indicator}：{first.regions:,} 个地区（{first.level}）"
    return Panel(
        "ranking",
        title,
        f"每个指标取最多地区给出的那一期，按数值从大到小，至多 {MOST_REGIONS} 个地区；数值的取法与多期比较的图相同。"
        f"列出地区最多的 {MOST_CHOICES} 组。",
        frame.assign(address=[address(q=region) for region in frame.region]),
        TITLES,
        chart_of_ranking(frame),
        [Choice("choice", "指标", options)],
    )
