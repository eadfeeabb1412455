"""Values of a row as texts, numbers and JSON that can do no harm where they are opened."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import Final

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML, and many readers of CSV, do not take."""


def printable(text: str) -> str:
    """A text with every control character replaced by one other character, so that offsets stay right.

    Lines end with ``\\n`` alone: many readers of CSV take ``\\r`` for the end of a row, and XML has none.

    Example: ``printable("共3家\\x00")`` → ``共3家�``
    """
    return _CONTROL.sub("\ufffd", text).replace("\r\n", " \n").replace("\r", "\n")


def plain(value: object) -> object:
    """A value of a table as JSON has it: dates and times as ISO 8601.

    Example: ``plain(date(2024, 6, 30))`` → ``2024-06-30``
    """
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def as_json(value: object) -> str:
    """A value as JSON on one line, Chinese as it is.

    Example: ``as_json(["合计", "部分"])`` → ``["合计", "部分"]``
    """
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=plain)


def number(value: float) -> str:
    """A number as text that reads back as the same number, whole ones without a point.

    Example: ``number(38000.0)`` → ``38000``
    """
    return repr(value).removesuffix(".0")
