"""Tables in a text: consecutive lines whose cells are parted by tabs, with their caption and heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from extractors.model import Sentence, Table

NUMBER = regex.compile(r"(?P<sign>[-－−+]?)(?P<number>\d[\d,，]*(?:\.\d+)?)(?P<unit>\s*[%％‰]?)")
_NOTHING = regex.compile(r"[-－—…/\s]*")
_WORD = regex.compile(r"\p{Han}")
_FAR = 60
"""Characters a caption has at most."""
_LEAST = 2
"""Rows of figures that a table has at least."""
_FITTING = 0.8
"""Share of its rows that must have as many cells as it has heads, for a table to be read at all."""
_UNIT_LINE = regex.compile(r"单\s*位\s*[:：]\s*(?P<unit>[^\s，；）)]+)")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands between two tabs, without blanks around it."""

    start: int
    end: int
    text: str

    @property
    def is_figure(self) -> bool:
        """Whether it is a number and nothing else."""
        return NUMBER.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: the number of its sentence, its cells, how far its label is indented."""

    sentence: int
    cells: tuple[Cell, ...]
    indent: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: caption and unit as written above it, one head a column, rows of as many cells.

    Example: 2025年全市主要产品产量 / 指标⇥单位⇥数量 / 大米⇥万吨⇥267.0
    """

    caption: str
    unit: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def grids(text: str, sentences: Sequence[Sentence], tables: Sequence[Table] = ()) -> list[Grid]:
    """The tables of a text whose heads and rows leave no doubt which cell belongs to which.

    Example: ``grids(text, sentences)[0].heads`` → ``("指标", "单位", "数量")``
    """
    found: list[Grid] = []
    for first, rows in _blocks(text, sentences):
        above = [_plain(text, one) for one in sentences[max(0, first - 2) : first]]
        found.extend(_tables(rows, above))
    return found


def _plain(text: str, sentence: Sentence) -> str:
    line = text[sentence.start : sentence.end].strip()
    return line if len(line) <= _FAR and not line.endswith(("。", "；", "，")) else ""


def _blocks(text: str, sentences: Sequence[Sentence]) -> Iterator[tuple[int, list[Row]]]:
    """Runs of sentences that are rows, with the number of the first."""
    run: list[Row] = []
    for number, sentence in enumerate(sentences):
        if "\t" in text[sentence.start : sentence.end] and len(sentence.pieces) == 1:
            run.append(_row(text, number, sentence))
        elif run:
            yield run[0].sentence, run
            run = []
    if run:
        yield run[0].sentence, run


def _row(text: str, number: int, sentence: Sentence) -> Row:
    line = text.rfind("\n", 0, sentence.start) + 1
    cells, at = [], sentence.start
    for piece in text[sentence.start : sentence.end].split("\t"):
        bare = piece.strip()
        start = at + len(piece) - len(piece.lstrip())
        cells.append(Cell(start, start + len(bare), bare))
        at += len(piece) + 1
    return Row(number, tuple(cells), cells[0].start - line)


def _tables(rows: Sequence[Row], above: Sequence[str]) -> Iterator[Grid]:
    """The tables of a run of rows: another one begins where heads come after figures."""
    cuts = [0, *(at for at, (a, b) in enumerate(pairwise(rows), 1) if _has_figures(a) and not _has_figures(b))]
    for begin, end in zip(cuts, [*cuts[1:], len(rows)], strict=True):
        grid = _table(rows[begin:end], above if begin == 0 else ())
        if grid is not None:
            yield grid


def _has_figures(row: Row) -> bool:
    return any(cell.is_figure for cell in row.cells[1:]) or not any(_WORD.search(cell.text) for cell in row.cells[1:])


def _table(rows: Sequence[Row], above: Sequence[str]) -> Grid | None:
    at = next((at for at, row in enumerate(rows) if any(cell.is_figure for cell in row.cells[1:])), 0)
    titles, body = rows[:at], rows[at:]
    if not titles or len(body) < _LEAST:
        return None
    head = titles[-1]
    fitting = tuple(row for row in body if len(row.cells) == len(head.cells) and _WORD.search(row.cells[0].text))
    if len(fitting) < max(_LEAST, _FITTING * len(body)) or not all(cell.text for cell in head.cells):
        return None
    lines = [*above, *("".join(cell.text for cell in row.cells) for row in titles[:-1])]
    unit = next((match["unit"] for line in reversed(lines) if (match := _UNIT_LINE.search(line))), "")
    caption = next((line for line in reversed(lines) if line and not _UNIT_LINE.match(line)), "")
    heads = tuple(regex.sub(r"\s+", "", cell.text) for cell in head.cells)
    return Grid(caption, unit, heads, tuple(row for row in fitting if _is_sound(row)))


def _is_sound(row: Row) -> bool:
    """Whether every cell behind the label is a number, nothing, or a short word such as a unit or another label."""
    return all(cell.is_figure or _NOTHING.fullmatch(cell.text) or len(cell.text) <= 30 for cell in row.cells[1:])
