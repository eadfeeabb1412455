"""Two versions of a report: which figures stayed, changed, came and went, whatever else was edited around them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline.audit.figure import Figure

Row = Mapping[str, Any]
Pair = tuple[Row, Row]

MEASURED: Final = (
    "indicator", "qualifier", "entity", "period", "dimension", "measure", "basis", "status", "comparator",
)  # fmt: skip
"""What says which figure it is: the same in both versions, or they are two figures."""
SAID: Final = ("value", "value_max", "decimals", "unit")
"""What it says."""
COMPARED: Final = ("mention_id", "doc_id", "char_start", "char_end", "text", *SAID, *MEASURED)
"""The columns of the table mentions that are needed to tell."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures of two versions of a report; pairs are of the former and the latter.

    Example: ``compare(before, after).changed[0][1]["text"]`` → ``14703人``
    """

    same: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    went: tuple[Row, ...]
    came: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure of a report that was published again with another value; when, ``zhibiao snapshots diff`` tells.

    Example: 活产数14073人 at first, 14703人 after
    """

    before: Figure
    after: Figure
    path: str


def compare(before: Sequence[Row], after: Sequence[Row]) -> Comparison:
    """Match the figures of two versions of a report.

    Those that say the same of the same are matched first. Between them, figures of one name that are as many as
    before are matched in the order of the text; where they are not, nothing tells which became which: they went and
    came. What is left of a sentence that stayed is the same figure with another name. The time is that of sorting.

    Example: ``compare(before, after).came`` → ``()`` when only words around the figures were edited
    """
    before, after = sorted(before, key=_place), sorted(after, key=_place)
    matching = _Matching(before, after)
    matching.pair(lambda row: (row["mention_id"], _measured(row), _said(row)))
    matching.pair(lambda row: (_measured(row), _said(row)))
    same = dict(matching.found)
    gaps = _gaps(len(before), same.keys()), _gaps(len(after), same.values())
    matching.pair_as_many(lambda row, gap: row["indicator"] and (_measured(row), gap), gaps)
    matching.pair_as_many(lambda row, gap: row["indicator"] and _measured(row), gaps)
    matching.pair(lambda row: row["mention_id"])
    changed = sorted(pair for pair in matching.found.items() if pair[0] not in same)
    return Comparison(
        tuple((before[old], after[new]) for old, new in sorted(same.items())),
        tuple((before[old], after[new]) for old, new in changed),
        tuple(before[old] for old in sorted(matching.old)),
        tuple(after[new] for new in sorted(matching.new)),
    )


def _place(row: Row) -> tuple[int, int, str]:
    return row["char_start"], row["char_end"], row["mention_id"]


def _measured(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in MEASURED)


def _said(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in SAID)


def _gaps(length: int, matched: Iterable[int]) -> list[int]:
    """For each figure how many matched ones stand before it."""
    there, gaps, count = set(matched), [], 0
    for at in range(length):
        gaps.append(count)
        count += at in there
    return gaps


class _Matching:
    """The figures not matched yet, by their numbers, and the pairs found."""

    def __init__(self, before: Sequence[Row], after: Sequence[Row]) -> None:
        self.before, self.after = before, after
        self.old, self.new = dict.fromkeys(range(len(before))), dict.fromkeys(range(len(after)))
        self.found: dict[int, int] = {}

    def pair(self, key: Callable[[Row], Hashable]) -> None:
        """Pair figures of the same key, the first with the first."""
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for new in self.new:
            waiting[key(self.after[new])].append(new)
        for old in list(self.old):
            if queue := waiting.get(key(self.before[old])):
                self._take(old, queue.popleft())

    def pair_as_many(self, key: Callable[[Row, int], Hashable], gaps: tuple[Sequence[int], Sequence[int]]) -> None:
        """Pair figures of the same key where there are as many of it before and after; a key that is none is left."""
        olds, news = (
            _grouped(left, rows, key, gap)
            for left, rows, gap in ((self.old, self.before, gaps[0]), (self.new, self.after, gaps[1]))
        )
        for name, found in olds.items():
            if name and len(found) == len(news.get(name, ())):
                for old, new in zip(found, news[name], strict=True):
                    self._take(old, new)

    def _take(self, old: int, new: int) -> None:
        self.found[old] = new
        del self.old[old], self.new[new]


def _grouped(
    left: Iterable[int], rows: Sequence[Row], key: Callable[[Row, int], Hashable], gaps: Sequence[int]
) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for at in left:
        found[key(rows[at], gaps[at])].append(at)
    return found


def restated(before: Row, after: Row) -> bool:
    """Whether a figure has another value, not only other digits behind the point, another place or another name.

    Example: 14073人 and 14703人 of one 活产数
    """
    valued = (before["value"], before["value_max"]) != (after["value"], after["value_max"])
    return valued and _measured(before) == _measured(after) and before["text"].split() != after["text"].split()
