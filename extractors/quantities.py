"""Numbers with their units: 54.79万份, 1-2名, 400.90/10万, 1697.4元/人·月, 七成, 百分之三十五."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from extractors.hints import MOST_REMEMBERED
from extractors.number_forms import BELOW, JOINTS, TENTH, NumberForms
from extractors.numerals import ARABIC, arabic_value, decimals_of, han_value, scale_value
from lexicons import Lexicons

_Parts = tuple[str | Any, ...]
"""Of a number in digits: itself, what stands in it (余), its scale, what stands behind that, its sign, its unit."""
_LONGEST_NUMBER: Final = 24
_BASES: Final = frozenset(("米", "升", "克"))
"""Last letters of what a concentration is of: 每立方米, 每升, 每千克."""
_LONGEST_BASE: Final = 5
_HAN: Final = frozenset({"quantity.han", "quantity.han-range"})
SPELLED: Final = frozenset({"quantity.han", "quantity.han-range", "quantity.tenths", "quantity.parts"})
"""Rules of numbers that have words in them."""


@dataclass(init=False, slots=True)
class Quantity:
    """A number and its unit in a view; offsets are the view's. Not frozen, as each number makes one.

    Example: 54.79万份 → value 547900, scale 10000, unit 份, decimals 2
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    value_text: str
    decimals: int
    scale: int
    unit: str
    unit_text: str
    dimension: str
    over: bool
    """Whether 余, 多 or 几 stands inside: a little more than the value."""
    rule: str
    is_ratio: bool = field(init=False, repr=False, compare=False)
    """Whether it is a share or rate (%, ‰, /10万)."""
    is_money: bool = field(init=False, repr=False, compare=False)
    """Whether it is an amount of money (元, 元/人·月)."""
    is_change_of_share: bool = field(init=False, repr=False, compare=False)
    """Whether it counts percentage points (2.8个百分点)."""
    is_han: bool = field(init=False, repr=False, compare=False)
    """Whether the number is written in Chinese: 三十五个."""

    def __init__(
        self, start: int, end: int, value: Decimal, value_max: Decimal | None, value_text: str, decimals: int,
        scale: int, unit: str, unit_text: str, dimension: str, over: bool, rule: str,
    ) -> None:  # fmt: skip
        self.start, self.end, self.value = start, end, value
        self.value_max, self.value_text, self.decimals = value_max, value_text, decimals
        self.scale, self.unit, self.unit_text = scale, unit, unit_text
        self.dimension, self.over, self.rule = dimension, over, rule
        self.is_ratio, self.is_money = dimension == "ratio", dimension == "money"
        self.is_change_of_share, self.is_han = unit == "百分点", rule in _HAN

    @property
    def in_digits(self) -> bool:
        """Whether it is written in digits and has a unit, or is a range: no set phrase (一般, 千方百计)."""
        return self.rule.startswith(("quantity.arabic", "quantity.range"))

    @property
    def is_share_like(self) -> bool:
        """Whether it is a ratio or a difference of ratios (105%, 2.1个百分点)."""
        return self.is_ratio or self.is_change_of_share

    @property
    def is_count(self) -> bool:
        """Whether a classifier or nothing follows the number: 35个, 22名, 4.4万."""
        return not (self.is_ratio or self.is_money or self.is_change_of_share)


