"""Whose figure it is: the document's region, a region named as its subject, the body's own level, a hospital."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.model import EntityKind, Facts
from extractors.words import alternation
from lexicons import Lexicons

_LEAD = r"(?:^|[，；：。、]|其中[：，]?|及|和|[一二三四五六七八九十]是|\d[.．、]|（[一二三四五六七八九十]）|年|月|日|末|底|目前|以来|半年|季度)"


@dataclass(frozen=True, slots=True)
class Entity:
    """A region or organization under its canonical name.

    Example: 市本级 in a report of 楚雄市 → 楚雄市本级
    """

    name: str
    id: str
    kind: EntityKind


@dataclass(frozen=True, slots=True)
class EntityHit:
    """A subject named in a view.

    ``lasting`` subjects hold for the rest of the paragraph (市本级完成…。完成…), others for their sentence.
    """

    start: int
    end: int
    entity: Entity
    lasting: bool


class EntityScanner:
    """Finds who is the subject or owner of figures; places that are only object or location are not found.

    Example: 其中云川县人民医院扩建项目500万元 → 云川县人民医院; 市本级收入3亿元 → …市本级
    """

    def __init__(self, lexicons: Lexicons, facts: Facts) -> None:
        self._regions = lexicons.regions
        self._facts = facts
        self.own = Entity(facts.region, facts.region_code, "region")
        level = alternation(lexicons, "entities.own_level")
        zone = alternation(lexicons, "entities.zones")
        own = alternation(lexicons, "entities.self_words")
        owner = alternation(lexicons, "entities.owner_heads")
        suffix = alternation(lexicons, "entities.organization_suffixes")
        self._subject = regex.compile(
            rf"{_LEAD}(?:(?P<level>{level})(?=[一完地实收支财政税预政国社]|$)|(?P<zone>[^，；：。、的是\d]{{0,4}}?(?:{zone}))(?=完成|实现|地方|一般|政府|收入|支出|财政|税收|规模|预算|国有|社会|有|共)|(?P<own>{own}))"
        )
        self._organization = regex.compile(
            rf"{_LEAD}(?P<name>(?!其中|包括|以及)[^，；：。、的了对为在与和及到向从我\d“”（）]{{2,12}}?(?:{suffix}))(?={owner})"
        )
        self._zones = tuple(sorted(lexicons.words("entities.zones"), key=len, reverse=True))
        self._zone_names = dict(word.split("=") for word in lexicons.words("entities.zone_names"))
        self._organization_ends = tuple(lexicons.words("entities.organization_suffixes"))
        self._unlisted = regex.compile("([\u4e00-\u9fff]{2,3}[省市县区州盟旗])(?:的.*)?")
        self._listed = regex.compile("(?:以及|、|和|及|与|等)")
        self._behind = regex.compile(r"(?:的)?[\u4e00-\u9fff\d（]")
        self._facility = regex.compile(rf"[^，；：。、的]{{0,8}}?(?:{alternation(lexicons, 'entities.facilities')})")

    def scan(self, text: str) -> list[EntityHit]:
        """The subjects of a view's text, in order."""
        hits = [*self._own_parts(text), *self._organizations(text), *self._named_regions(text)]
        apart: list[EntityHit] = []
        for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
            if not apart or hit.start >= apart[-1].end:
                apart.append(hit)
        return apart

    def lasting(self, text: str) -> list[EntityHit]:
        """Only the subjects that hold for the rest of the paragraph."""
        return self._own_parts(text)

    def _own_parts(self, text: str) -> list[EntityHit]:
        hits = []
        for match in self._subject.finditer(text):
            kind = match.lastgroup or "own"
            start, end = match.span(kind)
            if kind == "own":
                hits.append(EntityHit(start, end, self.own, True))
                continue
            name = match[kind]
            full = self._facts.region + name[name.rfind("本") :] if name.endswith("本级") else name
            if kind == "zone":
                full = self._zone(name)
                if not full:
                    continue
            hits.append(EntityHit(start, end, Entity(full, "", "organization" if kind == "zone" else "region"), True))
        return hits

    def _zone(self, name: str) -> str:
        """The full name of a zone, "" when other words stand before it: 高新区 in 楚雄市 → 楚雄高新技术产业开发区."""
        zone = next(word for word in self._zones if name.endswith(word))
        place = name[: len(name) - len(zone)]
        if place and not any(
            hit.start == 0 and hit.end == len(place)
            for hit in self._regions.scan(place, self._facts.region_code or None)
        ):
            return ""
        own = self._regions.by_code(self._facts.region_code)
        short = own.short_names[0] if own and own.short_names else self._facts.region
        return (place or short) + self._zone_names.get(zone, zone)

    def _organizations(self, text: str) -> list[EntityHit]:
        hits = []
        for match in self._organization.finditer(text):
            name = match["name"]
            if self._regions.scan(name, self._facts.region_code or None):
                hits.append(EntityHit(match.start("name"), match.end("name"), Entity(name, "", "organization"), False))
        return hits

    def _named_regions(self, text: str) -> list[EntityHit]:
        own, found = self._facts.region_code, []
        for hit in self._regions.scan(text, own or None):
            if not self._is_subject(text, hit.start, hit.end) or self._listed.match(text, hit.end):
                continue
            region = hit.region
            if (
                own
                and own != region.code
                and self._regions.is_within(own, region.code)
                and not self._states_average(text, hit.end)
            ):
                continue
            found.append(EntityHit(hit.start, hit.end, Entity(region.name, region.code, "region"), False))
        return found

    def _is_subject(self, text: str, start: int, end: int) -> bool:
        lead = regex.search(_LEAD.replace("、", "") + "$", text[max(0, start - 4) : start])
        if start and lead is None:
            return False
        return self._behind.match(text, end) is not None and self._facility.match(text, end) is None

    @staticmethod
    def _states_average(text: str, end: int) -> bool:
        return text.startswith(("平均", "的平均", "水平"), end)

    def region_named(self, text: str) -> Entity | None:
        """The region an item of an enumeration names: 桐庐县 → 桐庐县; None when it names none."""
        if text.endswith(self._organization_ends):
            own = text[0] in "省市县区州盟旗" and not self._facts.region.endswith("全国")
            return Entity(self._facts.region + text[1:] if own else text, "", "organization")
        hits = self._regions.scan(text, self._facts.region_code or None)
        if len(hits) == 1 and hits[0].start == 0:
            return Entity(hits[0].region.name, hits[0].region.code, "region")
        if (unlisted := self._unlisted.fullmatch(text)) is not None:
            return Entity(unlisted.group(1), "", "region")
        return None
