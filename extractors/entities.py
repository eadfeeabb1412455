"""Whose figure it is: the document's region, a region named as its subject, the body's own level, a hospital."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extractors.hints import first_letters, last_letters
from extractors.model import EntityKind, Facts
from extractors.words import alternation, any_of, behind_no_subject, filled, right_behind, titles_behind
from lexicons import Lexicons

_NATION: Final = "000000"
_ENDINGS: Final = "县市区旗"
_OWN_LEVEL: Final = "本级"
_OPENING: Final = (
    r"(?:^-*|[，；：。—●■◆▲★]|其中[：，]?|[一二三四五六七八九十]是|\d[.．、]|（(?:[一二三四五六七八九十]+|\d{1,2})）|[一二三四五六七八九十]、|[①-⑳]"
    r"|[年月日末底]|目前|以来|半年|季度)"
)
_ZONE_PLACE: Final = r"[^，；：。、的是\d（）]{0,8}?"
_MONEY: Final = r"[约近]?\d[\d.,，]* ?[万亿]{0,2}元"
_ASIDE: Final = re.compile(r"（[^）\d]{1,20}）")
_LONGEST_OPENING: Final = 24
_ALLOTTED: Final = re.compile(r"\d(?!\d*个?(?:[省市县区州盟旗乡镇]|街道))")
_NAMED_THINGS: Final = re.compile(
    r"([^，。；：、\d]{1,12}?(?:、[^，。；：、\d]{1,14}?)*)(等)?(\d{1,3})[个家项种所处条座名位件户]"
)
"""Behind a place in whose name a thing begins that is counted: 绍兴|黄酒、金华火腿、西湖龙井3个历史经典产业."""
_LISTED_OPENING: Final = rf"(?:{_OPENING}|[、及和])"


@dataclass(init=False, slots=True)
class Entity:
    """A region or organization under its canonical name; the id is empty where no list knows it.

    Example: 市本级 in a report of 楚雄市 → 楚雄市本级
    """

    name: str
    id: str
    kind: EntityKind
    scope: str
    """Whom its figures include or leave out, where that is said of them: 不含高新区 of 市本级（不含高新区）收入."""

    def __init__(self, name: str, id: str, kind: EntityKind, scope: str = "") -> None:
        self.name, self.id, self.kind, self.scope = name, id, kind, scope


@dataclass(init=False, slots=True)
class EntityHit:
    """A subject named in a view.

    ``lasting`` subjects hold for the rest of the paragraph (市本级完成…。完成…), others for their sentence.
    """

    start: int
    end: int
    entity: Entity
    lasting: bool

    def __init__(self, start: int, end: int, entity: Entity, lasting: bool) -> None:
        self.start, self.end = start, end
        self.entity, self.lasting = entity, lasting


class EntityPatterns:
    """The patterns of subjects, compiled once for all documents."""

    def __init__(self, lexicons: Lexicons) -> None:
        words = lexicons.words
        self.regions = lexicons.regions
        self.levels = dict(word.split("=") for word in words("entities.level_words"))
        self.zone_names = dict(word.split("=") for word in words("entities.zone_names"))
        kinds = (*words("entities.zones"), *words("entities.budget_zones"))
        self.zones = tuple(sorted(kinds, key=len, reverse=True))
        self.institutions = tuple(words("facts.institutions"))
        self.organization_ends = tuple(words("entities.organization_suffixes"))
        fiscal, budget = alternation(lexicons, "entities.fiscal_words"), alternation(lexicons, "entities.budget_words")
        level = alternation(lexicons, "entities.own_level")
        own = alternation(lexicons, "entities.own_words")
        plain = any_of(self.levels)
        year, note = r"(?:\d{4} ?年度?)?", "(?:（(?:不?含|包括)[^）]{1,80}）)?"
        zone = f"(?:{_zones(lexicons, year)})"
        self.openings = words("entities.openings")
        opening = f"(?:{_OPENING}|{any_of(self.openings)})"
        places = rf"(?P<own>{own})|(?P<plain>{plain})(?!{behind_no_subject(lexicons)})"
        self.place_letters = re.compile(any_of(first_letters((*words("entities.own_words"), *self.levels))))
        self.place = re.compile(f"(?={self.place_letters.pattern})(?:{places})")
        among = alternation(lexicons, "entities.among")
        self.level_or_zone = _level_or_zone(lexicons, year)
        self.zone_heading = re.compile(f"{_OPENING}(?P<zone>{_ZONE_PLACE}(?:{any_of(self.zones)}))$")
        own_level = (
            rf"(?={note}{year}(?:实现|完成)?(?:{budget})|(?<=.本级)(?!{alternation(lexicons, 'entities.no_levels')}))"
        )
        self.subject = re.compile(
            rf"{opening}(?:(?P<level>{level}){own_level}"
            rf"|(?:预[计期])?(?P<zone>{_ZONE_PLACE}{zone})|{places})"
            rf"|(?:(?:（?(?:{among})[：，]?|[、：（])(?:不?含)?(?P<part>{_ZONE_PLACE}(?:{any_of(self.zones)}))(?={_MONEY}))"
        )
        self._compile_bodies(lexicons)
        self._compile_behind(lexicons)
        self.not_places = re.compile(alternation(lexicons, "entities.not_places"))
        self.region_opening = re.compile(opening + r"\Z")
        self.fiscal_heading = re.compile(rf"(?:\d{{4}}年)?(?:{fiscal})")

    def _compile_behind(self, lexicons: Lexicons) -> None:
        """What stands behind a subject, and what the names of those are like that stand below it."""
        self.titled = re.compile(titles_behind(lexicons))
        self.listed = re.compile("(?:以及|、|和|及|与|等)")
        self.behind = re.compile(r"(?:的)?[\u4e00-\u9fff\d（]")
        self.facility = re.compile(rf"[^，；：。、的]{{0,8}}?(?:{alternation(lexicons, 'entities.facilities')})")
        self.unlisted = re.compile("([\u4e00-\u9fff]{2,3}(?:[省县区州旗]|(?<!..城)市|(?<![东欧联结])盟))(?:的.*)?")
        self.below, self.below_letters = _below(lexicons)
        self.town = re.compile(filled(lexicons, "(?:words:entities.towns)(?!words:entities.of_districts)"))
        self.average = re.compile("(?:的)?(?:平均|水平)")
        self.scoped = re.compile(filled(lexicons, r"（((?:words:labels.scopes)[^）\d]{1,80})）"))
        self._likewise = lexicons.words("labels.likewise")

    def scope(self, note: str) -> str:
        """What a note on a subject says of its figures; "" where it holds for the whole report: 含开发区，下同."""
        return "" if note.endswith(self._likewise) else note

    def _compile_bodies(self, lexicons: Lexicons) -> None:
        """Hospitals, schools and companies: by their whole name, or by what a report calls its own (县医院)."""
        ends, owned = (alternation(lexicons, f"entities.{key}") for key in ("organization_suffixes", "owner_heads"))
        self.organization = re.compile(
            rf"{_LISTED_OPENING}(?P<name>(?!其中|包括|以及)[^，；：。、的了对为在与和及到向从我\d“”（）]{{2,12}}?(?:{ends}))"
            rf"(?={owned})"
        )
        bodies, body_kinds = (
            alternation(lexicons, f"entities.{key}") for key in ("own_organizations", "kinds_of_bodies")
        )
        self.own_body = re.compile(
            rf"{_LISTED_OPENING}(?P<body>[省市县区州盟旗](?:{body_kinds}|{bodies})|(?:{bodies}))(?={owned})"
        )
        names = (*lexicons.words("entities.organization_suffixes"), *lexicons.words("entities.own_organizations"))
        self.body = re.compile(any_of(last_letters(names)) + right_behind(names))


def _zones(lexicons: Lexicons, year: str) -> str:
    """Kinds of zones, each before the words that show that figures of its own follow: 高新区|完成, 湖滨新区|预算."""
    known, budgeting = (alternation(lexicons, f"entities.{key}") for key in ("zones", "budget_zones"))
    fiscal, budget = _told_of_zones(lexicons, year)
    return f"(?:{known}){fiscal}|(?:{budgeting}){budget}"


def _told_of_zones(lexicons: Lexicons, year: str) -> Iterator[str]:
    """What stands behind the kinds of zones with figures of their own, and of those with a budget of their own."""
    told = (alternation(lexicons, f"entities.{key}") for key in ("fiscal_words", "zone_budgets"))
    return (f"(?=(?:（[^）]{{1,20}}）)?{year}(?:{words}))" for words in told)


def _level_or_zone(lexicons: Lexicons, year: str) -> re.Pattern[str]:
    """Whether a text names a level or a zone at all, by the last letter of the words: few texts have one of these."""
    levels, known, budgeting = (lexicons.words(f"entities.{key}") for key in ("own_level", "zones", "budget_zones"))
    fiscal, budget = _told_of_zones(lexicons, year)
    kinds = (*known, *budgeting)
    told = f"{right_behind(levels)}|{right_behind(known)}{fiscal}|{right_behind(budgeting)}{budget}"
    return re.compile(f"{any_of(last_letters((*levels, *kinds)))}(?:{told}|{right_behind(kinds)}(?={_MONEY}))")


def _below(lexicons: Lexicons) -> tuple[re.Pattern[str], frozenset[str]]:
    """What lies below a body's own level: 县区16.6亿元, but not 县区上解收入, the body's own; its letters."""
    levels, paid = alternation(lexicons, "entities.levels_below"), alternation(lexicons, "entities.paid_to_own_level")
    letters = first_letters((*lexicons.words("entities.levels_below"), *"其各全"))
    return re.compile(rf"(?:其中[：，]?|各|全)?(?:{levels})(?!{paid})"), letters


class EntityScanner:
    """Finds who is the subject or owner of figures; places that are only object or location are not found.

    Example: 其中云川县人民医院扩建项目500万元 → 云川县人民医院; 市本级收入3亿元 → …市本级
    """

    def __init__(self, patterns: EntityPatterns, facts: Facts) -> None:
        self._patterns, self._regions, self._facts = patterns, patterns.regions, facts
        self.own = Entity(facts.region, facts.region_code, "region")
        itself = facts.issuer.endswith(patterns.institutions)
        self.author = Entity(facts.issuer, "", "organization") if itself else self.own
        self._above = frozenset(region.code for region in self._regions.ancestors(facts.region_code))
        self._context = facts.region_code or self._code_in_title()

    def _code_in_title(self) -> str | None:
        """The code of the county that a township without a code lies in: 522323 of 普安县清河镇2023年工作总结."""
        hits = self._regions.scan(self._facts.title)
        return hits[-1].region.code if hits else None

    def scan(self, text: str) -> list[EntityHit]:
        """The subjects of a view's text, in order, not overlapping."""
        hits = self._own_parts(text) + self._organizations(text) + self._named_regions(text)
        return _apart(hits + self._own_name(text) if self._facts.region and not self._facts.region_code else hits)

    def lasting(self, text: str) -> list[EntityHit]:
        """Only the subjects that hold for the rest of the paragraph."""
        return [hit for hit in self._own_parts(text) if hit.lasting]

    def of_section(self, section: Sequence[str]) -> Entity | None:
        """Whose budget a section is about: 大通湖区预算草案 → 大通湖区, 市本级收支 → …市本级; None for the whole."""
        for title in reversed(section):
            for hit in self.scan(title):
                if hit.entity != self.own and self._patterns.fiscal_heading.match(title, hit.end):
                    return hit.entity
            if (zone := self._patterns.zone_heading.search(title)) and (entity := self._entity("zone", zone["zone"])):
                return entity
        return None

    def region_named(self, text: str) -> Entity | None:
        """The body an item of an enumeration names: 桐庐县 → 桐庐县, 县医院 → that of the county; None for none."""
        if text.endswith(self._patterns.organization_ends):
            own = text[0] in "省市县区州盟旗" and self._facts.region_code != _NATION
            return Entity(self._facts.region + text[1:] if own else text, "", "organization")
        if text in self._patterns.levels:
            return self._of_level(self._patterns.levels[text])
        if text.endswith(_OWN_LEVEL):
            return self._level_named(text.removesuffix(_OWN_LEVEL))
        hits = self._regions.scan(text, self._context)
        if len(hits) == 1 and hits[0].start == 0:
            return Entity(hits[0].region.name, hits[0].region.code, "region")
        unlisted = self._patterns.unlisted.fullmatch(text)
        return Entity(unlisted.group(1), "", "region") if unlisted else None

    def is_below(self, words: str) -> bool:
        """Whether words before a figure begin with what lies below the body's own level: 县区16.6亿元."""
        return words[:1] in self._patterns.below_letters and self._patterns.below.match(words) is not None

    def opens_with_words(self, text: str, start: int) -> bool:
        """Whether what a sentence tells first is a subject's, for all words before it: 大会批准的|市本级支出预算."""
        return text.endswith(self._patterns.openings, 0, start)

    def is_town(self, words: str, end: int) -> bool:
        """Whether the name of a city up to there goes on as its town: 云川市|区环境噪声, but not 云川市|区级收入."""
        return self._patterns.town.match(words, max(0, end - 1)) is not None

    def of_caption(self, caption: str) -> tuple[Entity, str]:
        """Whose figures a table has by its caption, and the caption without the names of bodies.

        Example: 2025年度云川县（本级）支出决算表 → 云川县本级, 2025年度（本级）支出决算表
        """
        hits = self.scan(caption)
        rest = caption
        for hit in reversed(hits):
            rest = rest[: hit.start] + rest[hit.end :]
        rest = rest.replace(self.own.name, "") if self.own.name else rest
        level = self._level_named("") if _OWN_LEVEL in caption else None
        return level or (hits[0].entity if hits else self.own), rest

    def _level_named(self, place: str) -> Entity | None:
        """A region's own level of government: 云川县本级, 市本级 in a city's report; None for another's."""
        if place in {"", self._facts.region} or (len(place) == 1 and self._is_own_level(f"{place}{_OWN_LEVEL}")):
            return Entity(f"{self._facts.region}{_OWN_LEVEL}", "", "region")
        hits = self._regions.scan(place, self._context)
        whole = len(hits) == 1 and (hits[0].start, hits[0].end) == (0, len(place))
        return Entity(f"{hits[0].region.name}{_OWN_LEVEL}", "", "region") if whole else None

    def _own_parts(self, text: str) -> list[EntityHit]:
        patterns, hits = self._patterns, list[EntityHit]()
        wholly = patterns.level_or_zone.search(text)
        if wholly is None and patterns.place_letters.search(text) is None:
            return hits
        for match in (patterns.subject if wholly else patterns.place).finditer(text):
            if not wholly and not self._opens(text, match.start()):
                continue
            kind = match.lastgroup or "own"
            entity = self._entity("zone" if kind == "part" else kind, match[kind])
            if entity is not None:
                lasting = entity == self.own or kind in {"level", "zone"}
                aside = (_ASIDE if kind == "zone" else patterns.scoped).match(text, match.end(kind))
                if aside and kind != "zone":
                    lasting = lasting and not text[aside.end() : aside.end() + 1].isdigit()
                    entity = Entity(entity.name, entity.id, entity.kind, patterns.scope(aside[1]))
                hits.append(EntityHit(match.start(kind), aside.end() if aside else match.end(kind), entity, lasting))
        return hits

    def _opens(self, text: str, start: int) -> bool:
        """Whether a subject may stand at ``start``: at the beginning, behind a comma, 其中, 截至6月底 …"""
        return (
            not start
            or self._patterns.region_opening.search(text[max(0, start - _LONGEST_OPENING) : start]) is not None
        )

    def _entity(self, kind: str, name: str) -> Entity | None:
        if kind == "level":
            return Entity(f"{self._facts.region}本级", "", "region") if self._is_own_level(name) else None
        if kind == "zone":
            full = self._zone(name)
            return Entity(full, "", "organization") if full else None
        return self._of_level(self._patterns.levels[name]) if kind == "plain" else self.author

    def _is_own_level(self, name: str) -> bool:
        """市级 is the city's own level in a city's report, in a county's it is another's."""
        if name in {"本级", "中央本级"}:
            return True
        return name.removesuffix("本级").removesuffix("级").removesuffix("直")[-1:] in self._facts.region[-3:]

    def _of_level(self, ending: str) -> Entity:
        """全省 in a prefecture's report is the province; 全市 in a district's is the district's own or the city."""
        if ending == "国":
            return Entity("全国", _NATION, "region")
        if self._facts.region.endswith(ending) or not self._context:
            return self.own
        around = self._regions.by_code(self._context)
        own = (around,) if around and not self._facts.region_code else ()
        above = (*own, *self._regions.ancestors(self._context))
        found = next((region for region in above if region.name.endswith(ending)), None)
        return Entity(found.name, found.code, "region") if found else self.own

    def _zone(self, name: str) -> str:
        """The full name of a zone, "" when other words stand before it: 高新区 in 楚雄市 → 楚雄高新技术产业开发区."""
        zone = next(word for word in self._patterns.zones if name.endswith(word))
        place = name[: len(name) - len(zone)].removeprefix(self._facts.region[-1:])
        own = self._regions.by_code(self._facts.region_code)
        region = self._facts.region
        short = own.short_names[0] if own and own.short_names else region[:-1] if len(region) > 2 else region
        place = place.removeprefix(short)
        if place and not self._is_place(place):
            if self._regions.scan(place, self._context) or self._patterns.not_places.search(place):
                return ""
            zone, place = place + zone, ""
        return (place or short) + self._patterns.zone_names.get(zone, zone)

    def _is_place(self, name: str) -> bool:
        """Whether words before a kind of zone are the name of a region, whole or short: 蒙自|经开区."""
        own = self._facts.region_code
        for full in (name, *(f"{name}{ending}" for ending in _ENDINGS if own)):
            for hit in self._regions.scan(full, self._context):
                if (hit.start, hit.end) == (0, len(full)) and (
                    not own or self._regions.is_within(hit.region.code, own)
                ):
                    return True
        return False

    def _organizations(self, text: str) -> list[EntityHit]:
        hits: list[EntityHit] = []
        if self._patterns.body.search(text) is None:
            return hits
        for match in self._patterns.organization.finditer(text):
            if self._regions.scan(match["name"], self._context):
                owner = Entity(match["name"], "", "organization")
                hits.append(EntityHit(match.start("name"), match.end("name"), owner, False))
        for match in self._patterns.own_body.finditer(text):
            name = self._facts.region + match["body"].lstrip("省市县区州盟旗")
            owner = Entity(name, "", "organization")
            hits.append(EntityHit(match.start("body"), match.end("body"), owner, True))
        return hits

    def _named_regions(self, text: str) -> list[EntityHit]:
        hits: list[EntityHit] = []
        for hit in self._regions.scan(text, self._context):
            region = hit.region
            if region.code in self._above and not self._patterns.average.match(text, hit.end):
                continue
            if self._is_subject(text, hit.start, hit.end):
                hits.append(EntityHit(hit.start, hit.end, Entity(region.name, region.code, "region"), False))
        return hits

    def _own_name(self, text: str) -> list[EntityHit]:
        """The reporting region by a name that no list knows: 云川县共罚款…."""
        name, hits = self._facts.region, list[EntityHit]()
        at = text.find(name)
        while at >= 0:
            if self._is_subject(text, at, at + len(name)):
                hits.append(EntityHit(at, at + len(name), self.own, True))
            at = text.find(name, at + len(name))
        return hits

    def _is_subject(self, text: str, start: int, end: int) -> bool:
        patterns = self._patterns
        if _ALLOTTED.match(text, end) and start and text[start - 1] in "、和：":
            return True
        if start and patterns.region_opening.search(text[max(0, start - 4) : start]) is None:
            return False
        if (things := _NAMED_THINGS.match(text, end)) and (
            things[2] or int(things[3]) - 1 == things[1].count("、") > 0
        ):
            return False
        if patterns.listed.match(text, end) or patterns.facility.match(text, end) or patterns.titled.match(text, end):
            return False
        return patterns.behind.match(text, end) is not None


def _apart(found: list[EntityHit]) -> list[EntityHit]:
    if len(found) < 2:
        return found
    apart: list[EntityHit] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        if not apart or hit.start >= apart[-1].end:
            apart.append(hit)
    return apart
