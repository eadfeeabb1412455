"""Which found mention is which annotated one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.evaluate.gold import GoldMention
from pipeline.evaluate.tables import Prediction


def match(gold: Sequence[GoldMention], found: Sequence[Prediction]) -> dict[int, int]:
    """Index of the found mention for every annotated one that has one; best overlap first.

    Overlap is what two spans share, divided by what they cover together; among equals the earlier comes
    first, and none is used twice.

    Example: annotated 约【54.79万份】, found 【约54.79万份】 → ``{0: 0}``
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, annotated, candidate in sorted(_overlaps(gold, found)):
        if annotated not in pairs and candidate not in taken:
            pairs[annotated] = candidate
            taken.add(candidate)
    return pairs


def _overlaps(gold: Sequence[GoldMention], found: Sequence[Prediction]) -> Iterator[tuple[float, int, int]]:
    """(negative overlap, gold index, found index) of all spans that share a character."""
    for i, annotated in enumerate(gold):
        for j, candidate in enumerate(found):
            shared = min(annotated.end, candidate.char_end) - max(annotated.start, candidate.char_start)
            if shared > 0:
                joint = max(annotated.end, candidate.char_end) - min(annotated.start, candidate.char_start)
                yield -shared / joint, i, j
