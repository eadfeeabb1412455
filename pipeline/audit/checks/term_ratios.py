"""R08 and R09: ratios a:b and shares in tenths, with the amounts beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval
from pipeline.audit.relation import Relation, Verdict, number, quoted
from pipeline.audit.report import Report

_TERMS: Final = re.compile(r"(\d+(?:\.\d+)?)\s*[:：∶]\s*(\d+(?:\.(\d+))?)")
REACH: Final = 8
NEAR: Final = 12
"""Characters between a part and the words for its share."""


@check("R08", "两数之比")
def terms(report: Report, tolerance: float) -> Iterator[Relation]:
    """A ratio of two counts that stand before it: 医护比1:1.12.

    Example: 执业医师8551人，注册护士9498人，医护比1:1.12: 9498/8551=1.111
    """
    for name, first, second in report.words.rows("doctor_nurse_ratio"):
        for figure in report.holding(name):
            match = _TERMS.match(report.text, figure.start)
            if match is None or float(match[1]) <= 0:
                continue
            one, other = _before(report, figure, first), _before(report, figure, second)
            if one and other and one is not other:
                yield _relation(figure, match, one, other)


def _before(report: Report, figure: Figure, name: str) -> Figure | None:
    near = reversed(report.figures[max(0, figure.number - REACH) : figure.number])
    return next((one for one in near if one.label.endswith(name) and one.is_level and not one.is_ratio), None)


def _relation(figure: Figure, match: re.Match[str], one: Figure, other: Figure) -> Relation:
    stated, step = float(match[2]), 10.0 ** -len(match[3] or "")
    expected = (other.interval / one.interval).scaled(float(match[1]))
    value = float(match[1]) * other.value / one.value
    verdict: Verdict = "inconsistent"
    if expected.overlaps(Interval(stated - step / 2, stated + step / 2)):
        verdict = "consistent"
    elif expected.overlaps(Interval(stated, stated + step)):
        verdict = "truncated"
    formula = f"{number(other.value)}/{number(one.value)}×{match[1]}={number(value)}"
    message = (
        f"“{figure.indicator}{match[0]}”与{quoted(one)}、"
        f"{quoted(other)}不符：应为{match[1]}:{number(round(value, len(match[3] or '')))}。"
    )
    operands = (("ratio", figure), ("first", one), ("second", other))
    return Relation("R08", operands, formula, verdict, stated, value, step / 2, message)


@check("R09", "“近七成”等约数", doubt="info")
def tenths(report: Report, tolerance: float) -> Iterator[Relation]:
    """A share in tenths against the part before it and the whole before that.

    Example: 支出441.89亿元，民生支出279.5亿元，占比近七成: 63.25%
    """
    rows = report.words.rows("vague_shares")
    longest = max(len(words) for words, *_ in rows)
    said = "".join(re.findall(f"占[^占]{{,{NEAR + longest}}}", report.text))
    for words, least, most in rows:
        if words not in said:
            continue
        at = report.text.find(words)
        while at >= 0:
            relation = _tenths(report, words, at, float(least), float(most))
            if relation is not None:
                yield relation
            at = report.text.find(words, at + 1)


def _tenths(report: Report, words: str, at: int, least: float, most: float) -> Relation | None:
    if "占" not in report.text[max(0, at - NEAR) : at]:
        return None
    before = [one for one in report.figures if one.end <= at and at - one.end < NEAR and one.is_level]
    if not before or before[-1].is_ratio or "占" not in report.text[before[-1].end : at]:
        return None
    part = before[-1]
    wholes = [one for one in report.figures[max(0, part.number - 4) : part.number] if _is_whole(one, part)]
    if not wholes:
        return None
    whole = wholes[-1]
    share = 100 * part.value / whole.value
    formula = f"{number(part.value / part.scale)}/{number(whole.value / part.scale)}={number(share, '%')}"
    message = (
        f"{quoted(part)}占{quoted(whole)}的{number(share, '%')}，与“{words}”（{number(least)}%至{number(most)}%）不符。"
    )
    figures = [one for one in report.figures if one.start >= at - 1 and one.end <= at + len(words) + 1]
    operands = (("part", part), ("whole", whole), *(("share", one) for one in figures))
    return Relation("R09", operands, formula, "consistent" if least <= share <= most else "suspicious", share, None,
                    None, message)  # fmt: skip


def _is_whole(whole: Figure, part: Figure) -> bool:
    return whole.unit == part.unit and whole.is_level and whole.value > part.value and whole.paragraph == part.paragraph
