"""Cells of tables as mentions: labels and units from rows and heads, periods from heads or the caption."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from extractors.columns import Column, HeadReader, is_percent
from extractors.confidence import Confidence
from extractors.context import Setting
from extractors.entities import Entity
from extractors.grids import NUMBER, Cell, Grid, Row
from extractors.model import Mention, PeriodFrom
from extractors.periods import PeriodScanner
from extractors.quantities import Quantity, QuantityScanner
from extractors.words import alternation
from lexicons import Lexicons

_ORDINAL = regex.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[、.．](?!\d))")
_NOTE = regex.compile(r"\[\d{1,3}\]")
_REGION = regex.compile(r"\p{Han}{1,9}[省市县区州盟旗]")
_ROUNDED = 1.005
"""How far the parts may pass their total by rounding, or by a fault, and still be its parts."""
RULES = {"level": "cell.level", "change": "cell.change", "share": "cell.share"}


@dataclass(slots=True)
class _Parent:
    """The row that the rows behind it may be parts of."""

    row: Row
    label: str
    value: float | None
    until: int = -1
    """The last row of those that, without saying so, go on with its parts: together they make the total."""
    parted: bool = False
    cells: dict[int, int] = field(default_factory=dict)
    """By column the number of the mention."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds for a table as a whole: whose figures, of which period, in a section that plans or not."""

    owner: Entity
    setting: Setting
    region: Callable[[str], Entity | None]
    """The region that a row label names, if it names one."""


