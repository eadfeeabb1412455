"""How charts look: the colours and letters of the pages, in light and in dark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from pipeline.review.shell import asset

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

Theme = Literal["light", "dark"]
_RAMPS: Final[dict[Theme, list[str]]] = {
    "light": ["#e8f1fb", "#b7d3f0", "#7fb0e0", "#4489c8", "#17609f", "#083a6b"],
    "dark": ["#16293f", "#1d466f", "#2a6aa5", "#4b91d1", "#86bbec", "#cfe5fb"],
}
_QUIET_RAMPS: Final[dict[Theme, list[str]]] = {"light": ["#e3eef9", "#86b6e4"], "dark": ["#172b42", "#265f95"]}
"""Below letters, which stay readable on all of it."""
_ACCENTS: Final[dict[Theme, str]] = {"light": "#2f7cc0", "dark": "#5a9fdd"}
_LEVELS: Final[dict[Theme, list[str]]] = {
    "light": ["#c7372b", "#d9962b", "#6a9fd0"],
    "dark": ["#e5685c", "#d8a548", "#4f86bd"],
}
"""Colours of error, warning and info as areas."""
ROW: Final = 22
"""Height of a row of bars or cells."""
SHORT: Final = (
    "datum.value % 1 ? '' : abs(datum.value) >= 1e8 ? format(datum.value / 1e8, ',~r') + '亿' : "
    "abs(datum.value) >= 1e4 ? format(datum.value / 1e4, ',~r') + '万' : format(datum.value, ',~r')"
)
"""What an axis of counts writes: 3亿, 1.2万, 350; nothing between whole numbers."""


def look(theme: Theme = "light") -> dict[str, Any]:
    """The configuration of Vega-Lite that gives a chart the look of the pages.

    Example: ``chart_of_domains(domains(snapshot)).configure(**look())``
    """
    ink = variables(theme)
    quiet = {"labelColor": ink["ink"], "titleColor": ink["soft"], "labelFontSize": 12, "titleFontSize": 12}
    return {
        "background": ink["paper"],
        "font": ink["sans"],
        "view": {"stroke": None},
        "mark": {"color": _ACCENTS[theme]},
        "bar": {"cornerRadiusEnd": 2},
        "text": {"color": ink["ink"], "fontSize": 12},
        "title": {"color": ink["ink"], "fontSize": 14, "anchor": "start", "fontWeight": "bold"},
        "axis": {
            **quiet,
            "titleFontWeight": "normal",
            "domainColor": ink["line"],
            "tickColor": ink["line"],
            "gridColor": ink["line"],
            "gridOpacity": 0.6,
            "labelOverlap": True,
            "labelLimit": 220,
        },
        "legend": {**quiet, "titleFontWeight": "normal"},
        "range": {
            "category": _LEVELS[theme],
            "ramp": _QUIET_RAMPS[theme],
            "heatmap": _RAMPS[theme],
        },
        "style": {"quiet": {"color": ink["soft"]}, "empty": {"color": ink["back"]}},
    }


def variables(theme: Theme) -> dict[str, str]:
    """The colours and letters that base.css names.

    Example: ``variables("dark")["paper"]``
    """
    blocks = re.findall(r"^:root(?:\[data-theme=\"dark\"\])? \{(.*?)^\}", asset("base.css"), re.DOTALL | re.MULTILINE)
    found: dict[str, str] = {}
    for block in blocks if theme == "dark" else blocks[:1]:
        found.update((name, " ".join(value.split())) for name, value in re.findall(r"--([\w-]+):([^;]+);", block))
    return found


def use_look() -> None:
    """Give all charts of this session the look of the pages: for notebooks.

    Example: ``use_look()``, then ``chart_of_series(series(snapshot))`` with Chinese letters
    """
    import altair as alt

    alt.theme.register("zhibiao", enable=True)(lambda: alt.theme.ThemeConfig(config=look()))  # type: ignore[typeddict-item]


def rows_of(frame: pd.DataFrame) -> alt.InlineData:
    """A data frame as the data of a chart, null where nothing is known.

    Example: ``alt.Chart(rows_of(domains(snapshot)))``
    """
    import altair as alt

    return alt.InlineData(values=records(frame))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a data frame as JSON has them.

    Example: ``records(domains(snapshot))[0]["domain"]`` → ``财政``
    """
    found: list[dict[str, Any]] = frame.astype(object).where(frame.notna(), None).to_dict("records")  # type: ignore[assignment]
    return found


def layered(*charts: alt.Chart | alt.LayerChart, height: int, right: int = 5) -> alt.LayerChart:
    """Charts on top of each other, as wide as the page has room; ``right`` is kept free for letters behind the marks.

    Example: ``layered(bars, words, height=22 * len(frame))``
    """
    import altair as alt

    around = {"right": right, "left": 5, "top": 5, "bottom": 5}
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    made = alt.layer(*charts).properties(width="container", height=height, padding=around, autosize=fit)
    return cast("alt.LayerChart", made)
