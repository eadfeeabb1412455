"""Where the sentences of a paragraph end."""

from __future__ import annotations

import re
from typing import Final

_CLOSERS: Final = r"”’」』）)】》〉\]"
_ENDS: Final = re.compile(rf"[。！？!?…]+[{_CLOSERS}]*")
_ENDS_WITH_POINT: Final = re.compile(rf"[。！？!?….．]+[{_CLOSERS}]*")
_POINT: Final = re.compile(r"(?<=[\u3400-\u9fff％%)）”》])[.．](?![\d０-９A-Za-z.．])")
_WEAK: Final = re.compile(r"(?<=[^\x00-\x7f])[!?]+(?=[^\x00-\x7f]|\s|\Z)|…{2,}(?![。，、；：的])")
_PAIRS: Final = {"（": "）", "(": "）", "“": "”", "《": "》", "「": "」", "『": "』", "【": "】"}
_BRACKETS: Final = re.compile(r"[（(“《「『【）)”》」』】]")
_STRONG: Final = frozenset("。！？")
_STOPS: Final = frozenset("。！？!?…")
_QUOTED: Final = frozenset("”」』")
_GOES_ON: Final = frozenset("，、；：的等")
_REACH: Final = 300
"""A bracket that is not closed within so many characters holds nothing together."""
_LEAST_POINTS: Final = 5


def ends_with_points(text: str) -> bool:
    """Whether a text ends its sentences with points instead of 。, as texts of some PDF files do.

    Example: 全年收入5亿元.其中税收3亿元.
    """
    stops = text.count("。")
    if stops * 2 > text.count(".") + text.count("．"):
        return False
    points = len(_POINT.findall(text))
    return points >= _LEAST_POINTS and points > 4 * stops


def sentence_ends(text: str, points: bool = False) -> list[int]:
    """The offsets at which the sentences of a paragraph end, the last always ``len(text)``.

    A sentence ends after 。！？…… and the closing marks behind them, not inside brackets and quotation marks,
    unless these are never closed. ``points``: as ``ends_with_points`` has found.

    Example: ``sentence_ends("完成3项。增长5%（可比。口径）。")`` → ``[5, 18]``
    """
    ends: list[int] = []
    held: list[tuple[int, int]] | None = None
    size = len(text)
    start = 0
    for match in (_ENDS_WITH_POINT if points else _ENDS).finditer(text):
        mark, end = match.span()
        if text[mark] not in _STRONG and not _is_stop(text, mark, points):
            continue
        if held is None:
            held = [] if end == size else _held(text)
        if held and (end := _free_end(held, mark, end, text, start)) < 0:
            continue
        ends.append(end)
        start = end
    if start < size:
        ends.append(size)
    return ends


def _is_stop(text: str, mark: int, points: bool) -> bool:
    return _WEAK.match(text, mark) is not None or (points and _POINT.match(text, mark) is not None)


def _held(text: str) -> list[tuple[int, int]]:
    """The outermost bracketed ranges, from the opening mark to behind the closing one, the last first."""
    stack: list[tuple[str, int]] = []
    waiting: dict[str, int] = {}
    pairs: list[tuple[int, int]] = []
    for match in _BRACKETS.finditer(text):
        mark, at = match[0], match.start()
        if mark in _PAIRS:
            closing = _PAIRS[mark]
            stack.append((closing, at))
            waiting[closing] = waiting.get(closing, 0) + 1
            continue
        if mark == ")":
            mark = "）"
        if not waiting.get(mark):
            continue
        while True:
            closing, opened = stack.pop()
            waiting[closing] -= 1
            if closing == mark:
                break
        if at - opened <= _REACH:
            while pairs and pairs[-1][0] > opened:
                pairs.pop()
            pairs.append((opened, at + 1))
    pairs.reverse()
    return pairs


def _free_end(held: list[tuple[int, int]], mark: int, end: int, text: str, start: int) -> int:
    """Where the sentence from ``start`` ends for a full stop at ``mark``; -1 for one inside brackets.

    ``held`` is a stack with the first range on top; ranges that lie behind are dropped. A full stop that is
    the last character of quoted speech ends the sentence with the quotation, unless a comma or 的 goes on
    with it; so does one in brackets that hold the sentence as a whole.
    """
    while held and held[-1][1] <= mark:
        held.pop()
    if not held or held[-1][0] > mark:
        return end
    opening, closing = held[-1]
    if closing > end or text[closing : closing + 1] in _GOES_ON or text[closing - 2] not in _STOPS:
        return -1
    whole = text[closing - 1] in _QUOTED or not text[start:opening].strip()
    return closing if whole else -1
