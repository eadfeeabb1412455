"""From sentences to mentions: the one way through the extractors."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from extractors import written
from extractors.cells import Scope
from extractors.clauses import EACH, IN_TURN, Slot, slots_of
from extractors.context import Setting, Settings
from extractors.entities import Entity, EntityHit, EntityScanner
from extractors.grids import Grid
from extractors.linking import Before
from extractors.model import Facts, Mention, Sentence, Status, Table
from extractors.periods import PeriodHit
from extractors.places import Link
from extractors.quantities import SPELLED, Quantity
from extractors.resolution import Resolver
from extractors.tools import Tools, tools_of
from extractors.view import View, Views, fold_heading
from extractors.years_apart import periods_apart
from lexicons import Lexicons

_WORDS: Final = re.compile("[\u4e00-\u9fff]{2}")
_THINGS: Final = re.compile("[\u4e00-\u9fff]{2}")
_CHANGED: Final = re.compile("(?:缩小|扩大|提高|下降|上升|降低|增加|减少)了?$")
_OF_OTHERS: Final = ("label.reference", "label.compared")
"""Rules of figures before which 高于 and 低于 tell no bound but with whom another figure is compared."""
_LIST: Final = 40
_POINTS: Final = "percentage_points"
_TURNED: Final = re.compile("[、和及与][\u4e00-\u9fff]{2,3}")
"""Between two numbers of points, which may have gone different ways: 上升0.27个|和下降|0.53个千分点."""
"""How far back a list of figures says that each is of another thing (分别)."""
_PART_NAME: Final = re.compile("[、，；（]?(?:其中)?[一-鿿]{2,10}(?<![第年月日约近超达和至到共])")
_PARTS_LISTED: Final = re.compile(r"（[一-鿿]{2,8}\d{1,5}(?:[、，；][一-鿿]{2,8}\d{1,5}){1,12}）")
_PART_ENDS: Final = re.compile("[、，；。）]")
_MOST_ALIKE: Final = 99_999
_CLAUSE: Final = 200
"""How far back words that set a goal or a base are looked for."""
_ANY_NUMBER: Final = re.compile(r"[\d一二两三四五六七八九十百千万亿]")


def extract(
    text: str, sentences: Sequence[Sentence], facts: Facts, lexicons: Lexicons, tables: Sequence[Table] = ()
) -> list[Mention]:
    """All metric mentions of a document, in text order.

    Pure: the same arguments give the same mentions. ``sentences`` are those of ``text``; ``facts`` give the region
    and the reporting period that hold where the sentence says nothing; ``tables`` are those whose layout the reader
    knows: the others are found by the tabs in the text.

    >>> import lexicons
    >>> from extractors import Facts, Sentence, extract
    >>> text = "早孕建册率94.5%，达到90%以上的目标。"
    >>> found = extract(text, [Sentence(0, len(text), ((0, len(text)),))], Facts(), lexicons.load())
    >>> [(one.value, one.unit, one.status, one.comparator) for one in found]
    [(94.5, '%', 'actual', '='), (90.0, '%', 'target', '>=')]
    """
    return _Reading(tools_of(lexicons), text, facts).mentions(sentences, tables)


@dataclass(init=False, slots=True)
class _Scene:
    """A sentence with figures, as far as it has been read."""

    index: int
    view: View
    section: tuple[str, ...]
    setting: Setting
    entities: Sequence[EntityHit]
    periods: Sequence[PeriodHit]
    aims: bool
    """Whether it has words of purpose."""

    def __init__(
        self, index: int, view: View, section: tuple[str, ...], setting: Setting, entities: Sequence[EntityHit],
        periods: Sequence[PeriodHit], aims: bool,
    ) -> None:  # fmt: skip
        self.index, self.view, self.section = index, view, section
        self.setting, self.entities, self.periods, self.aims = setting, entities, periods, aims


@dataclass(slots=True)
class _Cells:
    """The mentions of a table on their way to their places among all those of the document."""

    waiting: list[Mention]
    places: dict[int, int]
    """Of each mention that has one, by its number in the table."""

    def of(self, sentence: int, place: int) -> Iterator[Mention]:
        """Those of a sentence, which take the places from ``place`` on."""
        for number in range(len(self.places), len(self.waiting)):
            mention = self.waiting[number]
            if mention.sentence != sentence:
                return
            self.places[number] = place
            place += 1
            yield mention if mention.part_of is None else replace(mention, part_of=self.places[mention.part_of])


class _Reading:
    """One pass over a document."""

    def __init__(self, tools: Tools, text: str, facts: Facts) -> None:
        self._tools, self._text, self._views = tools, text, Views(text)
        self._settings = Settings(tools.headings, facts)
        self._entities = EntityScanner(tools.entities, facts)
        self._resolver = Resolver(tools.periods, self._entities)
        self._mentions: list[Mention] = []
        self._headings: dict[tuple[str, ...], tuple[str, ...]] = {}

    def mentions(self, sentences: Sequence[Sentence], tables: Sequence[Table]) -> list[Mention]:
        grids = self._tools.grids.grids(self._text, sentences, tables)
        home = {cell.sentence: grid for grid in grids for row in grid.rows for cell in row.cells}
        reading = _Cells([], {})
        for index, sentence in enumerate(sentences):
            section = self._folded(sentence.section)
            self._resolver.enter(sentence.paragraph, section)
            grid = home.get(index)
            if grid is None:
                self._sentence(index, sentence, section)
                continue
            if index == grid.rows[0].sentence:
                reading = _Cells(self._tools.cells.mentions(grid, self._scope(grid, section)), {})
            self._mentions.extend(reading.of(index, len(self._mentions)))
        return self._mentions

    def _folded(self, section: tuple[str, ...]) -> tuple[str, ...]:
        """The headings a sentence stands under, their characters in one form: （２）２０２５ 年 → （2）2025年."""
        if section not in self._headings:
            self._headings[section] = tuple(map(fold_heading, section))
        return self._headings[section]

    def _scope(self, grid: Grid, section: tuple[str, ...]) -> Scope:
        """Whose figures a table has, by its caption, and what its section says of them."""
        owner, theme = self._entities.of_caption(grid.caption)
        return Scope(owner, theme, self._settings.of(section), self._entities.region_named)

    def _sentence(self, index: int, sentence: Sentence, section: tuple[str, ...]) -> None:
        view = self._views.of(sentence)
        self._settings.enter(view.text)
        setting = self._settings.of(section)
        if setting.planned and self._tools.roles.reviews(self._resolver.memory.opening or view.text):
            setting = self._settings.document
        quantities = self._quantities(view.text) if _ANY_NUMBER.search(view.text) else []
        if not quantities:
            self._resolver.leave(view.text, setting, (), None)
            return
        entities = self._entities.scan(view.text)
        periods = self._tools.periods.scan(view.text, setting.base)
        aims = self._tools.roles.may_aim(view.text)
        links = self._figures(_Scene(index, view, section, setting, entities, periods, aims), quantities)
        self._resolver.leave(view.text, setting, entities, links[-1])

    def _figures(self, scene: _Scene, quantities: Sequence[Quantity]) -> list[Link]:
        """Writes the mentions of a sentence that has figures."""
        text, memory = scene.view.text, self._resolver.memory
        places = slots_of(text, quantities, self._tools.roles.behind_figures, self._tools.roles.grown)
        slots = (
            [_without_subjects(slot, scene.entities, self._entities) for slot in places] if scene.entities else places
        )
        account = (memory.opening[:_CLAUSE], *scene.section, memory.last[-_CLAUSE:])
        links = self._tools.linker.link(slots, Before(memory.link, memory.said[-_CLAUSE:], account, text))
        links = [self._with_bearer(link) if link.share_of else link for link in links]
        owners = self._resolver.owners(links, scene.entities, scene.section)
        offset = len(self._mentions)
        apart = periods_apart(text, links, scene.periods)
        if links[0].label or _WORDS.search(text) or any(link.label for link in links):
            for index, link in enumerate(links):
                self._mentions.append(self._mention(scene, link, owners[index], offset, apart))
        return links

    def _with_bearer(self, link: Link) -> Link:
        bearer = self._resolver.bearer(link)
        return link.named(bearer + link.label) if bearer else link

    def _quantities(self, text: str) -> list[Quantity]:
        tools = self._tools
        numbers = tools.quantities.scan(text)
        if not numbers:
            return []
        spelled = not SPELLED.isdisjoint([quantity.rule for quantity in numbers])
        found = tools.guards.admitted(text, numbers, tools.guards.blocked(text, spelled=spelled))
        for index in range(len(found) - 2, -1, -1):
            if not found[index].unit or found[index].unit == "个":
                found[index] = _with_unit_of(found[index], found[index + 1], text)
        figures: list[Quantity] = []
        for quantity in found:
            if self._is_figure(text, quantity, figures):
                figures.append(quantity)
            elif figures and (part := _counted_alike(text, quantity, figures[-1])):
                figures.append(part)
        return figures

    def _is_figure(self, text: str, quantity: Quantity, before: Sequence[Quantity]) -> bool:
        """Whether a number is a figure: with a unit always; without, behind a name that has none, or its change."""
        if quantity.unit or quantity.rule == "quantity.ratio-chain" or quantity.scale > 1:
            return True
        if quantity.over and _THINGS.match(text, quantity.end):
            return True
        if before and not before[-1].unit and _CHANGED.search(text, max(0, quantity.start - 4), quantity.start):
            return True
        return self._tools.judge.takes_bare_number(text, quantity.start, quantity.end)

    def _mention(
        self, scene: _Scene, link: Link, owner: Entity, offset: int, apart: Mapping[int, PeriodHit]
    ) -> Mention:
        tools, view, slot, quantity = self._tools, scene.view, link.slot, link.slot.quantity
        start, end = view.span(quantity.start, quantity.end)
        if view.offsets is not None:
            start, end = self._on_one_line(start, end)
        said = self._resolver.period(view.text, slot, scene.setting, scene.periods, apart.get(quantity.start))
        opening = max(0, quantity.start - _CLAUSE)
        clause = view.text[max(opening, view.text.rfind("；", opening, quantity.start) + 1) : quantity.start]
        known, unit = tools.judge.indicator(link.label), quantity.unit or self._unit_of_noun(link)
        basis = self._resolver.basis(tools.roles.basis(clause), said.edtf) if link.measure == "change" else "none"
        planned = scene.setting.planned and scene.setting.plans(said.edtf, said.source)
        future = self._settings.is_future(said.edtf)
        status = tools.roles.status(slot, clause, planned, future, link.rule, scene.aims)
        return written.mention(
            start=start, end=end, text=self._text[start:end], sentence=scene.index,
            value=float(-quantity.value if link.sign < 0 and quantity.value > 0 else quantity.value),
            value_max=None if quantity.value_max is None else float(quantity.value_max * link.sign),
            value_text=quantity.value_text, decimals=quantity.decimals,
            unit=unit, unit_text=quantity.unit_text, scale=float(quantity.scale),
            dimension="money" if unit == "元" else quantity.dimension,
            comparator=tools.roles.comparator(slot, "" if link.rule in _OF_OTHERS else link.tail),
            status=self._status(link, offset, said.edtf, status),
            measure=link.measure, basis=basis,
            indicator=link.label, indicator_id=known.id if known else "",
            qualifier=tools.guards.limit_in(link.label) or owner.scope,
            entity=owner.name, entity_id=owner.id, entity_kind=owner.kind,
            period=said.edtf, period_text=self._words(view, *said.span) if said.span else "", period_from=said.source,
            part_of=None if link.part_of is None else link.part_of + offset,
            rule=link.rule,
            confidence=tools.confidence.of_rule(link.rule, link.label, known is not None, quantity.is_han),
        )  # fmt: skip

    def _status(self, link: Link, offset: int, period: str, said: Status) -> Status:
        """What is planned, its parts are too, unless they are said to be done: 收入预算95亿元（其中高新区|1亿元）."""
        at, bracketed = link.part_of, link.slot.parent is not None
        if said == "target" or at is None or not bracketed or link.measure == "change":
            return said
        whole = self._mentions[offset + at]
        planned = whole.status == "target" and whole.period == period
        return "target" if planned and not self._tools.roles.is_done(link.slot.near) else said

    def _on_one_line(self, start: int, end: int) -> tuple[int, int]:
        """A span that a hard line end cuts keeps to its first line: 0.09毫克⏎/升 → 0.09毫克."""
        line = self._text.find("\n", start, end)
        return (start, start + len(self._text[start:line].rstrip())) if line > 0 else (start, end)

    def _words(self, view: View, start: int, end: int) -> str:
        """The words of a range of the view as the document has them."""
        start, end = view.span(start, end)
        return self._text[start:end]

    def _unit_of_noun(self, link: Link) -> str:
        """The unit of a figure without one: a number of ten thousands, or with 余, has it of its noun: 3万老人 → 人."""
        quantity = link.slot.quantity
        if not (quantity.scale > 1 or quantity.over):
            return ""
        return self._tools.judge.unit_of_noun(link.slot.suffix, link.label)


def _with_unit_of(quantity: Quantity, following: Quantity, text: str) -> Quantity:
    """分别提高15、22个百分点: a number of a list that leaves its unit to the next."""
    if quantity.unit:
        between = text[quantity.end : following.start]
        turned = quantity.decimals > 0 and between.rstrip("了") and _TURNED.fullmatch(between) is not None
        points = following.dimension == _POINTS and (turned or between in {"、", "和", "及", "与"})
        return replace(quantity, unit=following.unit, dimension=following.dimension) if points else quantity
    clause = text[max(0, quantity.start - _LIST) : quantity.start].rpartition("，")[2]
    joined = text[quantity.end : following.start] in {"、", "和", "及", "与"}
    shares = joined and (EACH in clause or IN_TURN in clause)
    return replace(quantity, unit=following.unit, dimension=following.dimension) if shares else quantity


def _counted_alike(text: str, quantity: Quantity, before: Quantity) -> Quantity | None:
    """A number without a unit in a list, counted like the figure before: 38名（硕士|4、本科29、大专5）."""
    alike = not quantity.decimals and before.is_count and bool(before.unit) and quantity.value <= _MOST_ALIKE
    if not alike or _PART_ENDS.match(text, quantity.end) is None:
        return None
    between = text[before.end : quantity.start]
    opens = between[:1] == "（" and _PARTS_LISTED.match(text, before.end) is not None
    goes_on = between[:1] == "、" and (before.unit_text == "" or text[quantity.end] in "、；")
    if not (opens or goes_on) or _PART_NAME.fullmatch(between) is None:
        return None
    return replace(quantity, unit=before.unit, dimension=before.dimension)


def _without_subjects(slot: Slot, entities: Sequence[EntityHit], scanner: EntityScanner) -> Slot:
    """The slot without the names of whose figure it is: they are no part of the label."""
    near = slot.near
    if not near:
        return slot
    low = bisect_left(entities, slot.near_start, key=lambda hit: hit.start)
    high = bisect_right(entities, slot.quantity.start, key=lambda hit: hit.end)
    for hit in reversed(entities[low:high]):
        if slot.near_start <= hit.start and hit.end <= slot.quantity.start:
            end = hit.end - slot.near_start
            near = near[: hit.start - slot.near_start] + near[end - scanner.is_town(near, end) :]
    return slot if near == slot.near else slot.without(near)
