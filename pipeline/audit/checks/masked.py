"""S02: numbers whose digits were masked or lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.relation import Relation
from pipeline.audit.report import Report

_MASKED: Final = re.compile(
    r"(?<![A-Za-z0-9_.])(?:\d{1,3}_+(?=[\d余多万亿个家人元项次张%％])|_{2,}(?=[余多万亿个家人元项次张%％])"
    r"|(?:(?<![×xX*＊])|(?<=[A-Za-z0-9_.][×xX*＊])|(?=\d))\d*[×xX*＊]{2,}+(?=[余多万亿个家人元项次张%％])"
    r"|\d+\.(?=[万亿个家人元%％])|\d+,\d{1,2}(?=[万亿个家人元]))"
)
_TRACES: Final = (
    re.compile(r"_[\d余多万亿个家人元项次张%％]"),
    *(re.compile(re.escape(cross) + "[余多万亿个家人元项次张%％]") for cross in "×xX*＊"),
    re.compile(r"\.[万亿个家人元%％]"),
    re.compile(r",\d{1,2}[万亿个家人元]"),
)
"""What every such number has one of in it: most reports have none of it, and each is found by its first character."""
AROUND: Final = 12


@check("S02", "数字被遮盖或不完整", severity="warning")
def masked(report: Report, tolerance: float) -> Iterator[Relation]:
    """A number with blanks or crosses for digits: it is no figure, and nobody can check it.

    Example: 购置设备20_余张
    """
    for match in _masked_in(report.text):
        start, end = max(0, match.start() - AROUND), min(len(report.text), match.end() + AROUND)
        passage = " ".join(report.text[start:end].split())
        message = f"“{passage}”中的数字“{match[0]}”不完整，请补正。"
        yield Relation("S02", (), match[0], "inconsistent", None, None, None, message, match.span(), None, passage)


def _masked_in(text: str) -> Iterator[re.Match[str]]:
    """The masked numbers of the lines that may have any."""
    lines = {line for trace in _TRACES for line in _lines_with(trace, text)}
    for start, end in sorted(lines):
        yield from _MASKED.finditer(text, start, end)


def _lines_with(trace: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    found = trace.search(text)
    while found:
        end = text.find("\n", found.end())
        end = len(text) if end < 0 else end
        yield text.rfind("\n", 0, found.start()) + 1, end
        found = trace.search(text, end)
