"""A04: as many names as the number behind them says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict, quoted
from pipeline.audit.report import Report

_CUT: Final = re.compile(r"[，。；：:;！？\n（(）)\d]|其中|以及|包括")
_SPLIT: Final = re.compile(r"、|(?<=[\w”》])(?:和|及|与)(?=[\w“《])")
_QUOTED: Final = re.compile(r"[“《][^”》]*[”》]|（[^）]*）")
REACH: Final = 90
MOST: Final = 15
SHORT, LONG = 8, 24
"""Characters of names that surely are names, and that can be."""
SURE: Final = 3
"""Characters of names in brackets: shorter ones are kinds of places (市、区)."""
_BRACKET: Final = re.compile(r"[^，。；、：（）()\d\n]{0,14}（(?P<names>[^（）()，。；：\d\n]{6,240}?)(?<!等)）")
_JOINS: Final = re.compile("[和与及或共]")


@check("A04", "所列名称与个数", severity="warning", doubt="info")
def listed_names(report: Report, tolerance: float) -> Iterator[Relation]:
    """A、B、C等N个: no more names than N; without 等 exactly as many, where nothing in the names can be one itself.

    Example: 麻醉科、肝胆外科、妇产科3个市级临床重点专科
    """
    for figure in report.figures:
        if figure.is_exact_count and 2 <= figure.value <= MOST:
            names, open_end, plain = _names(report, figure)
            if names > 1:
                yield _relation(figure, names, open_end, plain)
            elif (behind := _behind(report, figure)) and abs(behind - figure.value) <= 1:
                yield _relation(figure, behind, False, True)


def _names(report: Report, figure: Figure) -> tuple[int, bool, bool]:
    """How many names stand right before a number, whether 等 leaves room for more, and whether 、 alone parts them."""
    before = report.text[max(report.sentences[figure.sentence][0], figure.start - REACH) : figure.start]
    open_end = before.endswith("等")
    if "、" not in before:
        return 0, open_end, False
    words = _QUOTED.sub(lambda match: "名" * len(match[0]), before.removesuffix("等"))
    cuts = [match.end() for match in _CUT.finditer(words)]
    passage = words[cuts[-1] :] if cuts else words
    if "、" not in passage or (len(before) == REACH and not cuts):
        return 0, open_end, False
    parts = _SPLIT.split(passage)
    plain = not open_end and len(parts) == passage.count("、") + 1 and all(len(part) <= SHORT for part in parts)
    fits = all(1 < len(part.strip()) <= LONG for part in parts)
    return (len(parts) if fits else 0, open_end, plain and not _JOINS.search(passage))


def _behind(report: Report, figure: Figure) -> int:
    """How many names stand in brackets behind a number: 签约项目2个（云川骨科医院和东山口腔医院）; 0 when unsure."""
    listed = _BRACKET.match(report.text, figure.end)
    if listed is None or listed["names"].startswith(report.words.group("not_listed")):
        return 0
    parts = _SPLIT.split(listed["names"])
    return len(parts) if len(parts) > 1 and all(SURE <= len(part) <= LONG for part in parts) else 0


def _relation(figure: Figure, names: int, open_end: bool, plain: bool) -> Relation:
    said = int(figure.value)
    verdict: Verdict = "consistent" if names == said or (open_end and names < said) else "undecided"
    if (open_end and names > said + 1) or (plain and names > 2 and abs(names - said) == 1):
        verdict = "suspicious"
    formula = f"列出{names}个，写为{said}{figure.unit}"
    message = f"{quoted(figure)}前列出{names}个名称，写的是{said}{figure.unit}，请核对。"
    return Relation("A04", (("count", figure),), formula, verdict, figure.value, float(names), None, message)
