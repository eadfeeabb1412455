"""The forms in which Chinese reports write time, as verbose patterns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_UNIT_YEAR: Final = r"(?P<%s>(?:19|20)(?:\d{2}|[_X×x*○]{1,2}|\d[_X×x*○]))年(?:度)?"
_MONTH: Final = "(?P<%s>1[0-2]|0?[1-9])"
_DAY: Final = r"(?P<%s>[12]\d|3[01]|0?[1-9])"
_UPTO: Final = "(?P<%s>(?:words:upto)到?|力争到|(?<!words:roles.rise roles.fall)[到至])?"
_OF_YEAR: Final = "(?:今年|本年|同年|当年|全年|(?P<last_%s>(?:words:last_year)))?"
_TO: Final = "[-~至到]"


FORMS: Mapping[str, str] = {
    "dates": rf"""(?:{_UNIT_YEAR % "y1"})? {_OF_YEAR % "y1"} {_MONTH % "d1m"} 月 {_DAY % "d1d"} 日? 起? {_TO}
                  (?:{_UNIT_YEAR % "y2"})? {_MONTH % "d2m"} 月 {_DAY % "d2d"} 日""",
    "yearmonths": rf"""{_UNIT_YEAR % "y13"} {_MONTH % "m3"} 月份? {_TO} {_UNIT_YEAR % "y14"} {_MONTH % "m4"} 月份?""",
    "day": rf"""{_UPTO % "asof_d"} (?:{_UNIT_YEAR % "y4"})? {_OF_YEAR % "y4"} {_MONTH % "dm"} 月 {_DAY % "dd"} 日""",
    "months": rf"""(?:{_UNIT_YEAR % "y3"})? {_OF_YEAR % "y3"}
                  {_MONTH % "m1"} 月? 份? [-~至到、] {_MONTH % "m2"} 月份?""",
    "half": rf"""(?:{_UNIT_YEAR % "y6"})? {_OF_YEAR % "y6"}
                (?:(?P<h1>(?:words:first_half)) | (?P<h2>(?:words:second_half)))""",
    "quarters": rf"""(?:{_UNIT_YEAR % "y7"})? {_OF_YEAR % "y7"}
                     (?:前 (?P<fq>[一二三两]) 季度 | 第? (?P<q1>[一二三四1-4]) [-~至、]? (?P<q2>[二三四2-4])? 季度)
                     (?P<end_q>底|末|止)?""",
    "month": rf"""{_UPTO % "asof_m"} (?:{_UNIT_YEAR % "y5"})? {_OF_YEAR % "y5"} {_MONTH % "mm"} 月份?
                  (?:(?P<end_m>底|末|止) | (?P<since_m>起|开始|以来))? (?:之?前)? (?!words:not_months)""",
    "years": rf"""(?:{_UNIT_YEAR % "y8"} | (?P<yb>(?:19|20)\d{{2}})) {_TO} {_UNIT_YEAR % "y9"}""",
    "listed": r"""(?P<yl>(?:19|20)\d{2}) (?= (?:[、和与及](?:19|20)\d{2}){0,6} [、和与及](?:19|20)\d{2}年)""",
    "plan": r"""“? (?P<plankey>十[一二三四五六]五) ”?
                (?:(?P<planend>末|期末|时期末|规划末) | (?:规划)? (?P<planspan>时期|期间|以来|规划期)
                | (?=\d) | (?=words:of_plan_years))""",
    "asofyear": rf"""{_UPTO % "asof_y"} {_UNIT_YEAR % "y10"} (?:全年)?
                     (?:(?P<yend>年?末|年?底|终) | (?P<ystart>初(?!words:plans_of_year)) | (?P<ysince>以来|起) |)""",
    "recent": r"""(?:近|过去|这|最近|(?<!学)前) (?P<n1>[一两二三四五六七八九十]|\d{1,2}) 年 (?!以?来?[首最]) (?:来|间)?
                  | (?P<n2>[两二三四五六七八九十]) 年来""",
    "since": "(?:words:since_year_start)",
    "last": r"""(?<!学)(?:words:last_year) (?:(?=(?:words:base_counts)[1-9]) | (?!words:of_accounts))
                (?![^，。；、\d]{1,8}?(?:words:of_rests))
                (?P<lend>年?末|年?底)? (?P<lsame>同期|的(?=\d))?""",
    "same": "(?<![上去年度季月全历])同期 (?= 为|是|增长|增加|下降|上升|减少)",
    "next": "(?<!words:carried_to)(?:words:next_year) (?P<nend>末|底)?",
    "yearend": rf"""{_UPTO % "asof_e"} (?:今年|本年|当年)? (?:words:year_end) (?:之?前)?""",
    "yearstart": "(?:words:year_start) (?!以来|(?:words:plans_of_year))",
    "now": "(?<!项)(?:words:now)",
    "thisyear": "(?:words:this_year) (?!以来|[级末底初])",
}
"""Verbose patterns by name, in the order in which they are tried; slots (``words.filled``) ask for words."""

BEHIND_YEAR: Final = ("dates", "yearmonths", "day", "months", "half", "quarters", "month")
"""The first of them: they say more of a year that they may begin with (2024年|上半年)."""

LATER_GROUPS: Final = frozenset({"base_counts", "of_rests", "plans_of_year"})
"""Groups whose words stand only behind those that a form begins with: 上年|决算数, 上年|与省结账前结余."""

OPENING_LETTERS: Final = "0-9一二两三四五六七八九十“到至力今本同当全前近过这最第"
OPENINGS_IN_DIGITS: Final = r"[0-9]{1,2}[月份季~至到、\-二三四] | (?:19|20)[0-9_X×x*○]{1,2}[年~至到\-、和与及]"
OPENINGS: Final = r"""(?:
    同期(?=[为是增下上减])
  | [一二三四][季~至、\-二三四2-4] | “?十[一二三四五六]五 | [到至] | 力争到 | [今本同当全]年
  | 前[一二三两] | 第[一二三四1-4] | (?:近|过去|这|最近|前)[一两二三四五六七八九十0-9]
  | [两二三四五六七八九十]年来)"""
"""What a form begins with, apart from the words of its groups: a form that begins otherwise is never found."""
