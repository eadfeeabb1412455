"""The page of a report: its text with every figure marked, findings where they occur, and what was found of each.

Example: ``report_page(next(each_report(snapshot)), catalogue(snapshot), words())``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from markupsafe import Markup

from pipeline.review.report_data import Words, report_data
from pipeline.review.report_rows import Catalogue, ReportRows
from pipeline.review.report_text import Mark, html_of, lines_of, sections_of, shown
from pipeline.review.report_words import KINDS, LABELS, ROLES, SEVERITIES
from pipeline.review.shell import render

Row = Mapping[str, Any]
STYLES: Final = ("report.css", "report_panel.css")
SCRIPTS: Final = tuple(
    f"report_{name}.js"
    for name in ("model", "text", "ranges", "edtf", "numbers", "corrections", "marks", "panel", "details", "form",
                 "filters", "search", "sections", "gold", "keys", "start")
)  # fmt: skip
SCALES: Final = ((1e8, "亿"), (1e4, "万"))


def words(overlay: Path | None = None) -> Words:
    """The units of the lexicons and the titles of the checks, for all pages.

    Example: ``words().checks["R01"]``
    """
    import lexicons
    from pipeline.audit.settings import audit_settings

    units = tuple(sorted(unit.name for unit in lexicons.load(overlay).units))
    return Words(units, {check.id: check.title for check in audit_settings(None).checks})


def report_page(rows: ReportRows, catalogue: Catalogue, words: Words) -> str:
    """The page of a report as HTML that needs nothing else.

    Example: ``report_page(rows, catalogue, words())`` begins with ``<!DOCTYPE html>``
    """
    document = rows.document
    text = document["text"]
    lines = lines_of(text, document["title"], rows.sentences)
    sections = sections_of(lines, text)
    cards = [_card(number, one, rows, words) for number, one in enumerate(rows.findings, 1)]
    return render(
        "report.html",
        styles=STYLES,
        scripts=SCRIPTS,
        data={"report": report_data(rows, sections, catalogue, words), "labels": LABELS},
        title=shown(_name(document)),
        root="../",
        here="report",
        facts=_facts(rows),
        text=html_of(text, lines, [*_marks(rows), *_flags(rows)]),
        own=[card for card in cards if not card["outside"]],
        outer=[card for card in cards if card["outside"]],
        sections=[(at, one.level, shown(one.title), one.start) for at, one in enumerate(sections)],
        original=rows.original and {"href": f"{document['duplicate_of']}.html", "name": shown(_name(rows.original))},
        kinds=KINDS,
        counts=_counts(rows),
    )


def _name(document: Row) -> str:
    return document["title"] or PurePosixPath(document["source_path"]).name


def kind_of(mention: Row) -> str:
    """How a figure is marked: target, or else change or level.

    Example: ``kind_of({"status": "target", "measure": "change"})`` → ``target``
    """
    return "target" if mention["status"] == "target" else str(mention["measure"])


def _counts(rows: ReportRows) -> dict[str, int]:
    kinds = [kind_of(one) for one in rows.mentions]
    return {kind: kinds.count(kind) for kind in KINDS}


def _facts(rows: ReportRows) -> list[tuple[str, str]]:
    document = rows.document
    kept = document["figures_kept"]
    facts = [
        ("文件", document["source_path"]),
        ("发文单位", document["issuer"]),
        ("地区", document["region"]),
        ("报告期", document["period"]),
        ("发布", document["published"]),
        ("读取", document["reader"] if kept >= 1 else f"{document['reader']}，数字保留 {kept:.1%}"),
    ]
    return [(name, shown(value)) for name, value in facts if value]


def _marks(rows: ReportRows) -> list[Mark]:
    concerned = _concerned(rows)
    return [_mark(one, at, concerned.get(one["mention_id"], [])) for at, one in enumerate(rows.mentions)]


def _mark(mention: Row, at: int, severities: Sequence[str]) -> Mark:
    kind = kind_of(mention)
    worst = next((level for level in SEVERITIES if level in severities), "")
    said = "，".join(filter(None, (KINDS[kind], mention["indicator"], worst and f"有疑点（{SEVERITIES[worst]}）")))
    before = Markup(
        '<a class="m {}{}" id="mention-{}" href="#mention-{}" data-i="{}" tabindex="{}" aria-label="{}">'
    ).format(
        kind, f" has {worst}" if worst else "", mention["mention_id"], mention["mention_id"], at, 0 if at == 0 else -1,
        shown(f"{mention['text']}，{said}"),
    )  # fmt: skip
    return Mark(mention["char_start"], mention["char_end"], before, Markup("</a>"))


def _concerned(rows: ReportRows) -> dict[str, list[str]]:
    """Of every figure the severities of the findings it takes part in."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in rows.findings:
        for id in one["mention_ids"]:
            found[id].append(one["severity"])
    return found


