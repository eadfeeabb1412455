"""Finding the names of regions in a text, and not inside other words (中山大学, 和平利用, 青海南部)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from lexicons.regions import Region, Regions

_LISTED: Final = re.compile(r"(?:[、，,和与及]|以及)")
_SUFFIXES: Final = "省市县区州盟旗"


@dataclass(frozen=True, slots=True)
class RegionHit:
    """A region named in a text at ``[start, end)``; names that lead to it belong to the span (四川省南部县).

    Example: 辽宁朝阳 in 与辽宁朝阳结对 → (1, 5), 朝阳市
    """

    start: int
    end: int
    region: Region


@dataclass(init=False, slots=True)
class _Match:
    start: int
    end: int
    name: str

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start, self.end, self.name = start, end, name


class RegionScanner:
    """A matcher for all names of regions, longest names first; built once, then fast.

    Example: ``RegionScanner(regions).scan("黔西南州兴义市", None)[0].region.name`` → ``兴义市``
    """

    def __init__(self, regions: Regions) -> None:
        group = {name.partition(".")[2]: words for name, words in regions.guards.items()}
        self._regions = regions
        self._ordinary, self._phrases = frozenset(group["ordinary"]), frozenset(group["phrases"])
        self._follow = _alternation(group["follow"])
        self._after = {"区": _alternation(group["after_qu"]), "市": _alternation(group["after_shi"])}
        self._after_county = _alternation(group["after_xian"])
        self._patterns = sorted({name for name in regions.names if len(name) > 1} | self._phrases)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)

    def scan(self, text: str, context: str | None) -> list[RegionHit]:
        """The regions named in the text, in text order, not overlapping.

        ``context`` is the code of the region the text is about. A county's name without its 县 or 区 is found
        only when the county lies in the same prefecture or stands behind the name of what it lies in; a name
        that is also an ordinary word only beside another region of the same parent.
        """
        matches = self._matches(text)
        if not matches:
            return []
        regions: list[Region | None] = []
        for position, match in enumerate(matches):
            before = position - 1 if position and matches[position - 1].end == match.start else None
            region = self._below(match, regions[before]) if before is not None else None
            regions.append(region or self._alone(match, context))
        self._add_listed(text, matches, regions)
        return self._hits(matches, regions)

    def _matches(self, text: str) -> list[_Match]:
        """Matches that are words of their own, without what belongs to the next word."""
        matches: list[_Match] = []
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            name = self._patterns[index]
            if name in self._phrases or self._is_end_of_word(name, text, end):
                continue
            if (after := self._after.get(name[-1])) and after.match(text, end):
                name, end = name[:-1], end - 1
            if name[-1] not in _SUFFIXES and self._follow.match(text, end):
                continue
            matches.append(_Match(start, end, name))
        return matches

    def _is_end_of_word(self, name: str, text: str, end: int) -> bool:
        """Whether 成县 is the end of 建成 and the beginning of 县级."""
        return len(name) == 2 and name[-1] == "县" and bool(self._after_county.match(text, end))

    def _below(self, match: _Match, above: Region | None) -> Region | None:
        """The region of that name in the region named right before it: 南部 in 四川南部, not in 以南部."""
        if above is None or above.level in ("nation", "county"):
            return None
        region = self._regions.resolve(match.name, above.code)
        if region is None or region == above or not self._regions.is_within(region.code, above.code):
            return None
        is_word = match.name in self._ordinary and match.name[-1] not in _SUFFIXES
        return None if is_word and region.level == "county" else region

    def _alone(self, match: _Match, context: str | None) -> Region | None:
        """The region of a name that stands by itself."""
        region = self._regions.resolve(match.name, context)
        if match.name in self._ordinary:
            return region if self._is_official_nearby(region, match.name, context) else None
        if region is None or region.level != "county" or (match.name == region.name and len(match.name) > 2):
            return region
        if match.name[-1] in _SUFFIXES and len(match.name) > 2:
            return region
        return region if context and self._near(region, context) else None

    def _is_official_nearby(self, region: Region | None, name: str, context: str | None) -> bool:
        """Whether an ordinary word is a district's full name, in a text about its own city: 江北区 in 宁波."""
        if region is None or context is None or len(name) < 3 or name != region.name:
            return False
        around = self._regions.by_code(context)
        return around is not None and around.level in ("prefecture", "county") and self._near(region, context)

    def _leads_to(self, above: Region, region: Region) -> bool:
        return above.level != "nation" and self._regions.is_within(region.code, above.code)

    def _near(self, region: Region, context: str) -> bool:
        """Whether a county lies in the context, or in the same prefecture as it."""
        around = self._regions.by_code(context)
        return around is not None and self._regions.is_within(
            region.code, around.parent if around.level == "county" else around.code
        )

    def _add_listed(self, text: str, matches: list[_Match], regions: list[Region | None]) -> None:
        """Resolve ordinary words that stand in a list with a region of the same parent: 皇姑、和平两区."""
        for step, order in ((-1, range(len(matches))), (1, range(len(matches) - 1, -1, -1))):
            for position in order:
                other = position + step
                if regions[position] or not 0 <= other < len(matches) or not (neighbour := regions[other]):
                    continue
                region = self._regions.resolve(matches[position].name, neighbour.code)
                left, right = matches[min(position, other)], matches[max(position, other)]
                listed = _LISTED.fullmatch(text, left.end, right.start)
                if region and listed and region.parent == neighbour.parent:
                    regions[position] = region

    def _hits(self, matches: list[_Match], regions: list[Region | None]) -> list[RegionHit]:
        """The hits; a name right behind the name of what it lies in is one hit with it."""
        hits: list[RegionHit] = []
        for match, region in zip(matches, regions, strict=True):
            if region is None:
                continue
            last = hits[-1] if hits else None
            if last and last.end == match.start and self._leads_to(last.region, region):
                hits[-1] = RegionHit(last.start, match.end, region)
            else:
                hits.append(RegionHit(match.start, match.end, region))
        return hits


def _alternation(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)")
