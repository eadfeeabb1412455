"""How far figures can be trusted: confidence by the rule that found them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.review.overview.counts import counted
from pipeline.review.overview.look import ROW, layered, rows_of
from pipeline.review.overview.panel import Panel, share

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd
    import pyarrow as pa

BOUNDS: Final = (0.6, 0.8, 0.9, 0.95)
BANDS: Final = ("0.6 以下", "0.6—0.8", "0.8—0.9", "0.9—0.95", "0.95 以上")
COLUMNS: Final = ("rule", "band", "figures", "share")


def confidence(snapshot: Path) -> pd.DataFrame:
    """Figures by rule and band of confidence, with their share in the rule's: rule, band, figures, share.

    Example: ``confidence(snapshot).query("rule == 'label.named'")``
    """
    rows = counted(snapshot, "mentions", ["rule", "confidence"], ["rule", "step"], _steps)
    totals = rows.groupby("rule").rows.transform("sum")
    rows["share"] = rows.rows / totals
    rows["total"] = totals
    rows["band"] = [BANDS[int(step)] for step in rows.step]
    rows = rows.sort_values(["total", "rule", "step"], ascending=[False, True, True], ignore_index=True)
    return rows.rename(columns={"rows": "figures"})[list(COLUMNS)]


def _steps(rows: pa.Table) -> pa.Table:
    """The number of the band each confidence lies in: that of the bounds it reaches."""
    import pyarrow as pa
    import pyarrow.compute as pc

    reached = [pc.greater_equal(rows["confidence"], bound).cast(pa.int32()) for bound in BOUNDS]
    steps = reached[0]
    for one in reached[1:]:
        steps = pc.add(steps, one)
    return rows.append_column("step", steps)


def chart_of_confidence(frame: pd.DataFrame) -> alt.LayerChart:
    """The heat map of ``confidence``.

    Example: ``chart_of_confidence(confidence(snapshot))``
    """
    import altair as alt

    base = alt.Chart(rows_of(frame)).encode(
        x=alt.X("band:O", sort=list(BANDS), scale=alt.Scale(domain=list(BANDS)), title=None,
                axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, labelOverlap=False)),
        y=alt.Y("rule:N", sort=list(dict.fromkeys(frame.rule)), title=None, axis=alt.Axis(ticks=False, domain=False)),
        tooltip=[
            alt.Tooltip("rule:N", title="规则"),
            alt.Tooltip("band:N", title="可信度"),
            alt.Tooltip("figures:Q", title="数值", format=","),
            alt.Tooltip("share:Q", title="占该规则", format=".1%"),
        ],
    )  # fmt: skip
    cells = base.mark_rect(cornerRadius=2).encode(
        color=alt.Color("share:Q", scale=alt.Scale(domain=[0, 1]), legend=None)
    )
    return layered(cells, height=ROW * frame.rule.nunique())


def panel_of_confidence(snapshot: Path) -> Panel:
    """The panel of confidence.

    Example: ``panel_of_confidence(snapshot).title`` → ``92% 的数值可信度在 0.9 以上``
    """
    frame = confidence(snapshot)
    high = frame[frame.band.isin(BANDS[3:])].figures.sum() if len(frame) else 0
    return Panel(
        "confidence",
        f"{share(high, frame.figures.sum())} 的数值可信度在 0.9 以上" if len(frame) else "各规则的可信度",
        "一行是一条识别规则，从数值最多的排起；颜色是该规则的数值落在这一段可信度的比例。可信度是规则在人工标注报告上的全对的比例，再按数字和指标名称的写法调整。",
        frame,
        {"rule": "规则", "band": "可信度", "figures": "数值", "share": "占该规则"},
        chart_of_confidence(frame),
    )