def _flags(rows: ReportRows) -> list[Mark]:
    """Where findings occur: a number behind the passage that leads to the finding."""
    flags = []
    for number, one in enumerate(rows.findings, 1):
        if one["doc_id"] == rows.document["doc_id"]:
            flag = Markup(
                '<a class="flag {}" href="#finding-{}" tabindex="-1" aria-label="疑点{}，{}">{}</a>'
            ).format(one["severity"], one["finding_id"], number, SEVERITIES[one["severity"]], number)
            flags.append(Mark(one["char_end"], one["char_end"], flag, Markup("")))
    return flags


def _card(number: int, finding: Row, rows: ReportRows, words: Words) -> dict[str, Any]:
    """A finding as the panel and the paper show it."""
    here = {one["mention_id"]: one for one in rows.mentions}
    stated = next((here[id] for id in finding["mention_ids"] if id in here and _is_at(here[id], finding)), None)
    unit = stated["unit"] if stated else ""
    return {
        "number": number,
        "id": finding["finding_id"],
        "outside": finding["doc_id"] != rows.document["doc_id"],
        "href": f"{finding['doc_id']}.html#finding-{finding['finding_id']}",
        "severity": finding["severity"],
        "level": SEVERITIES[finding["severity"]],
        "check": finding["check"],
        "title": words.checks.get(finding["check"], ""),
        "message": shown(finding["message"]),
        "formula": shown(finding["formula"] or ""),
        "stated": quantity(finding["stated"], unit),
        "expected": quantity(finding["expected"], unit),
        "operands": [one for id in finding["mention_ids"] if (one := _operand(id, here, rows, finding))],
    }


def _is_at(mention: Row, finding: Row) -> bool:
    return bool(mention["char_start"] == finding["char_start"] and mention["value"] == finding["stated"])


def _operand(id: str, here: Mapping[str, Row], rows: ReportRows, finding: Row) -> dict[str, str] | None:
    figure = here.get(id) or rows.elsewhere.get(id)
    if figure is None:
        return None
    outside = id not in here
    name = shown(f"{figure['indicator'] or '（无名）'} {figure['text']}")
    role = next((role for one in rows.relations if one["relation_id"] == finding["relation_id"]
                 for named, role in zip(one["mention_ids"], one["roles"], strict=True) if named == id), "")  # fmt: skip
    return {
        "href": f"{figure['doc_id']}.html#mention-{id}" if outside else f"#mention-{id}",
        "name": name,
        "source": shown(_name(figure)) if outside else "",
        "role": ROLES.get(role, role),
    }


def quantity(value: float | None, unit: str) -> str:
    """A value for people, in 万 or 亿 where it is large; empty where there is none.

    Example: ``quantity(40604000000.0, "元")`` → ``406.04亿元``
    """
    if value is None:
        return ""
    factor, scale = next(((factor, scale) for factor, scale in SCALES if abs(value) >= factor), (1.0, ""))
    return f"{value / factor:.8g}{scale}{unit}"
