"""When a figure was and whose it is, where its own clause does not say: the sentence, its neighbours, the section."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from extractors.clauses import Slot
from extractors.context import Setting
from extractors.entities import Entity, EntityHit, EntityScanner
from extractors.model import Basis, PeriodFrom
from extractors.numerals import HAN_NUMBER
from extractors.periods import PeriodHit, PeriodScanner
from extractors.places import Link

_CLAUSE_ENDS: Final = "，；。：、（"
_ASIDE: Final = re.compile(r"年?（[\d.%‰/万和、]*")
"""Between a year that is compared with and its figure: 较2020年（|36.2%）提高."""
_YEARS: Final = re.compile(r"\d{4}/\d{4}")
_NUMBERED_YEARS: Final = re.compile(
    "(?:（[一二三四五六七八九十]{1,2}）)?[-—]*(?:这|近|过去|最近)?(?:[两二三四五六七八九十]|\\d{1,2})年|“?十[一二三四五六]五|20\\d\\d",
    re.ASCII,
)
_ONE_YEAR: Final = re.compile(r"(?:一年来|过去一年|刚刚过去的|去年|今年|20\d\d年(?![-~至到、来]))")
_YEARS_LETTERS: Final = frozenset("（-—这近过最一两二三四五六七八九十“刚去今0123456789")
"""What these two begin with."""
_ARRIVAL: Final = ("到", "至")
_END: Final = attrgetter("end")
_COMPARED: Final = ("baseline", "beside")
_YEAR_MONTH: Final = re.compile(r"\d{4}-\d\d")
_GOES_ON: Final = ("yoy", "mom")
"""What the changes behind one are against, too, when nothing is said of them."""
_OPENING: Final = 24
_FEW: Final = 40
"""How many words of time or subjects before a figure are looked at."""


@dataclass(init=False, slots=True)
class Said:
    """The period of a figure: EDTF, where in the view the words are that say it (None when carried), whence it is.

    Example: 截至6月底 → ../2023-06, sentence
    """

    edtf: str
    span: tuple[int, int] | None
    source: PeriodFrom

    def __init__(self, edtf: str, span: tuple[int, int] | None, source: PeriodFrom) -> None:
        self.edtf, self.span, self.source = edtf, span, source


@dataclass(init=False, slots=True)
class Memory:
    """What later sentences of a paragraph take from earlier ones."""

    paragraph: int
    link: Link | None
    """The last figure."""
    subject: Entity | None
    """Whose figures the paragraph holds, when it opened with a subject."""
    unread: list[tuple[str, bool]]
    """The sentences without figures whose subjects nobody asked for yet, and whether each opens the paragraph."""
    span: PeriodHit | None
    """The years a paragraph is about when it opens with them: 五年来，…。"""
    said: str
    """The sentence before, when it had no figures."""
    last: str
    """The sentence before."""
    setting: Setting | None
    """The setting of the sentence before."""
    carried: list[PeriodHit] | None
    """The last word of time of the sentence before, if it has one; None before it is asked for."""
    opening: str
    """The first sentence of the paragraph."""
    against: dict[str, Basis]
    """What the changes of a period were last said to be against."""

    def __init__(
        self, paragraph: int = -1, link: Link | None = None, subject: Entity | None = None,
        span: PeriodHit | None = None, said: str = "", last: str = "", setting: Setting | None = None,
        carried: list[PeriodHit] | None = None,
    ) -> None:  # fmt: skip
        self.paragraph, self.link, self.subject, self.unread = paragraph, link, subject, []
        self.span, self.said, self.last = span, said, last
        self.setting, self.carried, self.opening, self.against = setting, carried, "", {}


class Resolver:
    """Resolves periods and owners within one document.

    Example: 截至6月底，患病率4.39‰，出生率3.7‰ → both ../2023-06
    """

    def __init__(self, periods: PeriodScanner, entities: EntityScanner) -> None:
        self._periods, self._entities = periods, entities
        self._sections: dict[tuple[str, ...], Entity] = {}
        self._section: tuple[str, ...] = ()
        self._part: tuple[tuple[str, ...], PeriodHit] | None = None
        self.memory = Memory()

    def enter(self, paragraph: int, section: tuple[str, ...]) -> None:
        """Forgets what was said when a new paragraph begins, but for the years its part of the report is about."""
        if self._part is not None and section[: len(self._part[0])] != self._part[0]:
            self._part = None
        if paragraph != self.memory.paragraph:
            self.memory = Memory(paragraph=paragraph, span=self._part[1] if self._part else None)
        self._section = section

    def leave(self, text: str, setting: Setting, entities: Sequence[EntityHit], link: Link | None) -> None:
        """Remembers a sentence: its text, its last figure (None when it had none), its subjects.

        Those of a sentence without figures are looked for when a figure of the paragraph asks for them.
        """
        memory = self.memory
        if link is None:
            memory.unread.append((text, not memory.last or _is_point(text)))
        elif entities:
            self._note_subjects(text, entities, not memory.last or _is_point(text))
        self._note_years(text, setting, link)
        memory.link, memory.said = (link, "") if link else (memory.link, text)
        memory.last, memory.setting, memory.carried = text, setting, None
        memory.opening = memory.opening or text

    def basis(self, said: Basis, period: str) -> Basis:
        """What a change is against: what is ``said`` of it, else of the change of that period told before it.

        Example: 粮食总产量比上年增长1.2%。其中稻谷增长0.8% → yoy both
        """
        against = self.memory.against
        if said in _GOES_ON:
            against[period] = said
        years = _YEARS.fullmatch(period)
        return against.get(period, said) if said == "none" and not years else said

    def period(
        self, text: str, slot: Slot, setting: Setting, periods: Sequence[PeriodHit], own: PeriodHit | None = None
    ) -> Said:
        """The period of a figure: its ``own`` of several, the nearest before it, else what holds around it."""
        if own is not None:
            return Said(own.edtf, (own.start, own.end), "sentence")
        if self._periods.is_goal_of_year(slot.near):
            return Said(setting.base.year, None, "sentence")
        if periods and (said := self._in_sentence(text, slot, periods)):
            return said
        if self.memory.span is not None:
            return Said(self.memory.span.edtf, None, "neighbour")
        if text.startswith("其中") and (carried := self._carried()) is not None:
            return Said(carried.edtf, None, "neighbour")
        return Said(setting.base.edtf, None, "section" if setting.from_section else "document")

    def _in_sentence(self, text: str, slot: Slot, periods: Sequence[PeriodHit]) -> Said | None:
        start = slot.quantity.start
        at = bisect_right(periods, start, key=_END)
        before = periods[max(0, at - _FEW) : at]
        if "）" in text:
            before = [hit for hit in before if not _closed_off(text, hit.end, start)]
        again = text.endswith(self._periods.origins, 0, start) and any(map(_is_origin, before))
        tells = (
            _is_origin if again else self._tells
        )  # 由1985年的282个增加到593个，用工由7万人增加到9万人: 7万人 are of 1985
        said = next((hit for hit in reversed(before) if tells(hit, text, start)), None)
        if said is not None and at < len(periods) and _told_anew(text, said, start, periods[at]):
            said = next((hit for hit in reversed(before) if hit.edtf != said.edtf and tells(hit, text, start)), None)
        if said is None:
            return None
        edtf = (
            self._years_between(before, said, text, slot)
            or _same_months(before, said, text, self._periods.same_months)
            or said.edtf
        )
        return Said(edtf, (said.start, said.end), "sentence")

    def _tells(self, hit: PeriodHit, text: str, start: int) -> bool:
        """Whether a word of time says when the figure was that begins at ``start``."""
        if text.endswith(self._periods.left_out, 0, hit.start) and "后" in text[hit.end : start]:
            return False
        if hit.kind == "as_of" and self._periods.is_of_rest_before(text, hit.end, start):
            return False
        if _ended_with_its_clause(hit, text, start):
            return False
        if hit.kind == "beside":
            return self._periods.beside.fullmatch(text, hit.end, start) is not None
        return hit.kind != "baseline" or _ASIDE.fullmatch(text, hit.end, start) is not None

    def _years_between(self, before: Sequence[PeriodHit], last: PeriodHit, text: str, slot: Slot) -> str:
        """The years of 年均增长 and 总量 behind 从2021年的300万元增长到2025年的420万元; else ""."""
        at = before.index(last)
        if at == 0 or before[at - 1].kind != "beside" or not text.endswith(_ARRIVAL, 0, last.start):
            return ""
        first = before[at - 1].edtf
        both = f"{first}/{last.edtf}"
        over = (
            _YEARS.fullmatch(both) and first < last.edtf and any(word in slot.near for word in self._periods.over_years)
        )
        return both if over and not self._periods.beside.fullmatch(text, last.end, slot.quantity.start) else ""

    def _note_subjects(self, text: str, entities: Sequence[EntityHit], first: bool) -> None:
        """Remembers whose figures follow, by the subjects of a sentence; ``first``: it opens a paragraph or a point."""
        for hit in entities:
            opens = first and (hit.start <= _OPENING // 2 or self._entities.opens_with_words(text, hit.start))
            if hit.lasting and (opens or hit.entity == self._entities.own):
                self.memory.subject = hit.entity

    def _note_years(self, text: str, setting: Setting, link: Link | None) -> None:
        """这五年，我们…。 opens a part on those years when it has no figures; one year said at the opening ends it."""
        if text[:1] not in _YEARS_LETTERS:
            return
        span = self._opening_span(text, setting)
        if span is not None:
            self.memory.span = span
            if link is None and not text[:2].isdigit():
                self._part = (self._section, span)
        elif _ONE_YEAR.match(text):
            self.memory.span = self._part = None

    def _opening_span(self, text: str, setting: Setting) -> PeriodHit | None:
        """The span of several years a paragraph opens with."""
        if _NUMBERED_YEARS.match(text) is None:
            return None
        hits = self._periods.scan(text[:_OPENING], setting.base)
        return next((hit for hit in hits[:1] if _YEARS.fullmatch(hit.edtf) or _is_over_new_year(hit.edtf)), None)

    def _carried(self) -> PeriodHit | None:
        """The last word of time of the sentence before."""
        memory = self.memory
        if memory.setting is None:
            return None
        if memory.carried is None:
            said = self._periods.scan(memory.last, memory.setting.base)
            memory.carried = [hit for hit in said if hit.kind not in ("baseline", "beside")][-1:]
        return memory.carried[0] if memory.carried else None

    def owners(self, links: Sequence[Link], entities: Sequence[EntityHit], section: tuple[str, ...]) -> list[Entity]:
        """Whose figure each is: named in its own clause, else that of the figure before it, else the paragraph's."""
        for text, first in self.memory.unread:
            self._note_subjects(text, self._entities.lasting(text), first)
        self.memory.unread = []
        resting = self.memory.subject or self._of_section(section)
        owners: list[Entity] = []
        for link in links:
            owners.append(self._owner(link, links, owners, entities, resting))
        return owners

    def _owner(
        self,
        link: Link,
        links: Sequence[Link],
        owners: Sequence[Entity],
        entities: Sequence[EntityHit],
        resting: Entity,
    ) -> Entity:
        slot = link.slot
        if link.share_of and (named := self._entities.region_named(link.share_of)):
            return named
        before: Sequence[EntityHit] = ()
        if entities:
            at = bisect_right(entities, slot.quantity.start, key=_END)
            before = entities[max(0, at - _FEW) : at]
            own = [hit for hit in before if slot.near_start <= hit.start]
            members = bool(own) and _are_members(own, slot)
            before = before[: -len(own)] if members else before
            if own and not members:
                return own[-1].entity
        if slot.near and self._entities.is_below(slot.near):
            return self._entities.own
        if slot.previous is not None and slot.joint != "；" and links[slot.previous].rule != "label.reference":
            last = links[len(owners) - 1].slot
            told_from = (last if last.parent == slot.previous else links[slot.previous].slot).quantity.end
            told = [hit for hit in before if hit.start > told_from]
            another = told and told[-1].entity not in (owners[slot.previous], self._entities.own)
            return resting if another else _unscoped(owners[slot.previous], slot)
        if slot.parent is not None and slot.parent < len(owners):
            return owners[slot.parent]
        lasting = [hit for hit in before if hit.lasting]
        return lasting[-1].entity if lasting else resting

    def bearer(self, link: Link) -> str:
        """民营企业 of 民营企业和外资企业分别进出口…: who bears a figure, where that is a kind and no place; else ""."""
        item = link.share_of
        if link.rule != "label.respectively" or not item or link.label.startswith(item[:2]) or item in link.label:
            return ""
        return "" if self._entities.region_named(item) else item

    def _of_section(self, section: tuple[str, ...]) -> Entity:
        """Whose figures a section holds where its sentences do not say."""
        if section not in self._sections:
            own = self._entities.of_section(section[-1:])
            self._sections[section] = own or (self._of_section(section[:-1]) if section else self._entities.author)
        return self._sections[section]