class QuantityScanner:
    """Finds every number with its unit in a view's text; knows no context.

    Example: 发放宣传册8千余份，覆盖率98% → 8千余份 (8000 份, over), 98%
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self._units = lexicons.units
        self._forms = NumberForms(lexicons)
        self._groups = [self._forms.number.groupindex[name] for name in ("num", "in1", "scale", "out1", "sign", "unit")]
        self._number = re.compile(ARABIC, re.ASCII)
        self._unit = lru_cache(MOST_REMEMBERED)(self._canonical)

    def scan(self, text: str) -> list[Quantity]:
        """All quantities of ``text`` in order, not overlapping."""
        found = self._found(text)
        chains = self._forms.chains(text)
        if not chains:
            return found
        kept = [q for q in found if not any(chain.start() <= q.start < chain.end() for chain in chains)]
        kept.extend(self._parts_of_chain(chains))
        return sorted(kept, key=lambda quantity: quantity.start)

    def _found(self, text: str) -> list[Quantity]:
        found: list[Quantity] = []
        at, search, groups = 0, self._forms.number.search, self._groups
        while match := search(text, at):
            parts = match.group(*groups)
            quantity, at = self._arabic(text, match, parts) if parts[0] else self._spelled(text, match)
            if quantity is not None:
                at = quantity.end
                found.append(quantity)
        return found

    def _parts_of_chain(self, chains: list[re.Match[str]]) -> Iterator[Quantity]:
        for chain in chains:
            for number in self._number.finditer(chain.group()):
                text, start = number.group(), chain.start() + number.start()
                yield Quantity(
                    start, start + len(text), arabic_value(text), None, text, decimals_of(text), 1, "", "", "ratio",
                    False, "quantity.ratio-chain",
                )  # fmt: skip

    def _arabic(self, text: str, match: re.Match[str], parts: _Parts) -> tuple[Quantity | None, int]:
        """A number in digits, None for one that is too long to be one, and where it ends with its unit."""
        unit, end = parts[-1] or "", match.end()
        behind = text[end : end + 1]
        if behind in BELOW:
            unit, end = self._forms.whole_unit(text, unit, end)
            behind = text[end : end + 1]
        second = self._forms.second(text, end) if behind in JOINTS else None
        if second is not None:
            return self._range(text, match, parts, unit, second)
        if len(parts[0]) > _LONGEST_NUMBER:
            return None, end
        single = self._single(match, parts, unit, end)
        if text[match.start() - 1 : match.start()] in _BASES:
            self._with_base(text, single)
        return single, end

    def _with_base(self, text: str, quantity: Quantity) -> None:
        """What a concentration is of may stand before its number: 每立方米19微克 → 19 微克/立方米."""
        base = text[max(0, quantity.start - _LONGEST_BASE) : quantity.start].rpartition("每")
        whole = self._units.lookup(f"{quantity.unit}/{base[2]}") if base[1] and quantity.unit else None
        if whole is not None and not quantity.is_money:
            quantity.start -= len(base[2]) + 1
            quantity.unit, quantity.dimension = whole.name, whole.dimension

    def _spelled(self, text: str, match: re.Match[str]) -> tuple[Quantity | None, int]:
        """A number in words or a fraction, None for what is none, and where it ends with its unit."""
        if match["den"]:
            return (self._fraction(match) if len(match["nom"]) <= _LONGEST_NUMBER else None), match.end()
        unit, end = self._forms.whole_unit(text, match["fewunit"] or match["hanunit"], match.end())
        return (self._few(match, unit, end) if match["few"] else self._han(match, match["han"], unit, end)), end

    def _canonical(self, text: str) -> tuple[str, str]:
        """Canonical unit and dimension of a unit as written: 名 → 人, 元/人·月 → itself (money)."""
        base, slash, per = text.partition("/")
        if not base and slash:
            return ("/10万" if per.startswith(("10万", "十万")) else text), "ratio"
        known = self._units.lookup(text) or self._units.lookup(base)
        if known is None:
            plain = text.partition("（")[0]
            known = self._units.lookup(plain)
            return (text, known.dimension if known else "count")
        if not slash or self._units.lookup(text):
            return known.name, known.dimension
        return f"{known.name}/{self._per(per)}", known.dimension if known.dimension == "money" else "rate"

    def _per(self, text: str) -> str:
        parts = [self._units.lookup(part) for part in text.replace("•", "·").replace(".", "·").split("·")]
        return "·".join(part.name for part in parts if part) if all(parts) else text

    def _single(self, match: re.Match[str], parts: _Parts, unit_text: str, end: int) -> Quantity:
        number, inside, scale_text, outside, sign, _ = parts
        unit, dimension = self._unit(unit_text) if unit_text else ("", "")
        scale = scale_value(scale_text) if scale_text else 1
        value, decimals = _digits(number)
        if sign or scale != 1:
            value *= -scale if sign else scale
        return Quantity(
            match.start(), end, value, None, number, decimals, scale, unit, unit_text, dimension,
            bool(inside or outside), "quantity.arabic" if unit_text else "quantity.bare",
        )  # fmt: skip

    def _range(
        self, text: str, match: re.Match[str], parts: _Parts, first_unit: str, second: re.Match[str]
    ) -> tuple[Quantity | None, int]:
        """Both ends of a range; only the first where there is none after all (从80%到99% is read at its first half)."""
        number, number2, join = match["num"], second["num2"], second["join"]
        second_unit, end = self._forms.whole_unit(text, second["unit2"] or "", second.end())
        if len(number) > _LONGEST_NUMBER:
            return None, end
        scale2 = scale_value(second["scale2"] or "")
        scale = scale_value(match["scale"] or "") if match["scale"] or first_unit else scale2
        low, high = arabic_value(number) * scale, arabic_value(number2) * scale2
        if high < low or (join == "到" and first_unit):
            return self._single(match, parts, first_unit, second.start()), end
        unit_text = second_unit or first_unit
        unit, dimension = self._unit(unit_text) if unit_text else ("", "")
        both = Quantity(
            match.start(), end, low, high, f"{number}{join}{number2}", max(decimals_of(number), decimals_of(number2)),
            scale2, unit, unit_text, dimension, bool(second["out2"]), "quantity.range",
        )  # fmt: skip
        return both, end

    def _few(self, match: re.Match[str], unit_text: str, end: int) -> Quantity | None:
        low, high = (han_value(char) for char in match["few"])
        if low is None or high is None or high != low + 1:
            return self._han(match, match["few"] + (match["fewscale"] or ""), unit_text, end)
        factor = scale_value(match["fewscale"] or "")
        unit, dimension = self._unit(unit_text)
        return Quantity(match.start(), end, low * factor, high * factor, match["few"], 0, factor, unit, unit_text,
                        dimension, False, "quantity.han-range")  # fmt: skip

    def _han(self, match: re.Match[str], number: str, unit_text: str, end: int) -> Quantity | None:
        value, over = han_value(number), bool(match["hanover"])
        if value is None:
            return None
        if unit_text == TENTH:
            return Quantity(match.start(), end, value * 10, None, number, 0, 1, "%", unit_text, "ratio", over,
                            "quantity.tenths")  # fmt: skip
        unit, dimension = self._unit(unit_text)
        return Quantity(match.start(), end, value, None, number, 0, 1, unit, unit_text, dimension, over,
                        "quantity.han")  # fmt: skip

    def _fraction(self, match: re.Match[str]) -> Quantity | None:
        nominator = match["nom"]
        value = arabic_value(nominator) if nominator[0].isdigit() else han_value(nominator)
        base = {"百": "%", "千": "‰", "十万": "/10万", "10万": "/10万"}.get(match["den"])
        if value is None:
            return None
        if base is None:
            denominator = han_value(match["den"])
            if not denominator:
                return None
            value, base = value / denominator * 100, "%"
        return Quantity(match.start(), match.end(), value, None, nominator, decimals_of(nominator), 1, base,
                        f"{match['den']}分之", "ratio", False, "quantity.parts")  # fmt: skip


@lru_cache(MOST_REMEMBERED)
def _digits(number: str) -> tuple[Decimal, int]:
    """The value of a number in digits, and how many stand behind its point: 94.50 → 94.50, 2."""
    return arabic_value(number), decimals_of(number)
