"""Characters to pieces of a line, and pieces to lines: what stands on one baseline without a wide gap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.readers.layout.model import Char, Line

GAP = 0.9
"""From so many times the size on, a gap is between columns and not in a line."""
_LOOSE = 2.5
_BASE = 0.3
_SPACED = re.compile(r"(?:[\u3400-\u9fff] ){2,}[\u3400-\u9fff]")
_UNBROKEN = re.compile(
    r"[\d０-９.,，．%％]*\d[\d０-９.,．%％]*|[“‘（《〈「【]*(?:[A-Za-z]+|.)[，。；：、）》”’！？]*(?:(?<=[）》”’])[\dA-Za-z.]+)?",
    re.S,
)


def pieces(chars: Sequence[Char], page: int = 0, gap: float = GAP) -> list[Line]:
    """The pieces of lines on a page, from top to bottom.

    Example: two columns of 表1 side by side → a piece each
    """
    found = [piece for run in _baselines(runs(chars)) for piece in _split(run, gap)]
    return sorted((_line(run, page) for run in found), key=lambda line: (line.base, line.left))


def joined(parts: Sequence[Line], space: str = " ") -> Line:
    """Pieces of one row as one line.

    Example: 各位代表： and a date at the right edge → one line with a space between
    """
    ordered = sorted(parts, key=lambda part: part.left)
    first = ordered[0]
    if len(ordered) == 1:
        return first
    spaced = all(len(part.text) == 1 and "\u3400" <= part.text < "\ua000" for part in ordered)
    text = ("" if spaced else space).join(part.text for part in ordered)
    right, size = max(part.right for part in ordered), max(part.size for part in ordered)
    loose = not spaced and any(after.left - before.right > _LOOSE * size for before, after in pairwise(ordered))
    return Line(text, first.left, right, first.base, size, first.page, first.first_width, loose)


def rows(parts: Sequence[Line]) -> list[list[Line]]:
    """Pieces that stand on one baseline, row by row from top to bottom.

    Example: the five cells of a line of 表3 → one row
    """
    found: list[list[Line]] = []
    for part in sorted(parts, key=lambda part: (part.base, part.left)):
        if found and abs(part.base - found[-1][0].base) <= 0.45 * min(part.size, found[-1][0].size):
            found[-1].append(part)
        else:
            found.append([part])
    return [sorted(row, key=lambda part: part.left) for row in found]


def words(chars: Sequence[Char]) -> str:
    """The text of the characters of one line, with a space only where one is meant.

    Example: 增 长 5 . 1 % → 增长5.1%
    """
    pieces: list[str] = []
    before: Char | None = None
    for char in chars:
        if before is not None and _is_space(before, char):
            pieces.append(" ")
        pieces.append(char.text)
        before = char
    text = "".join(pieces)
    return text.replace(" ", "") if _SPACED.fullmatch(text) else text


def _is_space(before: Char, char: Char) -> bool:
    gap = (char.left - before.right) / max(before.size, char.size, 0.1)
    if gap < 0.15:
        return False
    narrow = before.text.isascii(), char.text.isascii()
    if narrow == (True, True):
        figures = before.text.isdigit() or char.text.isdigit() or before.text in ".,(" or char.text in ".,)"
        return gap > (0.4 if figures else 0.15)
    return gap > (0.7 if True in narrow else 0.8)


def runs(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Characters that follow each other in the file and on the page.

    Example: the three cells of a row, drawn one after the other → three runs
    """
    run: list[Char] = []
    for char in chars:
        if run:
            last = run[-1]
            gap = char.left - last.right
            size = max(char.size, last.size)
            level = abs(char.base - last.base) <= _BASE * min(char.size, last.size)
            if not level or not -0.6 * size < gap < 0.8 * size:
                yield run
                run = []
        run.append(char)
    if run:
        yield run


def _baselines(found: Iterator[list[Char]]) -> Iterator[list[Char]]:
    """Runs that a file draws apart joined where they stand beside each other."""
    ordered = sorted(found, key=lambda run: (run[0].base, run[0].left))
    done = [False] * len(ordered)
    for at, run in enumerate(ordered):
        if done[at]:
            continue
        group = [run]
        reach = _BASE * run[0].size
        for other in range(at + 1, len(ordered)):
            start = ordered[other][0]
            if start.base - run[0].base > reach:
                break
            if not done[other] and start.base - run[0].base <= _BASE * max(run[0].size, start.size):
                done[other] = True
                group.append(ordered[other])
        yield sorted((char for one in group for char in one), key=lambda char: char.left)


def _split(run: Sequence[Char], gap: float) -> Iterator[Sequence[Char]]:
    start = 0
    for at in range(1, len(run)):
        before, char = run[at - 1], run[at]
        if char.left - before.right > gap * min(before.size, char.size) + 0.01:
            yield run[start:at]
            start = at
    yield run[start:]


def _line(run: Sequence[Char], page: int) -> Line:
    text = words(run)
    sizes = sorted(char.size for char in run)
    unbroken = _UNBROKEN.match(text)
    first = run[min(len(run), len(unbroken[0]) if unbroken else 1) - 1].right - run[0].left
    right = max(char.right for char in run)
    return Line(text, run[0].left, right, run[len(run) // 2].base, sizes[len(sizes) // 2], page, first)
