"""P07: the counties add up to the prefecture, the prefectures to the province."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import corpus_check
from pipeline.audit.corpus import Corpus, Point
from pipeline.audit.interval import total
from pipeline.audit.relation import Relation, Verdict, in_scale, quoted

ADDS: Final = {"money", "count", "persons", "area", "mass", "occasions"}


@corpus_check("P07", "下级之和与上级", severity="warning", doubt="warning", tolerance=0.01)
def regions(corpus: Corpus, tolerance: float) -> Iterator[tuple[str, Relation]]:
    """Where reports of all units below a region tell an indicator: their sum is that of the region (share allowed).

    With units missing, the others together still are not more.

    Example: 云川市活产14703人, its three counties 6210+4480+4013=14703
    """
    known = corpus.words.lexicons.regions
    for by_code in corpus.by_indicator.values():
        for code, points in by_code.items():
            whole = points[0]
            below = [one.code for one in known.children(code)]
            parts = [by_code[child][0] for child in below if child in by_code]
            if len(parts) > 1 and _adds(whole):
                yield whole.source.doc_id, _relation(whole, parts, len(parts) == len(below), tolerance)


def _adds(point: Point) -> bool:
    figure = point.figure
    return figure.dimension in ADDS and "均" not in figure.indicator and figure.comparator == "="


def _relation(whole: Point, parts: list[Point], complete: bool, tolerance: float) -> Relation:
    figure = whole.figure
    added = sum(part.figure.value for part in parts)
    together = total(part.figure.interval for part in parts)
    over = together.low > figure.interval.high * (1 + tolerance)
    under = complete and together.high < figure.interval.low * (1 - tolerance)
    verdict: Verdict = "suspicious" if over or under else "consistent" if complete else "undecided"
    terms = "+".join(in_scale(part.figure.value, figure) for part in parts)
    formula = f"{terms}={in_scale(added, figure)}{figure.suffix}"
    names = "、".join(part.figure.entity for part in parts)
    message = f"{figure.entity}{quoted(figure)}与所辖{names}之和不符：{formula}，请核对口径和范围。"
    operands = (("total", figure), *(("part", part.figure) for part in parts))
    return Relation("P07", operands, formula, verdict, figure.value, added, None, message)
