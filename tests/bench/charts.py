"""Plots of a run: the share of each stage, and how time grows with the documents; for light pages and for dark ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt

from pipeline.review.overview.look import Theme, look
from tests.bench.record import Run
from tests.bench.setting import STAGES
from tests.bench.tell import Language
from tests.bench.words import WORDS

WIDTH, HEIGHT = 300, 200
SHARP = 2.0
"""Pixels of a PNG for each of the plot."""


def write_plots(run: Run, folder: Path) -> list[Path]:
    """The plots as files: SVG and PNG, light and dark.

    Example: ``write_plots(run, Path("outputs/bench"))`` → ``[…/bench-light.svg, …]``
    """
    folder.mkdir(parents=True, exist_ok=True)
    themes: tuple[Theme, ...] = ("light", "dark")
    paths = [folder / f"bench-{theme}.{ending}" for theme in themes for ending in ("svg", "png")]
    for path in paths:
        theme: Theme = "dark" if "dark" in path.stem else "light"
        plot(run, theme, "en").save(str(path), scale_factor=SHARP if path.suffix == ".png" else 1)
    return paths


def svg(run: Run, theme: Theme, language: Language) -> str:
    """The plots as SVG.

    Example: ``svg(record()["full"], "dark", "zh")``
    """
    import vl_convert

    return str(vl_convert.vegalite_to_svg(plot(run, theme, language).to_dict()))


def plot(run: Run, theme: Theme, language: Language) -> alt.HConcatChart:
    """Shares and growth beside each other, in the look of the pages; what was not measured is left out.

    Example: ``plot(record()["full"], "light", "zh")``
    """
    words = WORDS[language]
    charts = []
    if "stages.ratio" in run.figures:
        charts.append(_shares(run, words))
    if "growth.1" in run.figures:
        charts.append(_growth(run, words))
    whole: alt.HConcatChart = alt.hconcat(*charts, spacing=40).configure(**look(theme)).properties(padding=12)
    return whole


def _shares(run: Run, words: dict[str, Any]) -> Any:
    found = [{"stage": words["stages"][name], "share": 100 * run.figures[f"{name}.share"]} for name in STAGES]
    base = alt.Chart(alt.InlineData(values=found)).encode(
        y=alt.Y("stage:N", sort=None, title=None),
        x=alt.X("share:Q", title=None, scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=5)),
    )
    told = base.mark_text(align="left", dx=4).encode(text=alt.Text("share:Q", format=".1f"))
    return alt.layer(base.mark_bar(), told).properties(width=WIDTH, height=HEIGHT, title=words["plots"]["shares"])


def _growth(run: Run, words: dict[str, Any]) -> Any:
    factors = sorted(int(name.rpartition(".")[2]) for name in run.figures if name.startswith("growth."))
    found = [{"documents": at, "time": run.figures[f"growth.{at}"], "even": at} for at in factors]
    scale = alt.Scale(type="log", base=2, domain=[1, 1.2 * factors[-1]])
    axis: dict[str, Any] = {"scale": scale, "axis": alt.Axis(values=factors)}
    base = alt.Chart(alt.InlineData(values=found)).encode(
        x=alt.X("documents:Q", title=words["plots"]["documents"], **axis)
    )
    even = base.mark_line(strokeDash=[4, 4], color="gray").encode(
        y=alt.Y("even:Q", title=words["plots"]["time"], **axis)
    )
    line = base.mark_line(point={"size": 60}).encode(y="time:Q")
    told = (
        base.transform_filter("datum.documents > 1")
        .mark_text(align="right", dx=-8, dy=-8)
        .encode(y="time:Q", text=alt.Text("time:Q", format=".2~f"))
    )
    title = {
        "text": words["plots"]["growth"],
        "subtitle": f"- - - {words['plots']['as many']}",
        "subtitleColor": "gray",
    }
    return alt.layer(even, line, told).properties(width=WIDTH, height=HEIGHT, title=title)
