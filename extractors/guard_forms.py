"""Numbers that are no figures, as verbose patterns: dates, durations, ordinals, headings, ages, grades, codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_letters
from typing import Final

_HAN: Final = "[一二三四五六七八九十百千两]"
_NUMBER: Final = rf"(?:(?<!\d)\d{{1,8}}+|(?<!{_HAN}){_HAN}{{1,8}}+)"
_MORE: Final = rf"(?:\d{{1,8}}+|{_HAN}{{1,8}}+)"
_DURATION_UNIT: Final = (
    "(?:工作日|自然日|月(?!份)|年(?!级|度)|季度|星期|周(?!岁|年)|小时|分钟|昼夜|天(?!然)|日(?!均)|周年|学年|学期)"
)
_AGE_UNIT: Final = "(?:周)?(?:岁|月龄)"
_AGE: Final = r"(?<!\d)\d{1,3}+"
_BOUND: Final = "(?:及以上|及以下|以上|以下|以内|以前|（含）)"

AGES: Final = rf"""
    {_AGE}(?:\.\d{{1,2}})? (?:[-~至]\d{{1,3}}(?:\.\d{{1,2}})?)? {_AGE_UNIT} (?:[-~至]\d{{1,3}}{_AGE_UNIT})? {_BOUND} 的?
  | {_AGE} (?:[-~至、]\d{{1,3}}){{1,6}} {_AGE_UNIT} (?:以上|以下|及以上|及以下)?
  | (?:不满|未满|年满|满){_AGE} {_AGE_UNIT}
  | {_AGE} {_AGE_UNIT} (?=[\u4e00-\u9fff（]) (?!的(?:words:guards.not_of_age))
"""
"""65岁及以上, 0-6岁, 3岁 before a noun."""

LIMITS: Final = r"""
    (?:[一二三四五]级|(?:words:guards.limit_levels)) (?:及以上|以上|及以下|以下) (?:公立)?
  | (?<!\d)\d{1,12}+(?:[.]\d{1,4})? [万亿]? (?:元|平方米|亩|人) (?:及以上|以上|及以下|以下)
