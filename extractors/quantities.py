"""Numbers with their units: 54.79万份, 1-2名, 400.90/10万, 1697.4元/人·月, 七成, 百分之三十五."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from extractors.numerals import ARABIC, HAN_NUMBER, SCALE, arabic_value, decimals_of, han_value, scale_value
from extractors.words import alternation
from lexicons import Lexicons

_LONGEST_NUMBER = 24
_SPAN_JOIN = "[-~至到]"
_TENTH = {"成": Decimal(10)}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit in a view; offsets are the view's.

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

    @property
    def is_change_of_share(self) -> bool:
        """Whether it counts percentage points (2.8个百分点)."""
        return self.unit == "百分点"

    @property
    def is_ratio(self) -> bool:
        """Whether it is a share or rate (%, ‰, /10万)."""
        return self.dimension == "ratio"

    @property
    def is_share_like(self) -> bool:
        """Whether it is a ratio or a difference of ratios (105%, 2.1个百分点)."""
        return self.is_ratio or self.is_change_of_share

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money (元, 元/人·月)."""
        return self.dimension == "money"

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
        self._pattern = self._compile(lexicons)
        self._ratio_chain = regex.compile(
            r"(?<![\d.])(?<!\d[：:])(?:\d+(?:\.\d+)?)(?:[：:比]\d+(?:\.\d+)?){2,}(?![\d：:])"
        )
        self._number = regex.compile(ARABIC, regex.ASCII)

    def scan(self, text: str) -> list[Quantity]:
        """All quantities of ``text`` in order, not overlapping."""
        found = list(self._found(text))
        chains = list(self._ratio_chain.finditer(text))
        if not chains:
            return found
        kept = [q for q in found if not any(chain.start() <= q.start < chain.end() for chain in chains)]
        kept.extend(self._parts_of_chain(chains))
        return sorted(kept, key=lambda quantity: quantity.start)

    def _found(self, text: str) -> Iterator[Quantity]:
        at = 0
        while match := self._pattern.search(text, at):
            quantity = self._read(match)
            at = max(match.start() + 1, quantity.end) if quantity else match.end()
            if quantity is not None:
                yield quantity

    def _parts_of_chain(self, chains: list[regex.Match[str]]) -> Iterator[Quantity]:
        for chain in chains:
            for number in self._number.finditer(chain.group()):
                text, start = number.group(), chain.start() + number.start()
                yield Quantity(
                    start, start + len(text), arabic_value(text), None, text, decimals_of(text), 1, "", "", "ratio",
                    False, "quantity.ratio-chain",
                )  # fmt: skip

    def _compile(self, lexicons: Lexicons) -> regex.Pattern[str]:
        names = sorted(
            {name for unit in lexicons.units for name in (unit.name, *unit.aliases)}, key=lambda n: (-len(n), n)
        )
        unit = "|".join(regex.escape(name) for name in names)
        per = r"/(?:10万|十万|100万|百万|万|千|百|每)?(?&name)?(?:[·•.](?&name))?"
        whole = rf"(?:个)?百分点|/(?:10万|十万|100万|万)(?:人)?|(?&name)(?:{per})?(?:（[次段市区]）)?"
        define = rf"(?(DEFINE)(?P<name>{unit})(?P<whole>{whole}))"
        units = "(?&whole)"
        inline = whole.replace("(?&name)", f"(?:{unit})", 1)
        number = rf"(?P<num>{ARABIC})(?P<in1>[余多几])?(?P<scale>{SCALE})?(?P<out1>[余多几](?!年|个月))?"
        second = (
            rf"(?:(?P<join>{_SPAN_JOIN})(?P<num2>{ARABIC})(?P<scale2>{SCALE})?(?P<out2>[余多])?(?P<unit2>{units})?)?"
        )
        tenth = f"成(?!{alternation(lexicons, 'guards.not_tenths')})"
        spelled = f"{HAN_NUMBER}{{1,16}}(?:点{HAN_NUMBER}{{1,8}})?"
        han = rf"(?<!{HAN_NUMBER})(?P<han>{spelled})(?P<hanover>[余多几])?(?P<hanunit>{tenth}|{units})"
        few = rf"(?P<few>[一二三四五六七八九两]{{2}})(?P<fewscale>[十百千万])?(?P<fewunit>{units})"
        parts = rf"(?P<den>百|千|万|十万|百万|{HAN_NUMBER}{{1,2}})分之(?P<nom>{ARABIC}|{spelled})"
        things = alternation(lexicons, "guards.countable_letters")
        sign = rf"(?:(?<![\d.A-Za-z])|(?<={things}))(?P<sign>(?<=[\u4e00-\u9fff，：（、])-)?"
        arabic = rf"{sign}{number}(?:(?P<unit>{inline})|(?![A-Za-z\d]|\.\d)){second}"
        return regex.compile(f"{define}(?:{parts}|{arabic}|{few}|{han})", regex.ASCII)

    def _read(self, match: regex.Match[str]) -> Quantity | None:
        if len(match["num"] or match["nom"] or "") > _LONGEST_NUMBER:
            return None
        if match["den"]:
            return self._fraction(match)
        if match["num"]:
            return self._arabic(match)
        if match["few"]:
            return self._few(match)
        return self._han(match)

    def _unit(self, text: str) -> tuple[str, str]:
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

    def _arabic(self, match: regex.Match[str]) -> Quantity | None:
        unit_text = match["unit"] or ""
        if match["join"] is None:
            return self._single(match, unit_text)
        return self._range(match, unit_text)

    def _single(self, match: regex.Match[str], unit_text: str) -> Quantity:
        unit, dimension = self._unit(unit_text) if unit_text else ("", "")
        scale = scale_value(match["scale"] or "")
        value = arabic_value(match["num"]) * (-scale if match["sign"] else scale)
        return Quantity(
            match.start(), match.end(), value, None, match["num"], decimals_of(match["num"]), scale, unit, unit_text,
            dimension, bool(match["in1"] or match["out1"]), "quantity.arabic" if unit_text else "quantity.bare",
        )  # fmt: skip

    def _range(self, match: regex.Match[str], first_unit: str) -> Quantity | None:
        second_unit = match["unit2"] or ""
        if match["join"] == "到" and first_unit:
            return self._single_from(match, first_unit)
        unit_text = second_unit or first_unit
        unit, dimension = self._unit(unit_text) if unit_text else ("", "")
        scale2 = scale_value(match["scale2"] or "")
        scale = scale_value(match["scale"] or "") if match["scale"] or first_unit else scale2
        low, high = arabic_value(match["num"]) * scale, arabic_value(match["num2"]) * scale2
        if high < low:
            return self._single_from(match, first_unit)
        return Quantity(
            match.start(), match.end(), low, high, f"{match['num']}{match['join']}{match['num2']}",
            max(decimals_of(match["num"]), decimals_of(match["num2"])), scale2, unit, unit_text, dimension,
            bool(match["out2"]), "quantity.range",
        )  # fmt: skip

    def _single_from(self, match: regex.Match[str], unit_text: str) -> Quantity:
        """The first number of what is no range after all (从80%到99% read at its first half)."""
        return replace(self._single(match, unit_text), end=match.start("join"))

    def _few(self, match: regex.Match[str]) -> Quantity | None:
        low, high = (han_value(char) for char in match["few"])
        if low is None or high is None or high != low + 1:
            return self._han_of(match, match["few"] + (match["fewscale"] or ""), match["fewunit"], False)
        factor = scale_value(match["fewscale"] or "")
        unit, dimension = self._unit(match["fewunit"])
        return Quantity(match.start(), match.end(), low * factor, high * factor, match["few"], 0, factor, unit,
                        match["fewunit"], dimension, False, "quantity.han-range")  # fmt: skip

    def _han(self, match: regex.Match[str]) -> Quantity | None:
        return self._han_of(match, match["han"], match["hanunit"], bool(match["hanover"]))

    def _han_of(self, match: regex.Match[str], number: str, unit_text: str, over: bool) -> Quantity | None:
        value = han_value(number)
        if value is None:
            return None
        if unit_text in _TENTH:
            return Quantity(match.start(), match.end(), value * _TENTH[unit_text], None, number, 0, 1, "%", unit_text,
                            "ratio", over, "quantity.tenths")  # fmt: skip
        unit, dimension = self._unit(unit_text)
        return Quantity(match.start(), match.end(), value, None, number, 0, 1, unit, unit_text, dimension, over,
                        "quantity.han")  # fmt: skip

    def _fraction(self, match: regex.Match[str]) -> Quantity | None:
        nominator = match["nom"]
        value = arabic_value(nominator) if nominator[0].isdigit() else han_value(nominator)
        base = {"百": "%", "千": "‰", "十万": "/10万"}.get(match["den"])
        if value is None:
            return None
        if base is None:
            denominator = han_value(match["den"])
            if not denominator:
                return None
            value, base = value / denominator * 100, "%"
        return Quantity(match.start(), match.end(), value, None, nominator, decimals_of(nominator), 1, base,
                        f"{match['den']}分之", "ratio", False, "quantity.parts")  # fmt: skip
