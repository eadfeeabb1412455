"""The administrative regions of China: their codes, their names, and how they contain each other."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from lexicons.errors import LexiconError, near
from lexicons.words import Groups, overlay_words, read_words

if TYPE_CHECKING:
    from lexicons.region_scan import RegionHit, RegionScanner

Level = Literal["nation", "province", "prefecture", "county", "township"]
LEVELS: tuple[Level, ...] = get_args(Level)
NATION = "000000"
COLUMNS = ("code", "name", "short_names", "abbreviations", "former", "parent", "level")
FILE, GUARDS = "regions.csv", "regions_guards.toml"


@dataclass(frozen=True, slots=True)
class Region:
    """One administrative region, or 全国.

    ``former`` names places that are now this region or a part of it (撤县设区, 更名).

    Example: 522300 黔西南布依族苗族自治州, short 黔西南 and 黔西南州, parent 520000, level prefecture
    """

    code: str
    """GB/T 2260, six digits; 000000 for 全国."""
    name: str
    short_names: tuple[str, ...]
    former: tuple[str, ...]
    parent: str
    """Code of the region it lies in, empty for 全国."""
    level: Level
    abbreviations: tuple[str, ...] = ()
    """One-character names of a province: 黔, 贵."""

    @property
    def rank(self) -> int:
        """0 for the nation, 1 for a province, 2 for a prefecture, 3 for a county, 4 for a township."""
        return LEVELS.index(self.level)


@dataclass(frozen=True)
class Regions:
    """All regions, to be found by code or by any name, and to be looked for in a text.

    >>> import lexicons
    >>> lexicons.load().regions.resolve("盐池", None).code
    '640323'
    """

    all: tuple[Region, ...]
    guards: Groups
    """Words that keep names from being found inside other words (regions_guards.toml)."""

    def __iter__(self) -> Iterator[Region]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def by_code(self, code: str) -> Region | None:
        """The region of a GB/T 2260 code, None when there is none.

        Example: ``by_code("640323").name`` → ``盐池县``
        """
        return self._by_code.get(code)

    def by_abbreviation(self, character: str) -> Region | None:
        """The province of a one-character name, None when there is none.

        Example: ``by_abbreviation("黔").name`` → ``贵州省``
        """
        return self._by_abbreviation.get(character)

    def candidates(self, name: str) -> tuple[Region, ...]:
        """All regions of that official, short or former name, in this order.

        Example: ``candidates("吉林")`` → 吉林省, 吉林市
        """
        return self._by_name.get(name, ())

    def ancestors(self, code: str) -> tuple[Region, ...]:
        """The regions a region lies in, nearest first, 全国 last.

        Example: ``ancestors("640323")`` → 吴忠市, 宁夏回族自治区, 全国
        """
        found = []
        region = self._by_code.get(code)
        while region and (region := self._by_code.get(region.parent)):
            found.append(region)
        return tuple(found)

    def children(self, code: str) -> tuple[Region, ...]:
        """The regions directly below a region, by code.

        Example: ``children("640300")`` → 利通区, 红寺堡区, 盐池县 …
        """
        return self._children.get(code, ())

    def is_within(self, code: str, ancestor: str) -> bool:
        """Whether a region is the other one or lies in it.

        Example: ``is_within("640323", "640000")`` → True
        """
        return code == ancestor or any(region.code == ancestor for region in self.ancestors(code))

    def names_within(self, code: str) -> dict[str, Region]:
        """Every official, short and former name of a region and of those in it.

        A name that several of them share is the highest region's.

        Example: ``names_within("640300")["盐池"].code`` → ``640323``
        """
        names: dict[str, Region] = {}
        queue = [region] if (region := self._by_code.get(code)) else []
        for current in queue:
            queue.extend(self.children(current.code))
            for name in (current.name, *current.short_names, *current.former):
                names.setdefault(name, current)
        return names

    def resolve(self, name: str, context: str | None) -> Region | None:
        """The region meant by a name in a document about the region ``context``, None when it cannot be told.

        Preferred in this order: the context itself, what lies in it, what it lies in, its neighbours, nearest
        first, then the one region of that name elsewhere. Elsewhere a name that several regions share is no
        answer, unless one of them contains the others (吉林, 楚雄). A short name that a province shares with
        a county is the province's.

        >>> import lexicons
        >>> regions = lexicons.load().regions
        >>> regions.resolve("朝阳区", "110000").code, regions.resolve("朝阳区", None)
        ('110105', None)
        """
        key = (name, context or "")
        if key not in self._resolved:
            self._resolved[key] = self._resolve(self.candidates(name), name, context)
        return self._resolved[key]

    def scan(self, text: str, context: str | None = None) -> list[RegionHit]:
        """The regions named in a text, in text order, not overlapping; see ``lexicons.region_scan``.

        Example: ``scan("四川省南部县与阆中市")`` → 南部县 (0, 6), 阆中市 (7, 10)
        """
        return self._scanner.scan(text, context)

    def _resolve(self, found: tuple[Region, ...], name: str, context: str | None) -> Region | None:
        if not context or context not in self._by_code:
            return self._elsewhere(found, name)
        found = self._without_namesakes(found, name, context)
        if any(region.code == context for region in found):
            return self._by_code[context]
        above = [region.code for region in self.ancestors(context) if region.code != NATION]
        for around in (context, *above):
            if inside := [region for region in found if self.is_within(region.code, around)]:
                return self._best(inside, name)
        return self._elsewhere(found, name)

    def _without_namesakes(self, found: tuple[Region, ...], name: str, context: str) -> tuple[Region, ...]:
        """Leave out counties that share a province's short name: 河北 in 天津 is 河北省, not 河北区."""
        if not any(region.level == "province" and name in region.short_names for region in found):
            return found
        return tuple(region for region in found if region.level != "county" or region.code == context)

    def _elsewhere(self, found: tuple[Region, ...], name: str) -> Region | None:
        provinces = [region for region in found if region.level in ("nation", "province")]
        return provinces[0] if len(provinces) == 1 else self._best(found, name)

    def _best(self, found: Iterable[Region], name: str) -> Region | None:
        """The one region that bears the name most properly: official before short before former."""
        ranked = sorted(found, key=lambda region: _kind(region, name))
        best = [region for region in ranked if _kind(region, name) == _kind(ranked[0], name)]
        best.sort(key=lambda region: region.rank)
        if best and all(self.is_within(other.code, best[0].code) for other in best):
            return best[0]
        higher = [region for region in best if region.rank < 3]
        return higher[0] if len(higher) == 1 and self._share_province(best) else None

    def _share_province(self, found: list[Region]) -> bool:
        return len({region.code[:2] for region in found}) == 1

    @cached_property
    def _by_code(self) -> dict[str, Region]:
        return {region.code: region for region in self.all}

    @cached_property
    def _by_abbreviation(self) -> dict[str, Region]:
        return {character: region for region in self.all for character in region.abbreviations}

    @cached_property
    def _by_name(self) -> dict[str, tuple[Region, ...]]:
        names: dict[str, list[Region]] = defaultdict(list)
        for region in self.all:
            names[region.name].append(region)
        for region in self.all:
            for name in region.short_names:
                names[name].append(region)
        for region in self.all:
            for name in region.former:
                if region not in names[name]:
                    names[name].append(region)
        return {name: tuple(found) for name, found in names.items()}

    @cached_property
    def _children(self) -> dict[str, tuple[Region, ...]]:
        below: dict[str, list[Region]] = defaultdict(list)
        for region in self.all:
            below[region.parent].append(region)
        return {code: tuple(found) for code, found in below.items()}

    @cached_property
    def _resolved(self) -> dict[tuple[str, str], Region | None]:
        return {}

    @cached_property
    def _scanner(self) -> RegionScanner:
        from lexicons.region_scan import RegionScanner

        return RegionScanner(self)

    @property
    def names(self) -> Iterable[str]:
        """Every official, short and former name."""
        return self._by_name.keys()