def _unscoped(owner: Entity, slot: Slot) -> Entity:
    """The owner whole again where what its figures left out is told: 市本级（不含创新区）28亿元，创新区|1.5亿元."""
    near = slot.near.strip(_CLAUSE_ENDS)
    told = owner.scope and near and near in owner.scope
    return Entity(owner.name, owner.id, owner.kind) if told else owner


def _are_members(named: Sequence[EntityHit], slot: Slot) -> bool:
    """Whether places are those that a figure counts: 新增荆州、孝感、黄冈|3个城市, which are nobody's figures."""
    quantity = slot.quantity
    listed = slot.near.endswith("、") and quantity.value == slot.near.count("、") + 1
    return listed and quantity.is_count and named[-1].end == quantity.start


def _is_over_new_year(edtf: str) -> bool:
    """Whether a period runs from a month of one year to one of another, and not from a year's beginning."""
    start, _, end = edtf.partition("/")
    return len(start) == len(end) == len("2024-09") and start[:4] < end[:4] and not start.endswith("-01")


def _told_anew(text: str, said: PeriodHit, start: int, later: PeriodHit) -> bool:
    """Whether a moment ended with its clause: 年末保障甲1万人；发放|3亿元，年末保障乙2万人, where it is said again."""
    again = said.edtf == later.edtf and said.edtf.startswith("..")
    return again and "；" in text[said.end : start] and "；" not in text[start : later.start]


