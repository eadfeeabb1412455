"""Lines joined to paragraphs: by what is full, what is indented, what is set in another size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.readers.layout.lines import Line

_INDENT = 1.2
"""Sizes of the font by which a line that begins a paragraph stands in, at least."""
_SHORT = 1.1
"""Sizes of the font by which a full line may miss the right edge."""
_OTHER_SIZE = 0.08
_FAR = 1.9
"""How many usual distances of lines a paragraph may have inside."""
_OPENS = re.compile(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|[(（]?\d{1,2}[)）、.．](?!\d)|第[一二三四五六七八九十]{1,3}[章节条部]|[●■◆▪★☆【]"
)
_WORD = re.compile(r"[!-~]+")
_LATIN_WIDTH = 0.55
"""What a line cannot cut, a number above all, moves to the next one whole; width of its characters."""
_OPENING, _CLOSING = frozenset("（(“‘《〈「【"), frozenset("，。；：、！？）)”’》〉」】")
_ENDS = frozenset("。！？；：")
_LATIN = re.compile(r"[A-Za-z,;]$")


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a column begin and end, how far they are apart, in points."""

    left: float
    right: float
    step: float
    size: float


def margins(lines: Sequence[Line]) -> Margins:
    """The margins that most lines of a column keep.

    Example: lines that begin at 79 and end at 522 or 530 → left 79, right 530
    """
    size = median(line.size for line in lines for _ in range(len(line.text)))
    body = [line for line in lines if abs(line.size - size) <= _OTHER_SIZE * size] or list(lines)
    left = min(_usual([line.box.left for line in body], size), median(line.box.left for line in body))
    right = sorted(line.box.right for line in body)[int(0.9 * (len(body) - 1))]
    steps = [
        after.box.top - before.box.top
        for before, after in pairwise(body)
        if before.page == after.page and 0 < after.box.top - before.box.top < 4 * size
    ]
    return Margins(left, right, median(steps) if steps else 2 * size, size)


def _usual(values: Sequence[float], size: float) -> float:
    """The leftmost place at which more than a few lines begin."""
    ordered = sorted(values)
    least = max(1, len(ordered) // 5)
    return next(
        (value for at, value in enumerate(ordered) if sum(one - value < size / 2 for one in ordered[at:]) >= least),
        ordered[0],
    )


def goes_on(before: Line, line: Line, edges: Margins) -> bool:
    """Whether a line goes on with the paragraph of the line before it.

    Example: 全市城镇新增就业 at the right edge, 6.48万人。 at the left edge below it → True
    """
    if abs(before.size - line.size) > _OTHER_SIZE * before.size:
        return False
    if before.page == line.page and line.box.top - before.box.top > _FAR * edges.step:
        return False
    if _is_centered(before, edges) and _is_centered(line, edges):
        return before.size > (1 + _OTHER_SIZE) * edges.size
    indent = line.box.left - edges.left
    if indent > _INDENT * line.size:
        return False
    full = before.box.right >= edges.right - _room(line.text) * line.size
    if before.text[-1] in _ENDS or _OPENS.match(line.text):
        return full and not _OPENS.match(line.text) and indent < 0.6 * line.size
    return full


def _room(following: str) -> float:
    """What a full line may leave free, in sizes of the font: what cannot be cut moves to the next line whole."""
    word = _WORD.match(following)
    length = len(word[0]) if word else 0
    bracket = following[:1] in _OPENING or following[max(1, length) : max(1, length) + 1] in _CLOSING
    return _SHORT + length * _LATIN_WIDTH + bracket


def _is_centered(line: Line, edges: Margins) -> bool:
    """Whether a line stands in the middle, clear of both edges."""
    left, right = line.box.left - edges.left, edges.right - line.box.right
    return left > 2.5 * line.size and abs(left - right) < 2 * line.size


def joined(before: str, text: str) -> str:
    """Two lines of a paragraph as one text, a blank between Latin words only.

    Example: ``joined("比上年增长4", ".7%。")`` → 比上年增长4.7%。
    """
    return f"{before} {text}" if _LATIN.search(before) and text[:1].isascii() and text[:1].isalpha() else before + text
