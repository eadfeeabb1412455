"""Rows of a snapshot's tables, counted batch after batch: what is kept grows with the groups, not with the rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.store import parts
from pipeline.store.files import each_batch

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

ROWS: Final = 65_536
PENDING: Final = 64
"""Counted batches that wait to be added up."""


def counted(
    snapshot: Path,
    table: str,
    columns: Sequence[str],
    keys: Sequence[str],
    prepare: Callable[[pa.Table], pa.Table] | None = None,
) -> pd.DataFrame:
    """How many rows of a table there are for each combination of keys, in the column ``rows``, sorted by the keys.

    Only ``columns`` are read; ``prepare`` chooses rows and makes the keys that are no columns.

    Example: ``counted(snapshot, "findings", ["check", "severity"], ["check", "severity"])``
    """
    import pyarrow as pa

    pending: list[pa.Table] = []
    for path in parts(snapshot, table):
        for batch in each_batch(path, columns, ROWS):
            rows = pa.Table.from_batches([batch])
            found = (prepare(rows) if prepare else rows).group_by(list(keys)).aggregate([([], "count_all")])
            pending.append(found.rename_columns([*keys, "rows"]))
            if len(pending) > PENDING:
                pending = [_added(pending, keys)]
    if not pending:
        return _empty(keys)
    added: pd.DataFrame = _added(pending, keys).to_pandas()
    return added.sort_values(list(keys), ignore_index=True)


def _added(found: list[pa.Table], keys: Sequence[str]) -> pa.Table:
    import pyarrow as pa

    added = pa.concat_tables(found).group_by(list(keys)).aggregate([("rows", "sum")])
    return added.select([*keys, "rows_sum"]).rename_columns([*keys, "rows"])


def _empty(keys: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({**{key: pd.Series(dtype="object") for key in keys}, "rows": pd.Series(dtype="int64")})


def with_year(rows: pa.Table) -> pa.Table:
    """The rows whose period has an end, with its year in a column of its own.

    Example: 2023年上半年 (period_end 2023-06-30) → year 2023
    """
    import pyarrow.compute as pc

    chosen = rows.filter(pc.is_valid(rows["period_end"]))
    return chosen.append_column("year", pc.year(chosen["period_end"]))
