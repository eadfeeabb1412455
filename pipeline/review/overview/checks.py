"""Findings by check and severity."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.audit.page import LEVELS
from pipeline.review.overview.counts import counted
from pipeline.review.overview.look import ROW, SHORT, layered, rows_of
from pipeline.review.overview.panel import Panel, address

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

MOST: Final = 25
NAMES: Final = dict(zip(LEVELS, ("错误", "警告", "提示"), strict=True))
COLUMNS: Final = ("check", "severity", "findings", "reports")


def checks(snapshot: Path, most: int = MOST) -> pd.DataFrame:
    """The checks with the most findings, by severity: check (id and title), severity, findings, reports.

    Example: ``checks(snapshot).groupby("severity").findings.sum()``
    """
    from pipeline.audit.settings import audit_settings

    keys = ["check", "severity", "doc_id"]
    found = counted(snapshot, "findings", keys, keys).groupby(["check", "severity"])
    rows = found.agg(findings=("rows", "sum"), reports=("doc_id", "nunique")).reset_index()
    totals = rows.groupby("check").findings.sum()
    chosen = totals.sort_values(ascending=False, kind="stable").index[:most]
    titles = {one.id: one.title for one in audit_settings(None).checks}
    rows = rows[rows.check.isin(chosen)].copy()
    rows["at"] = [
        (list(chosen).index(check), LEVELS.index(level)) for check, level in zip(rows.check, rows.severity, strict=True)
    ]
    rows = rows.sort_values("at", ignore_index=True)
    rows["check"] = [f"{id} {titles.get(id, '')}".strip() for id in rows.check]
    rows["severity"] = [NAMES[level] for level in rows.severity]
    return rows[list(COLUMNS)]


def chart_of_checks(frame: pd.DataFrame) -> alt.LayerChart:
    """The stacked bars of ``checks``.

    Example: ``chart_of_checks(checks(snapshot))``
    """
    import altair as alt

    names = list(NAMES.values())
    legend = alt.Legend(orient="top", title=None)
    base = alt.Chart(rows_of(frame)).transform_calculate(place=f"indexof({names}, datum.severity)")
    bars = base.mark_bar(cornerRadiusEnd=0, cursor="pointer").encode(
        y=alt.Y("check:N", sort=list(dict.fromkeys(frame.check)), title=None, axis=alt.Axis(ticks=False, domain=False)),
        x=alt.X("findings:Q", title="疑点个数", axis=alt.Axis(labelExpr=SHORT, tickMinStep=1, tickCount=6)),
        color=alt.Color("severity:N", sort=names, scale=alt.Scale(domain=names), legend=legend),
        order=alt.Order("place:Q"),
        tooltip=[
            alt.Tooltip("check:N", title="核对规则"),
            alt.Tooltip("severity:N", title="级别"),
            alt.Tooltip("findings:Q", title="疑点", format=","),
            alt.Tooltip("reports:Q", title="报告", format=","),
        ],
    )
    return layered(bars, height=ROW * frame.check.nunique())


def panel_of_checks(snapshot: Path) -> Panel:
    """The panel of findings.

    Example: ``panel_of_checks(snapshot).title`` → ``19 个错误、26 个警告、141 个提示``
    """
    frame = checks(snapshot)
    totals = counted(snapshot, "findings", ["severity"], ["severity"]).set_index("severity").rows
    title = "、".join(f"{totals.get(level, 0):,} 个{name}" for level, name in NAMES.items())
    return Panel(
        "checks",
        title if len(frame) else "核对没有发现疑点",
        f"疑点最多的 {MOST} 条核对规则，按级别分色。一个疑点是一组不可能同时成立的数值，或值得再看一眼的数值；"
        "每一条见报告目录的“疑点”。",
        frame.assign(address=[_address(*row) for row in zip(frame.check, frame.severity, strict=True)]),
        {"check": "核对规则", "severity": "级别", "findings": "疑点", "reports": "报告"},
        chart_of_checks(frame),
    )


def _address(check: str, severity: str) -> str:
    codes = {name: level for level, name in NAMES.items()}
    return address(view="findings", check=check.partition(" ")[0], severity=codes[severity])
