"""When a figure was and whose it is, where its own clause does not say: the sentence, its neighbours, the section."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractors.clauses import Slot
from extractors.context import Setting
from extractors.entities import Entity, EntityHit, EntityScanner
from extractors.model import PeriodFrom
from extractors.periods import PeriodHit, PeriodScanner
from extractors.places import Link

_YEARS = regex.compile(r"\d{4}/\d{4}")
_NUMBERED_YEARS = regex.compile(
    "[-—]*(?:这|近|过去|最近)?(?:[两二三四五六七八九十]|\\d{1,2})年|“?十[一二三四五六]五|20\\d\\d"
)
_ONE_YEAR = regex.compile(r"(?:一年来|过去一年|刚刚过去的|去年|今年|20\d\d年(?![-~至到、来]))")
_OPENING = 24
_FEW = 40
"""How many words of time or subjects before a figure are looked at."""


@dataclass(frozen=True, slots=True)
class Said:
    """The period of a figure: EDTF, where in the view the words are that say it (None when carried), whence it is.

    Example: 截至6月底 → ../2023-06, sentence
    """

    edtf: str
    span: tuple[int, int] | None
    source: PeriodFrom


@dataclass(slots=True)
class Memory:
    """What later sentences of a paragraph take from earlier ones."""

    paragraph: int = -1
    link: Link | None = None
    """The last figure."""
    subject: Entity | None = None
    """Whose figures the paragraph holds, when it opened with a subject."""
    span: PeriodHit | None = None
    """The years a paragraph is about when it opens with them: 五年来，…。"""
    said: str = ""
    """The sentence before, when it had no figures."""
    last: str = ""
    """The sentence before."""
    setting: Setting | None = None
    """The setting of the sentence before."""


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
        """Remembers a sentence: its text, its subjects, its last figure (None when it had none)."""
        memory = self.memory
        for hit in entities:
            opens = not memory.last and hit.start <= _OPENING // 2
            if hit.lasting and (opens or hit.entity == self._entities.own):
                memory.subject = hit.entity
        self._note_years(text, setting, link)
        memory.link, memory.said = (link, "") if link else (memory.link, text)
        memory.last, memory.setting = text, setting

    def period(self, text: str, slot: Slot, setting: Setting, periods: Sequence[PeriodHit]) -> Said:
        """The period of a figure: the nearest word of time before it, else what holds around its sentence."""
        at = bisect_right(periods, slot.quantity.start, key=lambda hit: hit.end)
        if said := next((hit for hit in reversed(periods[:at][-_FEW:]) if hit.kind != "baseline"), None):
            return Said(said.edtf, (said.start, said.end), "sentence")
        if self.memory.span is not None:
            return Said(self.memory.span.edtf, None, "neighbour")
        if text.startswith("其中") and (carried := self._carried()) is not None:
            return Said(carried.edtf, None, "neighbour")
        return Said(setting.base.edtf, None, "section" if setting.from_section else "document")

    def _note_years(self, text: str, setting: Setting, link: Link | None) -> None:
        """这五年，我们…。 opens a part on those years when it has no figures; one year said at the opening ends it."""
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
        return next((hit for hit in hits[:1] if _YEARS.fullmatch(hit.edtf)), None)

    def _carried(self) -> PeriodHit | None:
        """The last word of time of the sentence before."""
        if self.memory.setting is None:
            return None
        said = self._periods.scan(self.memory.last, self.memory.setting.base)
        return next((hit for hit in reversed(said) if hit.kind != "baseline"), None)

    def owners(self, links: Sequence[Link], entities: Sequence[EntityHit], section: tuple[str, ...]) -> list[Entity]:
        """Whose figure each is: named in its own clause, else that of the figure before it, else the paragraph's."""
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
        before = entities[: bisect_right(entities, slot.quantity.start, key=lambda hit: hit.end)][-_FEW:]
        if own := [hit for hit in before if slot.near_start <= hit.start]:
            return own[-1].entity
        if slot.previous is not None and slot.joint != "；" and links[slot.previous].rule != "label.reference":
            return owners[slot.previous]
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
            self._sections[section] = self._entities.of_section(section) or self._entities.own
        return self._sections[section]
