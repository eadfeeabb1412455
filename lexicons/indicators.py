"""Well-known indicators: what they are called, how they are computed and where their values lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from lexicons.errors import LexiconError
from lexicons.fields import Entry, entries
from lexicons.units import Units, fold

DIRECTIONS = ("up", "down", "none")
INDICATOR_KEYS = (
    "id",
    "name",
    "aliases",
    "unit",
    "numerator",
    "denominator",
    "multiplier",
    "min",
    "max",
    "direction",
    "definition",
    "source",
)
EXTENSION_KEYS = ("id", "aliases")


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator as statistics define it.

    A rate is ``numerator / denominator * multiplier``; where practice knows several, both fields list them,
    separated by ``|``. ``min`` and ``max`` bound what is plausible, in ``unit``; None where nothing does.

    >>> import lexicons
    >>> rate = lexicons.load().indicators["early_pregnancy_registration_rate"]
    >>> rate.name, rate.denominators, rate.multiplier, rate.unit
    ('早孕建册率', ('活产数',), 100.0, '%')
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    unit: str
    numerator: str
    denominator: str
    multiplier: float | None
    min: float | None
    max: float | None
    direction: str
    definition: str
    source: str

    @property
    def numerators(self) -> tuple[str, ...]:
        """The accepted numerators, none when it is no rate."""
        return tuple(part.strip() for part in self.numerator.split("|") if part.strip())

    @property
    def denominators(self) -> tuple[str, ...]:
        """The accepted denominators, none when it is no rate."""
        return tuple(part.strip() for part in self.denominator.split("|") if part.strip())


@dataclass(frozen=True)
class Indicators:
    """All indicators, to be found by id, name or alias.

    >>> import lexicons
    >>> lexicons.load().indicators.lookup("早孕建卡率").name
    '早孕建册率'
    """

    all: tuple[Indicator, ...]

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def __getitem__(self, id: str) -> Indicator:
        """The indicator of that id; KeyError when there is none."""
        return self._by_id[id]

    def lookup(self, name: str) -> Indicator | None:
        """The indicator of that name or alias, in any width and spacing; None when it is not known.

        >>> import lexicons
        >>> lexicons.load().indicators.lookup("早孕 建卡率").id
        'early_pregnancy_registration_rate'
        """
        return self._by_name.get(name) or self._by_fold.get(fold(name))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name and alias, longest first: what a matcher looks for."""
        return tuple(sorted(self._by_name, key=lambda name: (-len(name), name)))

    @cached_property
    def _by_id(self) -> dict[str, Indicator]:
        return {indicator.id: indicator for indicator in self.all}

    @cached_property
    def _by_name(self) -> dict[str, Indicator]:
        return {name: indicator for indicator in self.all for name in (indicator.name, *indicator.aliases)}

    @cached_property
    def _by_fold(self) -> dict[str, Indicator]:
        return {fold(name): indicator for name, indicator in self._by_name.items()}


def load_indicators(path: Path, units: Units, overlay: Path | None = None) -> Indicators:
    """The indicators of ``indicators.toml`` and of a user's file of the same form.

    An entry of the user's file whose id we have adds its aliases, any other is a new indicator.
    LexiconError for unknown fields, unknown units, a range or rate that is not complete, and a name
    of two indicators.

    Example: ``load_indicators(path, units)["early_pregnancy_registration_rate"].name`` → ``早孕建册率``
    """
    found: dict[str, Indicator] = {}
    for entry in entries(path, "indicator", "id"):
        if entry.name in found:
            raise entry.error("id", "duplicate: another entry has this id")
        found[entry.name] = _indicator(entry, units)
    for entry in entries(overlay, "indicator", "id") if overlay else ():
        known = found.get(entry.name)
        found[entry.name] = _extended(entry, known) if known else _indicator(entry, units)
    _check_collisions(path.name, list(found.values()))
    return Indicators(tuple(found.values()))


def _indicator(entry: Entry, units: Units) -> Indicator:
    entry.only(INDICATOR_KEYS)
    unit = entry.string("unit", "")
    if unit and ((known := units.lookup(unit)) is None or known.name != unit):
        hint = f"; write {known.name}" if known else ""
        raise entry.error("unit", f"{unit} is not the name of a unit{hint}")
    indicator = Indicator(
        id=entry.name,
        name=entry.string("name"),
        aliases=entry.strings("aliases"),
        unit=unit,
        numerator=entry.string("numerator", ""),
        denominator=entry.string("denominator", ""),
        multiplier=entry.number("multiplier"),
        min=entry.number("min"),
        max=entry.number("max"),
        direction=entry.choice("direction", DIRECTIONS, "none"),
        definition=entry.string("definition"),
        source=entry.string("source"),
    )
    _check_rate(entry, indicator)
    return indicator


def _check_rate(entry: Entry, indicator: Indicator) -> None:
    stated = {field: getattr(indicator, field) for field in ("numerator", "denominator", "multiplier")}
    if any(stated.values()):
        for field, value in stated.items():
            if not value:
                raise entry.error(field, "missing: a rate needs numerator, denominator and multiplier")
    if indicator.min is not None and indicator.max is not None and indicator.min >= indicator.max:
        raise entry.error("min", "must be below max")


def _extended(entry: Entry, indicator: Indicator) -> Indicator:
    entry.only(EXTENSION_KEYS)
    added = entry.strings("aliases")
    for alias in added:
        if alias in (indicator.name, *indicator.aliases):
            raise entry.error("aliases", f"duplicate word {alias}: the indicator already has it")
    return replace(indicator, aliases=indicator.aliases + added)


def _check_collisions(file: str, indicators: list[Indicator]) -> None:
    owner: dict[str, str] = {}
    for indicator in indicators:
        if (name := indicator.name) in indicator.aliases:
            raise LexiconError(file, indicator.id, "aliases", f"duplicate word {name}: it is the name itself")
        for name in (indicator.name, *indicator.aliases):
            if (other := owner.setdefault(fold(name), indicator.id)) != indicator.id:
                message = f"collision: {name} is also a name of {other}"
                raise LexiconError(file, indicator.id, "aliases", message)
