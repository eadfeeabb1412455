"""Units as tables say them: in brackets of heads and labels, in a line above, behind the number in a cell."""

from __future__ import annotations

from typing import Final

import regex

from extractors.quantities import Quantity, QuantityScanner

_BRACKET: Final = regex.compile(r"（(?P<inside>[^（）]+)）(?=$|：)")
_PERCENT_END: Final = regex.compile(r"[%‰]$")
_LISTED: Final = regex.compile(r"[、，,/和]")
_PERCENT: Final = frozenset("%‰")


class UnitReader:
    """Knows which words are units.

    Example: ``UnitReader(quantities).in_bracket("年末数（万人）")`` → 万人
    """

    def __init__(self, quantities: QuantityScanner) -> None:
        self._quantities = quantities

    def read(self, number: str, unit: str) -> Quantity | None:
        """A number and a unit read as in a sentence; None where they are not one quantity.

        Example: ``read("215.9", "万人")`` → value 2159000, unit 人
        """
        text = number + "".join(unit.split())
        found = self._quantities.scan(text)
        whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(text)
        return found[0] if whole else None

    def is_unit(self, words: str) -> bool:
        """Whether words are a unit, a scale such as 万 among them.

        Example: ``is_unit("亿千瓦时")`` → True; ``is_unit("不含农户")`` → False
        """
        found = self.read("1", words) if words and not words[0].isdigit() else None
        return found is not None and (found.unit != "" or found.scale > 1)

    def in_bracket(self, words: str) -> str:
        """The unit that ends a head or a label; "" where there is none.

        Example: ``in_bracket("比上年增长（±%）")`` → %
        """
        if match := _PERCENT_END.search(words):
            return match[0]
        match = _BRACKET.search(words)
        if match is None:
            return ""
        inside = match["inside"].lstrip("±+-")
        return inside if self.is_unit(inside) else ""

    def without(self, words: str) -> str:
        """A head or a label without the unit that ends it.

        Example: ``without("户籍人口（万人）")`` → 户籍人口
        """
        unit = self.in_bracket(words)
        if not unit:
            return words
        bare = _BRACKET.sub("", words) if _BRACKET.search(words) else words
        return _PERCENT_END.sub("", bare)

    def of_table(self, stated: str) -> str:
        """The unit of the figures of a table from its line 单位：万元、%: the first that is no percentage.

        Example: ``of_table("亿元、%")`` → 亿元
        """
        if self.is_unit(stated):
            return stated
        listed = [part for part in _LISTED.split(stated) if part]
        return next((part for part in listed if not is_percent(part)), listed[0] if listed else "")


def is_percent(unit: str) -> bool:
    """Whether a unit is a ratio of a hundred or a thousand.

    Example: ``is_percent("%")`` → True
    """
    return unit.strip() in _PERCENT
