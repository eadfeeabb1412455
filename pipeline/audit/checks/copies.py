"""S04: a sentence told twice."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.check import check
from pipeline.audit.relation import Relation
from pipeline.audit.report import Report

LEAST = 24
"""Characters below which two sentences may well be one heading or slogan."""


@check("S04", "语句重复", doubt="info")
def copies(report: Report, tolerance: float) -> Iterator[Relation]:
    """The same sentence, with a figure in it, in two places: a copy that was left standing.

    Example: 全年共接待群众1320人次，办结率100%。 … 全年共接待群众1320人次，办结率100%。
    """
    seen: dict[str, int] = {}
    figures = {found[0].sentence: found for found in report.by_sentence}
    for index in sorted(figures):
        start, end = report.sentences[index]
        if end - start < LEAST or not any(figure.digits >= 3 for figure in figures[index]):
            continue
        words = "".join(report.sentence_text(index).split())
        if len(words) < LEAST:
            continue
        if words in seen:
            operands = tuple(("again", one) for one in figures[index])
            operands += tuple(("first", one) for one in figures[seen[words]])
            message = f"“{words[:40]}…”在文中出现两次，请核对是否重复粘贴。"
            yield Relation("S04", operands, f"“{words[:24]}…”两处相同", "suspicious", None, None, None, message,
                           report.sentences[index], None, words)  # fmt: skip
        seen.setdefault(words, index)