def _kind(region: Region, name: str) -> int:
    return 0 if name == region.name else 1 if name in region.short_names else 2


def load_regions(data_dir: Path, overlay: Path | None = None) -> Regions:
    """The regions of ``regions.csv`` with the guards of ``regions_guards.toml``, and a user's own files.

    A row of the user's whose code we have adds its short and former names, any other is a new region.
    LexiconError for unknown columns or levels, a code that stands twice and a parent that does not exist.

    Example: ``load_regions(Path("lexicons/data")).by_code("110000").name`` → ``北京市``
    """
    regions: dict[str, Region] = {}
    for region in _read(data_dir / FILE):
        if region.code in regions:
            raise LexiconError(FILE, region.code, "code", "duplicate: another row has this code")
        regions[region.code] = region
    guards = read_words(data_dir / GUARDS)
    if overlay and (overlay / FILE).exists():
        for region in _read(overlay / FILE):
            known = regions.get(region.code)
            regions[region.code] = _extended(known, region) if known else region
    if overlay and (overlay / GUARDS).exists():
        overlay_words(guards, overlay / GUARDS)
    for region in regions.values():
        if region.parent not in regions and region.level != "nation":
            raise LexiconError(FILE, region.code, "parent", f"no region has the code {region.parent!r}")
    return Regions(tuple(sorted(regions.values(), key=lambda region: region.code)), guards)


def _read(path: Path) -> Iterator[Region]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(line for line in file if not line.startswith("#"))
        if (header := tuple(next(rows, []))) != COLUMNS:
            message = f"the columns must be {','.join(COLUMNS)}, not {','.join(header)}"
            raise LexiconError(path.name, "", "", message)
        for row in rows:
            yield _region(path.name, row)


def _region(file: str, row: list[str]) -> Region:
    if len(row) != len(COLUMNS):
        raise LexiconError(file, row[0] if row else "", "", f"{len(row)} columns, not {len(COLUMNS)}")
    code, name, short_names, abbreviations, former, parent, level = row
    if len(code) != 6 or not code.isascii() or not code.isdigit():
        raise LexiconError(file, code, "code", "must be six digits")
    if level not in LEVELS:
        message = f"{level!r} is none of {', '.join(LEVELS)}{near(level, LEVELS)}"
        raise LexiconError(file, code, "level", message)
    names = _list(short_names), _list(former)
    return Region(code, name, *names, parent, level, _list(abbreviations))


def _list(field: str) -> tuple[str, ...]:
    return tuple(field.split("|")) if field else ()


def _extended(known: Region, more: Region) -> Region:
    short_names = tuple(dict.fromkeys((*known.short_names, *more.short_names)))
    return replace(known, short_names=short_names, former=tuple(dict.fromkeys((*known.former, *more.former))))
