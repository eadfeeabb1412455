"""S01: 一是、二是、四是: an item is missing, or was cut off with its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.relation import Relation
from pipeline.audit.report import Report

_NUMERALS: Final = "一二三四五六七八九十"
_ITEM: Final = re.compile(
    rf"是(?<=([{_NUMERALS}])是)(?<![{_NUMERALS}其之万唯统专单同第有每个这那]..)(?![否非])", re.DOTALL
)


@check("S01", "序号缺漏", severity="info")
def ordinals(report: Report, tolerance: float) -> Iterator[Relation]:
    """Items 一是, 二是 … of a passage: one that is left out may have been lost with its figures.

    Example: 一是…二是…四是: 三是 is missing
    """
    last, where = 0, 0
    run: list[tuple[int, int]] = []
    for match in _ITEM.finditer(report.text):
        number = _NUMERALS.index(match[1]) + 1
        if number == 1 or number <= last:
            run = []
        elif last and number > last + 1 and run:
            yield _gap(report, (where, match.end()), last, number)
        run.append((number, match.start(1)))
        last, where = number, match.start(1)


def _gap(report: Report, span: tuple[int, int], last: int, number: int) -> Relation:
    missing = "、".join(f"{_NUMERALS[one - 1]}是" for one in range(last + 1, number))
    before, after = f"{_NUMERALS[last - 1]}是", f"{_NUMERALS[number - 1]}是"
    figures = tuple(("item", one) for one in report.figures if span[0] <= one.start < span[1])
    message = f"“{before}”之后为“{after}”，缺“{missing}”，可能有内容（及其中的数）遗漏。"
    words = report.text[span[0] : span[1]]
    return Relation("S01", figures, f"{before}→{after}", "inconsistent", None, None, None, message, span, None, words)
