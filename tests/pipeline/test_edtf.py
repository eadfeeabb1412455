"""Periods become dates where they can."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.edtf import edtf_bounds


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-05", date(2023, 5, 1), date(2023, 5, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-06-21", date(2023, 6, 21), date(2023, 6, 21)),
        ("2023-01/2023-06", date(2023, 1, 1), date(2023, 6, 30)),
        ("2021/2025", date(2021, 1, 1), date(2025, 12, 31)),
        ("2023-06-21/2023-07-03", date(2023, 6, 21), date(2023, 7, 3)),
        ("../2023-06", None, date(2023, 6, 30)),
        ("/2023-06", None, date(2023, 6, 30)),
        ("2023-06/..", date(2023, 6, 1), None),
        ("20XX-05", None, None),
        ("20XX-01/20XX-06", None, None),
        ("2023~", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-13", None, None),
        ("2023-02-30", None, None),
        ("0000", None, None),
        ("上半年", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_bounds(period: str | None, first: date | None, last: date | None) -> None:
    assert edtf_bounds(period) == (first, last)
