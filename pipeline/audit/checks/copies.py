"""S04: a sentence told twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation
from pipeline.audit.report import Report

LEAST: Final = 24
"""Characters below which two sentences may well be one heading or slogan."""


@check("S04", "语句重复", doubt="info")
def copies(report: Report, tolerance: float) -> Iterator[Relation]:
    """The same sentence, with a figure in it, in two places: a copy that was left standing.

    Example: 全年共接待群众1320人次，办结率100%。 … 全年共接待群众1320人次，办结率100%。
    """
    said: dict[str, list[tuple[Figure, ...]]] = {}
    for figures in report.by_sentence:
        start, end = report.sentences[figures[0].sentence]
        if end - start >= LEAST:
            words = "".join(report.text[start:end].split())
            said.setdefault(words, []).append(figures)
    for words, alike in said.items():
        if len(alike) > 1 and len(words) >= LEAST:
            yield from _again(report, words, [one for one in alike if any(figure.digits >= 3 for figure in one)])


def _again(report: Report, words: str, alike: Sequence[tuple[Figure, ...]]) -> Iterator[Relation]:
    for figures in alike[1:]:
        operands = tuple(("again", one) for one in figures) + tuple(("first", one) for one in alike[0])
        message = f"“{words[:40]}…”在文中出现两次，请核对是否重复粘贴。"
        yield Relation("S04", operands, f"“{words[:24]}…”两处相同", "suspicious", None, None, None, message,
                       report.sentences[figures[0].sentence], None, words)  # fmt: skip
