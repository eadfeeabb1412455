"""A panel of the page: a chart with its headline, how it was counted, and its data as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pipeline.review.overview.look import records

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


@dataclass(frozen=True)
class Choice:
    """Something the reader chooses: a parameter of the chart, what it is called, its values and their names.

    Example: ``Choice("measure", "颜色表示", [("reports", "报告数"), ("figures", "数值数")])``
    """

    parameter: str
    label: str
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Panel:
    """One chart of the page; without rows it says so instead.

    ``columns`` are those of the table below the chart, with their heads. A column ``address`` of the frame says where a
    click on a mark leads.

    Example: ``Panel("domains", "财政的报告最多", "按发文单位和标题归入领域。", frame, {"domain": "领域"}, chart)``
    """

    id: str
    title: str
    caption: str
    frame: pd.DataFrame
    columns: Mapping[str, str]
    chart: alt.LayerChart
    choices: Sequence[Choice] = field(default_factory=tuple)

    def written(self) -> dict[str, Any]:
        """What the page needs of it, as JSON.

        Example: ``panel.written()["spec"]["mark"]``
        """
        empty = self.frame.empty
        spec = {} if empty else self.chart.properties(description=f"{self.title}。{self.caption}").to_dict()
        for key in ("$schema", "config", "data", "datasets"):
            spec.pop(key, None)
        return {
            "id": self.id,
            "spec": spec,
            "rows": records(self.frame),
            "columns": list(self.columns.items()),
            "choices": [
                {"parameter": one.parameter, "label": one.label, "options": list(one.options)}
                for one in ([] if empty else self.choices)
            ],
        }


def address(**filters: str) -> str:
    """Where the index page shows what a mark stands for.

    Example: ``address(region="640000", view="findings")`` → ``index.html#region=640000&view=findings``
    """
    return f"index.html#{urlencode(filters)}"


def share(part: float, whole: float) -> str:
    """A share for a headline: whole per cents, 不到1% for what is less.

    Example: ``share(3, 4)`` → ``75%``
    """
    of_hundred = 100 * part / whole if whole else 0
    return "不到1%" if 0 < of_hundred < 1 else f"{of_hundred:.0f}%"
