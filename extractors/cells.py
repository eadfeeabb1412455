"""Cells of tables as mentions: labels and units from rows and heads, periods from heads or the caption."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

import regex

from extractors import written
from extractors.columns import REGION_NAME, Column, HeadReader
from extractors.confidence import Confidence
from extractors.context import Setting
from extractors.entities import Entity
from extractors.grids import BASE_100, Grid
from extractors.model import Mention, PeriodFrom
from extractors.period_readings import PeriodBase
from extractors.periods import PeriodScanner
from extractors.quantities import Quantity, QuantityScanner
from extractors.rows import Line, RowReader
from extractors.sheets import Cell
from extractors.units_of_cells import UnitReader, is_percent
from extractors.view import fold
from extractors.words import alternation
from lexicons import Lexicons

_BASE_100: Final = regex.compile(BASE_100)
_YEAR: Final = regex.compile(r"(?:19|20)\d{2}年?")
_SHORT: Final = 12
"""Characters of the longest label that goes before those of the indented rows below it, where they bear one name."""
_DIGITS: Final = regex.compile(r"[\d,，.．]*")
_FRAME: Final = regex.compile(r"^附?表\s*\d*[-.]?\d*[：、.]?\s*|(?:19|20)\d{2}\s?年(?:度|末)?|（[^（）]*）|\s")
"""What of a caption is not about what was measured."""
_AMOUNTS: Final = "量额值率数"
RULES: Final = {"level": "cell.level", "change": "cell.change", "share": "cell.share"}


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds for a table as a whole: whose figures, of which period, in a section that plans or not."""

    owner: Entity
    theme: str
    """The caption without the names of bodies."""
    setting: Setting
    region: Callable[[str], Entity | None]
    """The region that a row label names, if it names one."""


@dataclass(slots=True)
class _Table:
    """A table being read: what its rows of sums are sums of, which mention stands in which line and column."""

    grid: Grid
    scope: Scope
    theme: str
    base: PeriodBase
    """The period of the table as a whole: its caption's, else its section's."""
    dated: bool
    """Whether the caption says when its figures were: a year in a row's name is then part of the name."""
    told: Counter[str]
    numbers: dict[tuple[int, int], int] = field(default_factory=dict)