def _closed_off(text: str, end: int, start: int) -> bool:
    """Whether a word of time stands in a bracket that ends before the figure: （受2025年基数影响），支出|12亿元."""
    closing = text.find("）", end, start)
    return closing >= 0 and "（" not in text[end:closing]


def _same_months(before: Sequence[PeriodHit], said: PeriodHit, text: str, same: tuple[str, ...]) -> str:
    """1月至11月 of the year that is compared with: 1-11月4.1万人次，较2022年同期的|3.6万人次; else ""."""
    if not (text.startswith(same, said.end) or text.endswith(same, said.start, said.end)):
        return ""
    earlier = next((hit for hit in reversed(before) if hit.end <= said.start and hit.kind not in _COMPARED), None)
    year = said.edtf[:4]
    if earlier is None or not year.isdigit() or earlier.edtf[:4] == year or _YEAR_MONTH.search(earlier.edtf) is None:
        return ""
    return _YEAR_MONTH.sub(lambda month: year + month[0][4:], earlier.edtf)


def _is_origin(hit: PeriodHit, *_: object) -> bool:
    """Whether a word of time says from when on something changed."""
    return hit.kind == "beside"


def _is_point(text: str) -> bool:
    """Whether a sentence opens a point of a paragraph, which may be about another body: 二是|高新区预算收入."""
    return text[1:2] == "是" and text[0] in HAN_NUMBER


def _ended_with_its_clause(hit: PeriodHit, text: str, start: int) -> bool:
    """Whether a month inside a clause without figures is of that alone: 新校区9月投用；占比力争突破|58%."""
    clause, parted, _ = text[hit.end : start].partition("；")
    inside = hit.start > 0 and text[hit.start - 1] not in _CLAUSE_ENDS and "年" not in text[hit.start : hit.end]
    return bool(parted) and inside and not any(char.isdigit() for char in clause)
