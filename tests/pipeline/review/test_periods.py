"""What periods are called, which years they touch, what they may be compared with."""

from __future__ import annotations

import pytest

from pipeline.review.periods import kind_of, period_label, years_of


@pytest.mark.parametrize(
    ("period", "label", "years", "kind"),
    [
        ("2023", "2023年", (2023, 2023), ("年度", "2023")),
        ("2023-01/2023-12", "2023年", (2023, 2023), ("年度", "2023")),
        ("2023-01/2023-06", "2023年上半年", (2023, 2023), ("上半年", "2023")),
        ("2023-01/2023-09", "2023年前三季度", (2023, 2023), ("前三季度", "2023")),
        ("2023-01/2023-05", "2023年1—5月", (2023, 2023), ("1—5月", "2023")),
        ("2023-07", "2023年7月", (2023, 2023), ("月度", "2023-07")),
        ("../2023-12", "截至2023年底", (2023, 2023), ("年末", "2023")),
        ("../2023-06", "截至2023年6月底", (2023, 2023), ("6月末", "2023")),
        ("2021/2025", "2021—2025年", (2021, 2025), None),
        ("2023-07/2024-06", "2023年7月—2024年6月", (2023, 2024), None),
        ("2023-05-06", "2023年5月6日", (2023, 2023), None),
        ("20XX", "20XX年", None, None),
        ("20XX-01/20XX-06", "20XX年上半年", None, None),
        (None, "", None, None),
        ("去年", "去年", None, None),
    ],
)
def test_a_period(period: str | None, label: str, years: tuple[int, int] | None, kind: tuple[str, str] | None) -> None:
    found = kind_of(period)
    assert period_label(period) == label
    assert years_of(period) == years
    assert (found and (found.name, found.at)) == kind
