"""Rows as Python has them: the same that Arrow gives, types and all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from pipeline.store.rows import dicts_of, values_of

DAY = date(2024, 6, 30)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["3.2亿元", "", "5.2%"], pa.string()),
        (["3.2亿元", None], pa.string()),
        ([3.2e8, -0.5], pa.float64()),
        ([None, 2.0, None], pa.float64()),
        ([0, 2**31 - 1], pa.int32()),
        ([1, None], pa.int32()),
        ([2**64 - 1, 0], pa.uint64()),
        ([DAY, None], pa.date32()),
        ([], pa.string()),
    ],
)
def test_a_column_as_arrow_gives_it(values: list[Any], kind: pa.DataType) -> None:
    column = pa.chunked_array([pa.array(values, kind), pa.array(values[:1], kind)])
    found = values_of(column)
    assert found == column.to_pylist()
    assert [type(one) for one in found] == [type(one) for one in column.to_pylist()]


def test_rows_have_their_names() -> None:
    rows = [{"text": "3.2亿元", "value_max": None}, {"text": "1-2名", "value_max": 2.0}]
    assert dicts_of(pa.Table.from_pylist(rows)) == rows
