"""Debts: limits and balances of what a government owes, and the bonds of a year, by whose and of which kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.audit.figure import Figure
from pipeline.audit.own_levels import Named, named
from pipeline.audit.report import Report

LIMIT, BALANCE = "限额", "余额"
_DEBT: Final = re.compile("(?:法定|直接)?(?:政府)?(?P<kind>一般|专项|)债务(?:法定)?(?P<what>限额|余额)(?:合计|执行数)?")
_BONDS: Final = re.compile(
    "[^县区市州、]{0,12}?(?:政府)?(?P<what>新增|再融资)(?:举借|发行|转贷)?(?:政府)?(?P<kind>一般|专项|)债券(?:资金)?"
)
_PART: Final = re.compile("(?P<kind>一般|专项)(?:债务|债券)(?:限额|余额)?")
_BELOW: Final = re.compile("[县区市州旗镇]")
_WHOLE: Final = re.compile("全[省市县区州域]")


@dataclass(frozen=True, slots=True)
class Debt:
    """A limit, a balance or the bonds of a year: whose, whether of its own level only, 一般 or 专项, of which year.

    Example: 市级地方政府一般债务限额143.9亿元 → 云川市, own, 一般, 限额, 2026
    """

    figure: Figure
    region: str
    own: bool
    kind: str
    what: str
    year: int

    @property
    def key(self) -> tuple[str, bool, str, int]:
        """What a limit and its balance have in common."""
        return self.region, self.own, self.kind, self.year


@lru_cache(maxsize=2)
def debts(report: Report) -> tuple[Debt, ...]:
    """The limits, balances and bonds of a report, in the order of the text; one behind its whole is of the same body.

    Example: ``debts(report)[0].what`` → ``限额``
    """
    found: list[Debt] = []
    head: Debt | None = None
    before: Figure | None = None
    for figure in _told(report):
        if before is None or figure.sentence != before.sentence:
            head, before = None, None
        one = _debt(report, figure, head, first=before is None)
        if one is not None:
            found.append(one)
        if one is None or not one.kind or head is None:
            head, before = one, figure
    return tuple(found)


def _told(report: Report) -> Iterator[Figure]:
    """The amounts that a label calls debts or bonds, and a balance right behind one of them."""
    last: Figure | None = None
    for figure in report.levels:
        if figure.dimension == "money" and figure.period_end is not None and not figure.in_table:
            behind = last is not None and last.number == figure.number - 1 and last.sentence == figure.sentence
            if "债" in figure.label or (behind and figure.label == BALANCE):
                last = figure
                yield figure


def _debt(report: Report, figure: Figure, head: Debt | None, *, first: bool) -> Debt | None:
    name = named(report, figure)
    label = _plain(report, figure, name)
    year = figure.period_end.year if figure.period_end else 0
    own = name.own or (head is not None and head.own and not _names_whole(report, head.figure, figure))
    part = _PART.fullmatch(label)
    if part and not label.endswith((LIMIT, BALANCE)):
        return None if head is None else Debt(figure, name.region, head.own, part["kind"], head.what, year)
    if label == BALANCE:
        limit = head is not None and head.what == LIMIT
        return Debt(figure, name.region, own, head.kind, BALANCE, year) if head is not None and limit else None
    match = _DEBT.fullmatch(label) or _BONDS.fullmatch(label)
    if match is None or (part and head is None and not first):
        return None
    return Debt(figure, name.region, own, match["kind"], match["what"], year)


def _plain(report: Report, figure: Figure, name: Named) -> str:
    """A label without the name of its total before it, the region's, and what says who set it or where it is kept."""
    total = report.by_id.get(figure.part_of)
    rest = name.label.removeprefix(total.label) if total is not None else name.label
    bare = report.words.pattern("approved_by").sub("", rest or name.label).removeprefix(name.region)
    opening = next((word for word in report.words.group("debt_openings") if word in bare), "")
    return bare.rpartition(opening)[2] if opening and not _BELOW.search(bare) else bare


@lru_cache(maxsize=2)
def debts_of_own_level(report: Report) -> tuple[tuple[Figure, Figure], ...]:
    """Debts and bonds of a region's own level, each with those of the whole region that stand last before them.

    Example: 市级地方政府新增债券92.5亿元 with 全市地方政府新增债券307.7亿元
    """
    found: list[tuple[Figure, Figure]] = []
    wholes: dict[tuple[str, str, str, int, str], Figure] = {}
    for one in debts(report):
        key = (one.region, one.kind, one.what, one.year, one.figure.status)
        if not one.own:
            wholes[key] = one.figure
        elif key in wholes:
            found.append((one.figure, wholes[key]))
    return tuple(found)


def _names_whole(report: Report, first: Figure, second: Figure) -> bool:
    return _WHOLE.search(report.between(first, second)) is not None
