"""``zhibiao snapshots``: which there are, what changed between two, which to keep, whether they are whole."""

from __future__ import annotations

import json as coder
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.options import AsJson, help_without_command
from pipeline.errors import FAILED, StoreError, UsageError

if TYPE_CHECKING:
    from pipeline.store.overview import Overview

app = typer.Typer(
    help="List, compare, verify, remove snapshots of the tables, or go back to one.",
    rich_markup_mode=None,
)
app.callback(invoke_without_command=True)(help_without_command)

Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Output folder of zhibiao ingest (outputs).")]
AGE = re.compile(r"(\d{1,5})([hdw]?)")
UNITS = {"h": "hours", "d": "days", "": "days", "w": "weeks"}


@app.command("list")
def list_(out: Out = None, json: AsJson = False) -> None:
    """List the snapshots, the newest last: what they hold, and the disk space they would free.

    Example: zhibiao snapshots list --out outputs
    """
    from pipeline.store.overview import overviews

    found = overviews(_folder(out))
    if json:
        print(coder.dumps([_plain(one) for one in found], ensure_ascii=False))
        return
    from pipeline.cli.console import console
    from pipeline.terminal import table

    columns = ["", "snapshot", "taken (UTC)", ">documents", ">mentions", ">findings", ">rejects", ">own", ">shared"]
    console().print(table("snapshots", columns, map(_line, found)))


@app.command()
def diff(
    old: Annotated[str | None, typer.Argument(help="The earlier one: its name or the beginning of it.")] = None,
    new: Annotated[str | None, typer.Argument(help="The later one; the current one when not given.")] = None,
    out: Out = None,
    json: AsJson = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV for spreadsheets.")] = False,
) -> None:
    """Say which documents, figures and findings came, went and changed between two snapshots.

    By default between the current one and the one before it.

    Example: zhibiao snapshots diff 20230711 20230712 --out outputs
    """
    from pipeline.audit.diff import changes, side_of
    from pipeline.cli.changes import print_csv, print_json, print_tables
    from pipeline.store.overview import before, named

    folder = _folder(out)
    later = named(folder, new)
    sides = side_of(named(folder, old) if old else before(folder, later)), side_of(later)
    if json or csv:
        (print_json if json else print_csv)(changes(*sides))
    else:
        print_tables(*sides)


@app.command()
def prune(
    out: Out = None,
    keep: Annotated[int | None, typer.Option(min=1, help="Keep so many of the newest.")] = None,
    older_than: Annotated[
        str, typer.Option(metavar="AGE", help="Remove those taken longer ago, by their names: 30d, 4w, 12h.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which would be removed.")] = False,
    json: AsJson = False,
) -> None:
    """Remove old snapshots, never the current one; without options by the settings keep_snapshots and keep_days.

    Example: zhibiao snapshots prune --keep 7 --older-than 30d
    """
    from datetime import UTC, datetime

    from pipeline.settings import load_settings
    from pipeline.store import locked, required
    from pipeline.store.snapshot import outdated, remove

    settings, age = load_settings(out=out), _age(older_than)
    if keep is None and age is None:
        keep, age = settings.keep_snapshots, timedelta(days=settings.keep_days) if settings.keep_days else None
    required(settings.out)
    with locked(settings.out):
        chosen = outdated(settings.out, keep, datetime.now(UTC) - age if age is not None else None)
        for path in () if dry_run else chosen:
            remove(path)
    names = [path.name for path in chosen]
    if json:
        print(coder.dumps({"removed": [] if dry_run else names, "would_remove": names if dry_run else []}))
    else:
        print("\n".join([*names, f"{'to be removed' if dry_run else 'removed'}: {len(names)}"]))


