"""Coverage: how many figures the reports of each region give for each year, as a heat map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.review.overview.counts import counted, with_year
from pipeline.review.overview.look import ROW, layered, rows_of
from pipeline.review.overview.panel import Panel, share
from pipeline.review.overview.reports import is_nation, reports, short_name

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd
    import pyarrow as pa

MOST_REGIONS: Final = 30
"""With more regions the rows are provinces."""
MOST_YEARS: Final = 12
EARLIER: Final = "更早"
COLUMNS: Final = ("region", "year", "figures", "reports")


def coverage(snapshot: Path) -> pd.DataFrame:
    """Figures and reports by the report's region and the figure's year: region, year, figures, reports.

    Facts only, no targets. Of more than 30 regions those of a province are one; years before the last twelve are 更早.

    Example: ``coverage(snapshot).pivot(index="region", columns="year", values="figures")``
    """
    import pandas as pd

    found = counted(snapshot, "mentions", ["doc_id", "status", "period_end"], ["doc_id", "year"], _facts)
    rows = found.merge(_regions(snapshot), on="doc_id")
    if rows.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    first = int(rows.year.max()) - MOST_YEARS + 1
    rows["year"] = [str(year) if year >= first else EARLIER for year in rows.year]
    groups = rows.groupby(["order", "region", "year"], sort=True)
    made = groups.agg(figures=("rows", "sum"), reports=("doc_id", "nunique")).reset_index()
    return made[list(COLUMNS)]


def _facts(rows: pa.Table) -> pa.Table:
    import pyarrow.compute as pc

    return with_year(rows.filter(pc.equal(rows["status"], "actual")))


def _regions(snapshot: Path) -> pd.DataFrame:
    """doc_id, the region's name for the row, and its place among the rows: by code, those without one last."""
    known = reports(snapshot)
    if known.region.nunique() <= MOST_REGIONS:
        known["order"] = [code or "~" for code in known.code]
        return known[["doc_id", "region", "order"]]
    known["region"] = [
        short_name(region, province) if province else region if is_nation(code) else "无代码"
        for region, province, code in zip(known.region, known.province, known.code, strict=True)
    ]
    known["order"] = [
        province or ("" if is_nation(code) else "~") for province, code in zip(known.province, known.code, strict=True)
    ]
    return known[["doc_id", "region", "order"]]


def chart_of_coverage(frame: pd.DataFrame) -> alt.LayerChart:
    """The heat map of ``coverage``.

    Example: ``chart_of_coverage(coverage(snapshot))``
    """
    import altair as alt

    years = sorted(set(frame.year), key=lambda year: (year != EARLIER, year))
    base = alt.Chart(rows_of(frame)).encode(
        x=alt.X("year:O", sort=years, title=None, axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False)),
        y=alt.Y(
            "region:N", sort=list(dict.fromkeys(frame.region)), title=None, axis=alt.Axis(ticks=False, domain=False)
        ),
        tooltip=[
            alt.Tooltip("region:N", title="地区"),
            alt.Tooltip("year:N", title="年份"),
            alt.Tooltip("figures:Q", title="数值", format=","),
            alt.Tooltip("reports:Q", title="报告", format=","),
        ],
    )
    cells = base.mark_rect(cornerRadius=2).encode(
        color=alt.Color("figures:Q", scale=alt.Scale(type="log"), legend=_legend())
    )
    return layered(cells, height=ROW * frame.region.nunique())


def _legend() -> alt.Legend:
    import altair as alt

    return alt.Legend(orient="bottom", title="数值", titleOrient="left", gradientLength=160, format=",~r", tickCount=3)


def panel_of_coverage(snapshot: Path) -> Panel:
    """The panel of coverage.

    Example: ``panel_of_coverage(snapshot).title`` → ``78% 的数值说的是 2025 年``
    """
    frame = coverage(snapshot)
    title = "各地区各年份有多少数值"
    if len(frame):
        by_year = frame.groupby("year").figures.sum().to_dict()
        year = max(by_year, key=lambda one: (by_year[one], one))
        said = f" {year} 年" if year != EARLIER else "较早的年份"
        title = f"{share(by_year[year], sum(by_year.values()))} 的数值说的是{said}"
    return Panel(
        "coverage",
        title,
        f"一格是一个地区的报告对一个年份给出的数值个数，颜色按个数的对数。只计实际数，不计目标；年份取数值所属时期结束的那一年；"
        f"地区取报告的地区，超过 {MOST_REGIONS} 个时合并为省。时期不明的数值不计。",
        frame,
        {"region": "地区", "year": "年份", "figures": "数值", "reports": "报告"},
        chart_of_coverage(frame),
    )
