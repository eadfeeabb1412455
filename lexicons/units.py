"""Units and classifiers: how they are written, what they measure, what their canonical name is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from lexicons.errors import LexiconError
from lexicons.fields import Entry, entries

KINDS = ("unit", "classifier", "money", "ratio", "duration", "denominator")
UNIT_KEYS = ("name", "aliases", "dimension", "kind", "factor", "strict", "note")
EXTENSION_KEYS = ("name", "aliases", "note")
_PER = re.compile(r"(?:[0-9]+|[一二三四五六七八九两]?)[十百千万亿]*")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit or classifier under its canonical name.

    ``factor`` is how many of the dimension's base unit one of it is (亩 → 666.67 平方米), None where nothing
    converts. ``strict`` holds the spellings that are often another word (点, 分, 位): a figure before them
    is no proof. A unit of kind ``denominator`` only stands behind a slash (元/生).

    >>> import lexicons
    >>> unit = lexicons.load().units["平方米"]
    >>> unit.dimension, "㎡" in unit.aliases
    ('area', True)
    """

    name: str
    aliases: tuple[str, ...]
    dimension: str
    kind: str
    factor: float | None = None
    strict: tuple[str, ...] = ()


def fold(spelling: str) -> str:
    """A spelling without differences of width or blanks, for look-ups only: positions are not kept.

    Example: ``fold("元 ／ 人")`` → ``元/人``, ``fold("㎡")`` → ``m2``
    """
    return "".join(unicodedata.normalize("NFKC", spelling).split())


@dataclass(frozen=True)
class Units:
    """All units, to be found by name or by any spelling.

    >>> import lexicons
    >>> units = lexicons.load().units
    >>> units.lookup("㎡").name, units.lookup("元/人·月").dimension
    ('平方米', 'money')
    """

    all: tuple[Unit, ...]

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def __getitem__(self, name: str) -> Unit:
        """The unit of that canonical name; KeyError when there is none."""
        return self._by_name[name]

    def __contains__(self, spelling: object) -> bool:
        return isinstance(spelling, str) and self.lookup(spelling) is not None

    def lookup(self, spelling: str) -> Unit | None:
        """The unit written like this, in any width and spacing, None when it is not known.

        A compound that is no entry of its own (``元/人·月``, ``元／（人·年）``) is put together from its
        parts when all of them are known; its name keeps every part, its dimension is the first part's.

        >>> import lexicons
        >>> lexicons.load().units.lookup("万元") is None, lexicons.load().units.lookup("平米").name
        (True, '平方米')
        """
        if unit := self._by_spelling.get(spelling):
            return unit
        unit = self._by_fold.get(fold(spelling)) or self._compound(fold(spelling))
        return unit if unit and unit.kind != "denominator" else None

    def is_strict(self, spelling: str) -> bool:
        """Whether a spelling is so often another word that it needs a guard: 位 (第3位), but not 名."""
        return spelling in self._strict

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """Every way a unit is written, longest first: what a matcher looks for."""
        return tuple(sorted(self._by_spelling, key=lambda spelling: (-len(spelling), spelling)))

    @property
    def denominators(self) -> tuple[str, ...]:
        """What is no unit of its own but stands behind a slash: 生 (元/生), 人口, 学生."""
        return tuple(unit.name for unit in self.all if unit.kind == "denominator")

    @cached_property
    def _by_name(self) -> dict[str, Unit]:
        return {unit.name: unit for unit in self.all}

    @cached_property
    def _by_spelling(self) -> dict[str, Unit]:
        free = (unit for unit in self.all if unit.kind != "denominator")
        return {spelling: unit for unit in free for spelling in (unit.name, *unit.aliases)}

    @cached_property
    def _by_fold(self) -> dict[str, Unit]:
        return {fold(spelling): unit for unit in self.all for spelling in (unit.name, *unit.aliases)}

    @cached_property
    def _strict(self) -> frozenset[str]:
        return frozenset(spelling for unit in self.all for spelling in unit.strict)

    def _compound(self, folded: str) -> Unit | None:
        head, slash, tail = folded.partition("/")
        first = self._by_fold.get(head)
        if not slash or first is None:
            return None
        parts = [self._denominator(part) for part in re.split(r"[·•*./]", tail.strip("()"))]
        if not all(parts):
            return None
        name = f"{first.name}/{'·'.join(part for part in parts if part)}"
        return replace(first, name=name, aliases=(), factor=None, strict=())

    def _denominator(self, part: str) -> str | None:
        """Canonical form of what stands below the line, its scale kept: 万辆 → 万辆, 名 → 人, 生 → 生."""
        if unit := self._by_fold.get(part):
            return unit.name
        scale = _PER.match(part)
        rest = part[scale.end() :] if scale else part
        unit = self._by_fold.get(rest)
        return part[: len(part) - len(rest)] + unit.name if unit else None


def load_units(path: Path, overlay: Path | None = None) -> Units:
    """The units of ``units.toml`` and of a user's file of the same form.

    An entry of the user's file whose name we have adds its aliases, any other is a new unit. LexiconError for
    unknown fields, wrong types, a name that stands twice and a spelling of two units.

    Example: ``load_units(Path("lexicons/data/units.toml"))["亩"].dimension`` → ``area``
    """
    units: dict[str, Unit] = {}
    for entry in entries(path, "unit", "name"):
        if entry.name in units:
            raise entry.error("name", "duplicate: another entry has this name")
        units[entry.name] = _unit(entry)
    for entry in entries(overlay, "unit", "name") if overlay else ():
        units[entry.name] = _extended(entry, units[entry.name]) if entry.name in units else _unit(entry)
    _check_collisions(path.name, list(units.values()))
    return Units(tuple(units.values()))


def _unit(entry: Entry) -> Unit:
    entry.only(UNIT_KEYS)
    entry.string("note", "")
    factor = entry.number("factor")
    if factor is not None and factor <= 0:
        raise entry.error("factor", "must be above 0")
    return Unit(
        name=entry.name,
        aliases=entry.strings("aliases"),
        dimension=entry.string("dimension"),
        kind=entry.choice("kind", KINDS),
        factor=factor,
        strict=_strict(entry),
    )


def _strict(entry: Entry) -> tuple[str, ...]:
    spellings = (entry.name, *entry.strings("aliases"))
    if isinstance(entry.fields.get("strict", False), bool):
        return spellings if entry.flag("strict") else ()
    chosen = entry.strings("strict")
    for spelling in chosen:
        if spelling not in spellings:
            raise entry.error("strict", f"{spelling} is no spelling of this unit")
    return chosen


def _extended(entry: Entry, unit: Unit) -> Unit:
    entry.only(EXTENSION_KEYS)
    added = entry.strings("aliases")
    for alias in added:
        if alias in (unit.name, *unit.aliases):
            raise entry.error("aliases", f"duplicate word {alias}: the unit already has it")
    return replace(unit, aliases=unit.aliases + added)


def _check_collisions(file: str, units: Sequence[Unit]) -> None:
    owner: dict[str, str] = {}
    for unit in units:
        if unit.name in unit.aliases:
            raise LexiconError(file, unit.name, "aliases", f"duplicate word {unit.name}: it is the name")
        for spelling in (unit.name, *unit.aliases):
            for key in {spelling, fold(spelling)}:
                if (other := owner.setdefault(key, unit.name)) != unit.name:
                    message = f"collision: {spelling} is also a spelling of {other}"
                    raise LexiconError(file, unit.name, "aliases", message)
