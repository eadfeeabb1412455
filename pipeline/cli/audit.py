"""``zhibiao audit``: the figures that cannot all be true, chosen, explained, compared with what was accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    import pyarrow as pa

Row = Mapping[str, Any]
FORMATS = Literal["table", "json", "csv", "markdown"]
LEVEL = Literal["error", "warning", "info"]
COLUMNS = ("finding_id", "severity", "check", "source_path", "char_start", "char_end", "message", "formula", "stated",
           "expected", "tolerance", "region", "mention_ids")  # fmt: skip
FOUND = 1


def audit(
    out: Annotated[Path, typer.Argument(help="Output folder of zhibiao ingest.")] = Path("outputs"),
    format: Annotated[FORMATS, typer.Option(help="table, json (a line each), csv or markdown.")] = "table",
    check: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only of these checks.")] = None,
    severity: Annotated[LEVEL | None, typer.Option(help="Only this severe, or more.")] = None,
    document: Annotated[str, typer.Option(metavar="TEXT", help="Only where path or title has it.")] = "",
    region: Annotated[str, typer.Option(help="Only of reports on this region: its name or code.")] = "",
    fail_on: Annotated[LEVEL | None, typer.Option(help="End with 1 when there is one this severe, or more.")] = None,
    baseline: Annotated[Path | None, typer.Option(metavar="FILE", help="Leave out what this file accepts.")] = None,
    accept: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a baseline that accepts these.")] = None,
    explain: Annotated[str, typer.Option(metavar="ID", help="One finding with its sentences and arithmetic.")] = "",
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Audit the tables anew, with the settings of this file.")
    ] = None,
    checks: Annotated[bool, typer.Option("--checks", help="List the checks and end.")] = False,
) -> None:
    """Print the findings of the audit.

    Example: zhibiao audit outputs --severity warning --fail-on error
    """
    if checks:
        return _print_checks(config)
    from pipeline.store import required

    snapshot = required(out)
    found = _findings(snapshot, config)
    if explain:
        return _explain(snapshot, found, explain)
    chosen = _chosen(found, check or [], severity or "", document, region, baseline)
    if accept is not None:
        return _accept(accept, chosen)
    {"table": _print_table, "json": _print_json, "csv": _print_csv, "markdown": _print_markdown}[format](chosen)
    if fail_on and any(_at_least(one["severity"], fail_on) for one in chosen):
        raise typer.Exit(FOUND)


def _findings(snapshot: Path, config: Path | None) -> list[dict[str, Any]]:
    from pipeline.audit.store import findings_of

    return findings_of(snapshot, _anew(snapshot, config) if config else None)


def _anew(snapshot: Path, config: Path) -> pa.Table:
    from pipeline.audit.settings import audit_settings
    from pipeline.audit.store import audit_again
    from pipeline.overlay import overlay_of

    return audit_again(snapshot, audit_settings(config), overlay_of(None))[1]


def _chosen(
    found: Iterable[Row], checks: Sequence[str], severity: str, document: str, region: str, baseline: Path | None
) -> list[Row]:
    from pipeline.audit.baseline import read_baseline
    from pipeline.audit.store import Filter

    wanted = Filter(tuple(checks), severity, document, region)
    accepted = read_baseline(baseline) if baseline else frozenset[str]()
    return [one for one in found if wanted.wants(one) and one["finding_id"] not in accepted]


def _at_least(severity: str, level: str) -> bool:
    from pipeline.audit.page import LEVELS

    return LEVELS.index(severity) <= LEVELS.index(level)


def _print_table(findings: Sequence[Row]) -> None:
    from pipeline.audit.page import cells, count
    from pipeline.cli.console import console
    from pipeline.terminal import table

    screen = console()
    if findings:
        screen.print(table("findings", ["severity", "check", "document", "finding", "id"], map(cells, findings)))
    screen.print(count(findings), markup=False)


def _print_json(findings: Sequence[Row]) -> None:
    import json

    for one in findings:
        print(json.dumps({name: one[name] for name in COLUMNS}, ensure_ascii=False))


def _print_csv(findings: Sequence[Row]) -> None:
    import csv
    import sys

    from pipeline.spreadsheet import cell

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in findings:
        writer.writerow([cell(one[name]) for name in COLUMNS])


def _print_markdown(findings: Sequence[Row]) -> None:
    from pipeline.audit.page import page

    print(page(findings), end="")


def _explain(snapshot: Path, findings: Sequence[Row], id: str) -> None:
    from pipeline.audit.settings import audit_settings
    from pipeline.audit.store import explain, finding_named
    from pipeline.cli.console import console
    from pipeline.terminal import safe

    one = finding_named(findings, id)
    titles = {check.id: check.title for check in audit_settings(None).checks}
    screen = console()
    lines = [
        f"{one['finding_id']}  {one['severity']}  {one['check']} {titles.get(one['check'], '')}",
        f"{one['source_path']}：{one['char_start']}–{one['char_end']}",
        "",
        one["message"],
        f"算式：{one['formula']}",
    ]
    for line in lines:
        screen.print(safe(line), markup=False, soft_wrap=True)
    for passage in explain(snapshot, one):
        marked = f"{passage.sentence[: passage.start]}【{passage.sentence[passage.start : passage.end]}】"
        screen.print(f"\n{passage.role or '原文'}（{safe(passage.source_path)}）", markup=False, soft_wrap=True)
        screen.print(safe(f"{marked}{passage.sentence[passage.end :]}"), markup=False, soft_wrap=True)


def _accept(path: Path, findings: Sequence[Row]) -> None:
    from pipeline.audit.baseline import baseline_text

    path.write_text(baseline_text(findings), encoding="utf-8")
    print(f"{len(findings)} findings accepted in {path}")


def _print_checks(config: Path | None) -> None:
    from pipeline.audit.settings import audit_settings
    from pipeline.cli.console import console
    from pipeline.terminal import table

    rows = [
        (one.id, one.title, one.severity, one.doubt, f"{one.tolerance:g}" if one.tolerance else "", one.scope)
        for one in audit_settings(config).checks
    ]
    columns = ["id", "title", "inconsistent", "suspicious", ">tolerance", "scope"]
    console().print(table("checks", columns, rows))
