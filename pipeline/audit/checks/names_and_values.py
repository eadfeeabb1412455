"""A15: as many values as names before 分别."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.relation import Relation, Verdict, listed
from pipeline.audit.report import Report

_LINK: Final = re.compile(r"[\s、，,;；和及与以上下左右]*(?:[增下上减回][长降升少落加]+|为|达|达到)?[\s]*")
_NAMES: Final = re.compile(r"[、]|(?<=[\w”）])[和与及](?=[\w“])")
_CUT: Final = re.compile("[，。；：;:]")
WORD: Final = "分别"
LONGEST: Final = 1000
"""Characters before a figure that its names may fill."""


@check("A15", "“分别”前后个数", severity="warning")
def names_and_values(report: Report, tolerance: float) -> Iterator[Relation]:
    """Count the names before 分别 and the values behind it; names that hold 、 themselves leave it undecided.

    Example: 医药、建材分别增长32.2%、18.1%: 2 and 2
    """
    for figures in _told(report):
        for at, figure in enumerate(figures):
            before = report.before(figure, 24)
            if WORD not in before or (at and figures[at - 1].end > figure.start - len(before) + before.rfind(WORD)):
                continue
            values = _values(report, figures[at:])
            names = _names(report, figure)
            if len(values) > 1 and names:
                same = len(values) in names
                formula = f"名称{max(names)}个，数值{len(values)}个"
                message = f"“分别”前有{max(names)}个名称，后有{len(values)}个数值：{listed(values)}。"
                verdict: Verdict = "consistent" if same else "undecided"
                yield Relation("A15", tuple(("value", one) for one in values), formula, verdict,
                               float(len(values)), float(max(names)), None, message)  # fmt: skip


def _told(report: Report) -> Iterator[tuple[Figure, ...]]:
    """The figures of each sentence that has the word."""
    text = report.text
    at = text.find(WORD)
    for figures in report.by_sentence:
        start, end = report.sentences[figures[0].sentence]
        if 0 <= at < start:
            at = text.find(WORD, start)
        if 0 <= at <= end - len(WORD):
            yield figures


def _values(report: Report, figures: tuple[Figure, ...]) -> list[Figure]:
    values = [figures[0]]
    for figure in figures[1:]:
        if figure.unit != values[0].unit or not _LINK.fullmatch(report.between(values[-1], figure)):
            break
        values.append(figure)
    return values


def _names(report: Report, figure: Figure) -> set[int]:
    """How many names the clause before 分别 can hold: 和 and 及 may stand inside a name."""
    start = max(report.sentences[figure.sentence][0], figure.start - LONGEST)
    words = report.text[start : figure.start]
    clause = _CUT.split(words[: words.rfind(WORD)])[-1]
    return {len(_NAMES.split(clause)), clause.count("、") + 1} if clause.strip() else set()
