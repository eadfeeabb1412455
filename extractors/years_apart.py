"""Words of time that figures share out among them: 2023年、2024年分别增长5.1%和5.4%."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final

from extractors.periods import PeriodHit
from extractors.places import Link

_APART: Final = "分别"
_JOINTS: Final = frozenset("、和与及，") | {"以及"}
_REACH: Final = 40
"""Characters between the last word of time and the first figure."""
_END: Final = attrgetter("end")


def periods_apart(text: str, links: Sequence[Link], periods: Sequence[PeriodHit]) -> dict[int, PeriodHit]:
    """When each figure was that 分别 gives a word of time of its own, by where its number begins in the view.

    Only where there are as many words of time, one behind the other, as figures, and all are figures of one thing.

    Example: 2023年、2024年分别新增120户和98户 → 120户 2023, 98户 2024
    """
    if len(periods) < 2 or _APART not in text:
        return {}
    return {
        link.slot.quantity.start: hit
        for run in _runs(links)
        if len({(link.label, link.share_of) for link in run}) == 1
        for link, hit in zip(run, _shared_out(text, run, periods), strict=False)
    }


def _runs(links: Sequence[Link]) -> Iterator[Sequence[Link]]:
    """The figures that one 分别 tells, in their order."""
    begin = 0
    for at in range(1, len(links) + 1):
        goes_on = at < len(links) and links[at].slot.previous == at - 1 and _APART not in links[at].slot.near
        if goes_on and links[at].rule == links[at - 1].rule == "label.respectively":
            continue
        if at - begin > 1:
            yield links[begin:at]
        begin = at


def _shared_out(text: str, run: Sequence[Link], periods: Sequence[PeriodHit]) -> Sequence[PeriodHit]:
    """The words of time right before the figures, one for each; none where there are more or fewer."""
    start, count = run[0].slot.quantity.start, len(run)
    at = bisect_right(periods, start, key=_END)
    hits = periods[max(0, at - count) : at]
    told = len(hits) == count and _APART in text[hits[-1].end : start] and start - hits[-1].end <= _REACH
    listed = told and all(text[one.end : other.start] in _JOINTS for one, other in pairwise(hits))
    more = listed and at > count and text[periods[at - count - 1].end : hits[0].start] in _JOINTS
    return hits if listed and not more and all(hit.kind in ("span", "as_of") for hit in hits) else ()
