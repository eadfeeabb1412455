"""Numbers that are no figures: dates, ordinals, codes, ages, names. Found first, then kept from the scanner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from extractors.quantities import Quantity
from extractors.words import alternation
from lexicons import Lexicons

_HAN = "[一二三四五六七八九十百千两]"
_DATES = (
    r"(?:\d{2,4}|[12]\d[_X×x*○]{1,2}|[二一][○零一二三四五六七八九]{3})年(?:度|初|末|底|中)?(?:[-~至到、和](?:\d{2,4})年)*"
    r"|\d{4}[-~至](?:\d{4}|\d{2})年"
    r"|\d{1,2}月(?:份)?(?:上旬|中旬|下旬|初|底|末|\d{1,2}日)?"
    r"|\d{1,2}[-~至]\d{1,2}月(?:份)?"
    r"|\d{1,2}(?:[-~至、]\d{1,2})*日(?!均)"
    r"|(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}(?![\d%])"
    r"|\d{1,2}:\d{2}(?::\d{2})?"
    r"|\d{1,2}时(?:\d{1,2}分)?"
    r"|\d{4}(?=学年|级|届)"
)
_DURATIONS = (
    rf"(?:\d+(?:\.\d+)?|{_HAN}+|[半几数])(?:余|多)?(?:个)?(?:半)?(?:工作日|自然日|月(?!份)|年(?!级|度)|季度|星期|周(?!岁|年)|小时|分钟|昼夜|天(?!然)|日(?!均)|周年|学年|学期)"
    r"(?:[-~至]\d+(?:个)?(?:工作日|月|年|天|小时|分钟))?"
)
_ORDINALS = rf"(?:\d+|{_HAN}+)届|(?:届|人大|政协|代会|全会|大会){_HAN}+次|{_HAN}{{1,3}}次(?=(?:、{_HAN}{{1,3}}次)*(?:全会|全体会议|代表大会|常委会))|第(?:\d+|{_HAN}+)(?:[-~至、]第?(?:\d+|{_HAN}+))*[\u4e00-\u9fff]?|[〔\[（【]\d{{4}}[〕\]）】](?:第)?\d*号?|\d+号"
_HEADS = (
    rf"^(?:第?{_HAN}+[章节部分、.．]|（(?:{_HAN}+|\d{{1,2}})）|\d{{1,2}}[、.．](?!\d)|\d{{1,2}}\.\d{{1,2}}(?:\.\d{{1,2}})?(?=[\u4e00-\u9fff]{{2}})(?![万亿个元人家吨亩户项件])|[①-⑳])"
    rf"|{_HAN}{{1,2}}(?:是|要|则)(?!一)|[（(]{_HAN}{{1,2}}[)）]|^#+"
    r"|（\d{1,2}）(?=[\u4e00-\u9fff])|(?<=[。；：])\d{1,2}[、.．](?=[\u4e00-\u9fff])"
)
_AGES = (
    r"\d+(?:\.\d+)?(?:[-~至]\d+(?:\.\d+)?)?(?:周)?(?:岁|月龄)(?:[-~至]\d+(?:周)?(?:岁|月龄))?"
    r"(?:及以上|及以下|以上|以下|以内|以前|（含）|\(含\))(?:的)?"
    r"|\d+(?:[-~至、]\d+)+(?:周)?(?:岁|月龄)(?:以上|以下|及以上|及以下)?|\d+(?:周)?(?:岁|月龄)(?=[\u4e00-\u9fff（])(?![，。；])"
)
_LIMITS = r"(?:[一二三四五]级|县级|市级|州级|省级|规模|限额)(?:及以上|以上|及以下|以下)(?:公立)?|\d+(?:[.]\d+)?(?:万|亿)?(?:元|平方米|亩|人)(?:及以上|以上|及以下|以下)"
_GRADES = rf"(?:\d+|{_HAN}+)(?:[-~至、]?(?:\d+|{_HAN}+))*(?:级|星级|等|类|型|档|线)(?=[\u4e00-\u9fff“”（]|$|，|、|。|及|以)|[1-5]A(?:级)?|\d+G|[A-Za-z]+[-]?\d+(?:\.\d+)?(?:[-A-Za-z]+)?|\d+[A-Z](?![a-z/㎡])"
_TITLES = r"《[^《》]{0,80}》"
_QUOTED = r"“[^“”]{0,24}”"
_CODES = r"\d{5,}(?=热线|电话|平台|便民)|(?:110|119|120|122|12345|12315|12333|12309|12388|12350|315)(?![\d.,万亿个家人件起%余多名所项户例])"


@dataclass(frozen=True, slots=True)
class Blocked:
    """A range of a view in which no figure starts, and why.

    Example: 65岁以上 in 65岁以上老年人 → kind limit
    """

    start: int
    end: int
    kind: str


class Guards:
    """Finds what looks like a figure and is none.

    Example: 第三批 (ordinal), 〔2023〕8号 (ordinal), 0-6岁 (age), “十四五” (quoted), 12345热线 (code)
    """

    _KINDS = ("heading", "quoted", "title", "ordinal", "grade", "age", "code", "phrase", "duration", "date")

    def __init__(self, lexicons: Lexicons) -> None:
        phrases = sorted(set(lexicons.words("guards.set_phrases")), key=lambda word: (-len(word), word))
        sources = dict(
            heading=_HEADS, quoted=_QUOTED, title=_TITLES, ordinal=_ORDINALS, grade=_GRADES, age=_AGES, code=_CODES,
            phrase="|".join(map(regex.escape, phrases)), duration=_DURATIONS, date=_DATES,
        )  # fmt: skip
        self._patterns = tuple((kind, regex.compile(sources[kind])) for kind in self._KINDS)
        self._limit = regex.compile(f"{_AGES}|{_LIMITS}")
        self._never_counted = frozenset(lexicons.words("guards.never_counted"))
        self._compared = regex.compile(
            f"(?:{alternation(lexicons, 'comparators.gt_before', 'comparators.nearly_before', 'comparators.ge_before')})$"
        )
        self._predicate = regex.compile(
            f"(?:{alternation(lexicons, 'comparators.gt_before', 'comparators.nearly_before', 'comparators.ge_before', 'labels.copula')})$"
        )
        nouns = alternation(lexicons, "guards.limit_nouns")
        self._limit_behind = regex.compile(
            rf"(?:及|或)?(?:以上|以下|以内)(?:（含）)?(?:的)?(?!的?(?:{nouns}))[\u4e00-\u9fff“]{{2}}"
        )
        self._vague = tuple(lexicons.words("guards.vague_before"))

    def blocked(self, text: str) -> list[Blocked]:
        """All ranges of ``text`` that hold no figure; they may overlap."""
        return [Blocked(m.start(), m.end(), kind) for kind, pattern in self._patterns for m in pattern.finditer(text)]

    def admitted(self, text: str, quantities: Iterable[Quantity], blocked: Sequence[Blocked]) -> list[Quantity]:
        """The quantities that no guard forbids."""
        return [q for q in quantities if not self._forbidden(text, q, blocked)]

    def _vague_numeral(self, text: str, quantity: Quantity) -> bool:
        """Whether a Chinese numeral counts nothing: 数十家, 几百人, 亿元以上项目, 三角."""
        before = text[: quantity.start]
        if before.endswith(self._vague) or quantity.unit_text in self._never_counted:
            return True
        bare_scale = all(char in "十百千万亿" for char in quantity.value_text)
        return bare_scale and not quantity.over and not self._compared.search(before)

    def _is_limit(self, text: str, quantity: Quantity) -> bool:
        """Whether a number only says which things are counted: 5000万元以上项目238个, 60平方米以上的卫生室."""
        behind = self._limit_behind.match(text, quantity.end)
        if behind is None or quantity.is_ratio or quantity.is_change_of_share:
            return False
        return not self._predicate.search(text, max(0, quantity.start - 8), quantity.start)

    def limit_in(self, label: str) -> str:
        """The part of a label that limits who or what is counted: 65岁及以上 of 65岁及以上老年人, else ""."""
        found = self._limit.search(label)
        return found.group().removesuffix("的") if found else ""

    def _forbidden(self, text: str, quantity: Quantity, blocked: Sequence[Blocked]) -> bool:
        if quantity.rule.startswith("quantity.han") and self._vague_numeral(text, quantity):
            return True
        if self._is_limit(text, quantity):
            return True
        return any(_applies(text, quantity, block) for block in blocked if _touch(quantity, block))


def _touch(quantity: Quantity, block: Blocked) -> bool:
    return quantity.start < block.end and block.start < quantity.end


def _applies(text: str, quantity: Quantity, block: Blocked) -> bool:
    """Whether a guard that overlaps a quantity really speaks of it.

    A duration counted as such stays a figure (优良天数为299天); a set phrase forbids numerals, not digits.
    """
    if block.kind == "duration":
        return not (quantity.dimension == "time" and _counts_time(text, quantity))
    if block.kind == "phrase":
        return not quantity.rule.startswith(("quantity.arabic", "quantity.range")) and block.start <= quantity.start
    if block.kind == "grade":
        return block.start <= quantity.start and quantity.end <= block.end + 1 and quantity.unit not in {"%", "元"}
    if block.kind == "quoted":
        return not quantity.is_ratio
    if block.kind in {"date", "heading"}:
        return block.start <= quantity.start < block.end
    return True


_TIME_LABEL = regex.compile(
    r"(?:天数|时间|时长|时限|周期|时数|日数|年限|寿命|住院日|平均|累计|提供|服务|志愿|学时|工期|年龄)(?:[^，。；]{0,8}|(?:分别)?(?:为|达|达到)?[\d.、，天小时和及]+)$"
)


def _counts_time(text: str, quantity: Quantity) -> bool:
    return _TIME_LABEL.search(text, max(0, quantity.start - 20), quantity.start) is not None
