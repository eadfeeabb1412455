"""Rows that stay and rows found anew are put together in the order of their keys, however both were cut."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pytest

from pipeline.audit.between import placed
from pipeline.audit.between.placed import Kind, evenly, merged, unaffected, with_places


def rows(keys: list[int], kind: Kind) -> pa.Table:
    """A row a key, numbered in the order of one key's rows."""
    names = pa.table({"name": [f"{kind.name} {key} {number}" for number, key in enumerate(keys)]})
    return with_places(names, kind, np.array(keys, np.uint64))


def cut(table: pa.Table, chance: random.Random) -> Iterator[pa.Table]:
    """A table in pieces of one to three rows, some empty, a key's rows maybe in several."""
    at = 0
    while at < table.num_rows:
        size = chance.randrange(4)
        yield table.slice(at, size)
        at += size


@pytest.mark.parametrize("seed", range(20))
def test_cuts_do_not_matter(seed: int) -> None:
    chance = random.Random(seed)
    keys = {kind: [chance.randrange(9) for _ in range(14)] for kind in (Kind.SERIES, Kind.COPIES)}
    keys[Kind.SERIES] += [2**64 - 1, 2**63]
    whole = pa.concat_tables([rows(of_kind, kind) for kind, of_kind in keys.items()])
    changed = {kind: np.array([0, 3, 4, 2**63], np.uint64) for kind in keys}
    old = unaffected(whole, changed)
    new = whole.filter(pa.array([name not in set(old["name"].to_pylist()) for name in whole["name"].to_pylist()]))
    assert 0 < old.num_rows < whole.num_rows
    again = pa.concat_tables(merged(cut(old, chance), cut(new, chance)))
    assert again.equals(whole)


def test_one_stream_may_be_empty() -> None:
    table = rows([2, 1], Kind.SERIES)
    assert pa.concat_tables(merged(iter([table]), iter(()))).equals(table)
    assert pa.concat_tables(merged(iter(()), iter([table]))).equals(table)


def test_row_groups_are_of_one_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placed, "ROW_GROUP", 5)
    table = rows(list(range(12)), Kind.SERIES)
    for seed in range(5):
        even = list(evenly(cut(table, random.Random(seed))))
        assert [one.num_rows for one in even] == [5, 5, 2]
        assert pa.concat_tables(even).equals(table)
