"""X01 and X03: words of rise and fall between two levels; points and percent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.moves import moves
from pipeline.audit.relation import Relation, quoted
from pipeline.audit.report import Report

POINTS: Final = {"%": "百分点", "‰": "千分点"}
LONGEST: Final = 20
"""Characters between the two levels."""
WORDS: Final = 6
"""Characters before a change in which its words of direction stand."""
FROM: Final = 12
"""Characters before the earlier level in which 由 or 从 stands."""


@check("X01", "升降用词与数值")
def words_and_values(report: Report, tolerance: float) -> Iterator[Relation]:
    """由A上升至B: B is more than A; 创历史新高: the change is a rise.

    Example: 规范率由80%上升至99%
    """
    opened = report.words.pattern("from_words")
    for first, second in _near(report):
        if second.start - first.end <= LONGEST and opened.search(report.before(first, FROM)):
            relation = _pair(report, first, second)
            if relation is not None:
                yield relation
    for move in moves(report):
        change = move.growth or move.amount
        if change and report.words.pattern("records").search(report.between(move.level, change)):
            holds = change.value > 0
            message = f"{quoted(move.level)}称创新高，{quoted(change)}却为下降。"
            yield Relation("X01", (("change", change), ("level", move.level)), f"{change.value:g}>0",
                           "consistent" if holds else "inconsistent", change.value, None, None, message)  # fmt: skip


def _near(report: Report) -> Iterator[tuple[Figure, Figure]]:
    """Levels of a unit in one sentence, one behind the other or with one figure between them."""
    for apart in (1, 2):
        for first, second in zip(report.figures, report.figures[apart:], strict=False):
            if first.unit == second.unit and first.sentence == second.sentence and first.is_level and second.is_level:
                yield first, second


def _pair(report: Report, first: Figure, second: Figure) -> Relation | None:
    words, between = report.words, report.between(first, second)
    if "；" in between:
        return None
    if first.label != second.label and not words.pattern("turns").search(between):
        return None
    if words.pattern("ranks").search(words.pattern("not_ranks").sub("", first.indicator + first.text)):
        return None
    rises, falls = words.pattern("rises").search(between), words.pattern("falls").search(between)
    turns = words.pattern("turns").search(between)
    if bool(rises) == bool(falls) and not turns:
        return None
    holds = second.value > first.value if rises else second.value < first.value if falls else True
    formula = f"{first.text}→{second.text}"
    message = f"由{quoted(first)}到{quoted(second)}，与“{(rises or falls or turns)[0]}”不符。"  # type: ignore[index]
    return Relation("X01", (("after", second), ("before", first)), formula, "consistent" if holds else "inconsistent",
                    second.value, first.value, None, message)  # fmt: skip


@check("X03", "百分点与百分数", doubt="info")
def points(report: Report, tolerance: float) -> Iterator[Relation]:
    """The change of a rate is told in points of its own unit.

    Example: 离婚率2.0‰，下降1.1个千分点
    """
    for move in moves(report):
        level, change = move.level, move.points
        if change is not None and level.unit in POINTS:
            same = POINTS[level.unit] in change.unit
            message = f"{quoted(level)}的变动写为{quoted(change)}，应以{POINTS[level.unit]}计。"
            yield Relation("X03", (("change", change), ("level", level)), f"{level.unit}：{change.unit}",
                           "consistent" if same else "suspicious", change.value, None, None, message)  # fmt: skip


@check("X01W", "升降用词相叠", severity="warning")
def two_words(report: Report, tolerance: float) -> Iterator[Relation]:
    """Two words of direction on one change that contradict each other: one of them was left over.

    Example: 非税收入52.3亿元，增长下降1.5%
    """
    rises, falls = (report.words.pattern(name).pattern for name in ("rise_words", "fall_words"))
    both = re.compile(f"(?:(?:{rises})(?:{falls})|(?:{falls})(?:{rises}))$")
    for change in report.figures:
        match = both.search(report.before(change, WORDS)) if not change.is_level else None
        level = report.figures[change.number - 1] if change.number else change
        if match and level.is_level and level.sentence == change.sentence:
            message = f"“{match[0]}{change.text}”（{quoted(level)}）：升降两词相叠，请核对是升是降。"
            yield Relation("X01W", (("change", change), ("level", level)), f"{match[0]}{change.text}", "inconsistent",
                           change.value, None, None, message)  # fmt: skip
