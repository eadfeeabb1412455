"""Findings as the panel and the paper show them: message, arithmetic, what was written and what follows, operands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Final

from pipeline.review.report_data import Words
from pipeline.review.report_rows import ReportRows
from pipeline.review.report_text import shown
from pipeline.review.report_words import named

Row = Mapping[str, Any]
SCALES: Final = ((1e8, "亿"), (1e4, "万"))
DIGITS: Final = 4


def title_or_name(document: Row) -> str:
    """What people call a document: its title, or else its file.

    Example: ``title_or_name({"title": None, "source_path": "县局/总结.docx"})`` → ``总结.docx``
    """
    return str(document["title"] or PurePosixPath(document["source_path"]).name)


def quantity(value: float | None, unit: str) -> str:
    """A value for people, in 万 or 亿 where it is large; empty where there is none.

    Example: ``quantity(40604000000.0, "元")`` → ``406.04亿元``
    """
    if value is None:
        return ""
    factor, scale = next(((factor, scale) for factor, scale in SCALES if abs(value) >= factor), (1.0, ""))
    return f"{round(value / factor, DIGITS):.12g}{scale}{unit}"


class Cards:
    """The findings of one report as cards, with the titles of their checks.

    Example: ``Cards(rows, Words(checks={"R01": "分子、分母与比率"})).all()[0]["message"]``
    """

    def __init__(self, rows: ReportRows, words: Words) -> None:
        self._rows, self._words = rows, words
        self._here = {one["mention_id"]: one for one in rows.mentions}
        self._roles = {one["relation_id"]: dict(zip(one["mention_ids"], one["roles"], strict=True))
                       for one in rows.relations}  # fmt: skip

    def all(self) -> list[dict[str, Any]]:
        """The cards in the order of the findings, numbered from one."""
        return [self._card(number, one) for number, one in enumerate(self._rows.findings, 1)]

    def _card(self, number: int, finding: Row) -> dict[str, Any]:
        judged = self._judged(finding)
        unit = judged["unit"] if judged else ""
        return {
            "number": number,
            "id": finding["finding_id"],
            "outside": finding["doc_id"] != self._rows.document["doc_id"],
            "href": self._words.address(finding["doc_id"], f"#finding-{finding['finding_id']}"),
            "severity": finding["severity"],
            "level": named("severities", finding["severity"]),
            "check": finding["check"],
            "title": self._words.checks.get(finding["check"], ""),
            "message": shown(finding["message"]),
            "formula": shown(finding["formula"] or ""),
            "stated": quantity(finding["stated"], unit),
            "expected": quantity(finding["expected"], unit),
            "operands": self._operands(finding),
        }

    def _judged(self, finding: Row) -> Row | None:
        """The figure that has the value a finding judges: its unit is that of both values."""
        figures = (self._here.get(id) for id in finding["mention_ids"])
        return next((one for one in figures if one and one["value"] == finding["stated"]), None)

    def _operands(self, finding: Row) -> Sequence[Mapping[str, str]]:
        roles = self._roles.get(finding["relation_id"], {})
        return [
            {**figure, "role": named("roles", roles.get(id, ""))}
            for id in finding["mention_ids"]
            if (figure := self._figure(id))
        ]

    def _figure(self, id: str) -> dict[str, str] | None:
        """A link to a figure, in this report or on another's page; None when the tables no longer have it."""
        outside = id not in self._here
        figure = self._rows.elsewhere.get(id) if outside else self._here[id]
        if figure is None:
            return None
        return {
            "href": self._words.address(figure["doc_id"], f"#mention-{id}") if outside else f"#mention-{id}",
            "name": shown(f"{figure['indicator'] or '（无名）'} {figure['text']}"),
            "source": shown(title_or_name(figure)) if outside else "",
        }
