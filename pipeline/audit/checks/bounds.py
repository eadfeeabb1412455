"""G01: percentages of something that are more than all of it, or less than nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict, number, quoted
from pipeline.audit.report import Report

COMPARED: Final = frozenset(("=", "over", ">", ">=", "about"))
_OF: Final = re.compile("的[\u4e00-\u9fff]{2}")


@check("G01", "比率超出0至100%")
def bounds(report: Report, tolerance: float) -> Iterator[Relation]:
    """A share, coverage or pass rate over 100%; rates of what was done, indices and the like may be.

    Example: 合格率120%
    """
    usual = report.words.group("usual_shares")
    may_pass, shares = report.words.pattern("may_pass_100"), report.words.pattern("share_words")
    for figure in report.by_unit.get("%", ()):
        if not figure.is_level or figure.comparator not in COMPARED:
            continue
        part, inside = _is_part(report, figure), 0 <= figure.value <= 100
        if not part and not shares.search(figure.label):
            continue
        confirmed = inside and (part or figure.label.endswith(usual))
        plain = not may_pass.search(figure.indicator) and (inside or figure.comparator != "about")
        if confirmed or plain:
            yield _judged(report, figure)


def _is_part(report: Report, figure: Figure) -> bool:
    """61%的城市污水处理厂: a share of what it stands before."""
    return bool(figure.label) and _OF.match(report.behind(figure, 3)) is not None


def _judged(report: Report, figure: Figure) -> Relation:
    verdict: Verdict = "consistent"
    formula, message = f"0≤{number(figure.value)}%≤100%", ""
    if figure.value > 100 or figure.value < 0:
        sure = figure.indicator.endswith(report.words.group("bounded_rates"))
        verdict = "inconsistent" if sure else "suspicious"
        formula = f"{number(figure.value)}%>100%" if figure.value > 100 else f"{number(figure.value)}%<0"
        message = f"{quoted(figure)}超出0至100%的范围，请核对。"
    return Relation("G01", (("rate", figure),), formula, verdict, figure.value, 100.0, None, message)
