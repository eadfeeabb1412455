"""Totals of a table that nothing marks: rows that the rows right below them add up to, in every column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from typing import Final

import regex

from extractors.columns import Column
from extractors.sheets import Row
from extractors.units_of_cells import is_percent

_ENOUGH: Final = 3.5
"""Digits that must agree, a part beyond the first being worth half a one: 333 = 293 + 7 + 30 + 3, not 12 = 9 + 3."""
_MOST_PARTS: Final = 60

Amounts = tuple[tuple[float, int] | None, ...]
"""What a row says in each column that can be added, with the digits behind the point; None where it says nothing."""


@dataclass(frozen=True, slots=True)
class _Group:
    """A row with the rows found to be its parts; ``at`` is its place among the rows."""

    at: int
    amounts: Amounts


def totals(rows: Sequence[Row], columns: Sequence[Column]) -> dict[int, int]:
    """Of each row that is part of a row above, the number of that row.

    Example: 机构⇥426 / 养老院⇥400 / 福利院⇥20 / 救助站⇥6 → {1: 0, 2: 0, 3: 0}
    """
    adding = [one.at for one in columns if one.measure == "level" and not one.share and not is_percent(one.unit)]
    found: dict[int, int] = {}
    below: list[_Group] = []
    for at in range(len(rows) - 1, -1, -1):
        amounts = tuple(_amount(rows[at], column) for column in adding)
        parts = _parts(amounts, below)
        found.update({below[-1 - number].at: at for number in range(parts)})
        del below[len(below) - parts :]
        below.append(_Group(at, amounts))
    return found


def _amount(row: Row, column: int) -> tuple[float, int] | None:
    cell = row.at(column)
    match = cell.number if cell else None
    if match is None or match["unit"].strip():
        return None
    digits = regex.sub("[,，]", "", match["number"])
    return float(match["sign"] + digits), len(digits.partition(".")[2])


def _parts(whole: Amounts, below: Sequence[_Group]) -> int:
    """How many of the groups right below, the nearest last, add up to a row; 0 where they do not."""
    if not whole or any(amount is None or amount[0] <= 0 for amount in whole):
        return 0
    stated = [amount for amount, _ in filter(None, whole)]
    sums = [0.0] * len(whole)
    decimals = [digits for _, digits in filter(None, whole)]
    for count, group in enumerate(reversed(below[-_MOST_PARTS:]), 1):
        for column, part in enumerate(group.amounts):
            if part is None or part[0] < 0:
                return 0
            sums[column] += part[0]
            decimals[column] = max(decimals[column], part[1])
        compared = list(map(_agreeing, stated, sums, decimals))
        if min(compared) < 0:
            return 0
        if all(compared) and sum(compared) + (count - 1) / 2 >= _ENOUGH:
            return count
    return 0


def _agreeing(stated: float, made: float, decimals: int) -> float:
    """In how many digits a sum is the amount stated: 0 where it is less, -1 where it is more."""
    last = 10.0**-decimals
    allowed = last * (1.01 if decimals else 0.01)
    if abs(made - stated) > allowed:
        return -1 if made > stated else 0
    return max(log10(stated / last), 0.01)