class CellReader:
    """Turns the rows of grids into mentions.

    Example: 全市户籍总人口⇥215.9 below 年末数（万人） → 户籍总人口 215.9万人
    """

    def __init__(
        self, lexicons: Lexicons, quantities: QuantityScanner, periods: PeriodScanner, confidence: Confidence
    ) -> None:
        self._units = UnitReader(quantities)
        self._indicators, self._heads = lexicons.indicators, HeadReader(lexicons, self._units)
        self._rows = RowReader(lexicons, self._units)
        self._periods, self._confidence = periods, confidence
        self._speed = regex.compile(f"(?:{alternation(lexicons, 'tables.speeds')})$")
        sums = alternation(lexicons, "tables.sum_heads")
        self._total = regex.compile(rf"(?:{alternation(lexicons, 'tables.sides')})?(?:{sums})")
        opens, ends = alternation(lexicons, "tables.caption_opens"), alternation(lexicons, "tables.caption_ends")
        self._kind = regex.compile(f"^(?:{opens})+|(?:{ends})+$")
        self._sum = regex.compile(f"(?<=.)(?:{alternation(lexicons, 'tables.sum_heads', 'tables.speeds')})$")

    def mentions(self, grid: Grid, scope: Scope) -> list[Mention]:
        """The mentions of a table in the order of its text; ``part_of`` counts from the first of them."""
        columns = self._heads.columns(grid, scope.region)
        lines = self._rows.lines(grid, columns)
        theme, base = self._kind.sub("", _FRAME.sub("", scope.theme)), self._base(grid, scope)
        told = Counter(line.label for line in lines)
        table = _Table(grid, scope, theme, base, base is not scope.setting.base, told)
        found: list[Mention] = []
        for line in lines:
            for column in columns:
                mention = self._mention(table, line, column)
                if mention is not None:
                    table.numbers[line.number, column.at] = len(found)
                    found.append(mention)
        return found

    def _mention(self, table: _Table, line: Line, column: Column) -> Mention | None:
        cell = line.row.at(column.at)
        label = line.label_of(column)
        quantity = self._quantity(line, column, cell) if cell and label else None
        if cell is None or quantity is None:
            return None
        period, source, label = self._period(table, column, label)
        owner, name = self._named(table, line, column, label)
        known = self._indicators.lookup(name)
        rule = RULES["share" if column.share else column.measure]
        setting = table.scope.setting
        value = -float(quantity.value) if fold(cell.text[0]) == "-" else float(quantity.value)
        divided = column.measure == "level" and (column.share or not is_percent(quantity.unit))
        part_of = table.numbers.get((line.above.number, column.at)) if line.above and divided else None
        return written.mention(
            start=cell.start, end=cell.end, text=cell.text, sentence=cell.sentence, value=value, value_max=None,
            value_text=_number(cell), decimals=quantity.decimals, unit=quantity.unit,
            unit_text=quantity.unit_text, scale=float(quantity.scale), dimension=quantity.dimension, comparator="=",
            status="target" if column.planned or (setting.planned and not column.done) else "actual",
            measure=column.measure, basis=column.basis, indicator=name, indicator_id=known.id if known else "",
            qualifier="", entity=owner.name, entity_id=owner.id, entity_kind=owner.kind, period=period,
            period_text="", period_from=source, part_of=part_of,
            rule=rule, confidence=self._confidence.of_rule(rule, name, known is not None),
        )  # fmt: skip

    def _quantity(self, line: Line, column: Column, cell: Cell) -> Quantity | None:
        """Number and unit of a cell; None where it holds no number, or one of another kind than its column."""
        match = cell.number
        if match is None:
            found = self._units.read(cell.words, "")
            return found if found is not None and found.unit and found.value_max is None else None
        unit = match["unit"].strip()
        if not unit and column.measure == "level" and not is_percent(column.unit):
            unit = self._row_unit(line, column)
        unit = unit or column.unit or ("%" if column.measure == "change" else "")
        return self._units.read(match["number"], unit) or self._units.read(match["number"], "")

    def _row_unit(self, line: Line, column: Column) -> str:
        """The unit that the row says: in its column of units, or behind the label."""
        cell = line.row.at(column.unit_at) if column.unit_at is not None else None
        return cell.words if cell else line.units.get(column.labels, "")

    def _named(self, table: _Table, line: Line, column: Column, label: str) -> tuple[Entity, str]:
        """Whose figure it is, and what it says."""
        owner = column.owner or self._row_owner(table, line, column)
        if _YEAR.fullmatch(label) and column.noun:
            return owner or table.scope.owner, column.noun
        region = table.scope.region(label) if column.noun and owner is None and REGION_NAME.fullmatch(label) else None
        if region and (region.id or self._heads.is_of_regions(table.grid, column)):
            return region, column.noun
        above = line.above if column.labels[0] == 0 else None
        return owner or table.scope.owner, column.scope + self._name(table, label, column, line, above)

    def _row_owner(self, table: _Table, line: Line, column: Column) -> Entity | None:
        cell = line.row.at(column.region_at) if column.region_at is not None else None
        return table.scope.region(cell.words) if cell else None

    def _name(self, table: _Table, label: str, column: Column, line: Line, above: Line | None) -> str:
        """The row label, after that of its total where it does not stand for itself, with what the head adds."""
        if above is not None and (line.follows or (table.told[label] > 1 and len(above.label) <= _SHORT)):
            whole = self._sum.sub("", above.label)
            if not self._indicators.lookup(label) and whole not in label:
                label = whole + label
        if column.measure == "change":
            label = self._speed.sub("", label) or label
        if self._total.fullmatch(label):
            whole = column.stem or column.noun
            label = _after(table.theme if whole in table.theme else table.theme + whole, label)
        return _with(_with(label, column.stem), column.noun)

    def _period(self, table: _Table, column: Column, label: str) -> tuple[str, PeriodFrom, str]:
        """When a figure was, by its row, its head or the caption; and the label without the words that say it."""
        base = table.base
        year = f"{label}年" if label.isdigit() else label
        said = [hit for hit in self._periods.scan(year, base) if hit.kind != "baseline" and hit.start == 0]
        if said and (_YEAR.fullmatch(label) or not (_YEAR.match(label) and table.dated)):
            rest = year[said[0].end :]
            return said[0].edtf, "section", rest if len(rest) > 1 else label
        head = f"{column.head}年" if column.head.isdigit() else _BASE_100.sub("", column.head)
        said = [hit for hit in self._periods.scan(head, base) if hit.kind != "baseline"]
        if said and not head.startswith("比") and said[-1].edtf != base.year:
            return said[-1].edtf, "section", label
        own = table.dated or table.scope.setting.from_section
        return base.edtf, "section" if own else "document", label

    def _base(self, grid: Grid, scope: Scope) -> PeriodBase:
        base = scope.setting.base
        caption = _BASE_100.sub("", grid.caption)
        said = [hit for hit in self._periods.scan(caption, base) if hit.kind != "baseline"]
        return replace(PeriodBase.of(said[-1].edtf), now=base.now) if said else base


def _with(label: str, noun: str) -> str:
    """A label with the noun of its column, where it does not say it already: 合成氨, 产量 → 合成氨产量."""
    amount = label[-1:] == noun[-1:] and label[-1:] in _AMOUNTS
    if not noun or amount or noun in label or label.endswith(noun[-2:]):
        return label
    return _after(label, noun)


def _after(first: str, second: str) -> str:
    """Two words as one, what ends the first and begins the second said once: 预算收入, 收入合计 → 预算收入合计."""
    overlap = next((size for size in range(len(second), 0, -1) if first.endswith(second[:size])), 0)
    return first + second[overlap:]


def _number(cell: Cell) -> str:
    """The number as written, a sign with it: －2.1 of －2.1％; of 3.2亿元 the digits."""
    if cell.number is None:
        return "".join(_DIGITS.findall(cell.text)[:1])
    return cell.text[: cell.number.end("number")]
