"""From sentences to mentions: the one way through the extractors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from extractors.clauses import Slot, slots_of
from extractors.context import Setting, Settings
from extractors.entities import Entity, EntityHit, EntityPatterns, EntityScanner
from extractors.guards import Guards
from extractors.labels import LabelJudge
from extractors.linking import Before, Linker
from extractors.model import Facts, Mention, PeriodFrom, Sentence
from extractors.periods import PeriodHit, PeriodScanner
from extractors.phrases import PhraseReader
from extractors.places import Link
from extractors.quantities import Quantity, QuantityScanner
from extractors.roles import Roles
from extractors.verbs import Verbs
from extractors.view import View, view_of
from lexicons import Lexicons

_YEARS = regex.compile(r"\d{4}/\d{4}")
_OPENING_LENGTH = 24
_ANY_NUMBER = regex.compile(r"\d|[一二两三四五六七八九十百千]")


@dataclass(frozen=True, slots=True)
class Tools:
    """The compiled extractors of one set of lexicons."""

    lexicons: Lexicons
    quantities: QuantityScanner
    guards: Guards
    periods: PeriodScanner
    entities: EntityPatterns
    judge: LabelJudge
    linker: Linker
    roles: Roles


_TOOLS: dict[str, Tools] = {}


def _tools(lexicons: Lexicons) -> Tools:
    """The compiled extractors, made once for each version of the lexicons."""
    if lexicons.version not in _TOOLS:
        _TOOLS[lexicons.version] = _built(lexicons)
    return _TOOLS[lexicons.version]


def _built(lexicons: Lexicons) -> Tools:
    periods, verbs = PeriodScanner(lexicons), Verbs(lexicons)
    judge = LabelJudge(lexicons, verbs)
    linker = Linker(lexicons, PhraseReader(lexicons, periods, verbs), judge, verbs)
    return Tools(
        lexicons,
        QuantityScanner(lexicons),
        Guards(lexicons),
        periods,
        EntityPatterns(lexicons),
        judge,
        linker,
        Roles(lexicons),
    )


def extract(text: str, sentences: Sequence[Sentence], facts: Facts, lexicons: Lexicons) -> list[Mention]:
    """All metric mentions of a document, in text order.

    Pure: the same arguments give the same mentions. ``sentences`` are those of ``text``; ``facts`` give the region
    and the reporting period that hold where the sentence says nothing.

    Example: 早孕建册率94.5%，达到90%以上的目标 → 94.5 % (actual), 90 % (target, >=)
    """
    return _Reading(_tools(lexicons), text, facts).mentions(sentences)


@dataclass(slots=True)
class _Memory:
    """What later sentences of a paragraph take from earlier ones."""

    paragraph: int = -1
    link: Link | None = None
    entity: EntityHit | None = None
    span: PeriodHit | None = None
    """The years a paragraph is about when it opens with them: 五年来，…。"""
    said: str = ""
    """The sentence before, when it had no figures."""
    last: str = ""
    """The sentence before."""
    setting: Setting | None = None


class _Reading:
    """One pass over a document."""

    def __init__(self, tools: Tools, text: str, facts: Facts) -> None:
        self._tools, self._text, self._facts = tools, text, facts
        self._settings = Settings(tools.lexicons, facts)
        self._entities = EntityScanner(tools.entities, facts)
        self._memory = _Memory()
        self._sections: dict[tuple[str, ...], Entity] = {}
        self._mentions: list[Mention] = []

    def mentions(self, sentences: Sequence[Sentence]) -> list[Mention]:
        for index, sentence in enumerate(sentences):
            if sentence.paragraph != self._memory.paragraph:
                self._memory = _Memory(paragraph=sentence.paragraph)
            self._sentence(index, sentence)
        return self._mentions

    def _sentence(self, index: int, sentence: Sentence) -> None:
        view = view_of(self._text, sentence)
        setting = self._settings.of(sentence.section)
        quantities = self._quantities(view.text) if _ANY_NUMBER.search(view.text) else []
        if quantities:
            entities = self._entities.scan(view.text)
            self._figures(index, sentence, view, setting, quantities, entities)
        else:
            entities = self._entities.lasting(view.text)
            self._memory.said = view.text
        self._remember_subject(entities)
        if not self._memory.last:
            self._memory.span = self._opening_span(view.text, setting)
        self._memory.last, self._memory.setting = view.text, setting

    def _remember_subject(self, entities: Sequence[EntityHit]) -> None:
        """A subject holds for a paragraph that opens with it; the whole region always takes over again."""
        for hit in entities:
            opens = not self._memory.last and hit.start <= _OPENING_LENGTH // 2
            if hit.lasting and (opens or hit.entity == self._entities.own):
                self._memory.entity = hit

    def _figures(
        self,
        index: int,
        sentence: Sentence,
        view: View,
        setting: Setting,
        quantities: Sequence[Quantity],
        entities: Sequence[EntityHit],
    ) -> None:
        """Writes the mentions of a sentence that has figures."""
        tools, memory = self._tools, self._memory
        periods = tools.periods.scan(view.text, setting.base)
        places = slots_of(view.text, quantities, tools.roles.after_words)
        slots = [self._without_subjects(slot, entities) for slot in places]
        account = " ".join((*sentence.section, memory.last, view.text))
        links = tools.linker.link(slots, Before(memory.link, memory.said, account))
        offset = len(self._mentions)
        for link, owner in zip(links, self._owners(links, entities, sentence.section), strict=True):
            self._mentions.append(self._mention(index, view, link, setting, periods, owner, offset))
        memory.link, memory.said = links[-1], ""

    @staticmethod
    def _without_subjects(slot: Slot, entities: Sequence[EntityHit]) -> Slot:
        """The slot without the names of whose figure it is: they are no part of the label."""
        near = slot.near
        for hit in reversed(entities):
            if slot.near_start <= hit.start and hit.end <= slot.quantity.start:
                near = near[: hit.start - slot.near_start] + near[hit.end - slot.near_start :]
        return slot if near == slot.near else replace(slot, near=near)

    def _quantities(self, text: str) -> list[Quantity]:
        tools = self._tools
        found = tools.guards.admitted(text, tools.quantities.scan(text), tools.guards.blocked(text))
        return [quantity for quantity in found if self._is_figure(text, quantity)]

    def _is_figure(self, text: str, quantity: Quantity) -> bool:
        if quantity.unit or quantity.rule == "quantity.ratio-chain" or quantity.scale > 1:
            return True
        return self._tools.judge.takes_bare_number(text[: quantity.start], text[quantity.end :])

    def _mention(
        self,
        index: int,
        view: View,
        link: Link,
        setting: Setting,
        periods: Sequence[PeriodHit],
        entity: Entity,
        offset: int,
    ) -> Mention:
        slot, quantity, roles = link.slot, link.slot.quantity, self._tools.roles
        start, end = view.span(quantity.start, quantity.end)
        period, words, source = self._period(view.text, slot, setting, periods)
        clause = view.text[: quantity.start].rpartition("；")[2]
        indicator = self._tools.lexicons.indicators.lookup(link.label)
        return Mention(
            start=start,
            end=end,
            text=self._text[start:end],
            sentence=index,
            value=float(-quantity.value if link.sign < 0 and quantity.value > 0 else quantity.value),
            value_max=None if quantity.value_max is None else float(quantity.value_max),
            value_text=quantity.value_text,
            decimals=quantity.decimals,
            unit=self._unit(quantity, link),
            unit_text=quantity.unit_text,
            scale=float(quantity.scale),
            dimension=quantity.dimension,
            comparator=roles.comparator(slot, link.tail),
            status=roles.status(slot, clause, setting.planned, self._settings.is_future(period)),
            measure=link.measure,
            basis=roles.basis(clause) if link.measure == "change" else "none",
            indicator=link.label,
            indicator_id=indicator.id if indicator else "",
            qualifier=self._tools.guards.limit_in(link.label),
            entity=entity.name,
            entity_id=entity.id,
            entity_kind=entity.kind,
            period=period,
            period_text=words,
            period_from=source,
            part_of=None if link.part_of is None else link.part_of + offset,
            rule=link.rule,
            confidence=0.5,
        )

    def _unit(self, quantity: Quantity, link: Link) -> str:
        """The canonical unit; a scaled number without one takes it from its noun: 3994.7万老年人 → 人."""
        if quantity.unit or quantity.scale == 1:
            return quantity.unit
        return self._tools.judge.unit_of_noun(link.slot.suffix, link.label)

    def _period(
        self, text: str, slot: Slot, setting: Setting, periods: Sequence[PeriodHit]
    ) -> tuple[str, str, PeriodFrom]:
        said = [hit for hit in periods if hit.kind != "baseline" and hit.end <= slot.quantity.start]
        if said:
            hit = said[-1]
            return hit.edtf, text[hit.start : hit.end], "sentence"
        if self._memory.span is not None:
            return self._memory.span.edtf, "", "neighbour"
        if text.startswith("其中") and (carried := self._carried_period()) is not None:
            return carried.edtf, "", "neighbour"
        return setting.base.edtf, "", "section" if setting.from_section else "document"

    def _opening_span(self, text: str, setting: Setting) -> PeriodHit | None:
        """The span of several years a paragraph opens with."""
        hits = self._tools.periods.scan(text[:_OPENING_LENGTH], setting.base) if text else []
        return next((hit for hit in hits[:1] if hit.start <= 3 and _YEARS.fullmatch(hit.edtf)), None)

    def _carried_period(self) -> PeriodHit | None:
        """The last word of time of the sentence before."""
        if self._memory.setting is None:
            return None
        said = self._tools.periods.scan(self._memory.last, self._memory.setting.base)
        return next((hit for hit in reversed(said) if hit.kind != "baseline"), None)

    def _resting(self, section: tuple[str, ...]) -> Entity:
        """Whose figures a section holds where its sentences do not say."""
        if section not in self._sections:
            self._sections[section] = self._entities.of_section(section) or self._entities.own
        return self._sections[section]

    def _owners(self, links: Sequence[Link], entities: Sequence[EntityHit], section: tuple[str, ...]) -> list[Entity]:
        """Whose figure each is: named in its own clause, else that of the figure before it, else the paragraph's."""
        resting = self._memory.entity.entity if self._memory.entity else self._resting(section)
        owners: list[Entity] = []
        for link in links:
            slot = link.slot
            own = [hit for hit in entities if slot.near_start <= hit.start and hit.end <= slot.quantity.start]
            lasting = [hit for hit in entities if hit.lasting and hit.end <= slot.quantity.start]
            if link.share_of and (named := self._entities.region_named(link.share_of)):
                owners.append(named)
            elif own:
                owners.append(own[-1].entity)
            elif slot.previous is not None and slot.joint != "；" and links[slot.previous].rule != "label.reference":
                owners.append(owners[slot.previous])
            else:
                owners.append(lasting[-1].entity if lasting else resting)
        return owners
