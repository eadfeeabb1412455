"""Totals that nothing announces: figures of a paragraph that add up to one before or behind them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval
from pipeline.audit.report import Report
from pipeline.audit.whole import Whole, closes, is_mean

MOST_PARTS: Final = 12
SURELY: Final = 0.999999
"""What is less than that share of a total by more than a last digit falls short of it, however it was rounded."""
FEWEST: Final = 3
"""Figures: a total and two parts."""
LEAST_DIGITS: Final = 3
"""A sum that nothing but its closing announces must be written with that many digits."""

_number: Final = attrgetter("number")


def closed(report: Report) -> Iterator[Whole]:
    """A total whose following figures in the paragraph add up to it: nothing else says so, so it only confirms.

    Example: 总数491份。收文281份，发文210份。 → 491份 with 281份 and 210份
    """
    for figures in report.by_paragraph:
        if len(figures) < FEWEST:
            continue
        like: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for one in figures:
            if one.is_level and not one.is_ratio:
                like[one.unit, one.dimension].append(one)
        for levels in like.values():
            if len(levels) >= FEWEST:
                yield from _closed_among(_Alike([one for one in levels if not is_mean(one)]))


def _closed_among(group: _Alike) -> Iterator[Whole]:
    for at, whole in enumerate(group.all):
        if whole.comparator == "=" and whole.digits >= LEAST_DIGITS:
            for run in group.runs(at):
                made = _closing(whole, run)
                if made is not None:
                    yield made
                    again = _closing(whole, run[len(made.parts) :])
                    if again is not None and _of_one_sentence((whole, *made.parts, *again.parts)):
                        yield again


def _of_one_sentence(figures: Sequence[Figure]) -> bool:
    """Whether a sentence divides its total twice: 30.1亿元，城区28.6亿元，园区1.5亿元；续建28.7亿元，新建1.4亿元."""
    return all(one.sentence == figures[0].sentence for one in figures) and figures[0].number < figures[1].number


def _closing(whole: Figure, run: Sequence[Figure]) -> Whole | None:
    """The first parts of a run that make a total."""
    so_far, most = 0.0, whole.value + whole.step
    low, high, enough = 0.0, 0.0, whole.value * SURELY - whole.step
    for count, part in enumerate(run, 1):
        so_far += part.value
        if part.value <= 0 or so_far > most:
            return None
        sure = part.interval
        low, high = low + sure.low, high + sure.high
        if high >= enough and count > 1 and closes(whole, run[:count], Interval(low, high)):
            return Whole(whole, tuple(sorted(run[:count], key=_number)), False, "closed")
    return None


@dataclass(init=False, slots=True)
class _Alike:
    """Figures of a paragraph that can be added, in the order of the text."""

    all: list[Figure]
    free: list[Figure]
    """Those that are no part of another."""
    parts: dict[str, list[Figure]]

    def __init__(self, all: list[Figure]) -> None:
        self.all = all
        self.free = [figure for figure in all if not figure.part_of]
        self.parts = defaultdict(list)
        for figure in self.all if len(self.free) < len(self.all) else ():
            if figure.part_of:
                self.parts[figure.part_of].append(figure)

    def runs(self, at: int) -> Iterator[Sequence[Figure]]:
        """What could add up to a figure: those behind it, the top level of them, the free ones, those before it.

        The first two are not more than the figure.
        """
        figures, whole = self.all, self.all[at]
        most = whole.value + whole.step
        if at + 2 < len(figures) and figures[at + 1].value + figures[at + 2].value <= most:
            yield figures[at + 1 : at + 1 + MOST_PARTS]
        if self.parts:
            free, own = _behind(self.free, whole), self.parts.get(whole.id)
            if own:
                yield sorted([*free, *_behind(own, whole)], key=_number)
            yield free
        if at > 1 and figures[at - 1].value + figures[at - 2].value <= most:
            yield figures[max(0, at - MOST_PARTS) : at][::-1]


def _behind(figures: Sequence[Figure], whole: Figure) -> Sequence[Figure]:
    """The first that stand behind a figure, as many as a total may have."""
    start = bisect_right(figures, whole.number, key=_number)
    return figures[start : start + MOST_PARTS]