"""
"""县级以上公立, 5000万元以上."""


EACH: Final = (
    r"一(?P<each>[个家户件处起项村人店厂])一(?P=each)"
    r"|[\u4e00-\u9fff]{2}一(?P<same>[\u4e00-\u9fff])[，、][\u4e00-\u9fff]{2}一(?P=same)"
)
"""一户一户, 发现一处、查处一处: each of them, however many."""
EACH_OPENING: Final = "一|[\u4e00-\u9fff]{2}一"
"""What it begins with, tried sooner than the whole."""


@dataclass(frozen=True, slots=True)
class Form:
    """What blocks a figure, as a verbose pattern.

    ``marks`` are characters of which ``marks_beside`` finds one in a text if the form is in it, as are the first ones
    of the words of the groups ``nouns``; ``opening`` is what every find begins with, tried sooner than the whole. Both
    only spare the search; "" says nothing. ``first`` is what may stand only at the beginning of a text,
    ``first_letters`` the characters it begins with.

    Example: ``Form("“[^“”]{0,24}”", marks="“")``
    """

    pattern: str
    marks: str
    opening: str = ""
    first: str = ""
    first_letters: str = ""
    nouns: tuple[str, ...] = ()


_HAN_DIGITS = _HAN[1:-1]
_CLOCK_BEHIND: Final = "|".join(
    f"(?<={head}{tail})"
    for head in ("时间", "[日午晚会于]", r"[-/]\d", r"[-/]\d\d")
    for tail in ("", r"[：:\s]", r"[：:\s]{2}")
)

_BESIDE_NUMBER: Final = "是要则）届次号级星等类型档线”」工自日月年季周小分昼天学时：:/伏"
_ALONE: Final = "“《兑亡案<>≤≥＜＞岁龄"


def marks_beside(letters: str) -> str:
    """A pattern that finds the characters by which forms are known: those that are rare, and others beside a number.

    ``letters`` are those with which nouns behind a number begin: 热 of 12345热线.
    """
    return (
        rf"[{_BESIDE_NUMBER}{letters}{_ALONE}A-Za-z第每前。；〔\[（【.-]"
        rf"(?:(?<=[\d{_HAN_DIGITS}半几数余多个零○X×x*_][^.。；-])|(?<=[{_ALONE}])|(?<=\d{{4}}[.-])|(?<=[A-Za-z])(?=-?\d)"
        rf"|(?<=第)(?=[\d{_HAN_DIGITS}])|(?<=[。；：每前])(?=\d)|(?<=[〔\[（【])(?=\d{{4}}))"
    )


BLOCKING: Mapping[str, Form] = {
    "heading": Form(
        rf"""
        {_HAN}{{1,2}}(?:是|要|则)(?!一) | （{_HAN}{{1,2}}） | （\d{{1,2}}）(?=[\u4e00-\u9fff])
      | (?<=[。；：])\d{{1,2}}[、.．](?=[\u4e00-\u9fff])""",
        opening=rf"[（\d{_HAN_DIGITS}]",
        marks="是要则）。；：",
        first=rf"""
        (?:表|图|附表|附图)\d{{1,3}} | 第?{_HAN}{{1,8}}[章节部分、.．] | （(?:{_HAN}{{1,8}}|\d{{1,2}})）
      | \d{{1,2}}[、.．](?!\d) | [①-⑳] | [#]+
      | \d{{1,2}}\.\d{{1,2}}(?:\.\d{{1,2}})?(?=[\u4e00-\u9fff]{{2}})(?![万亿个元人家吨亩户项件])""",
        first_letters=f"表图附第（#0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳{_HAN_DIGITS}",
    ),
    "quoted": Form(r"“[^“”]{0,24}”", marks="“"),
    "title": Form(r"《[^《》]{0,80}》", marks="《"),
    "ordinal": Form(
        rf"""
        (?<!{_HAN}){_HAN}{{1,8}}+届
      | (?<!\d)\d{{1,4}}届(?=[一二三四五六七八九十]|全会|中央|人大|政协|党)
      | (?:届|人大|政协|代会|全会|大会){_HAN}{{1,8}}次
      | {_HAN}{{1,3}}次(?=(?:、{_HAN}{{1,3}}次){{0,8}}(?:全会|全体会议|代表大会|常委会))
      | 第{_MORE}(?:[，、]第?{_MORE}){{1,12}}[位名] | 第{_MORE}(?:[-~至、]第?{_MORE}){{0,12}}[\u4e00-\u9fff]?
      | [〔\[（【]\d{{4}}[〕\]）】]第?\d{{0,6}}号? | (?<!\d)\d{{1,6}}号""",
        opening=rf"[0-9{_HAN_DIGITS}第届人政代全大〔\[（【]",
        marks="届次号第〔[（【",
    ),
    "grade": Form(
        rf"""
        {_NUMBER}(?:[-~至、]{_MORE}){{0,6}}(?:级|星级|等|类|型|档|线)(?=[\u4e00-\u9fff“”（]|$|，|、|。)
      | [1-5]A级? | (?<!\d)\d{{1,4}}G
      | (?<![A-Za-z])[A-Za-z]{{1,12}}+-?\d{{1,8}}+(?:\.\d{{1,4}})?(?:[-A-Za-z]{{1,12}})?
      | (?<!\d)\d{{1,8}}[A-Z](?![a-z/㎡])""",
        opening=f"[0-9A-Za-z{_HAN_DIGITS}]",
        marks=f"级星等类型档线{ascii_letters}",
    ),
    "denominator": Form(
        r"""
        (?:每|10|十|百)?万(?:人|吨|车|户|辆|小时)(?=[^，。；]{0,8}?(?:死亡|伤亡|发案))""",
        opening="[每1十百万]",
        marks="亡案",
    ),
    "each": Form(r"(?<=每)\d{1,8}(?:\.\d{1,4})?[百千万]{0,2}", opening="[0-9]", marks="每"),
    "currency": Form(r"(?<![\d.])1(?:words:guards.currencies)(?=兑)", opening="1", marks="兑"),
    "rank": Form(r"(?<=前)\d{1,2}(?:\.\d{1,4})?[%％‰]", opening="[0-9]", marks="前"),
    "voltage": Form(r"\d{1,4}(?:[-~至、/]\d{1,4})?千伏(?=[\u4e00-\u9fff（])(?!安)", opening="[0-9]", marks="伏"),
    "bounds": Form(
        r"""
        \d{1,8}(?:\.\d{1,4})?[%％]?[<>≤≥＜＞]{1,2}[\u4e00-\u9fff]{1,8}[<>≤≥＜＞]{1,2}\d{1,8}(?:\.\d{1,4})?[%％]?""",
        opening="[0-9]",
        marks="<>≤≥＜＞",
    ),
    "age": Form(AGES, marks="岁龄", opening="[0-9不未年满]"),
    "code": Form(
        r"""
        (?<![\d.])\d{1,2}\.\d{1,2}(?=words:guards.of_versions)
      | (?<!\d)\d{5,20}+(?=words:guards.hotlines)
      | (?<![\d.])(?:words:guards.hotline_numbers)(?=words:guards.hotlines guards.of_hotlines)
      | (?<![\d.])(?:words:guards.hotline_numbers)(?=[”」])""",
        opening="[0-9]",
        marks="”」",
        nouns=("guards.hotlines", "guards.of_hotlines", "guards.of_versions"),
    ),
    "counter": Form(
        r"(?:words:guards.page_counters)[：:]\d{1,8}+(?![.,，\u4e00-\u9fff])",
        marks="：:",
    ),
    "duration": Form(
        rf"""
        (?:(?<!\d)\d{{1,8}}+(?:\.\d{{1,4}})?|(?<!{_HAN}){_HAN}{{1,8}}+|[半几数]) [余多]? 个? [半多]? {_DURATION_UNIT}
        (?:[-~至]\d{{1,8}}个?(?:工作日|月|年|天|小时|分钟))?""",
        opening=f"[0-9{_HAN_DIGITS}半几数]",
        marks="工自日月年季星周小分昼天学",
    ),
    "date": Form(
        rf"""
        (?:\d{{2,4}}|[12]\d[_X×x*○]{{1,2}}|[二一][○零一二三四五六七八九]{{3}})年(?:度|初|末|底|中)?(?:[-~至到、和]\d{{2,4}}年){{0,12}}
      | \d{{4}}[-~至](?:\d{{4}}|\d{{2}})年
      | \d{{1,2}}月份?(?:上旬|中旬|下旬|初|底|末|\d{{1,2}}日)? | \d{{1,2}}[-~至]\d{{1,2}}月份?
      | \d{{1,2}}(?:[-~至、]\d{{1,2}}){{0,12}}日(?!均)
      | (?:19|20)\d{{2}}(?:[-/]\d{{1,2}}[-/]|\.\d{{1,2}}\.)\d{{1,2}}(?![\d%])
      | (?:{_CLOCK_BEHIND})\d{{1,2}}[：:][0-5]\d(?:[：:][0-5]\d)?
      | \d{{1,2}}时(?:\d{{1,2}}分)?
      | \d{{4}}(?=学年|级|届)""",
        opening=r"(?=[0-9一二])(?:[0-9]{1,4}[年月日时学级届_X×x*○~至、：:./-] | [二一][○零一二三四五六七八九])",
        marks="年月日时学级届：:/-.",
    ),
}
"""What blocks a figure, by kind."""
