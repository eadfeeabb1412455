"""No text of a report becomes a formula in a spreadsheet."""

from __future__ import annotations

import pytest

from pipeline.spreadsheet import cell


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86 10 1234", "-rf", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "－", "-3.5亿元", "-1-1", "+1;=2", "-"],
)
def test_texts_get_a_quote(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["-3.5", "+5", "-1,234.5", "-5.6%", -3.5, 4, None, "", "完成-3", "'=1", "3=3", True])
def test_numbers_and_other_texts_stay(value: object) -> None:
    assert cell(value) is value