@app.command()
def verify(
    name: Annotated[str | None, typer.Argument(help="A snapshot, or the beginning of its name.")] = None,
    out: Out = None,
    all: Annotated[bool, typer.Option("--all", help="Look at all snapshots, not only the current one.")] = False,
    deep: Annotated[bool, typer.Option(help="Read every byte and key, or look at sizes and footers only.")] = True,
    json: AsJson = False,
) -> None:
    """Say whether snapshots are whole; end with 3 and name what is wrong when one is not.

    What is found damaged is noted beside the tables: the next ingest reads the documents concerned again.

    Example: zhibiao snapshots verify --all
    """
    from pipeline.cli.console import complain
    from pipeline.store import required, snapshots
    from pipeline.store.overview import named
    from pipeline.store.verify import Seen

    if name and all:
        raise UsageError(f"{name} and --all: name one snapshot, or say --all")
    folder, seen = _folder(out), Seen()
    chosen = named(folder, name)
    looked = {path: _problems(path, deep, seen) for path in (snapshots(folder) if all else [chosen])}
    found = {path.name: problems for path, problems in looked.items() if path.is_dir()}
    if json:
        listed = [{"snapshot": one, "whole": not wrong, "problems": wrong} for one, wrong in found.items()]
        print(coder.dumps(listed, ensure_ascii=False))
    else:
        print("".join(f"{path.name}  removed meanwhile\n" for path in looked if path.name not in found), end="")
        _print_problems(found)
    if any(found.values()):
        healed = "; zhibiao ingest reads the documents concerned again" if found.get(required(folder).name) else ""
        complain(f"{sum(map(bool, found.values()))} of {len(found)} snapshots damaged{healed}")
        raise typer.Exit(FAILED)


@app.command()
def use(
    name: Annotated[str, typer.Argument(help="A snapshot, or the beginning of its name.")],
    out: Out = None,
    json: AsJson = False,
) -> None:
    """Let another snapshot be the current one: go back to an earlier night.

    The next ingest compares the corpus with that snapshot, and publishes what differs as the newest one.

    Example: zhibiao snapshots use 20230711
    """
    from pipeline.store import locked, point, read_manifest
    from pipeline.store.overview import named

    folder = _folder(out)
    chosen = named(folder, name)
    with locked(folder):
        manifest = read_manifest(chosen)
        if manifest is None or manifest.damaged:
            raise StoreError(f"{chosen.name} is damaged; see zhibiao snapshots verify {chosen.name} --out {folder}")
        point(folder, chosen)
    print(coder.dumps({"current": chosen.name}) if json else f"{folder / 'current'} is {chosen.name} now")


def _folder(out: Path | None) -> Path:
    from pipeline.settings import load_settings

    return load_settings(out=out).out


def _age(given: str) -> timedelta | None:
    if not given:
        return None
    match = AGE.fullmatch(given)
    if match is None:
        raise UsageError(f"--older-than {given}: write an age like 30d, 4w or 12h")
    return timedelta(**{UNITS[match[2]]: int(match[1])})


def _plain(one: Overview) -> Mapping[str, Any]:
    from dataclasses import asdict

    return {**asdict(one), "taken": one.taken.isoformat()}


def _line(one: Overview) -> list[object]:
    from rich.filesize import decimal

    counts = (one.documents, one.mentions, one.findings, one.rejects)
    shown = ["?" if count < 0 else f"{count:,}" for count in counts]
    mark, taken = "*" if one.current else "", one.taken.strftime("%Y-%m-%d %H:%M")
    return [mark, one.name, taken, *shown, decimal(one.own), decimal(one.shared)]


def _problems(snapshot: Path, deep: bool, seen: Any) -> list[dict[str, str]]:
    """What is wrong with a snapshot; noted beside it after a look at every byte."""
    from pipeline.ingest.versions import engine_version
    from pipeline.store import verified
    from pipeline.store.part_files import note_damage

    found = [{"part": part, "problem": wrong} for part, wrong in verified(snapshot, deep, engine_version(), seen)]
    if deep:
        note_damage(snapshot, {one["part"] for one in found})
    return found


def _print_problems(found: Mapping[str, list[dict[str, str]]]) -> None:
    from pipeline.terminal import safe

    for name, problems in found.items():
        for one in problems:
            print(safe(f"{name}  {one['part']}: {one['problem']}"))
        if not problems:
            print(f"{name}  whole")
