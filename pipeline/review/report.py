"""The page of a report: its text with every figure marked, findings where they occur, and what was found of each.

Example: ``report_page(next(each_report(snapshot)), catalogue(snapshot), words())``
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from pipeline.review.report_cards import Cards, title_or_name
from pipeline.review.report_data import Words, report_data
from pipeline.review.report_marks import kind_of, marks_of
from pipeline.review.report_rows import Catalogue, ReportRows
from pipeline.review.report_text import html_of, lines_of, sections_of, shown
from pipeline.review.report_words import labels
from pipeline.review.shell import render

Row = Mapping[str, Any]
STYLES: Final = ("report.css", "report_panel.css")
SCRIPTS: Final = tuple(
    f"report_{name}.js"
    for name in ("model", "text", "ranges", "view", "edtf", "numbers", "corrections", "marks", "panel", "form",
                 "details", "filters", "search", "sections", "gold", "keys", "start")
)  # fmt: skip
"""In the order in which they need each other."""


def words(overlay: Path | None = None, pages: Collection[str] | None = None) -> Words:
    """The units of the lexicons, the titles of the checks and the reports that have a page, for all pages.

    Example: ``words().checks["R01"]`` → ``分子、分母与比率``
    """
    import lexicons
    from pipeline.audit.settings import audit_settings

    units = tuple(sorted(unit.name for unit in lexicons.load(overlay).units))
    return Words(units, {check.id: check.title for check in audit_settings(None).checks}, pages)


def report_page(rows: ReportRows, catalogue: Catalogue, words: Words) -> str:
    """The page of a report as HTML that needs nothing else.

    Example: ``report_page(rows, catalogue, words())`` begins with ``<!DOCTYPE html>``
    """
    text = rows.document["text"]
    lines = lines_of(text, rows.document["title"], rows.sentences)
    sections = sections_of(lines, text)
    cards = Cards(rows, words).all()
    return render(
        "report.html",
        styles=STYLES,
        scripts=SCRIPTS,
        data={"report": report_data(rows, sections, catalogue, words), "labels": labels()},
        title=shown(title_or_name(rows.document)),
        root="../",
        here="report",
        facts=_facts(rows.document),
        text=html_of(text, lines, marks_of(rows)),
        own=[card for card in cards if not card["outside"]],
        outer=[card for card in cards if card["outside"]],
        sections=[(at, one.level, shown(one.title), one.start) for at, one in enumerate(sections)],
        original=_original(rows, words),
        kinds=_kinds(rows),
    )


def _kinds(rows: ReportRows) -> list[tuple[str, str, int]]:
    """The kinds of figures with their names and how many there are of each."""
    kinds = [kind_of(one) for one in rows.mentions]
    return [(kind, name, kinds.count(kind)) for kind, name in labels()["kinds"].items()]


def _original(rows: ReportRows, words: Words) -> dict[str, str] | None:
    """The report of which this one is a copy."""
    if rows.original is None:
        return None
    return {"href": words.address(rows.document["duplicate_of"]), "name": shown(title_or_name(rows.original))}


def _facts(document: Row) -> list[tuple[str, str]]:
    """What is known of the document, by its name in Chinese."""
    kept = document["figures_kept"]
    facts = [
        ("文件", document["source_path"]),
        ("发文单位", document["issuer"]),
        ("地区", document["region"]),
        ("报告期", document["period"]),
        ("发布", document["published"]),
        ("读取", "" if kept >= 1 else f"原文件中的数字保留了 {kept:.1%}"),
    ]
    return [(name, shown(value)) for name, value in facts if value]
