"""Workbooks written row by row: formatted for people, with nothing in them that could run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite, log10
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.export.cells import as_json, printable

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_CELL: Final = 32_767
MOST_ROWS: Final = 1_048_576
CUT: Final = "…（过长，已截断）"
COLORS: Final = {"error": "#F8CBAD", "warning": "#FFE699", "info": "#DDEBF7"}
FIRST_MONTH: Final = (1900, 3)
"""Excel has no days before 1900, and one too many in its February; earlier ones are texts."""
LINE, MOST_LINES = 15, 20
"""The height of a line of text, and how many of them a row shows: programs do not fit rows to wrapped texts."""
HEAD: Final = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#1F4E79", "font_color": "#FFFFFF"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: the field, its Chinese head, its width in Latin letters, its type.

    Those that are ``folded`` away stand last, and are shown by the + above the sheet.

    Example: ``Column("value", "数值", 20, "double")``
    """

    name: str
    head: str
    width: int
    kind: str = "string"
    folded: bool = False


class Book:
    """A workbook that never holds more than a row; ``cut`` counts the cells that were too long.

    Example: ``book = Book(Path("云川县.xlsx"), datetime(2000, 1, 1)); book.sheet("数值", columns, rows); book.close()``
    """

    def __init__(self, path: Path, made: datetime, most_rows: int = MOST_ROWS) -> None:
        from xlsxwriter import Workbook

        # Beside the file: the folder for temporary files may be small, and a shell's own.
        options = {"constant_memory": True, "tmpdir": str(path.parent)}
        self._book = Workbook(str(path), options)
        self._book.set_properties({"title": "指标", "created": made, "comments": "zhibiao"})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._most_rows = most_rows
        self.cut = 0

    def sheet(self, name: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows to a sheet, and to further ones (数值 2 …) when they are more than a sheet takes.

        Example: ``book.sheet("报告", columns, [{"title": "云川县工作总结"}])``
        """
        number, at, sheet = 1, 0, self._begin(name, columns)
        for row in rows:
            if at + 1 == self._most_rows:
                self._end(sheet, columns, at)
                number, at = number + 1, 0
                sheet = self._begin(f"{name} {number}", columns)
            at += 1
            if "severity" in row:
                sheet.set_row(at, LINE * _lines(row, columns))
            for index, column in enumerate(columns):
                self._cell(sheet, at, index, row, column)
        self._end(sheet, columns, at)

    def close(self) -> None:
        """Finish the file; OSError when it cannot be written.

        Example: ``book.close()``
        """
        from xlsxwriter.exceptions import FileCreateError

        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from None

    def _begin(self, name: str, columns: Sequence[Column]) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 2)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width, None, {"level": 1, "hidden": True} if column.folded else {})
        if columns[-1].folded:
            sheet.set_column(len(columns), len(columns), None, None, {"collapsed": True})
        sheet.set_row(0, 32)
        for index, column in enumerate(columns):
            sheet.write_string(0, index, f"{column.head}\n{column.name}", self._format(**HEAD))
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _end(self, sheet: Worksheet, columns: Sequence[Column], rows: int) -> None:
        sheet.autofilter(0, 0, rows, len(columns) - 1)

    def _cell(self, sheet: Worksheet, at: int, index: int, row: Mapping[str, Any], column: Column) -> None:
        value = row.get(column.name)
        color = COLORS.get(str(row.get("severity")), "")
        if value is None:
            if color:
                sheet.write_blank(at, index, None, self._format(bg_color=color))
        elif isinstance(value, int | float) and isfinite(value):
            sheet.write_number(at, index, value, self._number(value, row, column, color))
        elif isinstance(value, date) and (value.year, value.month) >= FIRST_MONTH:
            sheet.write_datetime(at, index, value, self._format(num_format="yyyy-mm-dd", valign="top", bg_color=color))
        else:
            sheet.write_string(
                at, index, self._text(value), self._format(valign="top", text_wrap=bool(color), bg_color=color)
            )

    def _text(self, value: object) -> str:
        text = printable(str(value) if isinstance(value, str | date) else as_json(value))
        if len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
            return text
        self.cut += 1
        kept = text.encode("utf-16-le")[: 2 * (LONGEST_CELL - len(CUT))].decode("utf-16-le", "ignore")
        return kept + CUT

    def _number(self, value: float, row: Mapping[str, Any], column: Column, color: str) -> Format:
        """As many digits behind the point as the report gives, in the canonical unit."""
        if column.kind != "double":
            return self._format(num_format="0", valign="top", bg_color=color)
        if column.name not in ("value", "value_max"):
            return self._format(num_format="#,##0.####" if value % 1 else "#,##0", valign="top", bg_color=color)
        digits = max(0, row["decimals"] - round(log10(row["scale"] or 1)))
        return self._format(
            num_format="#,##0." + "0" * min(digits, 15) if digits else "#,##0", valign="top", bg_color=color
        )

    def _format(self, **wanted: Any) -> Format:
        key = tuple(wanted.items())
        if key not in self._formats:
            self._formats[key] = self._book.add_format({name: value for name, value in key if value})
        return self._formats[key]


def _lines(row: Mapping[str, Any], columns: Sequence[Column]) -> int:
    """How many lines the longest text of a row takes, a Chinese character being as wide as two letters."""
    shown = [one for one in columns if isinstance(row.get(one.name), str) and not one.folded]
    texts = [(row[one.name], one.width) for one in shown]
    needed = [-(-sum(1 + (sign > "\u2000") for sign in text) // (width - 4)) for text, width in texts]
    return min(MOST_LINES, max(needed, default=1) or 1)
