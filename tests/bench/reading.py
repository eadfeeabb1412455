"""Reading the tables: a million mentions, five columns with pandas, one indicator over all regions with DuckDB."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.store import part_writer, read_table
from tests.bench.million import grown, stretches
from tests.bench.setting import Figures, Setting
from tests.bench.whole import snapshot_of
from tests.bench.yardstick import cut

COLUMNS = ("entity", "indicator", "period", "value", "unit")
QUERY = "select entity, period, value, unit from '{files}' where indicator_id = '{indicator}'"
TIMES = 5


def measure(setting: Setting) -> Figures:
    """Seconds of both, with the size of the table; the best of some, as what is short suffers most from other work.

    Example: ``measure(setting)["reading.pandas.seconds"]`` → 0.4
    """
    snapshot = snapshot_of(setting)
    mentions = grown(read_table(snapshot, "mentions"), setting.mentions)
    files = _written(mentions, setting.folder("million"))
    characters = setting.corpus.characters
    sizes = sum(path.stat().st_size for path in snapshot.rglob("*.parquet"))
    yard = cut(text for _, text in setting.corpus.reports)
    return {
        "reading.rows": float(mentions.num_rows),
        "reading.bytes": float(sum(path.stat().st_size for path in files.glob("*.parquet"))),
        "snapshot.bytes_a_character": sizes / characters,
        **timed(files, common(mentions), yard.processor / characters * 1e6),
    }


def timed(files: Path, indicator: str, million: float) -> Figures:
    """What both readings take, in seconds and in those that jieba.cut takes for a million characters.

    Example: ``timed(Path("outputs/current/mentions"), "gdp", 2.5)["reading.duckdb.rows"]``
    """
    query = QUERY.format(files=f"{files}/*.parquet", indicator=indicator)
    with duckdb.connect() as database:
        rows = database.sql(query).fetchall()
        found = {
            "pandas": best(lambda: pd.read_parquet(files, columns=list(COLUMNS))),
            "duckdb": best(lambda: database.sql(query).fetchall()),
        }
    seconds = {f"reading.{name}.seconds": one for name, one in found.items()}
    units = {f"reading.{name}.units": one / million for name, one in found.items()}
    return {"reading.duckdb.rows": float(len(rows)), **seconds, **units}


def best(action: Callable[[], Any], times: int = TIMES) -> float:
    """The fewest seconds an action takes.

    Example: ``best(lambda: pd.read_parquet(path))``
    """
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        taken.append(time.perf_counter() - began)
    return min(taken)


def common(mentions: pa.Table) -> str:
    """An indicator that is neither the most frequent nor rare: the one a quarter down the list.

    Example: ``common(mentions)`` → ``urban_disposable_income``
    """
    counts = pc.value_counts(mentions["indicator_id"].combine_chunks().drop_null()).to_pylist()
    ranked = sorted(counts, key=lambda one: (-one["counts"], one["values"]))
    return str(ranked[len(ranked) // 4]["values"])


def _written(mentions: pa.Table, folder: Path) -> Path:
    """The table as an ingestion writes it."""
    with part_writer(folder, "mentions", "part-0.parquet") as part:
        for rows in stretches(mentions):
            part.write_table(rows)
    return folder / "mentions"
