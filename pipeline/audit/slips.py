"""Slips: one wrong digit or a moved decimal point that explains why a sum does not close."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval, total
from pipeline.audit.relation import in_scale, quoted
from pipeline.audit.whole import Whole

LEAST_DIGITS: Final = 4
"""With fewer digits chance closes a sum too often."""


def repair(figure: Figure, wanted: Interval) -> float | None:
    """The value with one other digit, two exchanged, or ten times or a tenth of it, that lies in an interval, or None.

    Example: ``repair(figure, Interval(1570e8, 1580e8))`` for 1178.1亿元 → 1578.1e8; 82.0% for 80.2% → 80.2
    """
    half = figure.step / 2
    for times in (10.0, 0.1, 100.0, 0.01):
        if wanted.overlaps(Interval(figure.value * times - half, figure.value * times + half)):
            return figure.value * times
    least, most = wanted.around(figure.step)
    for value in _misread(figure):
        if least <= value <= most and wanted.overlaps(Interval(value - half, value + half)):
            return value
    return None


def _misread(figure: Figure) -> Iterator[float]:
    """The values with one other digit, from the first digit to the last, then those with two neighbours exchanged."""
    sign = -1.0 if figure.value < 0 else 1.0
    written = f"{abs(figure.value) / figure.step:.0f}"
    number = int(written)
    for at, digit in enumerate(map(int, written)):
        place = 10 ** (len(written) - at - 1)
        for other in range(10):
            if other != digit:
                yield sign * (number + (other - digit) * place) * figure.step
    for at in range(1, len(written)):
        if written[at] != written[at - 1]:
            yield sign * int(written[: at - 1] + written[at] + written[at - 1] + written[at + 1 :]) * figure.step


def slip(whole: Whole, least: int = LEAST_DIGITS) -> str:
    """The one change of a digit that makes parts and total agree, as a sentence; empty when there is none.

    Example: ``若“发文310份”为210，则相符。``
    """
    if whole.total.places < least or whole.total.comparator != "=":
        return ""
    for part in whole.parts:
        others = total(one.interval for one in whole.parts if one is not part)
        meant = repair(part, whole.total.interval - others)
        if meant is not None and meant > 0:
            return f"若{quoted(part)}为{in_scale(meant, part)}，则相符。"
    meant = repair(whole.total, whole.sum)
    return "" if meant is None else f"若{quoted(whole.total)}为{in_scale(meant, whole.total)}，则相符。"


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
