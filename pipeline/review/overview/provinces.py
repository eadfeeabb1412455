"""The map of tiles: reports, figures and findings by province."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import lexicons
from pipeline.review.overview.counts import counted
from pipeline.review.overview.look import layered, rows_of
from pipeline.review.overview.panel import Choice, Panel, address
from pipeline.review.overview.reports import reports

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

MEASURES: Final = {"reports": "报告", "regions": "有报告的地区", "figures": "数值", "findings": "疑点"}
COLUMNS: Final = ("code", "province", "column", "row", *MEASURES)


def provinces(snapshot: Path) -> pd.DataFrame:
    """A row a province, also without reports: code, province, column and row of its tile, and each measure.

    Reports on 全国 and on regions without a code are on no tile.

    Example: ``provinces(snapshot).set_index("province").reports["宁夏"]``
    """
    import pandas as pd

    known = reports(snapshot)
    known = known[known.province != ""]
    found = known.groupby("province").agg(reports=("doc_id", "size"), regions=("region", "nunique"))
    for name, table in (("figures", "mentions"), ("findings", "findings")):
        by_report = counted(snapshot, table, ["doc_id"], ["doc_id"])
        found[name] = by_report.merge(known, on="doc_id").groupby("province").rows.sum()
    words = lexicons.load()
    rows = []
    for code, (column, row) in words.tiles.items():
        region = words.regions.by_code(code)
        name = region.short_names[0] if region and region.short_names else region.name if region else code
        rows.append({"code": code, "province": name, "column": column, "row": row})
    tiles = pd.DataFrame(rows).merge(found, left_on="code", right_index=True, how="left")
    return tiles[list(COLUMNS)].fillna(dict.fromkeys(MEASURES, 0)).astype(dict.fromkeys(MEASURES, int))


def chart_of_provinces(frame: pd.DataFrame) -> alt.LayerChart:
    """The map of ``provinces``; its parameter ``measure`` says what the colour stands for.

    Example: ``chart_of_provinces(provinces(snapshot))``
    """
    import altair as alt

    measure = alt.param(name="measure", value="reports")
    base = alt.Chart(rows_of(frame)).transform_calculate(shown="datum[measure]").encode(
        x=alt.X("column:O", axis=None, scale=alt.Scale(paddingInner=0.08, paddingOuter=0)),
        y=alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.08, paddingOuter=0)),
        tooltip=[alt.Tooltip("province:N", title="省"),
                 *(alt.Tooltip(f"{one}:Q", title=name, format=",") for one, name in MEASURES.items())],
    )  # fmt: skip
    empty = base.mark_rect(cornerRadius=4, style="empty").transform_filter("!datum.shown")
    colour = alt.Color("shown:Q", scale=alt.Scale(type="sqrt", zero=True, range="ramp"), legend=None)
    tiles = base.mark_rect(cornerRadius=4, cursor="pointer").transform_filter("datum.shown > 0").encode(color=colour)
    letters = alt.ExprRef("width < 420 ? 11 : 13")
    names = base.mark_text(dy=-8, fontSize=letters, fontWeight="bold").encode(text="province:N")
    numbers = base.mark_text(dy=10).encode(text=alt.Text("shown:Q", format=","))
    return layered(empty, tiles, names, numbers, height=440).add_params(measure)


def panel_of_provinces(snapshot: Path) -> Panel:
    """The panel of provinces.

    Example: ``panel_of_provinces(snapshot).title``
    """
    frame = provinces(snapshot)
    all_reports = len(reports(snapshot))
    placed, without = int(frame.reports.sum()), int((frame.reports == 0).sum())
    title = "报告都没有省一级的代码"
    if placed:
        most = frame.sort_values(["reports", "province"], ascending=[False, True]).iloc[0]
        title = f"{most.province}的报告最多（{most.reports:,} 份）" + (
            f"，{without} 个省级地区还没有" if without else ""
        )
    return Panel(
        "provinces",
        title,
        "一格是一个省级地区，位置只表示相邻，大小不表示面积。计入本级和所辖市县的报告；"
        f"另有 {all_reports - placed:,} 份报告属于全国、新疆生产建设兵团或没有代码的地区，不在图上。",
        frame.assign(address=[address(region=code) for code in frame.code]) if placed else frame.head(0),
        {"province": "省级地区", **MEASURES},
        chart_of_provinces(frame),
        [Choice("measure", "颜色和数字表示", list(MEASURES.items()))],
    )
