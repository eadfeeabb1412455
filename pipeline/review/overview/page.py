"""The overview page: what a corpus holds, in charts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.review.overview.checks import panel_of_checks
from pipeline.review.overview.comparable import comparable
from pipeline.review.overview.confidence import panel_of_confidence
from pipeline.review.overview.counts import counted
from pipeline.review.overview.coverage import panel_of_coverage
from pipeline.review.overview.domains import panel_of_domains
from pipeline.review.overview.indicators import panel_of_indicators
from pipeline.review.overview.look import look
from pipeline.review.overview.provinces import panel_of_provinces
from pipeline.review.overview.ranking import panel_of_ranking
from pipeline.review.overview.reports import UNKNOWN, reports
from pipeline.review.overview.series import panel_of_series
from pipeline.review.shell import render
from pipeline.store import read_table

if TYPE_CHECKING:
    from pipeline.review.overview.panel import Panel


def write_overview(snapshot: Path, target: Path, overlay: Path | None = None) -> Path:
    """Write ``overview.html`` into a folder, from the tables of a snapshot; the charts need no network.

    ``overlay`` is the folder of the user's lexicon files, which may have fields (domains.toml) of their own.

    Example: ``write_overview(required(Path("outputs")), Path("审阅"))`` → ``审阅/overview.html``
    """
    found = panels(snapshot, overlay)
    page = render(
        "overview.html",
        styles=("overview.css",),
        scripts=("overview.js",),
        libraries=(_vega(),),
        data={
            "panels": [one.written() for one in found],
            "looks": {theme: look(theme) for theme in ("light", "dark")},
        },
        title="总览",
        root="",
        here="overview",
        panels=found,
        totals=totals(snapshot),
    )
    target.mkdir(parents=True, exist_ok=True)
    path = target / "overview.html"
    path.write_text(page, encoding="utf-8")
    return path


def panels(snapshot: Path, overlay: Path | None = None) -> list[Panel]:
    """The panels of the page in its order, those without data last; two beside each other are of like height.

    Example: ``[panel.title for panel in panels(snapshot)]``
    """
    figures = comparable(snapshot)
    found = [
        panel_of_provinces(snapshot),
        panel_of_series(figures, snapshot),
        panel_of_coverage(snapshot),
        panel_of_ranking(figures, snapshot),
        panel_of_indicators(snapshot),
        panel_of_checks(snapshot),
        panel_of_domains(snapshot, overlay),
        panel_of_confidence(snapshot),
    ]
    return sorted(found, key=lambda panel: panel.frame.empty)


def totals(snapshot: Path) -> list[tuple[str, str]]:
    """The numbers at the head of the page, with what they count.

    Example: ``totals(snapshot)[0]`` → ``("报告", "172")``
    """
    known = reports(snapshot)
    by_id = counted(snapshot, "mentions", ["indicator_id"], ["indicator_id"])
    findings: dict[Any, int] = (
        counted(snapshot, "findings", ["severity"], ["severity"]).set_index("severity").rows.to_dict()
    )
    named = by_id[by_id.indicator_id.notna()]
    numbers = [
        ("报告", len(known)),
        ("地区", known.region[known.region != UNKNOWN].nunique()),
        ("数值", int(by_id.rows.sum())),
        ("已知指标", len(named)),
        ("错误", findings.get("error", 0)),
        ("警告", findings.get("warning", 0)),
        ("提示", findings.get("info", 0)),
        ("未读文件", read_table(snapshot, "rejects", ["source_path"]).num_rows),
    ]
    return [(name, f"{number:,}") for name, number in numbers]


@cache
def _vega() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script, as the package brings them."""
    import vl_convert

    script = str(vl_convert.javascript_bundle())  # type: ignore[call-arg]
    return script.replace("</script", "<\\/script").replace("</SCRIPT", "<\\/SCRIPT")
