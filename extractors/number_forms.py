"""How numbers stand in a text, as patterns: 54.79万份, 1-2名, 三十五个, 百分之三十五, 7:2:1."""

from __future__ import annotations

import re
from typing import Final

from extractors.hints import first_letters
from extractors.numerals import ARABIC, HAN_NUMBER, SCALE
from extractors.words import alternation, any_of
from lexicons import Lexicons

JOINTS: Final = frozenset("-~至到")
"""Between the ends of a range."""
BELOW: Final = frozenset("/（")
"""Behind a unit that goes on: 元/人·月, 人（次）."""
TENTH: Final = "成"
_POINTS: Final = "百分点"
_USUAL: Final = frozenset(("元", "%", "个", "人", "年"))
"""What the units of most figures begin with: these are looked for first."""
_PEOPLES: Final = "(?<=人)民(?!主)|(?<=部)门|(?<=[国省县乡])道|(?<=台)阶"
"""Goes on with a word that began in the unit: 15个|人民法院, 6|部门, 104|国道, 5万亿|台阶."""
_SPELLED: Final = f"{HAN_NUMBER}{{1,16}}(?:点{HAN_NUMBER}{{1,8}})?"
_PARTS: Final = rf"(?P<den>百|千|万|十万|百万|(?<!\d)100?万|{HAN_NUMBER}{{1,2}})分之(?P<nom>{ARABIC}|{_SPELLED})"


class NumberForms:
    """The patterns of numbers with their units, compiled once.

    Example: ``NumberForms(lexicons.load()).number.search("发放4.2万份")["unit"]`` → 份
    """

    def __init__(self, lexicons: Lexicons) -> None:
        spellings = [spelling for unit in lexicons.units for spelling in (unit.name, *unit.aliases)]
        usual, others = ([one for one in spellings if (one[0] in _USUAL) == is_usual] for is_usual in (True, False))
        self._name = f"(?:{any_of(usual)}|{any_of(others)})"
        opening = any_of(first_letters((*spellings, "个", _POINTS, "/")))
        form = rf"(?:个)?{_POINTS}|/(?:10万|十万|100万|万)(?:人)?|{self._name}"
        self._unit = rf"(?={opening})(?:{form})(?!{_PEOPLES})"
        self.number = re.compile(_number(lexicons, self._unit), re.ASCII)
        self._second: re.Pattern[str] | None = None
        self._below: re.Pattern[str] | None = None
        self._joint = re.compile(r"[：:比]\d")
        self._chain = re.compile(r"(?<![\d.])(?<!\d[：:])(?:\d+(?:\.\d+)?)(?:[：:比]\d+(?:\.\d+)?){2,}(?![\d：:])")

    def second(self, text: str, end: int) -> re.Match[str] | None:
        """What follows the first number of a range, which ends at ``end``: -65岁."""
        if self._second is None:
            number = rf"(?P<num2>{ARABIC})(?P<scale2>{SCALE})?(?P<out2>[余多])?"
            self._second = re.compile(rf"(?P<join>[-~至到]){number}(?P<unit2>{self._unit})?", re.ASCII)
        return self._second.match(text, end)

    def _below_line(self, text: str, end: int) -> re.Match[str] | None:
        """What stands below a unit's line; compiled when it is needed, as few reports have such units."""
        if self._below is None:
            counted, name = "10万|十万|100万|百万|万|千|百|每", self._name
            form = rf"(?:/(?:{counted})?(?:{name})?(?:[·•.]{name})?)?(?:（[次段市区]）)?"
            self._below = re.compile(form, re.ASCII)
        return self._below.match(text, end)

    def chains(self, text: str) -> list[re.Match[str]]:
        """Ratios of three and more numbers: 三次产业比重为7:32:61."""
        told = "：" in text or "比" in text or ":" in text
        return list(self._chain.finditer(text)) if told and self._joint.search(text) else []

    def whole_unit(self, text: str, unit: str, end: int) -> tuple[str, int]:
        """A unit that ends at ``end`` with what stands below its line, and where that ends: 元 in 元/人 → 元/人."""
        if text[end : end + 1] not in BELOW or unit == TENTH or unit.endswith(_POINTS) or unit[:1] in {"", "/"}:
            return unit, end
        below = self._below_line(text, end)
        return (text[end - len(unit) : below.end()], below.end()) if below else (unit, end)


def _number(lexicons: Lexicons, unit: str) -> str:
    """A number up to its unit, without what stands below the unit's line and without the second end of a range."""
    things = "|".join(f"(?<={re.escape(letters)})" for letters in lexicons.words("guards.countable_letters"))
    counters = alternation(lexicons, "guards.letters_counters")
    things += rf"|(?<=[A-Z]{{2}})(?=\d{{1,6}}(?:{counters}))"
    sign = rf"(?:(?<![\d.A-Za-z])|{things})(?P<sign>(?<=[\u4e00-\u9fff，：（、])-)?"
    number = rf"(?P<num>{ARABIC})(?P<in1>[余多几])?(?P<scale>{SCALE})?(?P<out1>[余多几](?!年|个月))?"
    arabic = rf"{sign}{number}(?:(?P<unit>{unit})|(?![A-Za-z\d]|\.\d))"
    tenth = f"{TENTH}(?!{alternation(lexicons, 'guards.not_tenths')})"
    few = rf"(?P<few>[一二三四五六七八九两]{{2}})(?P<fewscale>[十百千万])?(?P<fewunit>{unit})"
    han = rf"(?<!{HAN_NUMBER})(?P<han>{_SPELLED})(?P<hanover>[余多几])?(?P<hanunit>{tenth}|{unit})"
    return rf"(?=[-\d{HAN_NUMBER[1:-1]}])(?:{_PARTS}|{arabic}|{few}|{han})"
