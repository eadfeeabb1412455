"""G01: percentages of something that are more than all of it, or less than nothing."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict, number, quoted
from pipeline.audit.report import Report


@check("G01", "比率超出0至100%")
def bounds(report: Report, tolerance: float) -> Iterator[Relation]:
    """A share, coverage or pass rate over 100%; rates of what was done, indices and the like may be.

    Example: 合格率120%
    """
    may_pass, shares = report.words.pattern("may_pass_100"), report.words.pattern("share_words")
    for figure in report.by_unit.get("%", ()):
        if not figure.is_level or not shares.search(figure.label):
            continue
        if may_pass.search(figure.indicator) or figure.comparator not in ("=", "over", ">", ">="):
            continue
        yield _judged(report, figure)


def _judged(report: Report, figure: Figure) -> Relation:
    verdict: Verdict = "consistent"
    formula, message = f"0≤{number(figure.value)}%≤100%", ""
    if figure.value > 100 or figure.value < 0:
        sure = figure.indicator.endswith(report.words.group("bounded_rates"))
        verdict = "inconsistent" if sure else "suspicious"
        formula = f"{number(figure.value)}%>100%" if figure.value > 100 else f"{number(figure.value)}%<0"
        message = f"{quoted(figure)}超出0至100%的范围，请核对。"
    return Relation("G01", (("rate", figure),), formula, verdict, figure.value, 100.0, None, message)
