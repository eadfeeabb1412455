"""A01G, R01G, A14G: the rows of a table that give a total, its parts and their shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.checks.stated_rates import ratio
from pipeline.audit.figure import Figure
from pipeline.audit.interval import exactly, total
from pipeline.audit.relation import Relation, in_scale, listed, number, quoted
from pipeline.audit.report import Report

LEVEL, SHARE = "cell.level", "cell.share"
MARK: Final = 6
"""Characters at the start of a row in which 其中 opens another division of the same total."""


@dataclass(frozen=True, slots=True)
class Division:
    """One division of the total of a table: 其中 城镇, 乡村; with the shares of total and parts, where it has them.

    Example: 户籍总人口 215.9, 100.0: 城镇 110.8, 51.3, 乡村 105.0, 48.7
    """

    total: Figure
    parts: tuple[Figure, ...]
    shares: tuple[Figure, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the shares say that nothing is left out."""
        return len(self.shares) == len(self.parts) > 1 and _hundred(self.shares)


@check("A01G", "表内合计与分项之和")
def sums(report: Report, tolerance: float) -> Iterator[Relation]:
    """Rows whose shares make 100%: their figures make the total.

    Example: 户籍总人口⇥215.9⇥100.0, 其中：城镇⇥110.8⇥51.3, 乡村⇥105.0⇥48.7
    """
    for one in divisions(report):
        if one.is_whole:
            expected = total(part.interval for part in one.parts)
            added = sum(part.value for part in one.parts)
            holds = one.total.interval.overlaps(expected)
            terms = "+".join(in_scale(part.value, one.total) for part in one.parts)
            made = in_scale(added, one.total)
            message = f"表内{quoted(one.total)}与所列各项之和不符：{terms}={made}。各项为{listed(one.parts)}。"
            yield Relation(
                "A01G", (("total", one.total), *(("part", part) for part in one.parts)),
                f"{terms}={made}，合计写为{in_scale(one.total.value, one.total)}",
                "consistent" if holds else "inconsistent", one.total.value, added, expected.high - added, message,
            )  # fmt: skip


@check("R01G", "表内比重")
def shares(report: Report, tolerance: float) -> Iterator[Relation]:
    """The share of a row is its figure, of the total of the table whose share is 100.

    Example: 城镇⇥110.8⇥51.3 of 215.9: 110.8/215.9=51.32%
    """
    of: dict[str, list[Relation]] = defaultdict(list)
    for one in divisions(report):
        if len(one.shares) == len(one.parts):
            for part, share in zip(one.parts, one.shares, strict=True):
                if share.value > 0:
                    of[one.total.id].append(ratio("R01G", part, one.total, share))
    for relations in of.values():
        rounds = _rounds(relations)
        for made in relations:
            yield _wrong(made) if rounds and made.verdict == "truncated" else made


def _wrong(one: Relation) -> Relation:
    share = one.figures[0]
    due = number(round(one.expected or 0.0, share.decimals), share.unit)
    message = f"表内{quoted(share)}应为{due}：{one.formula}；表内其余比重按四舍五入相符。"
    return replace(one, verdict="inconsistent", message=message)


def _rounds(relations: Sequence[Relation]) -> bool:
    """Whether a table rounds its shares and does not cut them off: more of them come out only so than only cut."""
    up = [
        one
        for one in relations
        if one.verdict == "consistent" and one.expected is not None and one.figures[0].truncated.low > one.expected
    ]
    return len(up) > max(1, sum(one.verdict == "truncated" for one in relations))


@check("A14G", "表内比重合计100%", doubt="info")
def hundred(report: Report, tolerance: float) -> Iterator[Relation]:
    """The shares of a division whose figures make the total make 100%.

    Example: 51.3+48.7=100
    """
    for one in divisions(report):
        closes = one.total.interval.overlaps(total(part.interval for part in one.parts))
        if closes and len(one.shares) == len(one.parts) > 1:
            added = sum(share.value for share in one.shares)
            formula = "+".join(number(share.value) for share in one.shares) + f"={number(added, '%')}"
            message = f"表内各项比重{listed(one.shares)}之和为{number(added, '%')}，应为100%：{formula}。"
            yield Relation(
                "A14G", tuple(("share", share) for share in one.shares), formula,
                "consistent" if _hundred(one.shares) else "suspicious", added, 100.0, None, message,
            )  # fmt: skip


def _hundred(shares: tuple[Figure, ...]) -> bool:
    return total(share.interval for share in shares).overlaps(exactly(100))


@lru_cache(maxsize=2)
def divisions(report: Report) -> tuple[Division, ...]:
    """The divisions of the totals of all tables of a report.

    Example: ``divisions(report)[0].total.text`` → ``215.9``
    """
    share_of = {figure.sentence: figure for figure in report.cells if figure.rule == SHARE}
    of: dict[tuple[str, int], list[Figure]] = defaultdict(list)
    marks: dict[str, int] = defaultdict(int)
    for figure in report.cells:
        if figure.rule == LEVEL and figure.part_of:
            start = report.sentences[figure.sentence][0]
            marks[figure.part_of] += "其中" in report.text[start : start + MARK]
            of[figure.part_of, marks[figure.part_of]].append(figure)
    found = []
    for (id, _), parts in of.items():
        whole = report.by_id.get(id)
        if whole is not None and all(part.unit == whole.unit for part in parts):
            all_ = share_of.get(whole.sentence)
            known = [share_of[part.sentence] for part in parts if part.sentence in share_of]
            found.append(Division(whole, tuple(parts), tuple(known) if all_ and all_.value == 100 else ()))
    return tuple(found)
