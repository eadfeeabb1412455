"""The region a document is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

import regex

from extractors.facts.page import Page
from extractors.words import any_of
from lexicons import Lexicons
from lexicons.regions import NATION, Level, Region, Regions

TITLE, SESSION, LINE, SIGNED, FIELD, LEVEL, NATIONAL = 12.0, 8.0, 4.0, 4.0, 3.0, 4.0, 6.0
MOST_MENTIONS: Final = 10
_LEVELS: Final = "省市县区州盟旗国"
_LONGEST_NAME: Final = 8


def document_region(title: str, page: Page, lexicons: Lexicons) -> Region | None:
    """The region of a document, None when nothing tells it.

    Weighs the names in the title, in the line of the session, in the names of bodies above and below the
    text, and in the text, against what the text calls itself (全县, 市委). A place that no list has is taken
    from the form of its name, without a code.

    Example: title 区卫生健康委2023年工作总结, 信息来源 云川区卫健委 → 云川区
    """
    if township := _township(title, lexicons):
        return township
    regions, scores = lexicons.regions, defaultdict[str, float](float)
    listed = _title_places(title, page, regions)
    if not listed and (unlisted := _unlisted(title, lexicons)):
        return unlisted
    if len(listed) == 1 and not listed[0].code:
        return listed[0]
    for place in listed:
        scores[place.code] += TITLE
    for line, weight in _lines(title, page, lexicons):
        for code in {hit.region.code for hit in regions.scan(line)}:
            scores[code] += weight
    _add_body(scores, page.body, regions)
    if _is_national(title, page, lexicons):
        scores[NATION] += NATIONAL
    if max(scores.values(), default=0) < FIELD and (unlisted := _unlisted_in_lines(page, lexicons)):
        return unlisted
    if max(scores.values(), default=0) < FIELD and (named := _in_slogan(title, page, lexicons)):
        return named
    if not scores:
        _add_body(scores, page.rest, regions)
    return _best(scores, _self_level(page.body, lexicons), regions)


def _title_places(title: str, page: Page, regions: Regions) -> list[Region]:
    """The regions of a title; of several of one name, the one whose surroundings the text names most."""
    if hits := regions.scan(title):
        return [hit.region for hit in hits]
    for name in _names(title):
        if shared := regions.candidates(name):
            near = {region: _around(region, page.body, regions) for region in shared}
            best = max(shared, key=lambda region: near[region])
            return [best if near[best] or len(shared) == 1 else replace(best, code="", parent="")]
    return []


def _names(title: str) -> Iterator[str]:
    """What may be the name of a place in a title, by its last character: 海州, then 海州区 of 海州区统计局."""
    for start in range(len(title)):
        for end in range(start + 3, min(len(title), start + _LONGEST_NAME) + 1):
            if title[end - 1] in _LEVELS:
                yield title[start:end]


def _township(title: str, lexicons: Lexicons) -> Region | None:
    """The township, town or street a title names, behind its county or alone; no list has them.

    Example: 云川县清河镇2023年政府工作报告 → 清河镇
    """
    hits = lexicons.regions.scan(title)
    groups = ("not_in_townships", "townships", "behind_townships", "not_townships")
    pattern = _township_pattern(*(lexicons.words(f"facts.{group}") for group in groups))
    found = pattern.match(title, hits[-1].end if hits else 0)
    return Region("", str(found["name"]), (), (), "", "township") if found else None


@cache
def _township_pattern(
    excluded: tuple[str, ...], endings: tuple[str, ...], behind: tuple[str, ...], common: tuple[str, ...]
) -> regex.Pattern[str]:
    county = r"(?:关于)?(?:\p{Han}{2,6}?[省市县区州盟旗])?"
    name = rf"(?!(?:{any_of(common)}))(?:(?!{any_of(excluded)})\p{{Han}}){{1,6}}?(?:{any_of(endings)})"
    return regex.compile(rf"{county}(?P<name>{name})(?=\d|{any_of(behind)})")


def _unlisted(line: str, lexicons: Lexicons) -> Region | None:
    """A region that no list has, by the form of its name and what stands behind it; without a code.

    Of 云川市桥南区教育局 it is the district.

    Example: 关于云川县2025年预算执行情况的报告 → 云川县
    """
    zones = (*lexicons.words("entities.zones"), *lexicons.words("entities.budget_zones"))
    behind = (*lexicons.words("facts.behind_names"), *lexicons.words("facts.institutions"))
    pattern = _unlisted_pattern(lexicons.words("facts.not_in_names"), zones, behind)
    found = pattern.search(line)
    name = str(found[1]) if found else ""
    if not name or lexicons.regions.candidates(name):
        return None
    return Region("", name, (name[:-1],), (), "", _level_of(name))


def _unlisted_in_lines(page: Page, lexicons: Lexicons) -> Region | None:
    lines = [line for line in (*page.head[:14], *page.tail, *page.fields.values()) if len(line) <= 40]
    return next((region for line in lines if (region := _unlisted(line, lexicons))), None)


def _in_slogan(title: str, page: Page, lexicons: Lexicons) -> Region | None:
    """The place that a slogan names, of the level at which the title or the text speaks of itself.

    Example: 区卫生健康委2023年工作总结 … 聚焦“健康云川”建设 → 云川区
    """
    short = _slogan_pattern(lexicons.words("facts.slogans")).search(page.body)
    levels = _self_level(page.body, lexicons)
    level = title[:1] if title[:1] in _LEVELS else max(levels, key=lambda one: levels[one], default="")
    if short is None or not level or level == "国":
        return None
    name = f"{short[1]}{level}"
    known = lexicons.regions.candidates(name)
    if len(known) > 1:
        near = {region: _around(region, page.body, lexicons.regions) for region in known}
        return max(known, key=lambda region: near[region])
    return known[0] if known else Region("", name, (short[1],), (), "", _level_of(name))


@cache
def _slogan_pattern(slogans: tuple[str, ...]) -> regex.Pattern[str]:
    return regex.compile(rf"“(?:{any_of(slogans)})(\p{{Han}}{{2,3}})”")


def _level_of(name: str) -> Level:
    return "province" if name[-1] == "省" else "prefecture" if name[-1] in "市州盟" else "county"


@cache
def _unlisted_pattern(excluded: tuple[str, ...], zones: tuple[str, ...], behind: tuple[str, ...]) -> regex.Pattern[str]:
    before = r"^|(?<=^关于)|(?<=年)|(?<=年度)|(?<=在)|(?<=中共)|(?<=\s)"
    name = rf"(?:(?!{any_of(excluded)})\p{{Han}}){{2,6}}?[省市县区州盟旗]"
    after = rf"[\d“第]|(?:人民)?政府|人大|\p{{Han}}{{0,10}}?(?:{any_of(behind)})"
    above = rf"(?:(?!{any_of(excluded)})\p{{Han}}){{2,6}}?[省市州盟]"
    below = rf"(?!\p{{Han}}{{0,8}}?(?:{any_of(zones)})){name}"
    return regex.compile(rf"(?:{before})(?:{above}(?={below}(?={after})))?({name})(?={after})")


def _is_national(title: str, page: Page, lexicons: Lexicons) -> bool:
    """Whether the title or a line below it names the nation or one of its bodies, not a branch of one."""
    words, branches = lexicons.words("facts.national"), lexicons.words("facts.branches")
    lines = (line for line in page.head[:4] if len(line) <= 30 and line.startswith(words))
    titled = title.startswith(words) or any(word in title for word in words[:2])
    return titled or any(not line.endswith(branches) for line in lines)


def _around(region: Region, body: str, regions: Regions) -> int:
    above = [place for place in regions.ancestors(region.code) if place.code != NATION]
    return sum(body.count(name) for place in above for name in (place.name, *place.short_names))


def _lines(title: str, page: Page, lexicons: Lexicons) -> Iterator[tuple[str, float]]:
    """The lines, but for the title, that may name the region, with the weight of a name in them."""
    assembly = lexicons.words("facts.assembly")
    for line in page.head[:14]:
        if len(line) <= 70 and line != title:
            yield line, SESSION if any(word in line for word in assembly) else LINE
    yield from ((line, SIGNED) for line in page.tail if len(line) <= 40)
    yield from ((value, FIELD) for value in page.fields.values())


def _add_body(scores: defaultdict[str, float], body: str, regions: Regions) -> None:
    context = max(scores, key=lambda code: scores[code]) if scores else None
    counts = Counter(hit.region.code for hit in regions.scan(body, context))
    for code, count in counts.items():
        weight = 0.2 if code == NATION else 0.5
        scores[code] += weight * min(count, MOST_MENTIONS)


def _self_level(body: str, lexicons: Lexicons) -> Counter[str]:
    """How often the text calls itself a county (全县, 县委), a city …, by the last character of its name."""
    pattern = _self_pattern(lexicons.words("facts.self_words"), lexicons.words("facts.self_bodies"))
    return Counter(first or second for first, second in pattern.findall(body))


@cache
def _self_pattern(words: tuple[str, ...], bodies: tuple[str, ...]) -> regex.Pattern[str]:
    return regex.compile(rf"(?:{any_of(words)})([{_LEVELS}])|(?<!\p{{Han}})([{_LEVELS}])(?:{any_of(bodies)})")


def _best(scores: defaultdict[str, float], levels: Counter[str], regions: Regions) -> Region | None:
    total = sum(levels.values())
    for code in scores:
        region = regions.by_code(code)
        if region and total:
            scores[code] += LEVEL * levels["国" if code == NATION else region.name[-1]] / total
    best = max(scores, key=lambda code: (scores[code], code), default=None)
    return regions.by_code(best) if best else None
