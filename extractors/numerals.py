"""Numbers as Chinese texts write them: 351,740, 8千, 3.6万亿, 两千三百, 百分之三十五, 几十, 十余."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

DIGITS: Final = {
    char: value
    for value, chars in enumerate(("零○0", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
SCALES: Final = {
    "十": 10,
    "拾": 10,
    "百": 100,
    "佰": 100,
    "千": 1000,
    "仟": 1000,
    "万": 10**4,
    "亿": 10**8,
    "兆": 10**12,
}
HAN_NUMBER: Final = "[一二两三四五六七八九十百千万亿零○]"
ARABIC: Final = r"(?:\d{1,3}+(?:,\d{3})+|\d+)(?:\.\d+)?"
SCALE: Final = "[十百千]?万亿|[十百千]?[万亿]|百(?!分)|千(?!分|克|米|瓦|伏|兆|卡|焦|帕|赫)"


@lru_cache(maxsize=256)
def scale_value(scale: str) -> int:
    """The factor a scale word stands for: 万 → 10000, 千万 → 10000000, 万亿 → 1000000000000, "" → 1."""
    factor = 1
    for char in scale:
        factor *= SCALES[char]
    return factor


def arabic_value(text: str) -> Decimal:
    """The value of digits with optional thousands separators: 351,740.5 → 351740.5."""
    return Decimal(text.replace(",", ""))


def decimals_of(text: str) -> int:
    """Digits after the point: 94.50 → 2, 三十 → 0."""
    return len(text.partition(".")[2])


def han_value(text: str) -> Decimal | None:
    """The value of a Chinese numeral, None when it is not well formed.

    两千三百 → 2300, 三十五 → 35, 一点五 → 1.5, 二○二三 → 2023, 百万 → 1000000, 十 → 10.
    """
    whole, point, fraction = text.partition("点")
    if point:
        head, tail = _integer(whole), _spelled(fraction)
        return None if head is None or tail is None else Decimal(f"{head}.{tail}")
    value = _integer(text)
    return None if value is None else Decimal(value)


def _spelled(text: str) -> str | None:
    """二三 → "23"; None when a character is no digit."""
    return "".join(str(DIGITS[char]) for char in text) if text and all(char in DIGITS for char in text) else None


def _integer(text: str) -> int | None:
    if not text:
        return None
    if not any(char in SCALES for char in text):
        digits = _spelled(text)
        return int(digits) if digits and (len(digits) == 1 or len(digits) >= 3) else None
    for unit in ("亿", "万"):
        if unit in text:
            head, _, tail = text.rpartition(unit)
            high = 1 if head == "" else _integer(head)
            low = 0 if tail == "" else _below(tail, SCALES[unit])
            return None if high is None or low is None else high * SCALES[unit] + low
    return _thousands(text)


def _below(text: str, scale: int) -> int | None:
    """What follows 万 or 亿: 三百 as it stands, a lone digit as a tenth of the scale (一万三 = 13000)."""
    if text in DIGITS:
        return DIGITS[text] * scale // 10
    return _integer(text.lstrip("零○"))


def _thousands(text: str) -> int | None:
    """A numeral below ten thousand: 三千零五 → 3005, 十五 → 15, 两百三 → 230."""
    total, digit, last = 0, None, 10**5
    for index, char in enumerate(text):
        if char in SCALES:
            scale = SCALES[char]
            if scale >= last or (digit is None and index > 0 and text[index - 1] not in "零○"):
                return None
            total += (1 if digit is None else digit) * scale
            digit, last = None, scale
        elif char in "零○":
            digit = None
        elif digit is not None:
            return None
        else:
            digit = DIGITS[char]
    if digit is None:
        return total
    abbreviated = last > 10 and text[-2] in SCALES and last < 10**5
    return total + digit * (last // 10 if abbreviated else 1)
