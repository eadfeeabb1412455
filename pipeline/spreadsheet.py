"""Cells of a CSV file that people open in a spreadsheet: no text in them can become a formula."""

from __future__ import annotations

import re

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?", re.ASCII)


def cell(value: object) -> object:
    """A value as a cell: a text that a spreadsheet would take for a formula gets a ' before it.

    Numbers stay numbers, also those that are texts; a list is its items with spaces between.

    Example: ``cell("=HYPERLINK(…)")`` → ``'=HYPERLINK(…)``; ``cell("-3.5")`` → ``-3.5``
    """
    if isinstance(value, list):
        return cell(" ".join(map(str, value)))
    if not isinstance(value, str) or not value.startswith(_BEGINS_FORMULA) or _NUMBER.fullmatch(value):
        return value
    return f"'{value}"