class CellReader:
    """Turns the rows of grids into mentions.

    Example: 全市户籍总人口⇥215.9 below 年末数（万人） → 户籍总人口 215.9万人
    """

    def __init__(
        self, lexicons: Lexicons, quantities: QuantityScanner, periods: PeriodScanner, confidence: Confidence
    ) -> None:
        self._indicators, self._heads = lexicons.indicators, HeadReader(lexicons)
        self._quantities, self._periods, self._confidence = quantities, periods, confidence
        self._own = regex.compile(f"^(?:{alternation(lexicons, 'labels.own_words')})(?=.{{2}})")
        self._speed = regex.compile(f"(?:{alternation(lexicons, 'tables.speeds')})$")
        self._wholes = lexicons.words("tables.wholes")
        self._part = regex.compile(rf"^(?:{alternation(lexicons, 'tables.parts')})[:：]?\s*")

    def mentions(self, grid: Grid, scope: Scope, offset: int) -> Mapping[int, Sequence[Mention]]:
        """The mentions of a table by the number of their sentence; ``offset`` mentions stand before them."""
        columns = self._heads.columns(grid)
        found: dict[int, list[Mention]] = {}
        parent: _Parent | None = None
        told = Counter(self._label(row.cells[0].text)[1] for row in grid.rows)
        for at, row in enumerate(grid.rows):
            marked, label = self._label(row.cells[0].text)
            value = self._first_level(row, columns)
            again = told[label] > 1 and parent is not None and any(word in parent.label for word in self._wholes)
            if told[label] > 1 and not (again or marked):
                continue
            if parent is None or not (again or _belongs(parent, at, row, value, marked)):
                parent, above = _Parent(row, label, value), None
            else:
                above = parent
                parent.parted = True
                if marked:
                    parent.until = self._closing(parent, grid.rows[at:], columns, at)
            for column in columns:
                mention = self._mention(grid, row, column, scope, label, above)
                if mention is not None:
                    if above is None:
                        parent.cells[column.at] = offset
                    found.setdefault(row.sentence, []).append(mention)
                    offset += 1
        return found

    def _label(self, text: str) -> tuple[bool, str]:
        """Whether a row says that it is a part, and its label without marks, ordinals, notes and the blanks in it."""
        bare = regex.sub(r"\s+", "", _NOTE.sub("", text))
        label = self._part.sub("", bare)
        return label != bare, self._own.sub("", _ORDINAL.sub("", label).strip("：:"))

    def _first_level(self, row: Row, columns: Sequence[Column]) -> float | None:
        """The first figure of a row that can be added to others."""
        for column in columns:
            match = NUMBER.fullmatch(row.cells[column.at].text)
            if match and column.measure == "level" and not column.share and not is_percent(column.unit):
                return float(regex.sub("[,，]", "", match["number"]))
        return None

    def _closing(self, parent: _Parent, rows: Sequence[Row], columns: Sequence[Column], at: int) -> int:
        """The number of the row with which the parts that begin with the first of ``rows`` make the total, or -1."""
        added = 0.0
        for number, row in enumerate(rows):
            value = self._first_level(row, columns)
            if value is None or parent.value is None or (number and self._label(row.cells[0].text)[0]):
                return -1
            added += value
            if number and abs(added - parent.value) <= (_ROUNDED - 1) * parent.value:
                return at + number
        return -1

    def _mention(
        self, grid: Grid, row: Row, column: Column, scope: Scope, label: str, above: _Parent | None
    ) -> Mention | None:
        cell = row.cells[column.at]
        quantity = self._quantity(row, column, cell)
        if quantity is None:
            return None
        if column.label_at:
            label = self._label(row.cells[column.label_at].text)[1]
        region = scope.region(label) if column.noun and _REGION.fullmatch(label) else None
        owner = region or scope.owner
        name = column.noun if region else self._name(label, column, above if column.label_at == 0 else None)
        known = self._indicators.lookup(name)
        period, source = self._period(grid, column, scope.setting)
        negative = cell.text[:1] in "-－−"
        rule = RULES["share" if column.share else column.measure]
        planned = column.planned or (scope.setting.planned and not column.done)
        return Mention(
            start=cell.start, end=cell.end, text=cell.text, sentence=row.sentence,
            value=-float(quantity.value) if negative else float(quantity.value), value_max=None,
            value_text=cell.text.rstrip("%％‰ "), decimals=quantity.decimals, unit=quantity.unit,
            unit_text=quantity.unit_text, scale=float(quantity.scale), dimension=quantity.dimension, comparator="=",
            status="target" if planned else "actual", measure=column.measure,
            basis=column.basis, indicator=name, indicator_id=known.id if known else "", qualifier="",
            entity=owner.name, entity_id=owner.id, entity_kind=owner.kind, period=period,
            period_text="", period_from=source,
            part_of=above.cells.get(column.at) if above and column.measure == "level" else None,
            rule=rule, confidence=self._confidence.of_rule(rule, name, known is not None),
        )  # fmt: skip

    def _quantity(self, row: Row, column: Column, cell: Cell) -> Quantity | None:
        """Number and unit read as in a sentence; None where there is no number or no unit."""
        match = NUMBER.fullmatch(cell.text)
        if match is None:
            return None
        unit = match["unit"].strip() or column.unit
        if not unit and column.unit_at is not None and column.measure == "level":
            unit = row.cells[column.unit_at].text
        if not unit and column.measure == "change":
            unit = "%"
        found = self._quantities.scan(match["number"] + unit) if unit else []
        return found[0] if len(found) == 1 and found[0].end == len(match["number"] + unit) else None

    def _name(self, label: str, column: Column, above: _Parent | None) -> str:
        """The row label, after that of its total where it does not stand for itself, with what the head adds."""
        if above is not None and not self._indicators.lookup(label) and above.label not in label:
            label = self._speed.sub("", above.label) + label
        if column.measure == "change":
            label = self._speed.sub("", label) or label
        if not column.noun or column.noun in label or label.endswith(column.noun[-2:]):
            return label
        overlap = next((size for size in range(len(column.noun), 0, -1) if label.endswith(column.noun[:size])), 0)
        return label + column.noun[overlap:]

    def _period(self, grid: Grid, column: Column, setting: Setting) -> tuple[str, PeriodFrom]:
        for words in (column.head, grid.caption):
            said = [hit for hit in self._periods.scan(words, setting.base) if hit.kind != "baseline"]
            if said and not words.startswith("比"):
                return said[-1].edtf, "section"
        return setting.base.edtf, "section" if setting.from_section else "document"


def _belongs(parent: _Parent, at: int, row: Row, value: float | None, marked: bool) -> bool:
    """Whether a row is part of the one above: it says so, is indented among parts, or helps to fill the total."""
    if parent.value is not None and value is not None and value > parent.value * _ROUNDED:
        return False
    return marked or at <= parent.until or (parent.parted and row.indent > parent.row.indent)
