"""Tables whose cells stand one below the other, as pages and PDFs leave them when their layout is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

import regex

from extractors.model import Sentence
from extractors.sheets import NUMBER, Cell, Row, Sheet
from extractors.view import fold
from extractors.words import any_of

_LONGEST: Final = 34
"""Characters that a cell of words has at most."""
_DIGIT: Final = re.compile(r"\d")
_PROSE: Final = re.compile(r"[。；！？]|，.*，|[，：:]$")
_STOPS: Final = "。；！？"
"""No cell ends with them: neither figures nor words."""
_NOTHING: Final = re.compile(r"[-—–…/]{1,3}")
_WORD: Final = regex.compile(r"\p{Han}|[A-Za-z]{2}")
_LEAST_ROWS: Final = 3
_USUAL: Final = 0.75
"""Share of the rows that must have the usual number of cells."""
_MOST_COLUMNS: Final = 8


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may be a cell: F for a figure or a dash, W for words."""

    number: int
    cell: Cell
    kind: str


class LadderReader:
    """Finds tables with one cell a line, where heads and rows leave no doubt which cell belongs to which.

    Example: 指标 / 产量（万吨） / 粮食 / 50.49 / 油料 / 6.08, each on a line of its own
    """

    def __init__(self, label_heads: Collection[str], unit_heads: Collection[str]) -> None:
        self._label = re.compile(any_of(label_heads))
        self._unit = re.compile(any_of(unit_heads))

    def sheets(self, text: str, sentences: Sequence[Sentence], taken: Collection[int]) -> Iterator[Sheet]:
        """The tables among the sentences that are not taken, each with the lines above it.

        Example: ``next(reader.sheets(text, sentences, ())).rows[1].cells[0].text`` → ``粮食``
        """
        for run in _runs(text, sentences, taken):
            yield from self._sheets(run, text, sentences)

    def _sheets(self, run: Sequence[_Line], text: str, sentences: Sequence[Sentence]) -> Iterator[Sheet]:
        """The tables of a run of lines: each begins with its heads."""
        openings = [at for at in range(len(run)) if self._opens(run, at)]
        openings = [at for at in openings if not (at and self._goes_on(run, at, openings))]
        for at, end in pairwise([*openings, len(run)]):
            sheet = self._sheet(run[at:end], _above(text, sentences, run[at].number))
            if sheet is not None:
                yield sheet

    def _opens(self, run: Sequence[_Line], at: int) -> bool:
        """Whether heads begin: with that of the labels, or, where it is missing, with that of the units."""
        if at + 1 == len(run) or run[at + 1].kind != "W":
            return False
        after_label = at > 0 and self._label.fullmatch(run[at - 1].cell.words)
        words = run[at].cell.words
        return bool(self._label.fullmatch(words) or (self._unit.fullmatch(words) and not after_label))

    def _goes_on(self, run: Sequence[_Line], at: int, openings: Collection[int]) -> bool:
        """Whether heads go on heads: those of a table set in two halves are said twice."""
        before = max((one for one in openings if one < at), default=at)
        return before < at and all(line.kind == "W" for line in run[before:at])

    def _sheet(self, lines: Sequence[_Line], above: tuple[str, ...]) -> Sheet | None:
        first = next((at for at, line in enumerate(lines) if line.kind == "F"), None)
        if first is None:
            return None
        named, figures = self._shape(lines[1:])
        width = named + figures
        heads = lines[: first - named]
        if [line.cell.words for line in heads[:width]] == [line.cell.words for line in heads[width:]]:
            heads = heads[:width]
        missing = width - len(heads)
        if not figures or width > _MOST_COLUMNS or missing != bool(self._unit.fullmatch(heads[0].cell.words)):
            return None
        if named == 2 and not self._unit.fullmatch(heads[1 - missing].cell.words):
            return None
        body = [row for row in _rows(lines[first - named :]) if _kinds(row) == "W" * named + "F" * figures]
        rows = [_row(heads, missing), *(_row(one) for one in body)]
        return Sheet(tuple(rows), above, True) if len(body) >= _LEAST_ROWS else None

    def _shape(self, lines: Sequence[_Line]) -> tuple[int, int]:
        """How many cells of words and of figures a row has; (0, 0) where rows differ too much."""
        shapes = Counter(_kinds(row) for row in _rows(lines)[1:])
        if not shapes:
            return 0, 0
        usual, count = max(shapes.items(), key=lambda item: (item[1], item[0]))
        steady = count >= max(_LEAST_ROWS - 1, _USUAL * shapes.total()) and usual.count("W") in {1, 2}
        return (usual.count("W"), usual.count("F")) if steady else (0, 0)


def _runs(text: str, sentences: Sequence[Sentence], taken: Collection[int]) -> Iterator[list[_Line]]:
    """Stretches of lines that may all be cells, with enough figures among them."""
    kinds = ["" if number in taken else _kind(text, sentence) for number, sentence in enumerate(sentences)]
    for may_be, group in groupby(range(len(kinds)), key=lambda number: kinds[number] != ""):
        run = list(group)
        if may_be and sum(kinds[number] == "F" for number in run) >= _LEAST_ROWS:
            yield [_line(text, number, sentences[number], kinds[number]) for number in run]


def _kind(text: str, sentence: Sentence) -> str:
    """What a sentence is as a cell, "" where it can be none."""
    start, end = sentence.start, sentence.end
    if end - start > _LONGEST or len(sentence.pieces) > 1 or text[end - 1] in _STOPS:
        return ""
    words = text[start:end]
    if (_DIGIT.search(words) and NUMBER.fullmatch(fold(words))) or _NOTHING.fullmatch(words):
        return "F"
    return "W" if "\t" not in words and not _PROSE.search(words) and _WORD.search(words) else ""


def _line(text: str, number: int, sentence: Sentence, kind: str) -> _Line:
    return _Line(number, Cell(sentence.start, sentence.end, text[sentence.start : sentence.end], 0, number), kind)


def _rows(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Words and the figures behind them; words before the first figure are one row with it."""
    rows: list[list[_Line]] = []
    for kind, group in groupby(lines, key=lambda line: line.kind):
        if kind == "W":
            rows.append(list(group))
        elif rows:
            rows[-1].extend(group)
    return rows


def _kinds(row: Sequence[_Line]) -> str:
    return "".join(line.kind for line in row)


def _row(lines: Sequence[_Line], first: int = 0) -> Row:
    cells = (
        Cell(line.cell.start, line.cell.end, line.cell.text, column, line.number)
        for column, line in enumerate(lines, first)
        if line.kind == "W" or line.cell.number is not None
    )
    return Row(tuple(cells), 0)


def _above(text: str, sentences: Sequence[Sentence], first: int) -> tuple[str, ...]:
    return tuple(
        fold(text[one.start : one.end]) for one in sentences[max(0, first - 2) : first] if one.end - one.start < 60
    )
