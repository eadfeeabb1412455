"""Slips: one wrong digit or a moved decimal point that explains why a sum does not close."""

from __future__ import annotations

from pipeline.audit.figure import Figure
from pipeline.audit.relation import in_scale, quoted
from pipeline.audit.wholes import Whole

LEAST_DIGITS = 4
"""With fewer digits chance closes a sum too often."""


def slip(whole: Whole) -> str:
    """The one change of a digit that makes parts and total agree, as a sentence; empty when there is none.

    Example: ``若“发文310份”为210，则相符。``
    """
    if whole.total.digits < LEAST_DIGITS or whole.total.comparator != "=":
        return ""
    added = sum(part.value for part in whole.parts)
    wanted = [(part, part.value + whole.total.value - added) for part in whole.parts]
    wanted.append((whole.total, added))
    for figure, value in wanted:
        if is_slip(figure, value):
            return f"若{quoted(figure)}为{in_scale(value, figure)}，则相符。"
    return ""


def near(figure: Figure, value: float, share: float = 0.02) -> bool:
    """Whether a figure misses a value by little or by a slip of the pen: then the two were meant to be one.

    Example: 216.6 and 215.9; 310 and 210
    """
    scale = max(abs(figure.value), abs(value))
    return abs(figure.value - value) <= share * scale or (figure.digits >= LEAST_DIGITS and is_slip(figure, value))


def is_slip(figure: Figure, value: float) -> bool:
    """Whether a figure differs from a value by one digit, by two neighbours that changed place or by tens.

    Example: 310 and 210; 1283 and 1238; 3526 and 35260
    """
    if value <= 0:
        return False
    written, meant = (round(abs(one) / figure.step) for one in (figure.value, value))
    if abs(meant * figure.step - abs(value)) > figure.step * 0.01 or meant == written:
        return False
    if meant in (written * 10, written / 10, written * 100, written / 100):
        return True
    a, b = str(written), str(meant)
    if len(a) != len(b):
        return False
    places = [at for at, pair in enumerate(zip(a, b, strict=True)) if pair[0] != pair[1]]
    return len(places) == 1 or _swapped(a, b, places)


def _swapped(a: str, b: str, places: list[int]) -> bool:
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and a[places[0]] == b[places[1]]
        and a[places[1]] == b[places[0]]
    )
