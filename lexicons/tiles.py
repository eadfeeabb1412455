"""The map of equal tiles: where each province of China stands on it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lexicons.errors import LexiconError

if TYPE_CHECKING:
    from lexicons.regions import Regions

FILE = "regions_tiles.csv"
COLUMNS = ["code", "column", "row"]

Tiles = dict[str, tuple[int, int]]
"""Column and row by the province's code."""


def load_tiles(data_dir: Path, regions: Regions, overlay: Path | None = None) -> Tiles:
    """The tiles of ``regions_tiles.csv``; rows of a user's file move provinces.

    LexiconError for a code that is no province's, a place that is no number and two provinces on one tile.

    Example: ``load_tiles(DATA, regions)["640000"]`` → ``(4, 2)``
    """
    tiles: Tiles = {}
    for code, place in _read(data_dir / FILE):
        if code in tiles:
            raise LexiconError(FILE, code, "code", "duplicate: another row has this code")
        tiles[code] = place
    if overlay and (overlay / FILE).exists():
        tiles.update(_read(overlay / FILE))
    _check(tiles, regions)
    return tiles


def _read(path: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(line for line in file if not line.startswith("#"))
        if (header := next(rows, [])) != COLUMNS:
            raise LexiconError(path.name, "", "", f"the columns must be {','.join(COLUMNS)}, not {','.join(header)}")
        for row in rows:
            if len(row) != len(COLUMNS) or not all(place.isdecimal() for place in row[1:]):
                raise LexiconError(path.name, row[0] if row else "", "column", "write code,column,row with two numbers")
            yield row[0], (int(row[1]), int(row[2]))


def _check(tiles: Tiles, regions: Regions) -> None:
    taken: dict[tuple[int, int], str] = {}
    for code, place in tiles.items():
        region = regions.by_code(code)
        if region is None or region.level != "province":
            raise LexiconError(FILE, code, "code", "no province has this code")
        if (other := taken.setdefault(place, code)) != code:
            raise LexiconError(FILE, code, "column", f"collision: {other} stands on this tile already")
