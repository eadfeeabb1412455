"""What the reports are about: reports by field of government."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.review.overview.counts import counted
from pipeline.review.overview.look import ROW, SHORT, layered, rows_of
from pipeline.review.overview.panel import Panel, address, share
from pipeline.review.overview.reports import reports

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

COLUMNS: Final = ("domain", "reports", "regions", "figures", "findings")


def domains(snapshot: Path, overlay: Path | None = None) -> pd.DataFrame:
    """Fields of government with what their reports hold: domain, reports, regions, figures, findings.

    Example: ``domains(snapshot).set_index("domain").loc["财政"]``
    """
    known = reports(snapshot, overlay)
    for name, table in (("figures", "mentions"), ("findings", "findings")):
        found = counted(snapshot, table, ["doc_id"], ["doc_id"]).set_index("doc_id").rows
        known[name] = found.reindex(known.doc_id).fillna(0).astype(int).to_numpy()
    made = known.groupby("domain").agg(
        reports=("doc_id", "size"),
        regions=("region", "nunique"),
        figures=("figures", "sum"),
        findings=("findings", "sum"),
    )
    made = made.reset_index().sort_values(["reports", "domain"], ascending=[False, True], ignore_index=True)
    return made[list(COLUMNS)]


def chart_of_domains(frame: pd.DataFrame) -> alt.LayerChart:
    """The bars of ``domains``.

    Example: ``chart_of_domains(domains(snapshot))``
    """
    import altair as alt

    base = alt.Chart(rows_of(frame)).encode(
        y=alt.Y("domain:N", sort=list(frame.domain), title=None, axis=alt.Axis(ticks=False, domain=False)),
        x=alt.X("reports:Q", title="报告份数", axis=alt.Axis(labelExpr=SHORT, tickMinStep=1, tickCount=5)),
        tooltip=[
            alt.Tooltip("domain:N", title="领域"),
            alt.Tooltip("reports:Q", title="报告", format=","),
            alt.Tooltip("regions:Q", title="地区", format=","),
            alt.Tooltip("figures:Q", title="数值", format=","),
            alt.Tooltip("findings:Q", title="疑点", format=","),
        ],
    )
    words = base.mark_text(align="left", dx=5, style="quiet").encode(text=alt.Text("reports:Q", format=","))
    return layered(base.mark_bar(cursor="pointer"), words, height=ROW * len(frame), right=40)


def panel_of_domains(snapshot: Path, overlay: Path | None = None) -> Panel:
    """The panel of domains.

    Example: ``panel_of_domains(snapshot).title``
    """
    frame = domains(snapshot, overlay)
    title = "报告属于哪些领域"
    if len(frame):
        most = frame[frame.reports == frame.reports.iloc[0]]
        each, first = "各 " if len(most) > 1 else "", int(most.reports.iloc[0])
        names = "、".join(most.domain[:3]) + ("等" if len(most) > 3 else "")
        title = f"{names}类报告最多：{each}{first:,} 份，占 {share(first * len(most), frame.reports.sum())}"
    return Panel(
        "domains",
        title,
        "领域先看发文单位的名称，再看标题，词语在词典 domains.toml；都看不出的归入“其他”。",
        frame.assign(address=[address(domain=one) for one in frame.domain]),
        {"domain": "领域", "reports": "报告", "regions": "地区", "figures": "数值", "findings": "疑点"},
        chart_of_domains(frame),
    )
