"""A02S: parts that are listed side by side are together no more than their total; a bracket of them leaves none out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict, in_scale, listed, quoted
from pipeline.audit.report import Report
from pipeline.audit.whole import Whole
from pipeline.audit.wholes import divides, has_others, wholes

_ITEM: Final = re.compile("[、和及与][^，。；、（）()]{1,14}")
_PLACE: Final = re.compile("[，、和及与；][^，。；、（）()]{1,14}")
"""Between two parts: another name, and nothing else."""
_BRACKET: Final = re.compile("[（(](?P<opening>[^，。；（）()]{1,14})")
LITTLE: Final = 0.1
"""Share of a total that a bracket may lack and still be meant to list all of it."""


@check("A02S", "并列分项合计与总数")
def listed_parts(report: Report, tolerance: float) -> Iterator[Relation]:
    """Things listed by 、 or places listed one behind the other do not overlap, so that they add up to no more.

    Example: 路牌262块，其中城东镇130块，城西镇46块，柳河镇44块，青山镇44块: 130+46+44+44=264>262
    """
    for whole in wholes(report):
        verdict = _verdict(report, whole) if whole.how == "linked" and _is_list(report, whole) else None
        if verdict is not None:
            yield _relation(whole, verdict)


def _is_list(report: Report, whole: Whole) -> bool:
    """Whether the parts stand right behind their total with nothing between them but their names, and can be added."""
    figures = (whole.total, *whole.parts)
    if len(whole.parts) < 2 or whole.total.is_ratio or whole.total.in_table or whole.total.value <= 0:
        return False
    plain = all(one.comparator == "=" and one.is_level and one.value >= 0 for one in figures)
    beside = all(other.number - one.number == 1 and one.sentence == other.sentence for one, other in pairwise(figures))
    return plain and beside and _are_apart(report, whole.parts)


def _are_apart(report: Report, parts: tuple[Figure, ...]) -> bool:
    """Whether parts are of different places, or are items of a list parted by 、."""
    places = len({part.entity for part in parts}) == len(parts)
    form = _PLACE if places else _ITEM
    between = [report.between(one, other) for one, other in pairwise(parts)]
    again, both = report.words.pattern("part_words"), report.words.pattern("overlapping")
    apart = all(form.fullmatch(text) and not again.search(text) for text in between)
    return apart and not any(both.search(name) for name in (parts[0].label, *between))


def _verdict(report: Report, whole: Whole) -> Verdict | None:
    if whole.exhaustive or has_others(report, whole.parts) or divides(report, whole.parts):
        return None  # A01 judges them
    if whole.sum.low > whole.total.interval.high:
        return "suspicious"
    lacking = whole.total.value - sum(part.value for part in whole.parts)
    short = whole.sum.high < whole.total.interval.low and lacking <= LITTLE * whole.total.value
    return "suspicious" if short and _fills_bracket(report, whole) else None


def _fills_bracket(report: Report, whole: Whole) -> bool:
    """Whether the parts are all that a bracket behind the total says, and nothing says that they are some of it."""
    opened = _BRACKET.fullmatch(report.between(whole.total, whole.parts[0]))
    end = whole.parts[-1].end
    closed = report.text[end : end + 1] in ("）", ")")
    return opened is not None and closed and not report.words.pattern("lists_some").search(opened["opening"])


def _relation(whole: Whole, verdict: Verdict) -> Relation:
    total, added = whole.total, sum(part.value for part in whole.parts)
    terms = "+".join(in_scale(part.value, total) for part in whole.parts)
    made, gap = in_scale(added, total), in_scale(abs(added - total.value), total)
    more = added > total.value
    message = (
        f"{quoted(total)}{'小于' if more else '与'}所列各项之和{'' if more else '不符'}：{terms}={made}{total.suffix}，"
        f"{'多' if more else '少'}{gap}{total.suffix}。各项为{listed(whole.parts)}。"
    )
    operands = (("total", total), *(("part", part) for part in whole.parts))
    formula = f"{terms}={made}{total.suffix}，合计写为{in_scale(total.value, total)}{total.suffix}"
    return Relation("A02S", operands, formula, verdict, total.value, added, None, message)
