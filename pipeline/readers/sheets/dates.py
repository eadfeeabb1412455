"""Days and times of a sheet: a number of days since 1900, shown by the letters of a number format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_HAN = "一二三四五六日"
_LAST = 2_958_465
_FALSE_LEAP_DAY = 60
_DAYS_TO_1904 = 1_462
_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, with the number of days it is in the sheet.

    Example: ``Moment.of(45292.5)`` → noon of 2024-01-01
    """

    time: datetime
    days: float

    @classmethod
    def of(cls, days: float, since_1904: bool = False) -> Moment | None:
        """The moment so many days after the beginning of the sheet's time; None where there is none.

        Example: ``Moment.of(-1)`` → None
        """
        count = days + _DAYS_TO_1904 if since_1904 else days
        if not 0 <= count <= _LAST + 1:
            return None
        # The first spreadsheets took 1900 for a leap year, and it stayed.
        first = datetime(1899, 12, 31 if count < _FALSE_LEAP_DAY else 30)
        return cls(first + timedelta(seconds=round(count * _SECONDS)), days)


def date_text(pieces: Sequence[tuple[str, str]], moment: Moment) -> str:
    """A moment as the pieces of a number format show it.

    Example: the pieces of ``yyyy"年"m"月"`` → 2024年1月
    """
    halves = any(kind == "half" for kind, _ in pieces)
    written: list[str] = []
    for at, (kind, text) in enumerate(pieces):
        if kind == "date":
            written.append(_part(text.lower(), moment.time, halves, _is_minute(pieces, at)))
        elif kind == "elapsed":
            written.append(str(int(moment.days * {"h": 24, "m": 1_440, "s": _SECONDS}[text[0]])))
        elif kind == "half":
            names = text.split("/")
            written.append(names[moment.time.hour >= 12])
        elif kind == "places":
            written.append("0" * len(text))
        else:
            written.append(text)
    return "".join(written)


def _is_minute(pieces: Sequence[tuple[str, str]], at: int) -> bool:
    """Whether an m means minutes: after hours, or before seconds."""
    letters = [(place, text[0].lower()) for place, (kind, text) in enumerate(pieces) if kind in ("date", "elapsed")]
    here = next(number for number, (place, _) in enumerate(letters) if place == at)
    before = letters[here - 1][1] if here else ""
    after = letters[here + 1][1] if here + 1 < len(letters) else ""
    return before == "h" or after == "s"


def _part(letters: str, time: datetime, halves: bool, minute: bool) -> str:
    first, count = letters[0], len(letters)
    if first in "ye":
        return f"{time.year % 100:02d}" if first == "y" and count <= 2 else str(time.year)
    if first == "m" and not minute and count >= 3:
        name = _MONTHS[time.month - 1]
        return {3: name[:3], 5: name[0]}.get(count, name)
    if first == "a" or (first == "d" and count >= 3):
        return _weekday(first, count, time)
    hour = (time.hour % 12 or 12) if halves else time.hour
    number = {"m": time.minute if minute else time.month, "d": time.day, "h": hour, "s": time.second}.get(first)
    return "" if number is None else f"{number:0{min(count, 2)}d}"


def _weekday(first: str, count: int, time: datetime) -> str:
    if first == "a":
        return ("星期" if count > 3 else "") + _DAYS_HAN[time.weekday()]
    return _DAYS[time.weekday()][: 3 if count == 3 else None]
