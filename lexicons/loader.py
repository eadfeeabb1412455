"""Loading: every lexicon file is read and checked once, together with a user's overlay."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lexicons.errors import LexiconError, near
from lexicons.indicators import Indicators, load_indicators
from lexicons.units import Units, fold, load_units
from lexicons.words import Groups, overlay_words, read_words

if TYPE_CHECKING:
    from lexicons.domains import Domains
    from lexicons.regions import Regions
    from lexicons.tiles import Tiles

DATA = Path(__file__).parent / "data"
UNITS, INDICATORS, DOMAINS, REGIONS = "units.toml", "indicators.toml", "domains.toml", "regions"

OF_PAGES = frozenset({DOMAINS, f"{REGIONS}_tiles.csv"})
"""What pages are sorted and drawn by; no row of a table depends on it, and no report is read again for it."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Where a word is known and as what.

    >>> load().explain("早孕建卡率")[0].role
    'alias of the indicator 早孕建册率'
    """

    file: str
    entry: str
    role: str


@dataclass(frozen=True)
class Lexicons:
    """All that zhibiao knows of the language of reports; made by ``load``.

    >>> load().words("comparators.ge_before")[:2]
    ('不低于', '不少于')
    """

    groups: Groups
    units: Units
    indicators: Indicators
    version: str
    """Sixteen hex digits that change with any byte of the data files or of the overlay that can change a row."""
    overlay: Path | None = None

    def words(self, group: str) -> tuple[str, ...]:
        """The words of a group, ours first, then the overlay's; KeyError for a group that does not exist.

        >>> "同比" in load().words("roles.yoy")
        True
        """
        try:
            return self.groups[group]
        except KeyError:
            raise KeyError(f"no group {group!r} in the lexicons{near(group, self.groups)}") from None

    @cached_property
    def regions(self) -> Regions:
        """The administrative regions of China, read when first asked for."""
        from lexicons.regions import load_regions

        return load_regions(DATA, self.overlay)

    @cached_property
    def domains(self) -> Domains:
        """The fields of government that reports belong to, read when first asked for."""
        from lexicons.domains import load_domains

        theirs = self.overlay / DOMAINS if self.overlay else None
        return load_domains(DATA / DOMAINS, theirs if theirs and theirs.exists() else None)

    @cached_property
    def tiles(self) -> Tiles:
        """Where the provinces stand on a map of equal tiles, read when first asked for."""
        from lexicons.tiles import load_tiles

        return load_tiles(DATA, self.regions, self.overlay)

    def vocabulary(self) -> tuple[str, ...]:
        """Words that a segmenter should leave whole, sorted: units, indicators, regions, group words.

        All have two characters or more, and letters only.

        >>> {"早孕建册率", "不低于", "户次", "盐池县"} <= set(load().vocabulary())
        True
        """
        words = {*self.units.spellings, *self.indicators.names, *self.regions.names}
        words.update(word for group in self.groups.values() for word in group)
        return tuple(sorted(word for word in words if len(word) > 1 and word.isalpha()))

    def explain(self, word: str) -> list[Knowledge]:
        """Every entry that knows a word, in any width and spacing where it is a unit or an indicator.

        >>> load().explain("位")[-1]
        Knowledge(file='units.toml', entry='人', role='alias of the classifier 人')
        """
        found = [Knowledge(f"{stem}.toml", table, "word") for stem, table in self._groups_with(word)]
        if unit := self.units.lookup(word):
            found.append(Knowledge(UNITS, unit.name, _role(word, unit.name, unit.kind)))
        if indicator := self.indicators.lookup(word):
            found.append(Knowledge(INDICATORS, indicator.id, _role(word, indicator.name, "indicator")))
        for region in self.regions.candidates(word):
            found.append(Knowledge(f"{REGIONS}.csv", region.code, _role(word, region.name, region.level)))
        for domain in self.domains:
            if word in (domain.name, *domain.issuers, *domain.titles):
                found.append(Knowledge(DOMAINS, domain.name, _role(word, domain.name, "domain")))
        return found

    def _groups_with(self, word: str) -> Iterable[tuple[str, str]]:
        for group, words in self.groups.items():
            if word in words:
                stem, _, table = group.partition(".")
                yield stem, table


def _role(word: str, name: str, kind: str) -> str:
    return kind if fold(word) == fold(name) else f"alias of the {kind} {name}"


def load(overlay: Path | None = None) -> Lexicons:
    """Read and check the lexicons and, where given, a folder of the user's own files; the result is cached.

    The user's files have the names and the form of ours and add to them. LexiconError names the file,
    the entry and the field at fault.

    >>> folder = Path("自定义词典")
    >>> folder.mkdir()
    >>> _ = (folder / "comparators.toml").write_text('[ge_before]\\nwords = ["绝不低于"]\\n', encoding="utf-8")
    >>> load(folder).words("comparators.ge_before")[-1]
    '绝不低于'
    """
    return _load(overlay.resolve() if overlay else None)


@cache
def _load(overlay: Path | None) -> Lexicons:
    ours, theirs = files(DATA), _overlay_files(overlay)
    groups: Groups = {}
    for name, path in ours.items():
        if _is_words(name):
            groups |= read_words(path)
    for name, path in theirs.items():
        if _is_words(name):
            overlay_words(groups, path)
    units = load_units(ours[UNITS], theirs.get(UNITS))
    indicators = load_indicators(ours[INDICATORS], units, theirs.get(INDICATORS))
    return Lexicons(groups, units, indicators, _version([*ours.values(), *theirs.values()]), overlay)


def files(folder: Path) -> dict[str, Path]:
    """The lexicon files of a folder by name, sorted.

    Example: ``files(DATA)["units.toml"]``
    """
    return {path.name: path for path in sorted(folder.iterdir()) if path.suffix in {".toml", ".csv"}}


def _is_words(name: str) -> bool:
    return name.endswith(".toml") and name not in {UNITS, INDICATORS, DOMAINS} and not name.startswith(REGIONS)


def _overlay_files(overlay: Path | None) -> dict[str, Path]:
    if overlay is None:
        return {}
    if not overlay.is_dir():
        raise LexiconError(str(overlay), "", "", "not a folder; give the folder of your lexicon files")
    ours, theirs = files(DATA), files(overlay)
    for name in theirs:
        if name not in ours:
            raise LexiconError(name, "", "", f"no lexicon file has this name{near(name, ours)}")
    return theirs


def _version(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        if path.name in OF_PAGES:
            continue
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]
